/**
 * Cuts a block into frames and picks code, puncturing and shortening of each (rate adaption: Elkouss,
 * Martinez-Mateo, Lancho, Martin, arXiv:1006.2660). Both parties compute the plan from the block's length and the
 * error rate that Bob announces.
 * Symbols: n positions, M checks, p punctured (private random bits), s shortened (known zeros), k = n - p - s key
 * bits; leak M - p; efficiency f = (M - p) / (k h(q)).
 */
import { binaryEntropy } from '../entropy'
import type { CodeEntry, CodeTable } from './code-table'

/** Shape of one frame. */
export interface FrameShape {
  /** Index of the mother code in the table. */
  code: number
  lifting: number
  keyBits: number
  punctured: number
  shortened: number
}

/** Error rates that frames are planned for; outside, the nearest is taken. */
export const MIN_RATE = 0.001
export const MAX_RATE = 0.25
/** Longest block. */
export const MAX_LDPC_BITS = 1e8

const SMALLEST_LIFTING = 16
/** What is left of a block goes into a frame as long as this share of it carries key; smaller ones take the rest. */
const LEAST_FILLED = 0.6
/** A frame with this share of its positions shortened is as unwelcome as one that leaks 1 % more. */
const SHORTENED_AS_PERCENT = 0.1
/** Punctured share of the checks, kept for the first blind round; up to twice as many adapt the rate. */
const PUNCTURED_SHARE = 0.02

/**
 * Efficiency to start with, by positions of the frame: measured so that at most one frame in a hundred fails.
 * Error rates below 2.2 % need more.
 */
const START_EFFICIENCY: [number, number][] = [
  [240_000, 1.14],
  [120_000, 1.16],
  [60_000, 1.18],
  [30_000, 1.22],
  [15_000, 1.28],
  [7_000, 1.37],
  [3_500, 1.5],
  [0, 1.75],
]

/** Efficiency planned for a frame of n positions at error rate q. */
export function startEfficiency(n: number, q: number): number {
  const [, f] = START_EFFICIENCY.find(([least]) => n >= least) ?? START_EFFICIENCY[0]
  // High rates lie farther from the limit: their checks are of high degree and few.
  return f * (1 + Math.max(0, 4 * (0.022 - q), 12 * (0.018 - q)))
}

/**
 * The frames of a block, largest first.
 * @throws when the length is no whole number from 0 to 1e8, or the error rate is not a number.
 */
export function planFrames(bits: number, errorRate: number, table: CodeTable): FrameShape[] {
  if (!Number.isInteger(bits) || bits < 0 || bits > MAX_LDPC_BITS) {
    throw new Error(`LDPC: a block of ${bits} bits cannot be cut; 0 to ${MAX_LDPC_BITS} can`)
  }
  if (!Number.isFinite(errorRate)) throw new Error(`LDPC: ${errorRate} is no error rate`)
  const q = Math.min(MAX_RATE, Math.max(MIN_RATE, errorRate))
  const largest = Math.max(...table.codes.map(({ columns, lifting }) => columns * lifting))
  const frames: FrameShape[] = []
  let left = bits
  for (let n = largest; left > 0; n /= 2) {
    const shapes = efficientShapes(n, q, table)
    const full = cheapest(shapes, n, q, table)
    for (; left >= full.keyBits; left -= full.keyBits) frames.push(full)
    const part = usable(n / 2, table).length > 0 ? partFrame(shapes, n, left) : null
    if (part) frames.push(part)
    left -= part?.keyBits ?? 0
    if (left === 0 || usable(n / 2, table).length > 0) continue
    frames.push(shortenedFrame(left, n, q, table))
    left = 0
  }
  return frames
}

/** For each code the frame of n positions with as many key bits as its leak allows at the efficiency planned. */
function efficientShapes(n: number, q: number, table: CodeTable): FrameShape[] {
  const rate = rateFor(n, q)
  return usable(n, table).map(({ entry, code, lifting }) => {
    const punctured = puncturedFor(entry, lifting, rate)
    // (M - p) = (1 - R) k; what is left over is shortened.
    const most = Math.floor((entry.rows * lifting - punctured) / (1 - rate))
    const keyBits = Math.min(n - punctured, most)
    return { code, lifting, keyBits, punctured, shortened: n - punctured - keyBits }
  })
}

/** The frame that leaks least for a key bit, among equals that with the most key bits. */
function cheapest(shapes: FrameShape[], n: number, q: number, table: CodeTable): FrameShape {
  const cost = (shape: FrameShape) =>
    leakOf(shape, table) / shape.keyBits / (1 - rateFor(n, q)) +
    SHORTENED_AS_PERCENT * (shape.shortened / n)
  return shapes.reduce((best, shape) => (cost(shape) < cost(best) ? shape : best))
}

/** The longest frame of a code of higher rate that what is left fills, if it is worth its length. */
function partFrame(shapes: FrameShape[], n: number, left: number): FrameShape | null {
  const fitting = shapes.filter(
    ({ keyBits, shortened }) => shortened > 0 && keyBits <= left && keyBits >= LEAST_FILLED * n,
  )
  if (fitting.length === 0) return null
  return fitting.reduce((best, shape) => (shape.keyBits > best.keyBits ? shape : best))
}

/** The frame of n positions for fewer key bits: least leak that still meets the efficiency planned. */
function shortenedFrame(keyBits: number, n: number, q: number, table: CodeTable): FrameShape {
  const rate = rateFor(n, q)
  const shapes = usable(n, table).flatMap(({ entry, code, lifting }) => {
    const punctured = puncturedFor(entry, lifting, rate)
    const shortened = n - punctured - keyBits
    return shortened < 0 ? [] : [{ code, lifting, keyBits, punctured, shortened }]
  })
  const enough = shapes.filter((shape) => leakOf(shape, table) >= (1 - rate) * keyBits - 1)
  if (enough.length === 0) return shapes[0]
  return enough.reduce((best, shape) => (leakOf(shape, table) < leakOf(best, table) ? shape : best))
}

/** Bits about the key that a frame's syndrome discloses: M - p. */
export const leakOf = ({ code, lifting, punctured }: FrameShape, { codes }: CodeTable): number =>
  codes[code].rows * lifting - punctured

/** The codes that have frames of n positions. */
const usable = (n: number, { codes }: CodeTable) =>
  codes
    .map((entry, code) => ({ entry, code, lifting: n / entry.columns }))
    .filter(({ entry, lifting }) => lifting >= SMALLEST_LIFTING && lifting <= entry.lifting)

const rateFor = (n: number, q: number): number =>
  Math.max(0.05, 1 - startEfficiency(n, q) * binaryEntropy(q))

/** More are punctured where the code's own rate is a little too low. */
function puncturedFor({ rows, columns }: CodeEntry, lifting: number, rate: number): number {
  const n = columns * lifting
  const least = PUNCTURED_SHARE * rows * lifting
  const wanted = n - (n - rows * lifting) / rate
  return Math.floor(Math.min(2 * least, Math.max(least, wanted)))
}
