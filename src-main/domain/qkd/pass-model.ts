/**
 * Finite key of one satellite pass from its loss profile and the source's parameters.
 * Source: SatQuMA v2 (Sidhu et al., npj Quantum Inf. 8, 18 (2022)) on Lim et al., PRA 89, 022307 (2014).
 * Key in X, test in Z. It differs from `lim2014` by: real-valued counts, a length that is not floored and is per
 * pass, s_0 with n_2^- (the same for mu3 = 0), photon bounds that stop at 1e-10
 * (and here at the number of detections), and modelled leaks (pass-leak.ts).
 * Limits: that of the pass counts; arXiv:2405.16578 reports flaws in fixed-length proofs of this family.
 */
import { degrees, loss_dB } from '../model/units'
import type { Counts } from '../model/report'
import { binomialQuantile } from './binomial-quantile'
import { binaryEntropy } from './entropy'
import { passCounts, passSlots, type PassCounts } from './pass-counts'
import { modelledLeak_bits, type Quantile } from './pass-leak'
import type { LossProfile, PassInputs, SourceParameters } from './pass-model-input'
import { passWindow } from './pass-model-window'

/** The model's floor of the photon-number bounds. */
const SMALLEST_COUNT = 1e-10

export interface PassTerms {
  /** Length per pass before it is clamped at zero. */
  raw_bits: number
  qber: number
  phaseError: number
  leak_bits: number
  s_X0: number
  s_X1: number
  s_Z0: number
  s_Z1: number
  v_Z1: number
  /** The decoy's lower counts are positive in both bases; without that n_2^- in s_0 is no bound for mu3 > 0. */
  decoySeen: boolean
}

const sum = ([a, b, c]: Counts): number => a + b + c

interface Source {
  mu: Counts
  p: Counts
}

const sourceOf = ({ mu3 }: PassInputs, [, pk1, pk2, mu1, mu2]: SourceParameters): Source => ({
  mu: [mu1, mu2, mu3],
  p: [pk1, pk2, 1 - pk1 - pk2],
})

const tau = ({ mu, p }: Source, n: 0 | 1): number =>
  mu.reduce((total, one, k) => total + p[k] * Math.exp(-one) * (n ? one : 1), 0)

function bounded(counts: Counts, { mu, p }: Source, { eps_s, bound }: PassInputs) {
  const b = Math.log(21 / eps_s)
  const hoeffding = Math.sqrt((sum(counts) / 2) * b)
  const exact = bound === 'Chernoff'
  const at = (k: 0 | 1 | 2, sign: 1 | -1): number => {
    const n = counts[k]
    const down = exact ? b / 2 + Math.sqrt(2 * n * b + (b * b) / 4) : hoeffding
    const up = exact ? b + Math.sqrt(2 * n * b + b * b) : hoeffding
    return (Math.exp(mu[k]) / p[k]) * (sign > 0 ? n + up : n - down)
  }
  return at
}

function photons(counts: Counts, source: Source, inputs: PassInputs): [number, number] {
  const [mu1, mu2, mu3] = source.mu
  const at = bounded(counts, source, inputs)
  const tau0 = tau(source, 0)
  const vacuum = (tau0 * (mu2 * at(2, -1) - mu3 * at(1, -1))) / (mu2 - mu3)
  const s0 = Math.max(SMALLEST_COUNT, Math.min(vacuum, sum(counts)))
  const squares = mu2 * mu2 - mu3 * mu3
  const multi = (squares / (mu1 * mu1)) * (at(0, 1) - s0 / tau0)
  const scale = (tau(source, 1) * mu1) / (mu1 * (mu2 - mu3) - squares)
  return [s0, Math.max(SMALLEST_COUNT, scale * (at(1, -1) - at(2, 1) - multi))]
}

function singleErrors(mZ: Counts, source: Source, inputs: PassInputs): number {
  const at = bounded(mZ, source, inputs)
  const v = (tau(source, 1) * (at(1, 1) - at(2, -1))) / (source.mu[1] - source.mu[2])
  return Math.min(sum(mZ), Math.max(0, v))
}

/** Fung-Ma-Chau deviation; an error-free test counts as one error, since the formula vanishes there. */
function phaseErrorBound(v: number, s_Z1: number, s_X1: number, eps_s: number): number {
  const rate = v / s_Z1
  const b = (v > 0 ? v : 1) / s_Z1
  if (b >= 0.5) return 0.5
  const spread = (s_X1 + s_Z1) / (s_X1 * s_Z1)
  const variance = (1 - b) * b
  const bits = Math.log2(Math.max(1, (spread / variance) * (21 / eps_s) ** 2))
  return Math.min(0.5, rate + Math.sqrt(((spread * variance) / Math.LN2) * bits))
}

/**
 * Key and its terms from expected counts.
 * @param quantile exact by default; an optimiser may take the smooth one.
 */
export function passTerms(
  counts: PassCounts,
  inputs: PassInputs,
  x: SourceParameters,
  quantile: Quantile = binomialQuantile,
): PassTerms {
  const source = sourceOf(inputs, x)
  const [s_X0, s_X1] = photons(counts.nX, source, inputs)
  const [s_Z0, s_Z1] = photons(counts.nZ, source, inputs)
  const decoySeen = [counts.nX, counts.nZ].every((n) => bounded(n, source, inputs)(1, -1) > 0)
  const v_Z1 = singleErrors(counts.mZ, source, inputs)
  const phaseError = phaseErrorBound(v_Z1, s_Z1, s_X1, inputs.eps_s)
  const n = sum(counts.nX)
  const leak = modelledLeak_bits(n, counts.mX, inputs, quantile)
  const cost = leak + 6 * Math.log2(21 / inputs.eps_s) + Math.log2(2 / inputs.eps_c)
  const raw = (s_X0 + s_X1 * (1 - binaryEntropy(phaseError)) - cost) / inputs.NoPass
  const photonBounds = { s_X0, s_X1, s_Z0, s_Z1, v_Z1, decoySeen }
  const qber = n > 0 ? counts.mX / n : 0
  return { raw_bits: raw, qber, phaseError, leak_bits: leak, ...photonBounds }
}

/**
 * Secret key length of one pass with the terms behind it, under the model's own column names ("SKL (b)", QBER,
 * phiX, lambdaEC, …); `SKL raw (b)` is the length before it is clamped at zero.
 * @param x [Px, pk1, pk2, mu1, mu2]. All three arguments as read by pass-model-input.ts.
 */
export function passKeyLength(inputs: PassInputs, lossProfile: LossProfile, x: SourceParameters) {
  const window = passWindow(inputs, lossProfile)
  const counts = passCounts(passSlots(inputs, lossProfile, window), inputs, x)
  const terms = passTerms(counts, inputs, x)
  const [Px, P1, P2, mu1, mu2] = x
  const { mu3 } = inputs
  const P3 = 1 - P1 - P2
  return {
    'dt (s)': window.half_s,
    'ls (dB)': inputs.ls0,
    QBERI: inputs.QBERI,
    Pec: inputs.Pec,
    'maxElev (deg)': degrees(window.zero.elevation_rad),
    'SKL (b)': Math.max(0, terms.raw_bits),
    'SKL raw (b)': terms.raw_bits,
    QBER: terms.qber,
    phiX: terms.phaseError,
    nX: sum(counts.nX),
    nZ: sum(counts.nZ),
    mX: counts.mX,
    lambdaEC: terms.leak_bits,
    sX0: terms.s_X0,
    sX1: terms.s_X1,
    vZ1: terms.v_Z1,
    sZ1: terms.s_Z1,
    'mean photon no.': P1 * mu1 + P2 * mu2 + P3 * mu3,
    PxA: Px,
    PxB: Px,
    ...{ P1, P2, P3, mu1, mu2, mu3 },
    eps_c: inputs.eps_c,
    eps_s: inputs.eps_s,
    Pap: inputs.Pap,
    NoPass: inputs.NoPass,
    'fs (Hz)': inputs.fs,
    'minElev (deg)': inputs.minElev,
    'shiftElev (deg)': inputs.shift0,
    'SysLoss (dB)': loss_dB(window.zero.eta) + inputs.ls0,
  }
}

export type PassKeyLength = ReturnType<typeof passKeyLength>
