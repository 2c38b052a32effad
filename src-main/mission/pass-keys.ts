/** A pass and the ledger: authentication key out before, key blocks in after, each end by its own store. */
import { concatBytes } from '../domain/qkd/bits'
import type { HolderStore } from '../keys/holder-store'
import type { Ledger } from '../keys/ledger'
import { provisionStartKey, renewStartKey } from '../keys/start-key'
import { PASS_AUTHENTICATION_BITS } from '../engine/channel/party-keys'
import type { Party } from '../engine/protocol'
import type { FlightTask } from './flight-task'

const HALF_BITS = PASS_AUTHENTICATION_BITS / 2

/** What keys need to know of a flight: its two ends, Alice's first, and when it was. */
export type KeyedFlight = Pick<FlightTask, 'ends' | 'origin' | 'begins_utc' | 'ends_utc'>

/**
 * Draws the pair's start key when it is first needed; both ends keep it.
 * @param renew also hands over a new one when the old cannot pay for a pass: a mission was opened anew.
 */
export function provisionPair(ledger: Ledger, flight: KeyedFlight, renew: boolean): void {
  const [a, b] = flight.ends
  provisionStartKey(ledger, a, b, flight.begins_utc)
  const own = ledger.store(a)
  if (renew && isShort(own, b) && own.left(b) < PASS_AUTHENTICATION_BITS)
    renewStartKey(ledger, a, b, flight.begins_utc)
}

const isShort = (store: HolderStore, peer: string): boolean =>
  (['send', 'receive'] as const).some((way) => store.authPool(peer).left(way) < HALF_BITS)

/**
 * Takes what a pass needs from both ends' pools: first half for Alice's messages, second for Bob's. What is taken counts as spent, whether or not the pass uses all of it.
 * @throws InsufficientKey when the start key has run out.
 */
export function takePassKeys(ledger: Ledger, flight: KeyedFlight): Record<Party, Uint8Array> {
  const [a, b] = flight.ends
  return ledger.transaction(() => {
    fillFromStock(ledger.store(a), ledger.store(b))
    return {
      alice: take(ledger.store(a), b, ['send', 'receive']),
      bob: take(ledger.store(b), a, ['receive', 'send']),
    }
  })
}

/** @throws InsufficientKey when `takePassKeys` would; nothing is taken. */
export function checkPassKeys(ledger: Ledger, flight: KeyedFlight): void {
  const undo = new Error('nothing is to be taken')
  try {
    ledger.transaction(() => {
      for (const key of Object.values(takePassKeys(ledger, flight))) key.fill(0)
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
}

/** A pool too short for a pass is filled from the pair's oldest key, which both ends hold in the same order. */
function fillFromStock(a: HolderStore, b: HolderStore): void {
  const stock_bits = Math.min(a.left(b.holder), b.left(a.holder))
  if (!isShort(a, b.holder) || stock_bits < PASS_AUTHENTICATION_BITS) return
  for (const [own, peer] of [
    [a, b.holder],
    [b, a.holder],
  ] as const) {
    const { bits } = own.spend(peer, PASS_AUTHENTICATION_BITS)
    own.authPool(peer).addShared(bits)
    bits.fill(0)
  }
}

function take(store: HolderStore, peer: string, order: ('send' | 'receive')[]): Uint8Array {
  const pool = store.authPool(peer)
  const [first, second] = order.map((way) => pool.take(way, HALF_BITS).bits)
  const key = concatBytes(first, second)
  first.fill(0)
  second.fill(0)
  return key
}

/** Key of both ends, as their workers handed it over separately. */
export type EndKeys = Record<Party, { key: Uint8Array; length_bits: number }>

/**
 * Tops both pools up from the front of the new key and enters the rest as one block at each end; all or none.
 * @returns bits that went to authentication.
 */
export function storePassKeys(
  ledger: Ledger,
  flight: KeyedFlight,
  keys: EndKeys,
  epsilon: number,
): number {
  const [a, b] = flight.ends
  const added = keys.bob.length_bits > PASS_AUTHENTICATION_BITS ? PASS_AUTHENTICATION_BITS : 0
  const id = `S-${ledger.view().rows.filter(({ kind }) => kind === 'pass').length + 1}`
  const block = {
    id,
    kind: 'pass' as const,
    origin: flight.origin,
    epsilon,
    created_utc: flight.ends_utc,
    ...(added > 0 ? { note: `${added} bits to authentication` } : {}),
  }
  ledger.transaction(() => {
    keep(ledger.store(a), { ...block, peer: b }, keys.alice, added)
    keep(ledger.store(b), { ...block, peer: a }, keys.bob, added)
  })
  return added
}

function keep(
  store: HolderStore,
  block: Parameters<HolderStore['addBlock']>[0],
  { key, length_bits }: EndKeys[Party],
  added: number,
): void {
  const front = key.subarray(0, added / 8)
  if (added > 0) store.authPool(block.peer).addShared(front, added)
  store.addBlock(block, key.subarray(added / 8), length_bits - added)
  key.fill(0)
}
