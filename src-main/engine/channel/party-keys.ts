/**
 * A party's use of the authentication key of a pass: for each direction one 128-bit hash key, kept for the
 * pass, then 128 fresh pad bits a tag (key recycling: Portmann, arXiv:1202.1229).
 */
import { TAG_BITS } from '../../domain/qkd/authentication'
import { AuthenticationPool } from '../../domain/qkd/authentication-pool'
import type { Direction } from '../protocol'
import { channelPhases } from './message'

/** Authentication key that one pass needs at each end: hash key and pads of both directions. */
export const PASS_AUTHENTICATION_BITS = 2 * (1 + channelPhases.length) * TAG_BITS

export class PartyKeys {
  private readonly pool: AuthenticationPool
  private readonly hashKeys: Record<Direction, Uint8Array>

  /** @param passKey packed bits, the same at both ends, half for each direction. */
  constructor(passKey: Uint8Array) {
    this.pool = new AuthenticationPool(passKey)
    this.hashKeys = {
      'alice-to-bob': this.pool.take('alice-to-bob', TAG_BITS),
      'bob-to-alice': this.pool.take('bob-to-alice', TAG_BITS),
    }
  }

  /** The kept hash key of a direction. */
  hashKey(direction: Direction): Uint8Array {
    return this.hashKeys[direction]
  }

  /** The next pad of a direction, to be overwritten by whoever takes it. @throws AuthenticationKeyExhausted */
  pad(direction: Direction): Uint8Array {
    return this.pool.take(direction, TAG_BITS)
  }

  /** Overwrites what is left of the pass' authentication key. */
  erase(): void {
    this.pool.erase()
    for (const key of Object.values(this.hashKeys)) key.fill(0)
  }
}
