/** All of a slot that its seed fixes, before any bit is known; and the pulses Alice is asked for. */
import { afterTimes, drawAsked, placesOf, prepareRequest } from './asked-pulses'
import { emptyClicks, type Clicks } from './clicks'
import { drawAfterpulses } from './detector'
import type { Flight } from './flight'
import { arrivalWindow, drawNoise } from './noise'
import { drawPhotons, noPhotons, type Photons } from './photons'
import type { AdvanceRequest, PrepareRequest, WorldSetup } from './protocol'
import { Random } from './random'
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
}

export interface SlotDraw {
  photons: Photons
  /** One click a photon in the same order, its channel still open. */
  arrivals: Clicks
  noise: Clicks
  sync: Clicks
  request: PrepareRequest
  /** For each photon the place of its pulse in the request. */
  asked: Int32Array
  /** Coins for unmatched bases. */
  outcomes: Random
  /** End of the slot's light at the receiver. */
  end_ps: number
}

function photonClicks(setup: WorldSetup, flight: Flight, photons: Photons, random: Random): Clicks {
  const rate = setup.payload.pulse_rate_Hz
  const jitter_ps = setup.station.receiver.timing_jitter_ns * 1000
  const clicks = emptyClicks(photons.pulse.length)
  photons.pulse.forEach((pulse, i) => {
    const arrived_ps = (pulse * 1e12) / rate + flight.flight_ps(pulse / rate)
    clicks.time_ps[i] = arrived_ps + random.gaussian() * jitter_ps
  })
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

/** Light of the slot: photons, their clicks and the sync pulses; nothing behind a closed shutter. */
function drawLight(
  setup: WorldSetup,
  flight: Flight,
  slot: AdvanceRequest,
  stream: (name: keyof typeof streams) => Random,
): Pick<SlotDraw, 'photons' | 'arrivals' | 'sync'> {
  if (slot.shutter) return { photons: noPhotons(), arrivals: emptyClicks(0), sync: emptyClicks(0) }
  const { payload } = setup
  const photons = drawPhotons(payload, flight, slot.from_s, slot.to_s, stream('arrivals'))
  const arrivals = photonClicks(setup, flight, photons, stream('jitter'))
  const sync = drawSync(payload.sync_rate_Hz, flight, slot.from_s, slot.to_s, stream('sync'))
  return { photons, arrivals, sync }
}

/**
 * Draws a slot from the seed and its number alone.
 * @throws RangeError when the profile does not cover it.
 */
export function drawSlot(setup: WorldSetup, flight: Flight, slot: AdvanceRequest): SlotDraw {
  const number = slotNumber(slot)
  const stream = (name: keyof typeof streams): Random =>
    Random.of(setup.seed, number, streams[name])
  const light = drawLight(setup, flight, slot, stream)
  const noise = noiseClicks(setup, flight, slot, stream('noise'))
  const after = stream('afterpulses')
  drawAfterpulses(setup.station.receiver, light.arrivals, after)
  drawAfterpulses(setup.station.receiver, noise, after)
  const times = [...noise.time_ps, ...afterTimes(light.arrivals), ...afterTimes(noise)]
  const extra = drawAsked(setup.payload, flight, times, slot.from_s, stream('classes'))
  const request = prepareRequest(number, light.photons, extra)
  return {
    ...light,
    noise,
    request,
    asked: placesOf(light.photons, request),
    outcomes: stream('outcomes'),
    end_ps: arrivalWindow(flight, slot.from_s, slot.to_s)[1],
  }
}
