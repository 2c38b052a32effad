/** Helpers of the world's tests: flies slots of the reference pass and keeps the truth that no party sees. */
import { createHash } from 'node:crypto'
import type { BasisCounts } from '../../domain/model/report'
import type { TagBatch } from '../../domain/model/tags'
import { beginSlot, createWorld, endSlot } from './generator'
import type { WorldSetup } from './protocol'
import type { SlotDraw } from './slot-draw'

export interface FlownSlot {
  draw: SlotDraw
  bits: Uint8Array
  batch: TagBatch
}

export type Bits = (count: number, slot: number) => Uint8Array

/** Repeatable bits that differ with the salt. */
export const saltedBits =
  (salt: string): Bits =>
  (count, slot) => {
    const bits = new Uint8Array(count)
    for (let at = 0, block = 0; at < count; block++)
      for (const byte of createHash('sha256').update(`${salt}/${slot}/${block}`).digest())
        for (let bit = 0; bit < 8 && at < count; bit++) bits[at++] = (byte >> bit) & 1
    return bits
  }

/** One hash over all columns of an object, for comparing long ones. */
export function fingerprint(columns: object): string {
  const hash = createHash('sha256')
  for (const [name, value] of Object.entries(columns) as [string, unknown][]) {
    hash.update(name)
    hash.update(ArrayBuffer.isView(value) ? (value as NodeJS.ArrayBufferView) : String(value))
  }
  return hash.digest('hex')
}

/** Flies seconds [from, to) of a setup. */
export function flown(
  setup: WorldSetup,
  from: number,
  to: number,
  bitsOf: Bits = saltedBits('a'),
  shutter = false,
): FlownSlot[] {
  const world = createWorld(setup)
  return Array.from({ length: to - from }, (_, i) => {
    const slot = { kind: 'advance' as const, from_s: from + i, to_s: from + i + 1, shutter }
    const draw = beginSlot(world, slot)
    const bits = bitsOf(draw.request.pulses.length, from + i)
    return { draw, bits, batch: endSlot(world, draw, bits) }
  })
}

/** All tags of a flight in one batch. */
export function allTags(slots: FlownSlot[]): TagBatch {
  return {
    channel: Uint8Array.from(slots.flatMap(({ batch }) => [...batch.channel])),
    time_ps: Float64Array.from(slots.flatMap(({ batch }) => [...batch.time_ps])),
  }
}

/** Gated detections as a receiver with perfect knowledge of flight time would have them. */
export interface Gated {
  pulse: number
  bobBasis: number
  bit: number
  distance_ps: number
}

/** Detector tags within half the gate of the pulse grid; the clock must be perfect. */
export function gatedTags(setup: WorldSetup, tags: TagBatch, gate_ns: number): Gated[] {
  const { flight } = createWorld(setup)
  const period_ps = 1e12 / setup.payload.pulse_rate_Hz
  const found: Gated[] = []
  tags.time_ps.forEach((time_ps, i) => {
    if (tags.channel[i] === 4) return
    let emitted_ps = time_ps
    for (let n = 0; n < 4; n++)
      emitted_ps = time_ps - flight.flight_ps(Math.min(flight.to_s, emitted_ps / 1e12))
    const pulse = Math.round(emitted_ps / period_ps)
    const distance_ps = emitted_ps - pulse * period_ps
    if (Math.abs(distance_ps) > (gate_ns * 1000) / 2) return
    found.push({ pulse, bobBasis: tags.channel[i] >> 1, bit: tags.channel[i] & 1, distance_ps })
  })
  return found
}

/** Matched-basis counts and errors by basis and intensity, as an oracle that sees both ends would have them. */
export function siftedCounts(
  setup: WorldSetup,
  slots: FlownSlot[],
): { counts: BasisCounts; errors: BasisCounts; detections: number } {
  const sent = new Map<number, { k: number; basis: number; bit: number }>()
  for (const { draw, bits } of slots) {
    const { pulses, intensity, basis } = draw.request
    pulses.forEach((pulse, i) =>
      sent.set(pulse, { k: intensity[i], basis: basis[i], bit: bits[i] }),
    )
  }
  const counts: BasisCounts = { x: [0, 0, 0], z: [0, 0, 0] }
  const errors: BasisCounts = { x: [0, 0, 0], z: [0, 0, 0] }
  const gated = gatedTags(setup, allTags(slots), setup.station.receiver.gate_ns)
  for (const { pulse, bobBasis, bit } of gated) {
    const own = sent.get(pulse)
    if (own?.basis !== bobBasis) continue
    const name = bobBasis ? 'z' : 'x'
    counts[name][own.k]++
    if (bit !== own.bit) errors[name][own.k]++
  }
  return { counts, errors, detections: gated.length }
}

/** A setup without background, dark counts and afterpulses. */
export function quiet(setup: WorldSetup): WorldSetup {
  const receiver = { ...setup.station.receiver, dark_count_rate_Hz: 0, afterpulse_probability: 0 }
  const background_Hz = new Float64Array(setup.profile.background_Hz.length)
  return { ...setup, profile: { ...setup.profile, background_Hz }, station: { receiver } }
}

/** A setup whose link loses less. */
export function brighter(setup: WorldSetup, factor: number): WorldSetup {
  const transmittance = setup.profile.transmittance.map((eta) => eta * factor)
  return { ...setup, profile: { ...setup.profile, transmittance } }
}
