/** One holder's keys: a station's or a satellite's own store, which sees no other holder's rows. */
import type Database from 'libsql'
import { AuthPool } from './auth-pool'
import {
  blocksWith,
  insertBlock,
  leftOf,
  updateBlock,
  withoutPiece,
  type BlockRow,
  type Leaving,
  type NewBlock,
} from './block-row'
import { bytesFor, copyBits } from './bits'
import { InsufficientKey, KeyError, ReusedKey } from './key-error'
import { freeRanges, totalBits, type Piece } from './ranges'

/** Key that has left the store: which ranges, in order, and their bits. */
export interface Spent {
  pieces: Piece[]
  bits: Uint8Array
  length_bits: number
}

export class HolderStore {
  constructor(
    private readonly database: Database.Database,
    private readonly run: <T>(work: () => T) => T,
    readonly holder: string,
  ) {}

  /**
   * Enters a block shared with a peer; the peer enters its own copy into its own store.
   * @param bits packed, most significant bit first. @throws KeyError when the id is taken or the length is wrong.
   */
  addBlock(block: NewBlock, bits: Uint8Array, length_bits: number): void {
    if (!Number.isInteger(length_bits) || length_bits < 1 || bits.length !== bytesFor(length_bits))
      throw new KeyError(
        `Storing key block ${block.id} at ${this.holder}: ${bits.length} bytes for ${length_bits} bits.`,
        'Hand in exactly the bytes that the bits fill.',
      )
    this.run(() => {
      if (this.has(block.id)) throw this.taken(block.id)
      const material = Uint8Array.from(bits)
      const fresh = {
        holder: this.holder,
        length_bits,
        state: 'stored',
        gone: [],
        material,
      } as const
      insertBlock(this.database, { ...block, ...fresh, gone: [] })
      this.log(
        block.created_utc,
        `block ${block.id} stored, ${length_bits} bits with ${block.peer}`,
      )
    })
  }

  /** Bits left with a peer, authentication pools not counted. */
  left(peer: string): number {
    return this.usable(peer).reduce((sum, row) => sum + leftOf(row), 0)
  }

  /** Spends the oldest key with a peer. @throws InsufficientKey, with nothing spent. */
  spend(peer: string, length_bits: number, leaving: Leaving = 'spent'): Spent {
    return this.run(() => {
      const pieces = this.oldest(peer, length_bits)
      return this.spendPieces(peer, pieces, leaving)
    })
  }

  /**
   * Spends the ranges that the peer named.
   * @throws ReusedKey when a range is unknown here or was used before; nothing is spent then.
   */
  spendPieces(peer: string, pieces: readonly Piece[], leaving: Leaving = 'spent'): Spent {
    return this.run(() => {
      const length_bits = totalBits(pieces)
      const bits = new Uint8Array(bytesFor(length_bits))
      let at = 0
      for (const piece of pieces) {
        this.remove(peer, piece, leaving, (row) =>
          copyBits(row.material, piece.offset, bits, at, piece.length),
        )
        at += piece.length
      }
      return { pieces: pieces.map((piece) => ({ ...piece })), bits, length_bits }
    })
  }

  /** Works on a whole unspent block without spending it; the copy is overwritten. @throws ReusedKey */
  withBlock<T>(peer: string, id: string, work: (bits: Uint8Array) => T): T {
    const { material } = this.block(peer, id)
    try {
      return work(material)
    } finally {
      material.fill(0)
    }
  }

  /** Destroys what is left of a block, here; the reason stays in the ledger. */
  destroy(peer: string, id: string, reason: string, utc: string): void {
    this.run(() => {
      const row = this.block(peer, id)
      row.material.fill(0)
      updateBlock(this.database, { ...row, state: 'destroyed', note: reason })
      this.log(utc, `block ${id} destroyed: ${reason}`)
    })
  }

  /** Authentication key with a peer. */
  authPool(peer: string): AuthPool {
    return new AuthPool(this.database, this.holder, peer)
  }

  /** One transaction over this store: all of it happens or, when it throws, nothing. */
  atomically<T>(work: () => T): T {
    return this.run(work)
  }

  /** Appends a line to the ledger's log. */
  log(utc: string, text: string): void {
    this.database
      .prepare('INSERT INTO log (utc, holder, text) VALUES (?, ?, ?)')
      .run([utc, this.holder, text])
  }

  /** Security parameters of the blocks named, added up (composability). */
  epsilonOf(peer: string, pieces: readonly Piece[]): number {
    const ids = new Set(pieces.map((piece) => piece.blockId))
    const rows = blocksWith(this.database, this.holder, peer).filter((row) => ids.has(row.id))
    return rows.reduce((sum, row) => sum + row.epsilon, 0)
  }

  private usable(peer: string): BlockRow[] {
    return blocksWith(this.database, this.holder, peer).filter((row) => leftOf(row) > 0)
  }

  private oldest(peer: string, length_bits: number): Piece[] {
    const pieces: Piece[] = []
    let missing = length_bits
    for (const row of this.usable(peer))
      for (const { offset, length } of freeRanges(row.length_bits, row.gone)) {
        const part = Math.min(length, missing)
        if (part > 0) pieces.push({ blockId: row.id, offset, length: part })
        missing -= part
      }
    if (missing > 0)
      throw new InsufficientKey([this.holder, peer], length_bits, length_bits - missing, 'key')
    return pieces
  }

  private remove(
    peer: string,
    piece: Piece,
    leaving: Leaving,
    before: (row: BlockRow) => void,
  ): void {
    const row = this.block(peer, piece.blockId)
    const after = withoutPiece(row, piece, leaving)
    before(row)
    updateBlock(this.database, after)
  }

  private block(peer: string, id: string): BlockRow {
    const row = blocksWith(this.database, this.holder, peer).find((found) => found.id === id)
    if (row && row.state !== 'destroyed') return row
    throw new ReusedKey(
      `Key block ${id} of ${this.holder} with ${peer}: ${row ? 'destroyed' : 'not held here'}.`,
      'Name a block that both ends hold.',
    )
  }

  private has(id: string): boolean {
    const query = 'SELECT 1 FROM blocks WHERE holder = ? AND id = ?'
    return this.database.prepare(query).get([this.holder, id]) !== undefined
  }

  private taken(id: string): KeyError {
    return new KeyError(
      `Storing key block ${id} at ${this.holder}: a block of that name is there already.`,
      'Give every block an id of its own.',
    )
  }
}
