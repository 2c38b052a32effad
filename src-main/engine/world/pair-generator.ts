/**
 * The physics of pairs as a pure function of setup, seed and slots: detected photons, background and dark counts at both
 * ends, detectors, and each end's own clock. Bits come from outside, so that the seed repeats everything but them.
 */
import type { TagBatch } from '../../domain/model/tags'
import { channelOf, pairSettings } from '../../domain/qkd/pairs/settings'
import { taggerReading_ps } from './clock'
import { createFlight, type Flight } from './flight'
import { emptyPairClicks, mergePairClicks, orderPairClicks, type PairClicks } from './pair-clicks'
import { PairDetectors } from './pair-detectors'
import { drawPairs, type Detected } from './pair-draw'
import type { PairEnd, PairWorldSetup } from '../pair-world-protocol'
import type { AdvanceRequest } from './protocol'
import { Random } from './random'

/** Streams of a slot; each has a generator of its own, so that none shifts another. */
const streams = { pairs: 1, alice: 2, bob: 3 }
type End = 'alice' | 'bob'

/** Clicks this near to the slot's end wait for the next slot, whose jitter may put a click before them. */
const HOLD_BACK_PS = 1e6

/** A world of pairs between slots. */
export interface PairWorld {
  readonly setup: PairWorldSetup
  readonly links: Record<End, Flight>
  readonly detectors: Record<End, PairDetectors>
  /** End of the last slot, seconds since the epoch. */
  reached_s: number
}

/** A world at the beginning. @throws RangeError when a profile has no two rows. */
export function createPairWorld(setup: PairWorldSetup): PairWorld {
  const { alice, bob, protocol, epoch_ms } = setup
  const settings = pairSettings(protocol)
  return {
    setup,
    links: {
      alice: createFlight(alice.profile, epoch_ms),
      bob: createFlight(bob.profile, epoch_ms),
    },
    detectors: {
      alice: new PairDetectors(alice.receiver, 2 * settings.alice.length),
      bob: new PairDetectors(bob.receiver, 2 * settings.bob.length),
    },
    reached_s: -Infinity,
  }
}

/**
 * Tags of both ends for the next slot, each on its own clock and in time order. The shutter is Bob's.
 * @throws RangeError when the slot goes back in time or leaves the profile.
 */
export function generatePairSlot(
  world: PairWorld,
  slot: AdvanceRequest,
  outcomeBit: () => number,
): Record<End, TagBatch> {
  if (!(slot.from_s >= world.reached_s && slot.to_s > slot.from_s))
    throw new RangeError(
      `The world was asked for ${slot.from_s} to ${slot.to_s} s but stands at ${world.reached_s} s; slots follow one another in time.`,
    )
  world.reached_s = slot.to_s
  const { setup, links } = world
  const stream = (name: keyof typeof streams): Random =>
    Random.of(setup.seed, Math.floor(slot.from_s), streams[name])
  const span: [number, number] = [slot.from_s, slot.to_s]
  const drawn = drawPairs(setup, links, span, stream('pairs'), outcomeBit)
  const light = slot.shutter ? { emitted_s: [], channel: [] } : drawn.bob
  return {
    alice: endTags(
      world,
      'alice',
      drawn.alice,
      { ...slot, shutter: false },
      stream('alice'),
      outcomeBit,
    ),
    bob: endTags(world, 'bob', light, slot, stream('bob'), outcomeBit),
  }
}

function endTags(
  world: PairWorld,
  name: End,
  light: Detected,
  slot: AdvanceRequest,
  random: Random,
  outcomeBit: () => number,
): TagBatch {
  const end = world.setup[name]
  const link = world.links[name]
  const settings = pairSettings(world.setup.protocol)[name].length
  const photons = photonClicks(light, link, end.receiver.timing_jitter_ns * 1000, random)
  const noise = noiseClicks({ end, link, slot, settings }, random, outcomeBit)
  const to_ps = slot.to_s * 1e12 + link.flight_ps(slot.to_s)
  const hold_ps = HOLD_BACK_PS + end.receiver.timing_jitter_ns * 1e4
  const clicks = mergePairClicks(orderPairClicks(photons), noise)
  const tags = world.detectors[name].report(clicks, to_ps - hold_ps, random)
  for (let i = 0; i < tags.time_ps.length; i += 1)
    tags.time_ps[i] = taggerReading_ps(end.clock, tags.time_ps[i])
  return tags
}

function photonClicks(
  { emitted_s, channel }: Detected,
  link: Flight,
  jitter_ps: number,
  random: Random,
): PairClicks {
  const clicks = emptyPairClicks(emitted_s.length)
  for (let i = 0; i < emitted_s.length; i += 1) {
    const time_s = emitted_s[i]
    clicks.time_ps[i] = time_s * 1e12 + link.flight_ps(time_s) + random.gaussian() * jitter_ps
    clicks.channel[i] = channel[i]
  }
  return clicks
}

interface NoiseSource {
  end: PairEnd
  link: Flight
  slot: AdvanceRequest
  settings: number
}

/** Dark counts, and background while the shutter is open, evenly on all detectors, in time order. */
function noiseClicks(
  { end, link, slot, settings }: NoiseSource,
  random: Random,
  outcomeBit: () => number,
): PairClicks {
  const from_ps = slot.from_s * 1e12 + link.flight_ps(slot.from_s)
  const to_ps = slot.to_s * 1e12 + link.flight_ps(slot.to_s)
  const dark_Hz = end.receiver.dark_count_rate_Hz
  const peak_Hz = slot.shutter ? dark_Hz : link.peakBackground_Hz(slot.from_s, slot.to_s)
  const times: number[] = []
  const channels: number[] = []
  const gap_ps = (): number => (random.exponential() * 1e12) / peak_Hz
  for (let time_ps = from_ps + gap_ps(); time_ps < to_ps; time_ps += gap_ps()) {
    const emitted_s = Math.min(slot.to_s, slot.from_s + (time_ps - from_ps) / 1e12)
    const rate_Hz = slot.shutter ? dark_Hz : link.background_Hz(emitted_s)
    if (random.uniform() * peak_Hz >= rate_Hz) continue
    times.push(time_ps)
    channels.push(channelOf(Math.floor(random.uniform() * settings), outcomeBit()))
  }
  return { time_ps: Float64Array.from(times), channel: Uint8Array.from(channels) }
}
