/** Bob's receiver: turns time tags into gated detections, pulse by pulse, on his own clock. */
import { basisOf, bitOf } from '../../domain/qkd/detections'
import { createTagGate, type TagGate } from '../../domain/qkd/gate'
import { createPulseClock } from '../../domain/qkd/sync'
import { tagChannels, type TagBatch } from '../../domain/model/tags'
import { SPEED_OF_LIGHT_M_S } from '../../domain/model/units'
import { osRandom } from '../os-random'
import type { BobStart } from '../party-start'

export interface Gated {
  pulses: Float64Array
  /** 0 X, 1 Z. */
  bases: Uint8Array
  bits: Uint8Array
  tags: number
  residual_ns: number
}

export class Detection {
  private readonly gate: TagGate
  private readonly pulses: number

  constructor(start: BobStart) {
    const { pulse_rate_Hz, sync_rate_Hz } = start.parameters.payload
    this.pulses = start.pulses
    const clock = createPulseClock({
      pulse_rate_Hz,
      sync_rate_Hz,
      predictedFlight_s: flightFrom(start.flight),
    })
    this.gate = createTagGate(clock, start.receiver.gate_ns * 1000, osRandom)
  }

  /** Feeds the synchronisation pulses to the clock and gates the rest against the pulse grid. */
  take(batch: TagBatch): Gated {
    const gated = this.gate.gate(batch)
    const [from, to] = within(gated.pulses, this.pulses)
    const outcome = gated.outcome.slice(from, to)
    return {
      pulses: gated.pulses.slice(from, to),
      bases: outcome.map(basisOf),
      bits: outcome.map(bitOf),
      tags: batch.channel.reduce((sum, channel) => sum + (channel === tagChannels.sync ? 0 : 1), 0),
      residual_ns: gated.residualRms_ns,
    }
  }
}

/** The part of ascending pulse numbers that lies in [0, count). */
function within(pulses: Float64Array, count: number): [number, number] {
  let from = 0
  let to = pulses.length
  while (from < to && pulses[from] < 0) from += 1
  while (to > from && pulses[to - 1] >= count) to -= 1
  return [from, to]
}

/** Time of flight from the ephemeris: cubic Hermite between seconds. */
export function flightFrom(flight: BobStart['flight']): (emission_s: number) => number {
  const last = flight.range_m.length - 2
  return (emission_s) => {
    const i = Math.min(Math.max(Math.floor(emission_s), 0), last)
    const u = emission_s - i
    const [r0, r1] = [flight.range_m[i], flight.range_m[i + 1]]
    const [v0, v1] = [flight.rangeRate_m_s[i], flight.rangeRate_m_s[i + 1]]
    const range =
      r0 * (1 + 2 * u) * (1 - u) ** 2 +
      v0 * u * (1 - u) ** 2 +
      r1 * u * u * (3 - 2 * u) +
      v1 * u * u * (u - 1)
    return range / SPEED_OF_LIGHT_M_S
  }
}
