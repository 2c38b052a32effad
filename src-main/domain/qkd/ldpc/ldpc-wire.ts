/**
 * Messages of the LDPC exchange. Bob asks for the syndromes of all frames (open); then, for frames that he could
 * not decode, for punctured bits, the next so many of each, and key bits by their place in the frame (reveal); for
 * whole frames (disclose); or, after a failed verification, for a short hash of each frame (compare). Alice answers
 * with packed bits in the order asked, and nothing else.
 */
import { WireReader, WireWriter } from '../wire'
import { SEED_WORDS } from './interleaving'

const OPEN = 1
const REVEAL = 2
const DISCLOSE = 3
const COMPARE = 4

/** Bits of a frame's hash: two frames that differ agree in it with probability below 2^-50. */
export const HASH_BITS = 64
/** Error rates travel in this unit. */
export const RATE_UNIT = 1e-6

export interface OpenRequest {
  kind: 'open'
  /** Length of the key, for Alice to compare with hers. */
  n: number
  /** Error rate to plan for, in 1e-6. */
  rate_ppm: number
  seed: Uint32Array
}

/** What is wanted of one frame. */
export interface Revelation {
  frame: number
  /** How many more of its punctured bits, in order. */
  punctured: number
  /** Key bits, by place among the frame's key bits, ascending. */
  places: number[]
}

export interface RevealRequest {
  kind: 'reveal'
  frames: Revelation[]
}

export interface DiscloseRequest {
  kind: 'disclose'
  /** Ascending. */
  frames: number[]
}

export interface CompareRequest {
  kind: 'compare'
  seed: Uint32Array
}

export type LdpcRequest = OpenRequest | RevealRequest | DiscloseRequest | CompareRequest

/** The bytes of a request; frames and places go as differences, so they must ascend. */
export function encodeRequest(request: LdpcRequest): Uint8Array {
  const writer = new WireWriter()
  if (request.kind === 'open') {
    writer.number(OPEN).number(request.n).number(request.rate_ppm)
    writeSeed(writer, request.seed)
  } else if (request.kind === 'compare') {
    writeSeed(writer.number(COMPARE), request.seed)
  } else if (request.kind === 'disclose') {
    writeAscending(writer.number(DISCLOSE), request.frames)
  } else {
    writer.number(REVEAL).number(request.frames.length)
    for (const one of request.frames) {
      writer.number(one.frame).number(one.punctured)
      writeAscending(writer, one.places)
    }
  }
  return writer.done()
}

function writeSeed(writer: WireWriter, seed: Uint32Array): void {
  for (const word of seed) writer.number(word)
}

function writeAscending(writer: WireWriter, numbers: number[]): void {
  writer.number(numbers.length)
  let next = 0
  for (const number of numbers) {
    writer.number(number - next)
    next = number + 1
  }
}

/** @throws when the request is cut off, of no known kind, or announces more than it carries. */
export function decodeRequest(bytes: Uint8Array): LdpcRequest {
  const reader = new WireReader(bytes, 'LDPC request')
  const request = decodeKind(reader, reader.number('its kind'))
  reader.end()
  return request
}

function decodeKind(reader: WireReader, kind: number): LdpcRequest {
  if (kind === OPEN) {
    const n = reader.number('the key length')
    const rate_ppm = reader.number('the error rate', 1 / RATE_UNIT)
    return { kind: 'open', n, rate_ppm, seed: readSeed(reader) }
  }
  if (kind === COMPARE) return { kind: 'compare', seed: readSeed(reader) }
  if (kind === DISCLOSE) return { kind: 'disclose', frames: readAscending(reader, 'a frame') }
  if (kind !== REVEAL) return reader.refuse(`kind ${kind} is unknown`)
  const count = reader.number('the frame count', reader.left)
  return { kind: 'reveal', frames: Array.from({ length: count }, () => readRevelation(reader)) }
}

const readSeed = (reader: WireReader): Uint32Array =>
  Uint32Array.from({ length: SEED_WORDS }, () => reader.number('the seed', 2 ** 32 - 1))

function readRevelation(reader: WireReader): Revelation {
  const frame = reader.number('a frame')
  const punctured = reader.number('the punctured bits')
  return { frame, punctured, places: readAscending(reader, 'a place') }
}

function readAscending(reader: WireReader, what: string): number[] {
  const count = reader.number(`the count before ${what}`, reader.left)
  let next = 0
  return Array.from({ length: count }, () => {
    const number = next + reader.number(what)
    next = number + 1
    return number
  })
}
