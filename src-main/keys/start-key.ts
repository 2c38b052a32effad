/** The start key: authentication key that two holders share before their first pass. */
import { randomBytes } from 'node:crypto'
import type { Ledger } from './ledger'

/** 4 kbit a pair, half for each direction. */
export const START_KEY_BITS = 4096

/**
 * Draws a pair's start key from the operating system's generator and puts it into both ends' pools, as
 * handing it over before launch would. Does nothing when the pair was provisioned before.
 */
export function provisionStartKey(ledger: Ledger, a: string, b: string, utc: string): void {
  const known = ledger.view().stock.some(({ ends }) => ends.includes(a) && ends.includes(b))
  if (!known) renewStartKey(ledger, a, b, utc)
}

/** Hands both ends another start key, behind what their pools still hold. */
export function renewStartKey(ledger: Ledger, a: string, b: string, utc: string): void {
  const key = randomBytes(START_KEY_BITS / 8)
  ledger.transaction(() => {
    for (const [holder, peer] of [
      [a, b],
      [b, a],
    ] as const) {
      ledger.store(holder).authPool(peer).addShared(key)
      ledger.store(holder).log(utc, `start key with ${peer}, ${START_KEY_BITS} bits`)
    }
  })
  key.fill(0)
}
