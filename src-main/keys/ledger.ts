/** The key ledger: every holder's store, announcements and uses in one encrypted file. */
import type Database from 'libsql'
import type { LedgerView } from '../domain/model/ledger'
import type { UseReport } from '../domain/model/report'
import { allPools } from './auth-pool'
import { allBlocks } from './block-row'
import { HolderStore } from './holder-store'
import { damaged, openLedgerFile } from './ledger-file'
import { viewOf } from './ledger-view'
import type { Piece } from './ranges'

/** What a satellite made public in a relay. */
export interface AnnouncementRecord {
  id: string
  satellite: string
  a: string
  b: string
  length_bits: number
  xor_sha256: string
  announced_utc: string
}

/** Key handed on through trusted nodes, with everyone who read it. */
export interface ForwardRecord {
  id: string
  length_bits: number
  known_to: string[]
  forwarded_utc: string
}

export interface LogLine {
  utc: string
  holder: string
  text: string
}

export class Ledger {
  private open = true

  constructor(private readonly database: Database.Database) {}

  /** The store of one holder; it reaches this holder's rows only. */
  store(holder: string): HolderStore {
    return new HolderStore(this.database, (work) => this.transaction(work), holder)
  }

  /** All or nothing: what `work` writes is kept when it returns and undone when it throws. */
  transaction<T>(work: () => T): T {
    if (this.database.inTransaction) return work()
    this.database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
      throw error
    }
  }

  /** Lengths, origins and states for a screen; no key bit. */
  view(): LedgerView {
    const [blocks, pools] = [allBlocks(this.database), allPools(this.database)]
    const [announcements, forwards] = [this.announcements(), this.forwards()]
    return viewOf(blocks, pools, { announcements, forwards, retained: this.retained() })
  }

  /** Announcements in order of their making. */
  announcements(): AnnouncementRecord[] {
    const query = 'SELECT * FROM announcements ORDER BY rowid'
    return this.database.prepare(query).all() as AnnouncementRecord[]
  }

  /** Notes an announcement; the bits themselves were public and are not kept. */
  recordAnnouncement(record: AnnouncementRecord): void {
    this.database
      .prepare('INSERT INTO announcements VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run([
        ...[record.id, record.satellite, record.a, record.b, record.length_bits],
        ...[record.xor_sha256, record.announced_utc],
      ])
  }

  /** Forwards in order of their making. */
  forwards(): ForwardRecord[] {
    const query = 'SELECT * FROM forwards ORDER BY rowid'
    const rows = this.database.prepare(query).all() as (Omit<ForwardRecord, 'known_to'> & {
      known_to: string
    })[]
    return rows.map((row) => ({ ...row, known_to: JSON.parse(row.known_to) as string[] }))
  }

  /** Notes a forward and who knows its key. */
  recordForward({ id, length_bits, known_to, forwarded_utc }: ForwardRecord): void {
    this.database
      .prepare('INSERT INTO forwards VALUES (?, ?, ?, ?)')
      .run([id, length_bits, JSON.stringify(known_to), forwarded_utc])
  }

  /** Notes, in a drill, that a holder kept a copy which it should have forgotten. */
  recordRetained(id: string, holder: string): void {
    this.database.prepare('INSERT INTO retained VALUES (?, ?)').run([id, holder])
  }

  private retained(): { id: string; holder: string }[] {
    return this.database.prepare('SELECT id, holder FROM retained').all() as {
      id: string
      holder: string
    }[]
  }

  /** Satellites that relayed the blocks named: they could compute what was made of them. */
  knowersOf(pieces: readonly Piece[]): string[] {
    const ids = new Set(pieces.map(({ blockId }) => blockId))
    return this.announcements().flatMap(({ id, satellite }) => (ids.has(id) ? [satellite] : []))
  }

  /** Notes a use of key, done or refused. */
  recordUse(use: UseReport, used_utc: string): void {
    this.database
      .prepare(
        `INSERT INTO uses (kind, from_holder, to_holder, file, bits_consumed, ok, reason, used_utc)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run([
        ...[use.kind, use.from, use.to, use.file, use.bits_consumed],
        ...[use.ok ? 1 : 0, use.reason ?? null, used_utc],
      ])
  }

  /** Uses in order of their making. */
  uses(): UseReport[] {
    const rows = this.database.prepare('SELECT * FROM uses ORDER BY sequence').all() as UseRow[]
    return rows.map(({ kind, from_holder, to_holder, file, bits_consumed, ok, reason }) => {
      const use = { kind, from: from_holder, to: to_holder, file, bits_consumed, ok: ok === 1 }
      return reason === null ? use : { ...use, reason }
    })
  }

  /** The append-only log. */
  log(): LogLine[] {
    const query = 'SELECT utc, holder, text FROM log ORDER BY sequence'
    const rows = this.database.prepare(query).all() as LogLine[]
    return rows.map(({ utc, holder, text }) => ({ utc, holder, text }))
  }

  /** Writes the log back into the file and closes it; safe to call twice. */
  close(): void {
    if (!this.open) return
    this.open = false
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.database.close()
  }
}

interface UseRow {
  kind: UseReport['kind']
  from_holder: string
  to_holder: string
  file: string
  bits_consumed: number
  ok: number
  reason: string | null
}

/**
 * Opens or creates a ledger and checks its pages and the digest of every piece of key.
 * @param key 32 bytes. @throws WrongKey (the file stays as it is) or BadKeyFile.
 */
export function openLedger(path: string, key: Uint8Array): Ledger {
  const database = openLedgerFile(path, key)
  try {
    allBlocks(database)
    allPools(database)
  } catch (error) {
    database.close()
    throw damaged(path, error instanceof Error ? error.message : String(error), error)
  }
  return new Ledger(database)
}
