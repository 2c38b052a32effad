/**
 * The ledger's key beside the ledger, for rehearsals only: JSON marked as such, readable by its owner.
 * Limit: whoever can read the file can read the ledger; operations use the operating system's key store
 * or a passphrase instead.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { BadKeyFile } from './key-error'

const keyFileSchema = z.object({
  kind: z.literal('rehearsal'),
  cipher: z.literal('aes256cbc'),
  key_hex: z.string().regex(/^[0-9a-f]{64}$/),
})

const unusable = (path: string, detail: string, cause?: unknown): BadKeyFile =>
  new BadKeyFile(
    `Reading the rehearsal key file ${path}: ${detail}.`,
    'Use the key file that was written with the ledger, or start a new ledger in another folder.',
    { cause },
  )

/** Draws a ledger key and writes it with mode 0600. @throws BadKeyFile when the file is there already. */
export function createRehearsalKey(path: string): Uint8Array {
  const key = randomBytes(32)
  const content = { kind: 'rehearsal', cipher: 'aes256cbc', key_hex: key.toString('hex') }
  writeNew(path, `${JSON.stringify(content, null, 2)}\n`)
  return Uint8Array.from(key)
}

/** Writes a file that must not be there yet, owner only, down to the disk. */
export function writeNew(path: string, text: string): void {
  try {
    const file = openSync(path, 'wx', 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new BadKeyFile(
      `Writing the key file ${path}: ${error instanceof Error ? error.message : String(error)}.`,
      'Choose a folder that can be written and holds no key file yet.',
      { cause: error },
    )
  }
}

/** Reads a JSON file of the key room. @throws BadKeyFile naming the file and what is wrong. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw unusable(path, missing ? 'there is no such file' : 'it is not readable JSON', error)
  }
}

/** The key of a rehearsal key file, 32 bytes. @throws BadKeyFile naming the file and what is wrong. */
export function readRehearsalKey(path: string): Uint8Array {
  const parsed = keyFileSchema.safeParse(readJson(path))
  if (parsed.success) return Uint8Array.from(Buffer.from(parsed.data.key_hex, 'hex'))
  const field = parsed.error.issues[0]?.path.join('.') || 'content'
  throw unusable(path, `its field ${field} is not that of a rehearsal key file`)
}
