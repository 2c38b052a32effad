/**
 * Bob's pulse clock. The synchronisation laser is phase-locked to the signal pulses, its pulse 0 leaving with
 * signal pulse 0 at the epoch. Predicted time of flight and a clock good to some 10 us (GPS) name each arriving
 * synchronisation pulse (they are 100 us apart at 10 kHz); what is left of its time against the prediction is
 * fitted by a quadratic over 0.3 s, which averages jitter and follows clock drift and ephemeris error.
 * Limits: prediction and clock together must err by less than half a synchronisation period; a window with fewer
 * than 12 synchronisation pulses has no lock and its tags no pulse number. Relativity is not modelled: the fit
 * takes it up. Times are the tagger's picoseconds; emission seconds count from the epoch.
 */
import { tagChannels, type TagBatch } from '../model/tags'
import { evaluate, robustQuadratic, type Quadratic } from './sync-fit'

/** Each fit serves one step of arrival time and uses a quarter of a step more on either side. */
const STEP_PS = 2e11
/** Synchronisation tags older than this are of no use to tags still to come. */
const KEEP_PS = 4e12

export interface PulseClockOptions {
  pulse_rate_Hz: number
  sync_rate_Hz: number
  /** Time of flight of light emitted at the given second after the epoch. */
  predictedFlight_s: (emission_s: number) => number
  /** The tagger's reading at the epoch, as far as is known; 0 when the tagger started then. */
  epoch_ps?: number
}

export interface PulseTime {
  /** Number of the nearest pulse; NaN without lock. */
  pulse: number
  /** Tag minus pulse, on the emission time scale; NaN without lock. */
  residual_ps: number
}

export interface PulseClock {
  /** One synchronisation tag, in time order. */
  addSync(time_ps: number): void
  /** All synchronisation tags of a batch. */
  addBatch(batch: TagBatch): void
  pulseOf(time_ps: number): PulseTime
}

/** A fit of the lag (emission time minus predicted emission time) with the prediction it stands on. */
interface Segment {
  /** Predicted emission time as a quadratic of arrival time over the segment. */
  predicted: Quadratic
  lag: Quadratic | null
}

/** @throws when a rate is not positive. */
export function createPulseClock(options: PulseClockOptions): PulseClock {
  const { pulse_rate_Hz, sync_rate_Hz, predictedFlight_s, epoch_ps = 0 } = options
  if (!(pulse_rate_Hz > 0 && sync_rate_Hz > 0)) {
    throw new Error(`Pulse clock: rates ${pulse_rate_Hz} and ${sync_rate_Hz} Hz must be positive`)
  }
  let tags: number[] = []
  const segments = new Map<number, Segment>()

  /** Emission time of light that arrives at `time_s`; the iteration gains a factor of 4e4 a step. */
  const emission = (time_s: number): number => {
    let guess = time_s - predictedFlight_s(time_s)
    for (let step = 0; step < 3; step++) guess = time_s - predictedFlight_s(guess)
    return guess
  }

  const fitSegment = (number: number): Segment => {
    const centre_s = ((number + 0.5) * STEP_PS - epoch_ps) * 1e-12
    const predicted = throughThree(emission, centre_s, STEP_PS * 1e-12)
    const from = lowerBound(tags, (number - 0.25) * STEP_PS)
    const to = lowerBound(tags, (number + 1.25) * STEP_PS)
    const times_s = Float64Array.from(tags.slice(from, to), (time) => (time - epoch_ps) * 1e-12)
    const lags = times_s.map((time) => {
      const expected = evaluate(predicted, time)
      return Math.round(expected * sync_rate_Hz) / sync_rate_Hz - expected
    })
    return { predicted, lag: robustQuadratic(times_s, lags, centre_s) }
  }

  const segmentAt = (time_ps: number): Segment => {
    const number = Math.floor(time_ps / STEP_PS)
    const known = segments.get(number)
    if (known) return known
    const fitted = fitSegment(number)
    segments.set(number, fitted)
    return fitted
  }

  const addSync = (time_ps: number): void => {
    tags.push(time_ps)
    if (segments.size > 0) segments.clear()
    if (time_ps - tags[0] > 2 * KEEP_PS) tags = tags.slice(lowerBound(tags, time_ps - KEEP_PS))
  }

  return {
    addSync,
    addBatch: ({ channel, time_ps }) => {
      channel.forEach((kind, i) => {
        if (kind === tagChannels.sync) addSync(time_ps[i])
      })
    },
    pulseOf: (time_ps) => {
      const { predicted, lag } = segmentAt(time_ps)
      if (!lag) return { pulse: NaN, residual_ps: NaN }
      const time_s = (time_ps - epoch_ps) * 1e-12
      return nearestPulse(evaluate(predicted, time_s), evaluate(lag, time_s), pulse_rate_Hz)
    },
  }
}

/** Splits off whole pulses of the large part before the small one is added, to keep picoseconds. */
function nearestPulse(expected_s: number, lag_s: number, pulse_rate_Hz: number): PulseTime {
  const whole = Math.round(expected_s * pulse_rate_Hz)
  const beyond_s = expected_s - whole / pulse_rate_Hz + lag_s
  const more = Math.round(beyond_s * pulse_rate_Hz)
  return { pulse: whole + more, residual_ps: (beyond_s - more / pulse_rate_Hz) * 1e12 }
}

/** The quadratic through a function at the centre and at `reach` to either side. */
function throughThree(f: (x: number) => number, centre_s: number, reach: number): Quadratic {
  const [left, middle, right] = [f(centre_s - reach), f(centre_s), f(centre_s + reach)]
  const c1 = (right - left) / (2 * reach)
  return { centre_s, c0: middle, c1, c2: (right - 2 * middle + left) / (2 * reach * reach) }
}

/** First index whose value is not below `limit` in an ascending list. */
function lowerBound(values: number[], limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < limit) low = middle + 1
    else high = middle
  }
  return low
}
