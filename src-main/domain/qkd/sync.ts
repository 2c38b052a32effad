/**
 * Bob's pulse clock. The synchronisation laser is phase-locked to the signal pulses, its pulse 0 leaving with
 * signal pulse 0 at the epoch. Predicted time of flight and a clock good to some 10 us (GPS), or one acquired from
 * tags (sync/acquisition.ts), name the first synchronisation pulses (they are 100 us apart at 10 kHz); from then on
 * each window is expected where the windows before it point, so that drift and gaps lose no count. What is left of
 * their times against the prediction is fitted by a quadratic over 0.3 s, which averages jitter and follows clock
 * drift and ephemeris error. Where synchronisation pulses fail, the signal tags' own grid serves in the same way.
 * Limits: prediction and clock together must err by less than half a synchronisation period at the first window,
 * and by less than half a pulse period after a gap without synchronisation pulses (a window that could be off by
 * more has no lock); a window needs 12 synchronisation pulses or a clear grid of signal tags. Relativity is not
 * modelled: the fit takes it up. Times are the tagger's picoseconds; emission seconds count from the epoch.
 */
import { tagChannels, type TagBatch } from '../model/tags'
import { evaluate, type Quadratic } from './sync-fit'
import { LagAnchors, type Foretold } from './sync/lag-anchors'
import { TagStore } from './sync/tag-store'
import { fitGrid, type GridFit } from './sync/window-fit'

/** Each fit serves one step of arrival time and uses a quarter of a step more on either side. */
const STEP_PS = 2e11
const WINDOW_S = 1.5 * STEP_PS * 1e-12

export interface PulseClockOptions {
  pulse_rate_Hz: number
  sync_rate_Hz: number
  /** Time of flight of light emitted at the given second after the epoch. */
  predictedFlight_s: (emission_s: number) => number
  /** The tagger's reading at the epoch, as far as is known; 0 when the tagger started then. */
  epoch_ps?: number
  /** The tagger's drift, s/s, as far as is known. */
  drift?: number
  /** Reading at which `epoch_ps` holds and the drift has gathered nothing; the epoch by default. */
  at_ps?: number
  /** The clock was acquired from tags: it is good to less than half a pulse period at `at_ps`. */
  acquired?: boolean
}

export interface PulseTime {
  /** Number of the nearest pulse; NaN without lock. */
  pulse: number
  /** Tag minus pulse, on the emission time scale; NaN without lock. */
  residual_ps: number
}

export interface PulseClock {
  /** From one pulse to the next. */
  readonly period_ps: number
  /** One synchronisation tag, in time order. */
  addSync(time_ps: number): void
  /** All tags of a batch. */
  addBatch(batch: TagBatch): void
  pulseOf(time_ps: number): PulseTime
  /** True once a window had tags on a grid but might be a pulse off: a new acquisition is needed. */
  lost(): boolean
}

/** A fit of the lag (emission time minus predicted emission time) with the prediction it stands on. */
interface Segment {
  number: number
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
  const sync = new TagStore()
  const signal = new TagStore()
  const anchors = new LagAnchors(priorOf(options))
  const segments = new Map<number, Segment>()
  let current: Segment | null = null
  let lost = false

  /** Emission time of light that arrives at `time_s`; the iteration gains a factor of 4e4 a step. */
  const emission = (time_s: number): number => {
    let guess = time_s - predictedFlight_s(time_s)
    for (let step = 0; step < 3; step++) guess = time_s - predictedFlight_s(guess)
    return guess
  }

  const lagOn = (
    store: TagStore,
    rate_Hz: number,
    place: { number: number; predicted: Quadratic; foretold: Foretold },
  ): GridFit | null => {
    const { number, predicted, foretold } = place
    const tags = store.between((number - 0.25) * STEP_PS, (number + 1.25) * STEP_PS)
    const times_s = tags.map((time) => (time - epoch_ps) * 1e-12)
    return fitGrid(times_s, rate_Hz, predicted, foretold, store === signal ? 12 : 8)
  }

  const fitSegment = (number: number): Segment => {
    const centre_s = ((number + 0.5) * STEP_PS - epoch_ps) * 1e-12
    const predicted = throughThree(emission, centre_s, STEP_PS * 1e-12)
    const foretold = anchors.foretell(number, centre_s)
    const place = { number, predicted, foretold }
    const trusted = anchors.size > 0 || options.acquired === true
    let fit = lagOn(sync, sync_rate_Hz, place)
    if (!fit && trusted) {
      fit = lagOn(signal, pulse_rate_Hz, place)
      if (fit && foretold.margin_s > 0.5 / pulse_rate_Hz) {
        lost = true
        fit = null
      }
    }
    if (!fit) return { number, predicted, lag: null }
    const { lag, error_s } = fit
    const anchor = { time_s: centre_s, lag_s: lag.c0, slope: lag.c1, error_s, window_s: WINDOW_S }
    anchors.set(number, anchor)
    return { number, predicted, lag }
  }

  const segmentAt = (time_ps: number): Segment => {
    const number = Math.floor(time_ps / STEP_PS)
    if (current?.number === number) return current
    current = segments.get(number) ?? fitSegment(number)
    segments.set(number, current)
    return current
  }

  const add = (store: TagStore, time_ps: number): void => {
    store.add(time_ps)
    if (current) segments.clear()
    current = null
  }

  return {
    period_ps: 1e12 / pulse_rate_Hz,
    addSync: (time_ps) => add(sync, time_ps),
    addBatch: ({ channel, time_ps }) => {
      channel.forEach((kind, i) => add(kind === tagChannels.sync ? sync : signal, time_ps[i]))
    },
    pulseOf: (time_ps) => {
      const { predicted, lag } = segmentAt(time_ps)
      if (!lag) return { pulse: NaN, residual_ps: NaN }
      const time_s = (time_ps - epoch_ps) * 1e-12
      return nearestPulse(evaluate(predicted, time_s), evaluate(lag, time_s), pulse_rate_Hz)
    },
    lost: () => lost,
  }
}

/** The lag before any window is fitted: the drift known, since the instant at which it was. */
function priorOf({ drift = 0, epoch_ps = 0, at_ps = epoch_ps }: PulseClockOptions) {
  const at_s = (at_ps - epoch_ps) * 1e-12
  return (time_s: number): Foretold => ({
    lag_s: -drift * (time_s - at_s),
    slope: -drift,
    margin_s: 0,
  })
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
