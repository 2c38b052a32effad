/**
 * Key handed on through trusted nodes: what two stations share is carried from each of them to its city, hop by hop,
 * by one-time pad with the hop's own key, each message authenticated with that pair's key. Every node on the way
 * reads the key: that is the premise of a trusted-node network, and the ledger says who knew.
 * The first 1024 bits become the two cities' authentication pool, the rest their key block.
 */
import type { ForwardReport } from '../domain/model/report'
import { xorBytes } from '../domain/qkd/bits'
import { checkSeal, seal, sealedBytes, topUpIfShort } from './authenticated'
import { InsufficientKey } from './key-error'
import type { Ledger } from './ledger'
import { RELAY_AUTH_BITS } from './relay'

/** From the station that holds the relayed key to the city that wants it; a station alone wants it itself. */
export type ForwardPath = readonly [string, ...string[]]

export interface ForwardRequest {
  a: ForwardPath
  b: ForwardPath
  utc: string
}

const last = (path: ForwardPath): string => path[path.length - 1]
const hopsOf = (path: ForwardPath): [string, string][] =>
  path.slice(1).map((to, i) => [path[i], to])

/**
 * Hands on all that the two stations share and every hop can pay for; all of it happens or nothing.
 * @throws InsufficientKey, ReusedKey or RefusedMessage.
 */
export function forwardPair(ledger: Ledger, request: ForwardRequest): ForwardReport {
  const { a, b, utc } = request
  return ledger.transaction(() => {
    const topUps = [...hopsOf(a), ...hopsOf(b)].map(
      ([from, to]) => [from, to, topUpIfShort(ledger.store(from), to)] as const,
    )
    const length_bits = forwardable(ledger, request)
    const own = ledger.store(a[0]).spend(b[0], length_bits, 'relayed')
    const epsilon = ledger.store(a[0]).epsilonOf(b[0], own.pieces)
    const theirs = ledger.store(b[0]).spendPieces(a[0], own.pieces, 'relayed')
    const id = `F-${ledger.forwards().length + 1}`
    const carry = (path: ForwardPath, bits: Uint8Array): Uint8Array =>
      hopsOf(path).reduce((key, hop) => {
        const topUp = topUps.find(([from, to]) => from === hop[0] && to === hop[1])?.[2] ?? []
        return carryOver(ledger, hop, { id, key, length_bits, topUp })
      }, bits)
    const ends = [last(a), last(b)] as const
    const origin = `forwarded from ${a[0]} and ${b[0]}`
    const block = { id, kind: 'relay' as const, origin, epsilon, created_utc: utc }
    keep(ledger, ends[0], { ...block, peer: ends[1] }, carry(a, own.bits), length_bits)
    keep(ledger, ends[1], { ...block, peer: ends[0] }, carry(b, theirs.bits), length_bits)
    const known_to = [...new Set([...a, ...b, ...ledger.knowersOf(own.pieces)])]
    ledger.recordForward({ id, length_bits, known_to, forwarded_utc: utc })
    const path = [...[...a].reverse(), ...b]
    return { path, secret_bits: length_bits - RELAY_AUTH_BITS, known_to }
  })
}

/** @throws InsufficientKey naming the pair with the least. */
function forwardable(ledger: Ledger, { a, b }: ForwardRequest): number {
  const pairs = [[a[0], b[0]] as [string, string], ...hopsOf(a), ...hopsOf(b)]
  const stocks = pairs.map((pair) => ({ pair, left_bits: ledger.store(pair[0]).left(pair[1]) }))
  const least = stocks.reduce((x, y) => (y.left_bits < x.left_bits ? y : x))
  if (least.left_bits > RELAY_AUTH_BITS) return least.left_bits
  throw new InsufficientKey(least.pair, RELAY_AUTH_BITS + 1, least.left_bits, 'key')
}

interface Carried {
  id: string
  key: Uint8Array
  length_bits: number
  topUp: ReturnType<typeof topUpIfShort>
}

/** One hop: encrypted with the pair's pad, sealed, checked and decrypted; the sender's copy is overwritten. */
function carryOver(
  ledger: Ledger,
  [from, to]: [string, string],
  { id, key, length_bits, topUp }: Carried,
): Uint8Array {
  const sender = ledger.store(from)
  const receiver = ledger.store(to)
  const pad = sender.spend(to, length_bits)
  const cipher = xorBytes(key, pad.bits)
  const message = sealedBytes({ id, from, to, length_bits, pieces: pad.pieces }, cipher)
  const sealed = seal(sender, to, message, topUp)
  for (const bits of [key, pad.bits]) bits.fill(0)
  checkSeal(receiver, from, message, sealed)
  const own = receiver.spendPieces(from, pad.pieces)
  const plain = xorBytes(cipher, own.bits)
  own.bits.fill(0)
  return plain
}

function keep(
  ledger: Ledger,
  holder: string,
  block: Parameters<ReturnType<Ledger['store']>['addBlock']>[0],
  key: Uint8Array,
  length_bits: number,
): void {
  const store = ledger.store(holder)
  store.authPool(block.peer).addShared(key.subarray(0, RELAY_AUTH_BITS / 8))
  store.addBlock(block, key.subarray(RELAY_AUTH_BITS / 8), length_bits - RELAY_AUTH_BITS)
  key.fill(0)
}
