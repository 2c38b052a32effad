/**
 * Bob's first lock without trust in his clock: grid phase and drift from the tags' own periodicity (the
 * synchronisation pulses' when they arrive, the signal pulses' otherwise), then the pulse number from a block of
 * intensity classes that Alice announces and both leave out of the key.
 * Limits: the clock lies within `span_s` of the prior; the tags cover the block for every such offset (of a
 * second of tags, a span of 0.4 s); the pulse rate is a multiple of the synchronisation rate, else that train only
 * serves the drift of nobody and the signal's grid is used.
 */
import { tagChannels, type TagBatch } from '../../model/tags'
import { findGridPhase, type GridPhase } from './grid-phase'
import {
  acquirePulseNumber,
  detectionsNeeded,
  patternLength,
  type AnnouncedPattern,
} from './pulse-number'

export interface AcquisitionOptions {
  pulse_rate_Hz: number
  sync_rate_Hz: number
  intensities: readonly number[]
  probabilities: readonly number[]
  /** Full width of the gate. */
  gate_ps: number
  predictedFlight_s: (emission_s: number) => number
  /** The tagger's reading at the epoch lies within `span_s` of this. */
  epoch_ps?: number
  /** 0.25 s by default. */
  span_s?: number
  /** Largest clock drift to expect, s/s. */
  maxDrift?: number
}

/** The block of pulses that Bob asks Alice to announce. */
export interface PatternRequest {
  first: number
  count: number
}

/** The clock, as createPulseClock takes it. */
export interface AcquiredClock {
  epoch_ps: number
  drift: number
  /** Reading at which the drift has gathered nothing yet. */
  at_ps: number
  score: number
  grid: 'sync' | 'signal'
}

/** A grid found in the tags, before its pulses have their right numbers. */
export interface GridLock {
  request: PatternRequest
  /** @returns null when the pattern fits no offset in the span. */
  resolve(pattern: AnnouncedPattern): AcquiredClock | null
}

/**
 * Looks for the grid in the first second or so of tags.
 * @returns null when there is none yet, or too few detections lie on it.
 */
export function lockToGrid(batch: TagBatch, options: AcquisitionOptions): GridLock | null {
  const emission_s = emissionSeconds(batch.time_ps, options)
  const grid = gridOf(batch, emission_s, options)
  if (!grid) return null
  const detected = emission_s.filter((_, i) => batch.channel[i] !== tagChannels.sync)
  const gated = numbersOnGrid(detected, grid.phase, options)
  if (gated.pulses.length < 32) return null
  const { intensities, probabilities, pulse_rate_Hz, span_s = 0.25 } = options
  const stride = grid.kind === 'sync' ? Math.round(pulse_rate_Hz / options.sync_rate_Hz) : 1
  const span = Math.floor(span_s * pulse_rate_Hz)
  const search = { intensities, probabilities, noise: gated.noise, span, stride }
  return {
    request: requestOf(gated.pulses, pulse_rate_Hz, detectionsNeeded(search)),
    resolve: (pattern) => {
      const number = acquirePulseNumber(gated.pulses, pattern, search)
      if (!number) return null
      const clock = clockFrom(grid.phase, number.shift / pulse_rate_Hz, options)
      return { ...clock, score: number.score, grid: grid.kind }
    },
  }
}

interface Grid {
  kind: 'sync' | 'signal'
  phase: GridPhase
}

function gridOf(
  batch: TagBatch,
  emission_s: Float64Array,
  options: AcquisitionOptions,
): Grid | null {
  const { pulse_rate_Hz, sync_rate_Hz, maxDrift = 1.1e-4 } = options
  const of = (kind: Grid['kind'], rate_Hz: number): Grid | null => {
    const wanted = kind === 'sync'
    const times = emission_s.filter((_, i) => (batch.channel[i] === tagChannels.sync) === wanted)
    const phase = findGridPhase(times, rate_Hz, maxDrift)
    return phase && { kind, phase }
  }
  const whole = pulse_rate_Hz % sync_rate_Hz === 0
  return (whole ? of('sync', sync_rate_Hz) : null) ?? of('signal', pulse_rate_Hz)
}

/** Detections within the gate, by Bob's own numbers, and the share among them that noise makes up. */
function numbersOnGrid(
  detected_s: Float64Array,
  { at_s, lag_s, drift }: GridPhase,
  { pulse_rate_Hz, gate_ps }: AcquisitionOptions,
): { pulses: Float64Array; noise: number } {
  const base = Math.round(at_s * pulse_rate_Hz)
  const half = (gate_ps * 1e-12 * pulse_rate_Hz) / 2
  const turns = detected_s.map(
    (time_s) => (lag_s + (1 - drift) * (time_s - at_s) + at_s) * pulse_rate_Hz - base,
  )
  const gated = turns.filter((turn) => Math.abs(turn - Math.round(turn)) <= half)
  const pulses = gated.map((turn) => Math.round(turn) + base).sort()
  const share = Math.min(2 * half, 1)
  const beyond = (turns.length - gated.length) / Math.max(1 - share, 0.01)
  return { pulses, noise: Math.min((beyond * share) / Math.max(gated.length, 1), 1) }
}

/** A block about the median detection, long enough by the rate around it. */
function requestOf(
  pulses: Float64Array,
  pulse_rate_Hz: number,
  detections: number,
): PatternRequest {
  const [quarter, half] = [pulses.length >> 2, pulses.length >> 1]
  const middle = pulses[half]
  const duration_s = (pulses[half + quarter] - pulses[half - quarter] + 1) / pulse_rate_Hz
  const count = patternLength((2 * quarter) / duration_s, pulse_rate_Hz, detections)
  return { first: Math.max(middle - (count >> 1), 0), count }
}

/** Epoch and drift such that a clock set by them stands on the grid at the phase's instant. */
function clockFrom(phase: GridPhase, shift_s: number, options: AcquisitionOptions) {
  const { predictedFlight_s, epoch_ps = 0 } = options
  const { at_s, lag_s } = phase
  const emitted_s = at_s + lag_s + shift_s
  const at_ps = epoch_ps + (at_s + predictedFlight_s(at_s)) * 1e12
  const flightRate = (second: number) =>
    (predictedFlight_s(second + 0.05) - predictedFlight_s(second - 0.05)) / 0.1
  return {
    at_ps,
    epoch_ps: at_ps - (emitted_s + predictedFlight_s(emitted_s)) * 1e12,
    drift: phase.drift + flightRate(at_s) - flightRate(emitted_s),
  }
}

function emissionSeconds(time_ps: Float64Array, options: AcquisitionOptions): Float64Array {
  const { predictedFlight_s, epoch_ps = 0 } = options
  return time_ps.map((reading_ps) => {
    const time_s = (reading_ps - epoch_ps) * 1e-12
    let emission_s = time_s - predictedFlight_s(time_s)
    for (let step = 0; step < 3; step++) emission_s = time_s - predictedFlight_s(emission_s)
    return emission_s
  })
}
