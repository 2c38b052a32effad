/** Seeded time tags of a decoy-state pass with known pulse numbers, for tests of Bob's synchronisation. */
import { SPEED_OF_LIGHT_M_S } from '../../model/units'
import { tagChannels, type TagBatch } from '../../model/tags'
import { seededRandom } from './pair-streams'

export const source = {
  pulse_rate_Hz: 1e8,
  sync_rate_Hz: 1e4,
  intensities: [0.8, 0.1, 0] as [number, number, number],
  probabilities: [0.5, 0.25, 0.25] as [number, number, number],
}

/** Straight flight past a station: closest at 150 s, 645 km, 7.4 km/s. */
export const flight_s = (emission_s: number): number =>
  Math.hypot(645e3, 7400 * (emission_s - 150)) / SPEED_OF_LIGHT_M_S

export interface PassTagOptions {
  from_s: number
  to_s: number
  /** Detections a second. */
  rate_Hz?: number
  /** Detector tags off the grid, a second. */
  noise_Hz?: number
  offset_s?: number
  drift?: number
  /** Share of synchronisation pulses that never arrive. */
  lost_sync?: number
  /** No light in between. */
  cloud_s?: [number, number]
  jitter_ps?: number
  seed?: number
}

/** One tag; `pulse` is NaN for synchronisation pulses and noise. */
export interface KnownTag {
  time_ps: number
  channel: number
  pulse: number
}

/** The intensity class Alice gave a pulse: 0 signal, 1 decoy, 2 vacuum, by the source's odds. */
export function classOf(pulse: number): number {
  let t = Math.imul((pulse % 2 ** 32) ^ 0x9e3779b9, 0x85ebca6b)
  t = Math.imul(t ^ (t >>> 15), 0xc2b2ae35)
  const u = ((t ^ (t >>> 16)) >>> 0) / 2 ** 32
  return u < 0.5 ? 0 : u < 0.75 ? 1 : 2
}

export const classesFrom = (first: number, count: number): Uint8Array =>
  new Uint8Array(count).map((_, i) => classOf(first + i))

/** Tags of the light emitted in [from_s, to_s), on Bob's clock, in time order. */
export function passTags(options: PassTagOptions): KnownTag[] {
  const { from_s, to_s, offset_s = 0, drift = 0, jitter_ps = 530 } = options
  const { uniform, normal } = seededRandom(options.seed ?? 5)
  const [dark0, dark1] = options.cloud_s ?? [0, 0]
  const dark = (second: number) => second >= dark0 && second < dark1
  const reading = (second: number, jitter: number) => {
    const arrival_s = second + flight_s(second)
    return Math.round((arrival_s * (1 + drift) + offset_s) * 1e12 + jitter * normal())
  }
  const tags: KnownTag[] = []
  for (let k = Math.ceil(from_s * source.sync_rate_Hz); k < to_s * source.sync_rate_Hz; k++) {
    const second = k / source.sync_rate_Hz
    if (uniform() < (options.lost_sync ?? 0) || dark(second)) continue
    tags.push({ time_ps: reading(second, 100), channel: tagChannels.sync, pulse: NaN })
  }
  // Candidates at the signal's rate; darker classes are thinned out.
  const gap = source.pulse_rate_Hz / ((options.rate_Hz ?? 15_000) / 0.53125)
  for (let pulse = from_s * source.pulse_rate_Hz; ;) {
    pulse += 1 + Math.floor(-gap * Math.log(1 - uniform()))
    const second = pulse / source.pulse_rate_Hz
    if (second >= to_s) break
    if (uniform() >= source.intensities[classOf(pulse)] / 0.8 || dark(second)) continue
    tags.push({ time_ps: reading(second, jitter_ps), channel: Math.floor(4 * uniform()), pulse })
  }
  for (let n = 0; n < (options.noise_Hz ?? 0) * (to_s - from_s); n++) {
    const time_ps = reading(from_s + (to_s - from_s) * uniform(), 0)
    tags.push({ time_ps, channel: Math.floor(4 * uniform()), pulse: NaN })
  }
  return tags.sort((a, b) => a.time_ps - b.time_ps)
}

export const batchOf = (tags: KnownTag[]): TagBatch => ({
  channel: Uint8Array.from(tags, ({ channel }) => channel),
  time_ps: Float64Array.from(tags, ({ time_ps }) => time_ps),
})
