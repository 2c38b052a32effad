/**
 * The ledger's file: SQLite through libsql, every page encrypted (AES-256-CBC, key derived by the cipher
 * from the 32 bytes handed in), write-ahead log, synchronous FULL.
 * Limits: `secure_delete` overwrites freed cells and spent key is overwritten in its row, but the
 * write-ahead log until its next checkpoint, the file system and flash storage may keep older encrypted
 * pages; deletion for good means destroying the ledger's key. AES-CBC does not detect a changed page by
 * itself, hence the digest kept with each piece of key and the check on opening.
 */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { BadKeyFile, WrongKey } from './key-error'
import { ledgerSchema } from './ledger-schema'

const PAGE_BYTES = 4096
const KEY_BYTES = 32

interface EncryptedOptions extends Database.Options {
  encryptionCipher: 'aes256cbc'
  encryptionKey: string
}

function connect(path: string, key: Uint8Array): Database.Database {
  const options: EncryptedOptions = {
    encryptionCipher: 'aes256cbc',
    encryptionKey: Buffer.from(key).toString('hex'),
    timeout: 5,
  }
  return new Database(path, options)
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/**
 * Tries the key on a copy of the first page. The file itself must not see a wrong key: closing it would
 * write a pending write-ahead log back through the wrong cipher and destroy the ledger.
 */
function keyFits(path: string, key: Uint8Array): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  try {
    const probe = join(folder, 'page')
    writeFileSync(probe, firstPage(path), { mode: 0o600 })
    return readsHeader(probe, key)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function firstPage(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const page = new Uint8Array(PAGE_BYTES)
    return page.subarray(0, readSync(file, page))
  } finally {
    closeSync(file)
  }
}

function readsHeader(path: string, key: Uint8Array): boolean {
  const database = connect(path, key)
  try {
    database.prepare('PRAGMA schema_version').get()
    return true
  } catch (error) {
    return codeOf(error) !== 'SQLITE_NOTADB'
  } finally {
    database.close()
  }
}

function configure(database: Database.Database): void {
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  database.exec('PRAGMA secure_delete = ON')
  database.exec('PRAGMA foreign_keys = ON')
}

function checkPages(path: string, database: Database.Database): void {
  const rows = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[]
  const first = rows.map((row) => row.integrity_check).join('; ')
  if (first !== 'ok') throw damaged(path, first)
}

/** The error for a ledger whose content is not what was written. */
export const damaged = (path: string, detail: string, cause?: unknown): BadKeyFile =>
  new BadKeyFile(
    `Opening the key ledger ${path}: the file is damaged (${detail}).`,
    'Restore it from a copy, or move it away and start a new ledger; its key is not to be used.',
    { cause },
  )

/**
 * Opens or creates the encrypted database and checks its pages.
 * @throws WrongKey when the key does not open the file (which stays as it is); BadKeyFile when it cannot
 * be read or is damaged.
 */
export function openLedgerFile(path: string, key: Uint8Array): Database.Database {
  if (key.length !== KEY_BYTES)
    throw new WrongKey(
      `Opening the key ledger ${path}: the key has ${key.length} bytes.`,
      `A ledger key has ${KEY_BYTES} bytes.`,
    )
  if (existsSync(path) && statSync(path).size > 0 && !keyFits(path, key))
    throw new WrongKey(
      `Opening the key ledger ${path}: the key does not open it, or it is not a ledger; nothing was changed.`,
      'Use the key file or passphrase that the ledger was made with.',
    )
  return openWithRightKey(path, key)
}

function openWithRightKey(path: string, key: Uint8Array): Database.Database {
  let database: Database.Database | undefined
  try {
    database = connect(path, key)
    configure(database)
    checkPages(path, database)
    database.exec(ledgerSchema)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof BadKeyFile) throw error
    throw damaged(path, error instanceof Error ? error.message : String(error), error)
  }
}
