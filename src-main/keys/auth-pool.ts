/**
 * A holder's authentication key with one peer, one pool a direction, drawn first in first out; what was
 * drawn is overwritten. The sender names the place of each draw, so that a lost message does not put the
 * two ends out of step.
 */
import type Database from 'libsql'
import { digestOf } from './block-row'
import { bytesFor, clearBits, copyBits, sliceBits } from './bits'
import { InsufficientKey, ReusedKey } from './key-error'

export type Direction = 'send' | 'receive'

/** Bits drawn from a pool, and where they stood. */
export interface Drawn {
  offset: number
  bits: Uint8Array
}

interface PoolRow {
  holder: string
  peer: string
  direction: Direction
  used_bits: number
  length_bits: number
  /** libsql gives a Buffer from `get` and an ArrayBuffer from `all`. */
  material: Uint8Array | ArrayBuffer
  digest: string
}

type Pool = PoolRow & { material: Uint8Array }

/** Reads every pool, as the check on opening does. @throws Error naming a pool whose content changed. */
export function allPools(database: Database.Database): PoolRow[] {
  const rows = database.prepare('SELECT * FROM pools').all() as PoolRow[]
  for (const row of rows)
    if (digestOf(new Uint8Array(row.material)) !== row.digest)
      throw new Error(`authentication pool ${row.holder}–${row.peer} does not match its digest`)
  return rows
}

export class AuthPool {
  constructor(
    private readonly database: Database.Database,
    private readonly holder: string,
    private readonly peer: string,
  ) {}

  /** Bits left for one direction. */
  left(direction: Direction): number {
    const row = this.row(direction)
    return row.length_bits - row.used_bits
  }

  /** Appends key to one direction; the peer appends the same bits to its opposite direction. */
  add(direction: Direction, bits: Uint8Array, length_bits = bits.length * 8): void {
    const row = this.row(direction)
    const material = new Uint8Array(bytesFor(row.length_bits + length_bits))
    copyBits(row.material, 0, material, 0, row.length_bits)
    copyBits(bits, 0, material, row.length_bits, length_bits)
    this.write({ ...row, material, length_bits: row.length_bits + length_bits })
  }

  /**
   * Appends key that both ends hold, half for each direction: the first half serves messages from the
   * alphabetically first end, so that both ends divide it alike.
   */
  addShared(bits: Uint8Array, length_bits = bits.length * 8): void {
    const half = length_bits >> 1
    const directions: Direction[] =
      this.holder < this.peer ? ['send', 'receive'] : ['receive', 'send']
    directions.forEach((direction, i) => this.add(direction, sliceBits(bits, i * half, half), half))
  }

  /** Draws the next bits of a direction. @throws InsufficientKey, with nothing drawn. */
  take(direction: Direction, length_bits: number): Drawn {
    return this.takeAt(direction, this.row(direction).used_bits, length_bits)
  }

  /**
   * Draws the bits that the peer named; what lies before them is given up.
   * @throws ReusedKey when they were drawn before, InsufficientKey when they are not there.
   */
  takeAt(direction: Direction, offset: number, length_bits: number): Drawn {
    const row = this.row(direction)
    if (!Number.isSafeInteger(offset) || offset < row.used_bits) throw this.reused(offset, row)
    const end = offset + length_bits
    if (end > row.length_bits)
      throw new InsufficientKey(
        [this.holder, this.peer],
        length_bits,
        Math.max(0, row.length_bits - offset),
        'authentication key',
      )
    const bits = sliceBits(row.material, offset, length_bits)
    const material = Uint8Array.from(row.material)
    clearBits(material, row.used_bits, end - row.used_bits)
    this.write({ ...row, material, used_bits: end })
    return { offset, bits }
  }

  private reused(offset: number, row: Pool): ReusedKey {
    return new ReusedKey(
      `Authentication key ${this.holder}–${this.peer} at bit ${offset}: used before (bits up to ${row.used_bits} are gone).`,
      'Each message is authenticated with fresh key: the sender must send it anew.',
    )
  }

  private row(direction: Direction): Pool {
    const found = this.database
      .prepare('SELECT * FROM pools WHERE holder = ? AND peer = ? AND direction = ?')
      .get([this.holder, this.peer, direction]) as PoolRow | undefined
    if (found) return { ...found, material: new Uint8Array(found.material) }
    const { holder, peer } = this
    const empty = { used_bits: 0, length_bits: 0, material: new Uint8Array(0), digest: '' }
    return { holder, peer, direction, ...empty }
  }

  private write(row: Omit<Pool, 'digest'>): void {
    this.database
      .prepare(
        `INSERT OR REPLACE INTO pools (holder, peer, direction, used_bits, length_bits, material, digest)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run([
        ...[row.holder, row.peer, row.direction, row.used_bits, row.length_bits],
        ...[Buffer.from(row.material), digestOf(row.material)],
      ])
  }
}
