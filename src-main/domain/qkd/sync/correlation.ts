/**
 * Circular cross-correlation of two tag streams by FFT, in the ring of polynomials modulo x^N + 1.
 * Each tag at bin i is a term x^i; c(x) = a(1/x) b(x) holds at x^L the number of pairs whose b comes L bins after
 * a. Since x^N = -1, longer streams fold onto N places with alternating sign, and pairs of negative lag L appear
 * with a minus sign at N + L: N places serve lags from -N to N, with a complex transform of N/2 points
 * (x^(N/2) -> i; Nussbaumer, Fast Fourier Transform and Convolution Algorithms, ch. 2, on such twists).
 * Ho, Lamas-Linares, Kurtsiefer, New J. Phys. 11, 045011 (2009), is the method's use on photon pairs.
 * Limit: counts are exact up to rounding of about 1e-10 of the number of pairs.
 */
import { ComplexFft } from '../fft'

/** Where a bin of time zero lies and how wide bins are; `stretch` multiplies times after the zero. */
export interface Binning {
  zero_ps: number
  bin_ps: number
  stretch: number
}

export class TagCorrelator {
  /** Lags from -places to places are told apart. */
  readonly places: number
  readonly #fft: ComplexFft
  readonly #twistRe: Float64Array
  readonly #twistIm: Float64Array
  readonly #a: Float64Array
  readonly #b: Float64Array

  /** @throws unless the number of places is a power of two from 8 on. */
  constructor(places: number) {
    this.places = places
    const half = places / 2
    this.#fft = new ComplexFft(half)
    this.#twistRe = new Float64Array(half)
    this.#twistIm = new Float64Array(half)
    for (let j = 0; j < half; j++) {
      this.#twistRe[j] = Math.cos((Math.PI * j) / places)
      this.#twistIm[j] = Math.sin((Math.PI * j) / places)
    }
    this.#a = new Float64Array(places)
    this.#b = new Float64Array(places)
  }

  /** Folds and transforms the first stream; it serves until the next call. */
  setFirst(times_ps: Float64Array, binning: Binning): void {
    this.#fold(times_ps, binning, -1, this.#a)
    this.#forward(this.#a)
  }

  /**
   * Correlates the first stream with a second one.
   * @returns c[L] for lag L >= 0, and -c[L - N] for negative lags; overwritten by the next call.
   */
  correlate(times_ps: Float64Array, binning: Binning): Float64Array {
    this.#fold(times_ps, binning, 1, this.#b)
    this.#forward(this.#b)
    const [re, im] = this.#halves(this.#b)
    multiply(re, im, ...this.#halves(this.#a))
    this.#fft.inverse(re, im)
    this.#untwist(re, im)
    return this.#b
  }

  #fold(times_ps: Float64Array, binning: Binning, direction: 1 | -1, into: Float64Array): void {
    const { zero_ps, bin_ps, stretch } = binning
    const scale = stretch / bin_ps
    const mask = 2 * this.places - 1
    into.fill(0)
    for (let i = 0; i < times_ps.length; i++) {
      // The mask keeps the place modulo two turns, the sign's period, of any number of bins.
      const place = (direction * Math.floor((times_ps[i] - zero_ps) * scale)) & mask
      if (place < this.places) into[place] += 1
      else into[place - this.places] -= 1
    }
  }

  #halves(values: Float64Array): [Float64Array, Float64Array] {
    const half = this.places / 2
    return [values.subarray(0, half), values.subarray(half)]
  }

  #forward(values: Float64Array): void {
    const [re, im] = this.#halves(values)
    multiply(re, im, this.#twistRe, this.#twistIm)
    this.#fft.forward(re, im)
  }

  #untwist(re: Float64Array, im: Float64Array): void {
    const scale = 2 / this.places
    for (let j = 0; j < re.length; j++) {
      const [c, s] = [this.#twistRe[j] * scale, this.#twistIm[j] * scale]
      const real = re[j] * c + im[j] * s
      im[j] = im[j] * c - re[j] * s
      re[j] = real
    }
  }
}

/** Point by point into the first operand. */
function multiply(
  re: Float64Array,
  im: Float64Array,
  byRe: Float64Array,
  byIm: Float64Array,
): void {
  for (let j = 0; j < re.length; j++) {
    const real = re[j] * byRe[j] - im[j] * byIm[j]
    im[j] = re[j] * byIm[j] + im[j] * byRe[j]
    re[j] = real
  }
}
