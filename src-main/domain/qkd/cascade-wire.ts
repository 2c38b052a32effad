/**
 * Messages of Cascade. Bob's request starts the run (length of the key, block lengths, seed), goes one step on, or
 * starts one more pass; the last two carry, for every parity of Alice's last answer, whether his own differs.
 * Alice answers with packed parities and nothing else; which ones follows from the requests so far, so that none
 * can name a block that is not there. Parities and differences of each frame fill whole bytes.
 */
import { concatBytes } from './bits'
import { MAX_PASSES, type CascadeFrame } from './cascade-frame'
import { SEED_WORDS } from './cascade-permutation'
import { WireReader, WireWriter } from './wire'

const START = 1
const STEP = 2
const RETRY = 3

export interface PassPlan {
  blockLengths: number[]
  seed: Uint32Array
}

export type CascadeRequest =
  | { kind: 'start'; n: number; plan: PassPlan }
  | { kind: 'step'; differences: Uint8Array }
  | { kind: 'retry'; plan: PassPlan; differences: Uint8Array }

/** The bytes of a request. */
export function encodeRequest(request: CascadeRequest): Uint8Array {
  if (request.kind === 'step') return concatBytes(Uint8Array.of(STEP), request.differences)
  const writer = new WireWriter()
  if (request.kind === 'start') writer.number(START).number(request.n)
  else writer.number(RETRY)
  encodePlan(writer, request.plan)
  return request.kind === 'retry' ? writer.raw(request.differences).done() : writer.done()
}

function encodePlan(writer: WireWriter, { blockLengths, seed }: PassPlan): void {
  writer.number(blockLengths.length)
  for (const length of blockLengths) writer.number(length)
  for (let word = 0; word < SEED_WORDS; word++) writer.number(seed[word])
}

/** @throws when the request is cut off, of no known kind, or has too many passes. */
export function decodeRequest(bytes: Uint8Array): CascadeRequest {
  const reader = new WireReader(bytes, 'Cascade request')
  const kind = reader.number('its kind')
  if (kind === STEP) return { kind: 'step', differences: rest(reader) }
  if (kind === RETRY) return { kind: 'retry', plan: decodePlan(reader), differences: rest(reader) }
  if (kind !== START) return reader.refuse(`kind ${kind} is unknown`)
  const n = reader.number('the key length')
  const plan = decodePlan(reader)
  reader.end()
  return { kind: 'start', n, plan }
}

function decodePlan(reader: WireReader): PassPlan {
  const passes = reader.number('the number of passes', MAX_PASSES)
  const blockLengths = Array.from({ length: passes }, () => reader.number('a block length'))
  const word = () => reader.number('the seed', 2 ** 32 - 1)
  return { blockLengths, seed: Uint32Array.from({ length: SEED_WORDS }, word) }
}

const rest = (reader: WireReader): Uint8Array => reader.raw('the differences', reader.left)

/**
 * Cuts packed parities or differences of all frames into those of each.
 * @throws when the length does not fit what is pending, or a padding bit is set.
 */
export function cutPacked(frames: readonly CascadeFrame[], packed: Uint8Array): Uint8Array[] {
  const needed = frames.reduce((sum, { pending }) => sum + bytesOf(pending), 0)
  if (packed.length !== needed) {
    throw new Error(`Cascade: ${packed.length} bytes of parities given, ${needed} needed`)
  }
  let at = 0
  return frames.map(({ pending }) => {
    const part = packed.subarray(at, (at += bytesOf(pending)))
    const padding = pending % 8 ? part[part.length - 1] & (0xff >> (pending % 8)) : 0
    if (padding !== 0) throw new Error(`Cascade: padding after ${pending} parities is not zero`)
    return part
  })
}

/** Packed parities or differences of all frames as one; no copy of a single frame's. */
export const joinPacked = (parts: Uint8Array[]): Uint8Array =>
  parts.length === 1 ? parts[0] : concatBytes(...parts)

const bytesOf = (count: number): number => (count + 7) >> 3
