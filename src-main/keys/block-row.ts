/** One holder's copy of a key block as it stands in the ledger. */
import { createHash } from 'node:crypto'
import type { KeyRow, KeyState } from '../domain/model/ledger'
import type Database from 'libsql'
import { clearBits } from './bits'
import { markGone, totalBits, type Piece, type Range } from './ranges'

/** What a holder enters into its store with the bits of a new block. */
export interface NewBlock {
  id: string
  peer: string
  kind: KeyRow['kind']
  origin: string
  epsilon: number
  created_utc: string
  note?: string
}

export interface BlockRow extends NewBlock {
  holder: string
  length_bits: number
  state: KeyState
  gone: Range[]
  material: Uint8Array
}

/** How bits leave a block: used as key, or handed on in a relay. */
export type Leaving = 'spent' | 'relayed'

interface StoredRow {
  holder: string
  peer: string
  id: string
  kind: KeyRow['kind']
  origin: string
  length_bits: number
  epsilon: number
  state: KeyState
  gone: string
  created_utc: string
  note: string | null
  /** libsql gives a Buffer from `get` and an ArrayBuffer from `all`. */
  material: Uint8Array | ArrayBuffer
  digest: string
}

/** Guards key material against pages changed behind the cipher. */
export const digestOf = (material: Uint8Array): string =>
  createHash('sha256').update(material).digest('hex')

/** Bits of a block that are still there. */
export const leftOf = (row: Pick<BlockRow, 'length_bits' | 'gone' | 'state'>): number =>
  row.state === 'destroyed' ? 0 : row.length_bits - totalBits(row.gone)

function read(stored: StoredRow): BlockRow {
  const { note, gone, digest, ...rest } = stored
  const material = new Uint8Array(stored.material)
  if (digestOf(material) !== digest)
    throw new Error(`block ${stored.id} of ${stored.holder} does not match its digest`)
  const row = { ...rest, gone: JSON.parse(gone) as Range[], material }
  return note === null ? row : { ...row, note }
}

/** Every block row of the ledger, oldest first. @throws Error naming a block whose content changed. */
export const allBlocks = (database: Database.Database): BlockRow[] =>
  (database.prepare('SELECT * FROM blocks ORDER BY sequence').all() as StoredRow[]).map(read)

/** A holder's blocks with one peer, oldest first. */
export const blocksWith = (database: Database.Database, holder: string, peer: string): BlockRow[] =>
  (
    database
      .prepare('SELECT * FROM blocks WHERE holder = ? AND peer = ? ORDER BY sequence')
      .all([holder, peer]) as StoredRow[]
  ).map(read)

/** Writes a new row. */
export function insertBlock(database: Database.Database, row: BlockRow): void {
  database
    .prepare(
      `INSERT INTO blocks (holder, peer, id, kind, origin, length_bits, epsilon, state, gone, created_utc,
       note, material, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run([
      ...[row.holder, row.peer, row.id, row.kind, row.origin, row.length_bits, row.epsilon],
      ...[row.state, JSON.stringify(row.gone), row.created_utc, row.note ?? null],
      ...[Buffer.from(row.material), digestOf(row.material)],
    ])
}

/** Writes what may change of a row: state, ranges gone, note and the overwritten material. */
export function updateBlock(database: Database.Database, row: BlockRow): void {
  database
    .prepare(
      'UPDATE blocks SET state = ?, gone = ?, note = ?, material = ?, digest = ? WHERE holder = ? AND id = ?',
    )
    .run([
      ...[row.state, JSON.stringify(row.gone), row.note ?? null],
      ...[Buffer.from(row.material), digestOf(row.material), row.holder, row.id],
    ])
}

/**
 * The row after a range has left it: range marked, its bits overwritten with zeros.
 * @throws ReusedKey when the range was used before.
 */
export function withoutPiece(row: BlockRow, piece: Piece, leaving: Leaving): BlockRow {
  const gone = markGone(row.id, row.length_bits, row.gone, piece)
  const material = Uint8Array.from(row.material)
  clearBits(material, piece.offset, piece.length)
  const state = totalBits(gone) === row.length_bits ? leaving : 'part spent'
  return { ...row, gone, material, state }
}
