import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seededWords } from './code-construction'
import { readCodeTable } from './code-table'
import { priorOf } from './frame-decoder'
import { KernelDecoder, type LdpcKernel } from './kernel-decoder'
import { LiftedCode } from './lifted-code'
import { PlainDecoder } from './plain-decoder'

const codes = readCodeTable(JSON.parse(readFileSync('resources/codes/ldpc.json', 'utf8')))
const wasm = new WebAssembly.Module(readFileSync('out/kernels/ldpc.wasm'))
const kernel = new WebAssembly.Instance(wasm, { env: { abort: () => undefined } })
const fast = new KernelDecoder(kernel.exports as unknown as LdpcKernel)
const plain = new PlainDecoder()

/** Priors with certain, punctured and plain positions, errors and their syndrome. */
function frame(code: LiftedCode, errorRate: number, seed: number) {
  const draw = seededWords(seed)
  const errors = Uint8Array.from({ length: code.length }, () =>
    draw() / 2 ** 32 < errorRate ? 1 : 0,
  )
  const totals = Int16Array.from(errors, (error) => {
    const kind = draw() % 50
    if (kind === 0) return 0
    return kind === 1 ? (error ? -2047 : 2047) : priorOf(errorRate)
  })
  return { totals, errors, syndrome: code.syndrome(errors) }
}

describe('kernel and plain twin agree bit for bit: totals and iterations', () => {
  it.each(codes.codes.map((entry, index) => [index, entry.rows, entry.columns] as const))(
    'code %i of %i x %i',
    (index, rows, columns) => {
      const q = [0.4, 0.6, 0.8, 1.1].map((part) => (part * 0.15 * rows) / columns)
      ;[16, 64, 256].forEach((lifting, i) => {
        const code = new LiftedCode(codes.codes[index], lifting)
        const { totals, syndrome } = frame(code, q[(i + index) % 4], 31 + i)
        const twin = totals.slice()
        const byKernel = fast.decode(code, totals, syndrome, 12)
        expect(plain.decode(code, twin, syndrome, 12)).toBe(byKernel)
        expect(totals).toEqual(twin)
      })
    },
  )

  it('also where circulants wrap around within strips of the largest frames', () => {
    const code = new LiftedCode(codes.codes[10], codes.codes[10].lifting)
    const { totals, syndrome, errors } = frame(code, 0.03, 3)
    const twin = totals.slice()
    const iterations = fast.decode(code, totals, syndrome, 60)
    expect(plain.decode(code, twin, syndrome, 60)).toBe(iterations)
    expect(totals).toEqual(twin)
    expect(totals.every((total, i) => Number(total < 0) === errors[i])).toBe(true)
  })

  it('says when the syndrome was not matched', () => {
    const code = new LiftedCode(codes.codes[12], 64)
    const { totals, syndrome } = frame(code, 0.2, 5)
    expect(fast.decode(code, totals, syndrome, 5)).toBe(-1)
  })
})
