/**
 * Complex FFT of a power of two in doubles, split arrays, in place and without reordering: the forward transform
 * (decimation in frequency) leaves its output in digit-reversed order, the inverse (decimation in time) takes it
 * in that order, so that a convolution never sorts. Radix 4, with one radix-2 stage for odd powers.
 * Gentleman, Sande, AFIPS 29, 563 (1966). Rounding grows like log n times 1e-16.
 */

interface Stage {
  /** Length of the sub-transforms that this stage cuts in four. */
  length: number
  /** cos and sin of -2 pi j k / length for k = 1, 2, 3 and j below length/4: [c1, s1, c2, s2, c3, s3]. */
  twiddles: Float64Array
}

export class ComplexFft {
  readonly size: number
  readonly #stages: Stage[] = []
  readonly #pairsLast: boolean

  /** @throws unless the size is a power of two from 4 on. */
  constructor(size: number) {
    if (!Number.isInteger(Math.log2(size)) || size < 4) {
      throw new Error(`FFT: size ${size} is not a power of two of at least 4`)
    }
    this.size = size
    let length = size
    for (; length >= 4; length /= 4) this.#stages.push(stageOf(length))
    this.#pairsLast = length === 2
  }

  /** In place; natural order in, digit-reversed order out. */
  forward(re: Float64Array, im: Float64Array): void {
    for (const stage of this.#stages) cutInFour(stage, re, im)
    if (this.#pairsLast) butterflies(re, im)
  }

  /** In place; digit-reversed order in, natural order out, not divided by the size. */
  inverse(re: Float64Array, im: Float64Array): void {
    if (this.#pairsLast) butterflies(re, im)
    for (let i = this.#stages.length - 1; i >= 0; i--) joinFour(this.#stages[i], re, im)
  }
}

function stageOf(length: number): Stage {
  const quarter = length / 4
  const twiddles = new Float64Array(6 * quarter)
  for (let j = 0; j < quarter; j++) {
    for (let k = 1; k <= 3; k++) {
      const angle = (-2 * Math.PI * j * k) / length
      twiddles[6 * j + 2 * k - 2] = Math.cos(angle)
      twiddles[6 * j + 2 * k - 1] = Math.sin(angle)
    }
  }
  return { length, twiddles }
}

function cutInFour({ length, twiddles: w }: Stage, re: Float64Array, im: Float64Array): void {
  const q = length / 4
  for (let start = 0; start < re.length; start += length) {
    for (let j = 0, t = 0; j < q; j++, t += 6) {
      const a = start + j
      const b = a + q
      const c = b + q
      const d = c + q
      const sumR = re[a] + re[c]
      const sumI = im[a] + im[c]
      const difR = re[a] - re[c]
      const difI = im[a] - im[c]
      const oddR = re[b] + re[d]
      const oddI = im[b] + im[d]
      const turnR = im[b] - im[d]
      const turnI = re[d] - re[b]
      re[a] = sumR + oddR
      im[a] = sumI + oddI
      const x1 = difR + turnR
      const y1 = difI + turnI
      re[b] = x1 * w[t] - y1 * w[t + 1]
      im[b] = x1 * w[t + 1] + y1 * w[t]
      const x2 = sumR - oddR
      const y2 = sumI - oddI
      re[c] = x2 * w[t + 2] - y2 * w[t + 3]
      im[c] = x2 * w[t + 3] + y2 * w[t + 2]
      const x3 = difR - turnR
      const y3 = difI - turnI
      re[d] = x3 * w[t + 4] - y3 * w[t + 5]
      im[d] = x3 * w[t + 5] + y3 * w[t + 4]
    }
  }
}

function joinFour({ length, twiddles: w }: Stage, re: Float64Array, im: Float64Array): void {
  const q = length / 4
  for (let start = 0; start < re.length; start += length) {
    for (let j = 0, t = 0; j < q; j++, t += 6) {
      const a = start + j
      const b = a + q
      const c = b + q
      const d = c + q
      const x1 = re[b] * w[t] + im[b] * w[t + 1]
      const y1 = im[b] * w[t] - re[b] * w[t + 1]
      const x2 = re[c] * w[t + 2] + im[c] * w[t + 3]
      const y2 = im[c] * w[t + 2] - re[c] * w[t + 3]
      const x3 = re[d] * w[t + 4] + im[d] * w[t + 5]
      const y3 = im[d] * w[t + 4] - re[d] * w[t + 5]
      const sumR = re[a] + x2
      const sumI = im[a] + y2
      const difR = re[a] - x2
      const difI = im[a] - y2
      const oddR = x1 + x3
      const oddI = y1 + y3
      const turnR = y3 - y1
      const turnI = x1 - x3
      re[a] = sumR + oddR
      im[a] = sumI + oddI
      re[b] = difR + turnR
      im[b] = difI + turnI
      re[c] = sumR - oddR
      im[c] = sumI - oddI
      re[d] = difR - turnR
      im[d] = difI - turnI
    }
  }
}

function butterflies(re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < re.length; i += 2) {
    const r = re[i + 1]
    const m = im[i + 1]
    re[i + 1] = re[i] - r
    im[i + 1] = im[i] - m
    re[i] += r
    im[i] += m
  }
}
