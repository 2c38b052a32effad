/**
 * The absolute number of Bob's pulses. His tags give the pulse grid but not which pulse is number 0; Alice
 * announces the intensity classes of a block of pulses, which are never used for key, and only at the right shift do
 * Bob's detections fall on bright pulses. Each shift, from the smallest on, is a sequential likelihood-ratio test (Wald, Ann. Math.
 * Stat. 16, 117 (1945)): a detection in class k speaks with ln(P(k | detected) / P(k)), and a shift is given up once
 * the ratio is below exp(-12), which happens to the right one with that probability at most.
 * P(k | detected) is (1 - noise) p_k mu_k / sum(p mu) + noise p_k for weak pulses at high loss.
 * Limits: the true shift lies in the span; about 150 detections in the block for 2e7 shifts of Micius' source.
 */
import { firstNotBelow } from './tag-pairs'

/** Intensity classes that Alice announces: pulses first to first + classes.length - 1. */
export interface AnnouncedPattern {
  first: number
  classes: Uint8Array
}

export interface PulseNumberOptions {
  intensities: readonly number[]
  probabilities: readonly number[]
  /** Share of the detections that no photon of the source made. */
  noise: number
  /** Largest shift, pulses. */
  span: number
  /** Shifts are multiples of this: 1, or the pulses from one synchronisation pulse to the next. */
  stride: number
}

export interface PulseNumber {
  /** To be added to Bob's own numbers. */
  shift: number
  /** ln of the odds against chance over all shifts. */
  score: number
  /** Detections in the announced block. */
  detections: number
}

const GIVE_UP = -12
const SURE = 14

/**
 * @param pulses Bob's own numbers of his detections, ascending.
 * @returns null when no shift stands out.
 * @throws when the options are out of range.
 */
export function acquirePulseNumber(
  pulses: Float64Array,
  { first, classes }: AnnouncedPattern,
  options: PulseNumberOptions,
): PulseNumber | null {
  const weight = weightsOf(options)
  const { stride } = options
  const reach = Math.floor(options.span / stride)
  const chance = Math.log(2 * reach + 1)
  const numbered = (shift: number, start: number): PulseNumber | null => {
    const { score, detections } = scoreOf(pulses, start, first - shift, classes, weight)
    return score > SURE + chance ? { shift, score: score - chance, detections } : null
  }
  let [later, earlier] = [firstNotBelow(pulses, first), firstNotBelow(pulses, first)]
  for (let shift = 0; shift <= reach * stride; shift += stride) {
    while (later > 0 && pulses[later - 1] >= first - shift) later--
    while (earlier < pulses.length && pulses[earlier] < first + shift) earlier++
    const found = numbered(shift, later) ?? numbered(-shift, earlier)
    if (found) return found
  }
  return null
}

/** ln of the likelihood ratio of a shift, or what it was when it fell below the limit. */
function scoreOf(
  pulses: Float64Array,
  start: number,
  origin: number,
  classes: Uint8Array,
  weight: Float64Array,
): { score: number; detections: number } {
  const end = origin + classes.length
  let score = 0
  let i = start
  while (i < pulses.length && pulses[i] < end && score > GIVE_UP) {
    score += weight[classes[(pulses[i++] - origin) | 0]]
  }
  return { score, detections: i - start }
}

/** A block holds this many times the detections that the right shift needs on average. */
const MARGIN = 3

/**
 * Detections that a block must hold: at the right shift each brings sum P(k | detected) ln(P(k | detected) / P(k))
 * on average, which is little for a source whose intensities lie near one another.
 */
export function detectionsNeeded(options: PulseNumberOptions): number {
  const { intensities, probabilities, span, stride } = options
  const weight = weightsOf(options)
  const information = intensities.reduce(
    (sum, _, k) => sum + probabilities[k] * Math.exp(weight[k]) * weight[k],
    0,
  )
  const score = SURE + Math.log(2 * Math.floor(span / stride) + 1)
  return Math.ceil((MARGIN * score) / Math.max(information, 1e-3))
}

/** Pulses to announce so that so many detections fall into the block: at most 2^25 (8 MB packed). */
export function patternLength(
  detections_Hz: number,
  pulse_rate_Hz: number,
  detections: number,
): number {
  const pulses = Math.ceil((detections * pulse_rate_Hz) / detections_Hz)
  return Number.isFinite(pulses) ? Math.min(Math.max(pulses, 4), 2 ** 25) : 2 ** 25
}

function weightsOf(options: PulseNumberOptions): Float64Array {
  const { intensities, probabilities, span, stride } = options
  if (!(span >= 0 && stride >= 1 && Number.isInteger(stride)))
    throw new Error(`Numbering pulses: span ${span} and stride ${stride} must be whole pulses.`)
  const noise = Math.min(Math.max(options.noise, 0.01), 1)
  const mean = intensities.reduce((sum, mu, k) => sum + mu * probabilities[k], 0)
  // Classes beyond the source's own are damaged input and speak against any shift.
  return Float64Array.from({ length: 256 }, (_, k) =>
    k < intensities.length ? Math.log((1 - noise) * (intensities[k] / mean) + noise) : GIVE_UP,
  )
}

/** Packs classes 0 to 3, four a byte, the first in the highest bits. */
export function packClasses(classes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(classes.length / 4))
  classes.forEach((kind, i) => {
    packed[i >> 2] |= (kind & 3) << (6 - 2 * (i & 3))
  })
  return packed
}

/** The classes of a packed block. @throws when the length does not fit the count. */
export function unpackClasses(packed: Uint8Array, count: number): Uint8Array {
  if (packed.length !== Math.ceil(count / 4))
    throw new Error(
      `Reading an announced pattern: ${packed.length} bytes do not hold ${count} classes.`,
    )
  const classes = new Uint8Array(count)
  for (let i = 0; i < count; i++) classes[i] = (packed[i >> 2] >> (6 - 2 * (i & 3))) & 3
  return classes
}
