/**
 * A random data key wrapped under a passphrase: scrypt (RFC 7914; N = 2^17, r = 8, p = 1, 128 MiB) makes
 * the wrapping key, AES-256-GCM (NIST SP 800-38D) wraps, the header is authenticated with it.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { readJson, writeNew } from './key-file'
import { BadKeyFile, WrongKey } from './key-error'

const N = 2 ** 17
const R = 8
const P = 1
/** scrypt needs 128 N r bytes; Node refuses above its limit. */
const MAX_MEMORY_BYTES = 256 * 2 ** 20
const TAG_BYTES = 16

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
// Parameters are fixed, so that an altered file cannot ask for a weaker or an endless derivation.
const headerSchema = z.object({
  kind: z.literal('passphrase'),
  kdf: z.literal('scrypt'),
  n: z.literal(N),
  r: z.literal(R),
  p: z.literal(P),
  salt_hex: hex(32),
  cipher: z.literal('aes-256-gcm'),
  iv_hex: hex(12),
})
const wrappedSchema = z.object({ header: headerSchema, key_hex: hex(32), tag_hex: hex(TAG_BYTES) })

/** A wrapped key as it is kept in a file. */
export type WrappedKey = z.infer<typeof wrappedSchema>
type Header = z.infer<typeof headerSchema>

function wrappingKey(passphrase: string, header: Header): Promise<Buffer> {
  const salt = Buffer.from(header.salt_hex, 'hex')
  const options = { N: header.n, r: header.r, p: header.p, maxmem: MAX_MEMORY_BYTES }
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
}

// Built field by field: the order in the file does not matter.
const associated = (h: Header): Buffer =>
  Buffer.from(JSON.stringify([h.kind, h.kdf, h.n, h.r, h.p, h.salt_hex, h.cipher, h.iv_hex]))

/** Wraps a 32-byte key. @throws WrongKey when the passphrase is empty. */
export async function wrapKey(key: Uint8Array, passphrase: string): Promise<WrappedKey> {
  if (passphrase === '')
    throw new WrongKey('Protecting the ledger key: the passphrase is empty.', 'Enter a passphrase.')
  const salt_hex = randomBytes(32).toString('hex')
  const iv_hex = randomBytes(12).toString('hex')
  const kdf = { kind: 'passphrase', kdf: 'scrypt', n: N, r: R, p: P, salt_hex } as const
  const header: Header = { ...kdf, cipher: 'aes-256-gcm', iv_hex }
  const cipher = createCipheriv(
    ...([
      header.cipher,
      await wrappingKey(passphrase, header),
      Buffer.from(iv_hex, 'hex'),
    ] as const),
    { authTagLength: TAG_BYTES },
  )
  cipher.setAAD(associated(header))
  const key_hex = cipher.update(key).toString('hex') + cipher.final('hex')
  return { header, key_hex, tag_hex: cipher.getAuthTag().toString('hex') }
}

/** Unwraps a key. @throws WrongKey when the passphrase is wrong or the wrapping was altered. */
export async function unwrapKey(
  { header, key_hex, tag_hex }: WrappedKey,
  passphrase: string,
): Promise<Uint8Array> {
  const kek = await wrappingKey(passphrase, header)
  const iv = Buffer.from(header.iv_hex, 'hex')
  const decipher = createDecipheriv(header.cipher, kek, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(associated(header))
  decipher.setAuthTag(Buffer.from(tag_hex, 'hex'))
  try {
    const key = Buffer.concat([decipher.update(key_hex, 'hex'), decipher.final()])
    return Uint8Array.from(key)
  } catch (cause) {
    throw new WrongKey(
      'Unlocking the keys: the passphrase does not fit; nothing was changed.',
      'Enter the passphrase that the keys were protected with.',
      { cause },
    )
  }
}

/** Draws a ledger key and writes it wrapped, owner only. @throws BadKeyFile when the file is there already. */
export async function createPassphraseFile(path: string, passphrase: string): Promise<Uint8Array> {
  const key = Uint8Array.from(randomBytes(32))
  writeNew(path, `${JSON.stringify(await wrapKey(key, passphrase), null, 2)}\n`)
  return key
}

/** The ledger key of a passphrase file. @throws BadKeyFile or WrongKey; the file stays as it is. */
export async function openPassphraseFile(path: string, passphrase: string): Promise<Uint8Array> {
  const parsed = wrappedSchema.safeParse(readJson(path))
  if (parsed.success) return unwrapKey(parsed.data, passphrase)
  const field = parsed.error.issues[0]?.path.join('.') || 'content'
  throw new BadKeyFile(
    `Reading the passphrase file ${path}: its field ${field} is not what this program writes.`,
    'Restore the file from a copy; without it the ledger stays locked.',
  )
}
