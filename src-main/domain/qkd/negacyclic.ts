/**
 * Exact products of 0/1 sequences modulo z^N + 1 by the right-angle convolution: a real sequence of length N is
 * folded into N/2 complex numbers a[j] + i a[j + N/2], turned by exp(i pi j / N), and transformed once. Linear
 * convolutions are read where the wrap-around does not fall. The caller adds products up in the spectrum.
 */
import { ComplexFft } from './fft'

export interface Spectrum {
  re: Float64Array
  im: Float64Array
}

export class NegacyclicTransform {
  /** Length N of the sequences. */
  readonly length: number
  readonly #fft: ComplexFft
  readonly #turnRe: Float64Array
  readonly #turnIm: Float64Array

  /** @throws unless the length is a power of two from 8 on. */
  constructor(length: number) {
    this.length = length
    this.#fft = new ComplexFft(length / 2)
    const angles = Float64Array.from({ length: length / 2 }, (_, j) => (Math.PI * j) / length)
    this.#turnRe = angles.map(Math.cos)
    this.#turnIm = angles.map(Math.sin)
  }

  /** A zero spectrum to add products to. */
  zero(): Spectrum {
    return { re: new Float64Array(this.length / 2), im: new Float64Array(this.length / 2) }
  }

  /** Spectrum of bits[from .. from + count - 1], zero padded; places outside the array count as zero. */
  spectrum(bits: Uint8Array, from: number, count: number): Spectrum {
    const half = this.length / 2
    const spectrum = this.zero()
    const first = Math.max(0, -from)
    const end = Math.min(count, bits.length - from)
    for (let j = first; j < Math.min(half, end); j++) spectrum.re[j] = bits[from + j]
    for (let j = Math.max(first, half); j < end; j++) spectrum.im[j - half] = bits[from + j]
    this.#turn(spectrum, 1)
    this.#fft.forward(spectrum.re, spectrum.im)
    return spectrum
  }

  /** sum += a * b, place by place. */
  addProduct(sum: Spectrum, a: Spectrum, b: Spectrum): void {
    const { re, im } = sum
    for (let k = 0; k < re.length; k++) {
      re[k] += a.re[k] * b.re[k] - a.im[k] * b.im[k]
      im[k] += a.re[k] * b.im[k] + a.im[k] * b.re[k]
    }
  }

  /** The sequence of a spectrum, as [first half, second half]; the spectrum is used up. */
  sequence(spectrum: Spectrum): [Float64Array, Float64Array] {
    this.#fft.inverse(spectrum.re, spectrum.im)
    this.#turn(spectrum, -1)
    const scale = 2 / this.length
    for (let j = 0; j < this.length / 2; j++) {
      spectrum.re[j] *= scale
      spectrum.im[j] *= scale
    }
    return [spectrum.re, spectrum.im]
  }

  #turn({ re, im }: Spectrum, direction: 1 | -1): void {
    for (let j = 0; j < re.length; j++) {
      const c = this.#turnRe[j]
      const s = direction * this.#turnIm[j]
      const r = re[j]
      re[j] = r * c - im[j] * s
      im[j] = r * s + im[j] * c
    }
  }
}
