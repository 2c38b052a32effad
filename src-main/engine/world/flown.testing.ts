/** Helpers of the world's tests: flies slots of the reference pass and keeps the truth that no party sees. */
import { createHash } from 'node:crypto'
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
