/**
 * The world's physics as a pure function of setup, seed and slots; the worker and the bench both drive it.
 * Order: photons, noise and sync are drawn from the seed; Alice is asked for the pulses; her bits choose detectors;
 * dead time and afterpulses follow; everything is read on Bob's clock in time order.
 */
import type { TagBatch } from '../../domain/model/tags'
import { openChannels } from './outcomes'
import { createFlight, type Flight } from './flight'
import type { AdvanceRequest, PrepareRequest, WorldSetup } from './protocol'
import { drawSlot, type SlotDraw } from './slot-draw'
import { Tagger } from './tagger'

/** What passes from slot to slot: detectors recovering, and the last microsecond of clicks. */
export interface WorldState {
  readonly setup: WorldSetup
  readonly flight: Flight
  readonly tagger: Tagger
  /** End of the last slot, seconds since the epoch. */
  reached_s: number
}

/**
 * A world at the beginning.
 * @throws RangeError when the profile has no two rows.
 */
export function createWorld(setup: WorldSetup): WorldState {
  return {
    setup,
    flight: createFlight(setup.profile, setup.epoch_ms),
    tagger: new Tagger(setup.station.receiver, setup.taggerClock),
    reached_s: -Infinity,
  }
}

/**
 * Draws the next slot: which pulses are detected, when and how, without any bit.
 * @throws RangeError when the slot goes back in time or leaves the profile.
 */
export function beginSlot(state: WorldState, slot: AdvanceRequest): SlotDraw {
  if (!(slot.from_s >= state.reached_s && slot.to_s > slot.from_s))
    throw new RangeError(
      `The world was asked for ${slot.from_s} to ${slot.to_s} s but stands at ${state.reached_s} s; slots follow one another in time.`,
    )
  const draw = drawSlot(state.setup, state.flight, slot)
  state.reached_s = slot.to_s
  return draw
}

/**
 * Ends a slot with Alice's bits and yields Bob's tags in time order.
 * @throws RangeError when the number of bits is not what was asked.
 */
export function endSlot(state: WorldState, draw: SlotDraw, bits: Uint8Array): TagBatch {
  if (bits.length !== draw.request.pulses.length)
    throw new RangeError(
      `Alice answered ${bits.length} bits to ${draw.request.pulses.length} pulses of slot ${draw.request.slot}; one bit for each is needed.`,
    )
  openChannels(draw, bits)
  return state.tagger.take(draw)
}

/** One slot in one call: draws, asks, and yields the tags. */
export function generateSlot(
  state: WorldState,
  slot: AdvanceRequest,
  prepare: (request: PrepareRequest) => Uint8Array,
): TagBatch {
  const draw = beginSlot(state, slot)
  return endSlot(state, draw, prepare(draw.request))
}
