/**
 * Trusted relay by announced XOR (as flown by Micius: S.-K. Liao et al., PRL 120, 030501, 2018): the
 * satellite takes equally long key shared with A and with B and announces their XOR; B undoes it with its
 * own key and then holds A's. The announcement is public and authenticated to each station with that
 * pair's key. Limits: the satellite knows the key; trusting it to forget is the premise, and the view
 * says who knew. The stations then confirm that they hold the same key.
 * The first 1024 bits of the relayed key become the pair's authentication pool, the rest its key block.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { AttackKind } from '../domain/model/conditions'
import type { DrillOutcome, RelayReport } from '../domain/model/report'
import { xorBytes } from '../domain/qkd/bits'
import { checkSeal, seal, sealedBytes, topUpIfShort, type Seal } from './authenticated'
import { bytesFor } from './bits'
import type { HolderStore } from './holder-store'
import { InsufficientKey, RefusedMessage } from './key-error'
import type { Ledger } from './ledger'
import { totalBits, type Piece } from './ranges'
import { confirmRelay } from './relay-confirmation'

/** Set aside from each relayed key for authentication between the two stations. */
export const RELAY_AUTH_BITS = 1024

/** What the satellite says in public. */
export interface Announcement {
  id: string
  satellite: string
  ends: [string, string]
  length_bits: number
  epsilon: number
  utc: string
  /** Which ranges of its own key each station is to use, by station. */
  pieces: Record<string, Piece[]>
  xor: Uint8Array
  /** One tag a station, each under that pair's key. */
  seals: Record<string, Seal>
}

type Told = Omit<Announcement, 'seals'>

const tagged = ({ xor, ...header }: Told, station: string): Uint8Array =>
  sealedBytes({ to: station, ...header }, xor)

function relayable(satellite: HolderStore, a: string, b: string): number {
  const [least, left_bits] = [a, b]
    .map((station) => [station, satellite.left(station)] as const)
    .reduce((x, y) => (y[1] < x[1] ? y : x))
  if (left_bits <= RELAY_AUTH_BITS)
    throw new InsufficientKey([satellite.holder, least], RELAY_AUTH_BITS + 1, left_bits, 'key')
  return left_bits
}

/**
 * The satellite's part: takes as much of both keys as the shorter stock has, overwrites its copies and
 * returns the announcement. @throws InsufficientKey, with nothing spent.
 */
export function announce(
  satellite: HolderStore,
  [a, b]: [string, string],
  { id, utc, lie = false }: { id: string; utc: string; lie?: boolean },
): Announcement {
  return satellite.atomically(() => {
    const topUps = { [a]: topUpIfShort(satellite, a), [b]: topUpIfShort(satellite, b) }
    const length_bits = relayable(satellite, a, b)
    const [forA, forB] = [a, b].map((to) => satellite.spend(to, length_bits, 'relayed'))
    const pieces = { [a]: forA.pieces, [b]: forB.pieces }
    const epsilon = satellite.epsilonOf(a, forA.pieces) + satellite.epsilonOf(b, forB.pieces)
    const xor = lie ? falseXor(forA.bits.length) : xorBytes(forA.bits, forB.bits)
    for (const { bits } of [forA, forB]) bits.fill(0)
    const told: Told = {
      ...{ id, satellite: satellite.holder, ends: [a, b], length_bits, epsilon, utc, pieces, xor },
    }
    const seals = Object.fromEntries(
      [a, b].map((to) => [to, seal(satellite, to, tagged(told, to), topUps[to])]),
    )
    satellite.log(utc, `relay ${id} announced, ${length_bits} bits for ${a} and ${b}`)
    return { ...told, seals }
  })
}

function lengthsAgree({ length_bits, xor, pieces }: Announcement, station: string): void {
  const mine = totalBits(pieces[station] ?? [])
  if (mine === length_bits && xor.length === bytesFor(length_bits)) return
  throw new RefusedMessage(
    `Relay announcement refused at ${station}: ${length_bits} bits announced, ${xor.length} bytes sent, ${mine} bits of key named.`,
    'The three must agree; ask the satellite for a new announcement.',
  )
}

function keepRelayed(station: HolderStore, told: Announcement, key: Uint8Array): void {
  const [a, b] = told.ends
  const peer = station.holder === a ? b : a
  const rest_bits = told.length_bits - RELAY_AUTH_BITS
  station.authPool(peer).addShared(key.subarray(0, RELAY_AUTH_BITS / 8))
  const sources = [
    ...new Set(
      Object.values(told.pieces)
        .flat()
        .map((piece) => piece.blockId),
    ),
  ]
  const block = {
    ...{ id: told.id, peer, kind: 'relay' as const, origin: `relay of ${sources.join(', ')}` },
    ...{ epsilon: told.epsilon, created_utc: told.utc, note: `by ${told.satellite}` },
  }
  station.addBlock(block, key.subarray(RELAY_AUTH_BITS / 8), rest_bits)
}

/**
 * A station's part: checks the announcement, gives up the key it shared with the satellite and keeps the
 * relayed key under the announcement's id.
 * @throws RefusedMessage (lengths, addressee, tag) or ReusedKey; the station's key then stays as it was.
 */
export function acceptAnnouncement(station: HolderStore, announcement: Announcement): void {
  const { seals, ...told } = announcement
  const mine = seals[station.holder]
  if (!mine || !told.ends.includes(station.holder))
    throw new RefusedMessage(
      `Relay announcement ${told.id} refused at ${station.holder}: it carries no authentication for this station.`,
      'Only announcements authenticated to this station are used.',
    )
  lengthsAgree(announcement, station.holder)
  station.atomically(() => {
    checkSeal(station, told.satellite, tagged(told, station.holder), mine)
    const own = station.spendPieces(told.satellite, told.pieces[station.holder] ?? [], 'relayed')
    const key = station.holder === told.ends[0] ? own.bits : xorBytes(told.xor, own.bits)
    keepRelayed(station, announcement, key)
    for (const bits of [key, own.bits]) bits.fill(0)
  })
}

/** A drill: what a satellite announces that wants the stations to hold different keys. */
const falseXor = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))

export interface RelayRequest {
  satellite: string
  a: string
  b: string
  utc: string
  /** A drill on this relay. */
  attack?: AttackKind
}

/**
 * Relays all that the satellite can between two stations; all of it happens or nothing. When the stations find that
 * their keys differ, both blocks are destroyed, and what went into them stays spent.
 * @returns the new block's length (after the bits for authentication) and the hash of what was announced.
 * @throws InsufficientKey, ReusedKey or RefusedMessage.
 */
export function relayPair(ledger: Ledger, request: RelayRequest): RelayReport {
  const { satellite, a, b, utc, attack } = request
  return ledger.transaction(() => {
    const id = `R-${ledger.announcements().length + 1}`
    const lie = attack === 'relay-lie'
    const told = announce(ledger.store(satellite), [a, b], { id, utc, lie })
    for (const station of [a, b]) acceptAnnouncement(ledger.store(station), told)
    const announced_xor_sha256 = createHash('sha256').update(told.xor).digest('hex')
    const { length_bits } = told
    const record = { id, satellite, a, b, length_bits, xor_sha256: announced_xor_sha256 }
    ledger.recordAnnouncement({ ...record, announced_utc: utc })
    const agreed = confirmRelay(ledger.store(a), ledger.store(b), id)
    if (!agreed) destroyBoth(ledger, request, id)
    if (attack === 'relay-copies') ledger.recordRetained(id, satellite)
    const secret_bits = agreed ? length_bits - RELAY_AUTH_BITS : 0
    return { pair: [a, b], secret_bits, announced_xor_sha256, ...drillOf(agreed, attack) }
  })
}

function destroyBoth(ledger: Ledger, { a, b, utc }: RelayRequest, id: string): void {
  const reason = 'the stations confirmed that their keys differ'
  ledger.store(a).destroy(b, id, reason, utc)
  ledger.store(b).destroy(a, id, reason, utc)
}

function drillOf(agreed: boolean, attack: AttackKind | undefined): DrillOutcome {
  const drill = attack ? { attack } : {}
  if (!agreed) return { ...drill, stopped_by: 'relay confirmation' }
  if (attack !== 'relay-copies') return drill
  const not_detectable =
    'A relay knows the key that it relays, and no message shows whether it kept a copy. Entangled pairs measured at both stations leave nothing to copy: fly bbm92 or e91 for that.'
  return { ...drill, not_detectable }
}
