/**
 * Bob's receiver: turns time tags into gated detections, pulse by pulse, on his own clock.
 * A clock known to less than half a synchronisation period is used as it is. Otherwise, or when synchronisation
 * pulses fail, he keeps the tags until he has acquired the clock from them and from a block of pulses whose
 * intensity classes Alice announces; that block is left out of the key at both ends.
 */
import type { TagBatch } from '../../domain/model/tags'
import { tagChannels } from '../../domain/model/tags'
import { basisOf, bitOf } from '../../domain/qkd/detections'
import { createTagGate, type GatedTags, type TagGate } from '../../domain/qkd/gate'
import type { GateChoice } from '../../domain/qkd/gate-width'
import { createPulseClock, type PulseClock } from '../../domain/qkd/sync'
import {
  lockToGrid,
  type AcquisitionOptions,
  type PatternRequest,
} from '../../domain/qkd/sync/acquisition'
import { unpackClasses } from '../../domain/qkd/sync/pulse-number'
import { TagSpread } from '../../domain/qkd/gate-spread'
import { osRandom } from '../os-random'
import type { BobStart } from '../party-start'
import { flightFrom } from './predicted-flight'

export interface Gated {
  pulses: Float64Array
  /** 0 X, 1 Z. */
  bases: Uint8Array
  bits: Uint8Array
  tags: number
  residual_ns: number
}

/** What of Bob's start his receiver needs. */
export interface DetectionStart extends Pick<BobStart, 'pulses' | 'flight'> {
  receiver: Pick<BobStart['receiver'], 'gate_ns'>
  parameters: {
    payload: Pick<
      BobStart['parameters']['payload'],
      'pulse_rate_Hz' | 'sync_rate_Hz' | 'intensities' | 'probabilities'
    >
  }
}

/** Asks Alice for the intensity classes of a block of pulses, packed as by packClasses. */
export type AskPattern = (request: PatternRequest) => Promise<Uint8Array>

/** Batches kept while the clock is not acquired, and blocks asked for in vain before giving up. */
const KEPT_BATCHES = 3
const MOST_ASKED = 5
/** A clock once followed and lost is sought within this: a drift of 5e-6 takes 400 s to leave it. */
const LOST_SPAN_S = 2e-3

export class Detection {
  private readonly pulses: number
  private readonly options: AcquisitionOptions
  private clock: PulseClock | null = null
  private gate: TagGate | null = null
  /** Whether any tag has had a pulse number. */
  private numbered = false
  private kept: TagBatch[] = []
  private readonly asked: PatternRequest[] = []
  private inVain = 0
  private last = -1
  private readonly spread = new TagSpread()

  /** @param clock_uncertainty_s how well the tagger's clock is known; below half a synchronisation period by default. */
  constructor(start: DetectionStart, clock_uncertainty_s = 0) {
    const { pulse_rate_Hz, sync_rate_Hz, intensities, probabilities } = start.parameters.payload
    this.pulses = start.pulses
    this.options = {
      pulse_rate_Hz,
      sync_rate_Hz,
      intensities,
      probabilities,
      gate_ps: start.receiver.gate_ns * 1000,
      predictedFlight_s: flightFrom(start.flight),
      span_s: Math.max(clock_uncertainty_s, 0.5 / sync_rate_Hz),
    }
    if (clock_uncertainty_s < 0.5 / sync_rate_Hz) this.follow(createPulseClock(this.options))
  }

  /** Gates a batch on the clock as it stands; without one nothing is detected. */
  take(batch: TagBatch): Gated {
    if (!this.gate) return this.nothing(batch)
    return this.gatedOf(this.gate.gate(batch), detectorTags(batch), spanOf(batch))
  }

  /**
   * Gates a batch; without a clock to trust it keeps the tags and asks Alice first.
   * Detections of batches kept come with the batch that the clock is acquired at.
   * @throws Error when five announced blocks fit no clock offset.
   */
  async receive(batch: TagBatch, ask: AskPattern): Promise<Gated> {
    if (!this.gate || !this.clock) return this.acquire(batch, ask)
    const gated = this.gate.gate(batch)
    const tags = detectorTags(batch)
    this.numbered ||= gated.unsynchronised < tags
    const never = !this.numbered && gated.unsynchronised >= 100
    const before = this.gatedOf(gated, tags, spanOf(batch))
    if (!never && !this.clock.lost()) return before
    if (this.clock.lost()) this.options.span_s = LOST_SPAN_S
    this.follow(null)
    const after = await this.acquire(batch, ask)
    return joined(before, after, (pulse) => !this.announced(pulse))
  }

  /**
   * The gate of the most key by what the tags themselves showed so far: modelled, from measured jitter, rate and
   * background; never wider than the receiver's own. Null before any tag had a pulse number.
   * @param error share of wrong outcomes among signal detections.
   */
  gateAdvice(error: number): GateChoice | null {
    return this.spread.bestGate({ ...this.options, error, ceiling_ns: this.options.gate_ps / 1000 })
  }

  private async acquire(batch: TagBatch, ask: AskPattern): Promise<Gated> {
    this.kept = [...this.kept, batch].slice(-KEPT_BATCHES)
    const batches = together(this.kept)
    const lock = lockToGrid(batches, this.options)
    if (!lock) return this.nothing(batch)
    const { first, count } = lock.request
    this.asked.push({ first, count })
    const classes = unpackClasses(await ask({ first, count }), count)
    const clock = lock.resolve({ first, classes })
    if (!clock) return this.failed(batch)
    this.inVain = 0
    this.kept = []
    this.options.epoch_ps = clock.epoch_ps
    this.follow(createPulseClock({ ...this.options, ...clock, acquired: true }))
    return { ...this.take(batches), tags: detectorTags(batch) }
  }

  private failed(batch: TagBatch): Gated {
    this.inVain += 1
    if (this.inVain < MOST_ASKED) return this.nothing(batch)
    throw new Error(
      `Acquiring the clock: none of ${MOST_ASKED} announced blocks fits a clock offset within ${this.options.span_s} s; check the station's time.`,
    )
  }

  private nothing(batch: TagBatch): Gated {
    return {
      pulses: new Float64Array(0),
      bases: new Uint8Array(0),
      bits: new Uint8Array(0),
      tags: detectorTags(batch),
      residual_ns: NaN,
    }
  }

  private follow(clock: PulseClock | null): void {
    this.clock = clock
    this.gate = clock && createTagGate(clock, this.options.gate_ps, osRandom)
  }

  private gatedOf(gated: GatedTags, tags: number, span_s: number): Gated {
    if (gated.numbered > 0) this.spread.add(gated, span_s)
    const places = [...gated.pulses.keys()].filter((i) => this.usable(gated.pulses[i]))
    const pulses = Float64Array.from(places, (i) => gated.pulses[i])
    const outcome = Uint8Array.from(places, (i) => gated.outcome[i])
    this.last = pulses.length > 0 ? pulses[pulses.length - 1] : this.last
    const residual_ns = gated.residualRms_ns
    return { pulses, bases: outcome.map(basisOf), bits: outcome.map(bitOf), tags, residual_ns }
  }

  /** In the window, in no announced block and after all that was given out. */
  private usable(pulse: number): boolean {
    if (!(pulse > this.last && pulse < this.pulses)) return false
    return !this.announced(pulse)
  }

  /** Whether Alice was asked for the class of this pulse: it is out of the key. */
  private announced(pulse: number): boolean {
    return this.asked.some(({ first, count }) => pulse >= first && pulse < first + count)
  }
}

const detectorTags = ({ channel }: TagBatch): number =>
  channel.reduce((sum, kind) => sum + (kind === tagChannels.sync ? 0 : 1), 0)

const spanOf = ({ time_ps }: TagBatch): number =>
  time_ps.length > 0 ? (time_ps[time_ps.length - 1] - time_ps[0]) * 1e-12 : 0

function together(batches: TagBatch[]): TagBatch {
  const size = batches.reduce((sum, { channel }) => sum + channel.length, 0)
  const all = { channel: new Uint8Array(size), time_ps: new Float64Array(size) }
  let at = 0
  for (const { channel, time_ps } of batches) {
    all.channel.set(channel, at)
    all.time_ps.set(time_ps, at)
    at += channel.length
  }
  return all
}

/** Detections before and after a new acquisition within one batch; of those before, what may be kept. */
function joined(before: Gated, after: Gated, keep: (pulse: number) => boolean): Gated {
  const places = [...before.pulses.keys()].filter((i) => keep(before.pulses[i]))
  const kept = <T extends Float64Array | Uint8Array>(column: T): number[] =>
    places.map((i) => column[i])
  return {
    pulses: Float64Array.from([...kept(before.pulses), ...after.pulses]),
    bases: Uint8Array.from([...kept(before.bases), ...after.bases]),
    bits: Uint8Array.from([...kept(before.bits), ...after.bits]),
    tags: after.tags,
    residual_ns: Number.isNaN(after.residual_ns) ? before.residual_ns : after.residual_ns,
  }
}
