/**
 * Drills on the classical channel: an adversary who reads every frame and changes one.
 * What is modelled: a single change at the best place that needs no key, so that only the protocol and its
 * authentication can notice. Jamming is no drill: it costs the key and teaches nothing.
 */
import type { Attack } from '../../domain/model/conditions'
import { parseUtc } from '../../domain/model/time'
import type { Direction } from '../protocol'
import type { Tamper } from './classical-channel'
import { frameName } from './message'

/** Frames that carry no content of the exchange. */
const spared = ['hello', 'hello-answer', 'tag', 'abort']

/** @returns the adversary of the first classical attack, or undefined when there is none. */
export function adversaryFor(attacks: Attack[], now_ms: () => number): Tamper | undefined {
  const attack = attacks.find(({ kind }) => makers[kind])
  const tamper = attack && makers[attack.kind]?.()
  if (!tamper) return undefined
  return (direction, frame, seq) =>
    isDuring(attack, now_ms()) ? tamper(direction, frame, seq) : frame
}

function isDuring({ from_utc, to_utc }: Attack, now_ms: number): boolean {
  const from_ms = from_utc === undefined ? -Infinity : parseUtc(from_utc)
  const to_ms = to_utc === undefined ? Infinity : parseUtc(to_utc)
  return now_ms >= from_ms && now_ms < to_ms
}

const makers: Partial<Record<Attack['kind'], () => Tamper>> = {
  'tampered-message': flipOneBit,
  'replayed-message': replayOnce,
}

/** Flips a bit in the middle of one frame of content from Alice. */
function flipOneBit(): Tamper {
  let done = false
  return (direction, frame) => {
    if (done || direction !== 'alice-to-bob' || spared.includes(frameName(frame))) return frame
    if (frame.length < 2) return frame
    done = true
    const changed = frame.slice()
    changed[changed.length >> 1] ^= 1
    return changed
  }
}

/** Delivers an earlier frame in place of one of the same direction, kind and length, so that nothing else shows. */
function replayOnce(): Tamper {
  const seen = new Map<string, Uint8Array>()
  let done = false
  return (direction, frame) => {
    const name = frameName(frame)
    if (done || spared.includes(name)) return frame
    const place = keyOf(direction, name, frame.length)
    const earlier = seen.get(place)
    seen.set(place, frame.slice())
    if (!earlier || isSame(earlier, frame)) return frame
    done = true
    return earlier
  }
}

const keyOf = (direction: Direction, name: string, length: number): string =>
  `${direction} ${name} ${length}`

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i])
