/** All of a slot that its seed fixes, before any bit is known; and the pulses Alice is asked for. */
import { drawArrivals } from './arrivals'
import { askFor, drawAsked, noiseTimes, type Question } from './asked-pulses'
import { clicksWhere, emptyClicks, type Clicks } from './clicks'
import { drawAfterpulses } from './detector'
import type { Flight } from './flight'
import { arrivalWindow, drawNoise } from './noise'
import type { Photons } from './photon-list'
import type { AdvanceRequest, WorldSetup } from './protocol'
import { Random } from './random'
import { stretchesOf, type Stretch } from './stretches'
import { drawSync } from './sync'

/** Streams of a slot; each has a generator of its own, so that none shifts another. */
const streams = {
  arrivals: 1,
  jitter: 2,
  noise: 3,
  afterpulses: 4,
  classes: 5,
  sync: 6,
  outcomes: 7,
  lostSync: 8,
  eve: 9,
  monitor: 10,
}
type Streams = (name: keyof typeof streams) => Random

export interface SlotDraw extends Question {
  photons: Photons
  /** One click a photon in the same order, its channel still open. */
  arrivals: Clicks
  noise: Clicks
  /** Arrival times of the sync pulses. */
  sync_ps: Float64Array
  /** Coins for unmatched bases. */
  outcomes: Random
  /** Bright light held the detectors below breakdown for some of the slot. */
  blinded: boolean
  /** The bias monitor's own noise. */
  monitor: Random
  duration_s: number
  /** End of the slot's light at the receiver. */
  end_ps: number
}

function photonClicks(setup: WorldSetup, flight: Flight, photons: Photons, random: Random): Clicks {
  const jitter_ps = setup.station.receiver.timing_jitter_ns * 1000
  const period_ps = 1e12 / setup.payload.pulse_rate_Hz
  const { pulse } = photons
  const clicks = emptyClicks(pulse.length)
  const { time_ps } = clicks
  random.fillGaussian(time_ps)
  for (let i = 0; i < pulse.length; i++) {
    const emitted_ps = pulse[i] * period_ps
    time_ps[i] = emitted_ps + flight.flight_ps(emitted_ps * 1e-12) + time_ps[i] * jitter_ps
  }
  return clicks
}

function noiseClicks(
  setup: WorldSetup,
  flight: Flight,
  slot: AdvanceRequest,
  random: Random,
): Clicks {
  const window = arrivalWindow(flight, slot.from_s, slot.to_s)
  const dark_Hz = setup.station.receiver.dark_count_rate_Hz
  if (slot.shutter) return drawNoise(window, () => dark_Hz, dark_Hz, random)
  const rate = (t_ps: number): number =>
    flight.background_Hz(Math.min(slot.to_s, slot.from_s + (t_ps - window[0]) / 1e12))
  return drawNoise(window, rate, flight.peakBackground_Hz(slot.from_s, slot.to_s), random)
}

/** Number of a stretch of time: the whole second it begins in. */
export const slotNumber = (slot: AdvanceRequest): number => Math.floor(slot.from_s)

/** Noise that blinded detectors still see; faked clicks are no avalanches and have no afterpulses. */
function blindedOut(flight: Flight, blinded: Stretch[], arrivals: Clicks, noise: Clicks): Clicks {
  if (blinded.length === 0) return noise
  const windows = blinded.map(({ from_s, to_s }) => arrivalWindow(flight, from_s, to_s))
  const sees = (t: number): boolean => !windows.some(([from, to]) => t >= from && t < to)
  arrivals.time_ps.forEach((time_ps, i) => {
    if (!sees(time_ps)) arrivals.after_ps[i] = 0
  })
  return clicksWhere(noise, sees)
}

/** Light and noise of the slot. */
function drawClicks(
  setup: WorldSetup,
  flight: Flight,
  slot: AdvanceRequest,
  stream: Streams,
): Pick<SlotDraw, 'photons' | 'arrivals' | 'noise' | 'sync_ps' | 'blinded'> {
  const { payload, station, lostSync = 0 } = setup
  const stretches = stretchesOf(setup, slot)
  const blinded = stretches.filter(({ attack }) => attack?.kind === 'detector-blinding')
  const photons = drawArrivals(setup, flight, stretches, stream('arrivals'), stream('eve'))
  const arrivals = photonClicks(setup, flight, photons, stream('jitter'))
  const noise = noiseClicks(setup, flight, slot, stream('noise'))
  const after = stream('afterpulses')
  drawAfterpulses(station.receiver, arrivals, after)
  drawAfterpulses(station.receiver, noise, after)
  const lost = { share: lostSync, random: stream('lostSync') }
  return {
    photons,
    arrivals,
    noise: blindedOut(flight, blinded, arrivals, noise),
    sync_ps: drawSync(payload.sync_rate_Hz, flight, stretches, stream('sync'), lost),
    blinded: blinded.length > 0,
  }
}

/**
 * Draws a slot from the seed and its number alone.
 * @throws RangeError when the profile does not cover it.
 */
export function drawSlot(setup: WorldSetup, flight: Flight, slot: AdvanceRequest): SlotDraw {
  const number = slotNumber(slot)
  const stream: Streams = (name) => Random.of(setup.seed, number, streams[name])
  const clicks = drawClicks(setup, flight, slot, stream)
  const times = noiseTimes(clicks.noise, clicks.arrivals)
  const extra = drawAsked(setup.payload, flight, times, slot.from_s, stream('classes'))
  return {
    ...clicks,
    ...askFor(number, clicks.photons, extra),
    outcomes: stream('outcomes'),
    monitor: stream('monitor'),
    duration_s: slot.to_s - slot.from_s,
    end_ps: arrivalWindow(flight, slot.from_s, slot.to_s)[1],
  }
}
