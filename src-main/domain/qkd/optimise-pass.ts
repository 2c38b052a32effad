/**
 * Source parameters [Px, pk1, pk2, mu1, mu2] that give a pass the longest finite key; deterministic.
 * Search space: optimise-pass-space.ts; it holds every box in use with the model.
 * Method: the loss profile is gathered into a few classes of transmittance; from fixed starts the simplex climbs
 * the smoothed model. One start follows the optimum while the number of pulses falls from a million times the
 * pass to the pass itself, so that a small island of key near the dead zone is not missed. The best are then
 * climbed on the exact model, and its value is what is reported: nothing found is ever lost.
 * For mu3 > 0 the model's s_0 takes n_2^-, which is no bound once it is negative; such parameters are left out.
 */
import { parametersAt, startCoordinates } from './optimise-pass-space'
import { toothedCoordinate } from './optimise-pass-teeth'
import { gatherSlots, passCounts, passSlots, type Slots } from './pass-counts'
import { climb, type SimplexOptions } from './nelder-mead'
import { passKeyLength, passTerms, type PassKeyLength } from './pass-model'
import { smoothQuantile, type Quantile } from './pass-leak'
import type { LossProfile, PassInputs, SourceParameters } from './pass-model-input'

const CLASSES = 12
/** Longer profiles are gathered for the climb; the length reported is always that of every row. */
const MOST_SLOTS = 2000
const MOST_ROUNDS = 6
/** With more key than this from a plain start the dead zone is far. */
const PLENTY_BITS = 100_000
/** Factors on the number of pulses along which the optimum is followed. */
const PULSE_FACTORS = [1e6, 1e4, 1e3, 100, 30, 10, 5, 3, 2, 1.5, 1.2, 1.08, 1]

/** What the optimiser returns: the model's columns at the optimum, and the parameters themselves. */
export type OptimisedPass = PassKeyLength & { x: SourceParameters }

/** The model's length at coordinates; forbidden where its vacuum bound means nothing. */
function lengthAt(slots: Slots, inputs: PassInputs, quantile?: Quantile) {
  return (at: number[]): number => {
    const x = parametersAt(at, inputs.mu3)
    const terms = passTerms(passCounts(slots, inputs, x), inputs, x, quantile)
    return inputs.mu3 === 0 || terms.decoySeen ? terms.raw_bits : -Infinity
  }
}

/** The smoothed model, the pass having `factor` times its pulses. */
const smoothModel = (slots: Slots, inputs: PassInputs, factor = 1) =>
  lengthAt(slots, { ...inputs, fs: inputs.fs * factor }, smoothQuantile)

const search: SimplexOptions = { step: 0.4, maxEvaluations: 250, tolerance: 1e-3 }
const follow: SimplexOptions = { step: 0.2, maxEvaluations: 100, tolerance: 1e-3 }
const polish: SimplexOptions = { step: 0.08, maxEvaluations: 400, tolerance: 1e-6 }
const touch: SimplexOptions = { step: 1e-5, maxEvaluations: 80, tolerance: 1e-9 }
const settle: SimplexOptions = { step: 0.01, maxEvaluations: 160, tolerance: 1e-7 }
/** Ever smaller simplices, to walk over teeth that each of them takes for the top. */
const TOOTH_STEPS = [0.02, -0.007, 0.002, -0.0007]

/** The optimum followed from plenty of pulses down to the pass' own. */
function followed(slots: Slots, inputs: PassInputs): number[] {
  const first = climb(smoothModel(slots, inputs, PULSE_FACTORS[0]), startCoordinates[0], search)
  return PULSE_FACTORS.reduce(
    (at, factor) => climb(smoothModel(slots, inputs, factor), at, follow).at,
    first.at,
  )
}

/** Where the smoothed model is largest. */
function smoothOptimum(slots: Slots, inputs: PassInputs): number[] {
  const model = smoothModel(slots, inputs)
  const found = startCoordinates.map((start) => climb(model, start, search))
  if (!found.some(({ value }) => value > PLENTY_BITS))
    found.push(climb(model, followed(slots, inputs), search))
  const ranked = found.sort((a, b) => b.value - a.value).slice(0, 2)
  const [best] = ranked.map(({ at }) => climb(model, at, polish)).sort((a, b) => b.value - a.value)
  return climbAgain(model, best.at, polish)
}

/** Climbs from where the last climb ended until that gains nothing: a simplex may lie flat on a ridge. */
function climbAgain(model: (at: number[]) => number, from: number[], options: SimplexOptions) {
  let [at, value] = [from, model(from)]
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = climb(model, at, { ...options, step: options.step * (round % 2 ? -1 : 1) })
    const gain = next.value - value
    ;({ at, value } = next)
    if (!(gain > 1e-6 * Math.abs(value))) break
  }
  return at
}

/** The exact model's best point near the smoothed optimum. */
function exactOptimum(slots: Slots, inputs: PassInputs, start: number[]): number[] {
  const exact = lengthAt(slots, inputs)
  const smooth = climbAgain(lengthAt(slots, inputs, smoothQuantile), start, settle)
  const tooth = toothedCoordinate(slots, inputs, parametersAt(smooth, inputs.mu3))
  if (tooth === undefined) return climbAgain(exact, smooth, settle)
  const toothed = climb(exact, [tooth, ...smooth.slice(1)], touch).at
  const walked = TOOTH_STEPS.reduce((at, step) => climb(exact, at, { ...settle, step }).at, smooth)
  return [toothed, walked].sort((a, b) => exact(b) - exact(a))[0]
}

/**
 * Longest key of the pass and the parameters that give it, in the model's own columns.
 * @returns "SKL (b)" of 0 only when no parameters of the search space were found to give key.
 */
export function optimisePass(inputs: PassInputs, lossProfile: LossProfile): OptimisedPass {
  const slots = gatherSlots(passSlots(inputs, lossProfile), MOST_SLOTS)
  const start = smoothOptimum(gatherSlots(slots, CLASSES), inputs)
  const x = parametersAt(exactOptimum(slots, inputs, start), inputs.mu3)
  return { ...passKeyLength(inputs, lossProfile, x), x }
}
