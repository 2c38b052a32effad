import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { constructCode } from './code-construction'
import { readCodeTable, type CodeEntry } from './code-table'
import { layFrames } from './frame-layout'
import { leakOf, planFrames, startEfficiency } from './frame-plan'
import { interleaving } from './interleaving'
import { LiftedCode } from './lifted-code'
import { binaryEntropy } from '../entropy'

const table = readCodeTable(JSON.parse(readFileSync('resources/codes/ldpc.json', 'utf8')))
const rowsOf = (column: number[]) => column.filter((_, i) => i % 2 === 0)

/** Pairs of (row, row) that two columns join by the same difference of shifts close a cycle of length 4. */
function shortCycles({ blocks }: CodeEntry, lifting: number): number {
  const seen = new Map<string, number>()
  let cycles = 0
  for (const column of blocks) {
    for (let i = 0; i < column.length; i += 2) {
      for (let j = i + 2; j < column.length; j += 2) {
        const turn = column[i] < column[j] ? 1 : -1
        const difference = turn * (column[i + 1] - column[j + 1]) + 4 * lifting
        const rows = [column[i], column[j]].sort((a, b) => a - b).join()
        const name = `${rows}/${difference % lifting}`
        cycles += seen.get(name) ?? 0
        seen.set(name, (seen.get(name) ?? 0) + 1)
      }
    }
  }
  return cycles
}

describe('the table of mother codes', () => {
  it('is the one that both parties were given (SHA-256 of the expanded matrices)', () => {
    const hash = createHash('sha256')
    for (const entry of table.codes) {
      const { starts, blocks } = new LiftedCode(entry, entry.lifting)
      hash.update(starts.toString()).update(blocks.toString())
    }
    expect(hash.digest('hex')).toBe(
      'c81b5e734e58df38ad8982d822a7f2626386fbafa8fe6101a9726628220bb797',
    )
  })

  it.each(table.codes.filter(({ rows }) => rows > 40).map((entry) => [entry.rows, entry] as const))(
    'follows from degrees and seed: %i rows',
    (_, entry) => {
      const { rows, lifting, seed } = entry
      const degrees = entry.degrees.flatMap(([degree, count]) => Array<number>(count).fill(degree))
      const blocks = entry.blocks.map((): number[] => [])
      for (const { row, column, shift } of constructCode({ rows, degrees, lifting, seed })) {
        blocks[column].push(row, shift)
      }
      expect(blocks).toEqual(entry.blocks)
    },
  )

  it.each(table.codes.map((entry) => [entry.rows, entry.columns, entry] as const))(
    '%i x %i: no cycle of length 4, columns of degree 2 a forest, checks of nearly one degree',
    (rows, _, entry) => {
      expect(shortCycles(entry, entry.lifting)).toBe(0)
      const twos = entry.blocks.filter((column) => column.length === 4).map(rowsOf)
      expect(twos.length).toBeLessThan(rows)
      expect(twos).toEqual(twos.map((_two, i) => [i, i + 1]))
      const { starts } = new LiftedCode(entry, 16)
      const degrees = Array.from({ length: rows }, (_row, r) => starts[r + 1] - starts[r])
      expect(Math.max(...degrees) - Math.min(...degrees)).toBeLessThanOrEqual(2)
    },
  )

  it('no check sees two punctured positions', () => {
    for (const entry of table.codes) {
      const code = new LiftedCode(entry, 64)
      const word = new Uint8Array(code.length)
      const places = code.punctured(code.puncturable)
      expect(new Set(places).size).toBe(places.length)
      let checks = 0
      for (const place of places) {
        word.fill(0)
        word[place] = 1
        checks += code.syndrome(word).reduce((sum, bit) => sum + bit, 0)
      }
      word.fill(0)
      for (const place of places) word[place] = 1
      expect(code.syndrome(word).reduce((sum, bit) => sum + bit, 0)).toBe(checks)
    }
  })

  it.each([
    [null, 'holds no codes'],
    [{ codes: [] }, 'holds no codes'],
    [{ codes: [{ rows: 3, columns: 2, lifting: 16 }] }, 'make no code'],
    [{ codes: [{ rows: 1, columns: 2, lifting: 16, blocks: [[0, 1]] }] }, 'missing'],
    [{ codes: [{ rows: 2, columns: 3, lifting: 16, blocks: [[0], [], []] }] }, 'degree'],
    [
      { codes: [{ rows: 2, columns: 3, lifting: 16, blocks: Array(3).fill([0, 1, 0, 2]) }] },
      'twice',
    ],
  ])('refuses %j', (value, why) => {
    expect(() => readCodeTable(value)).toThrow(why)
  })
})

describe('the plan of a block', () => {
  it.each([0, 1, 300, 4_097, 65_536, 1_000_000, 9_999_999])('holds all %i bits', (bits) => {
    for (const q of [0, 0.005, 0.02, 0.05, 0.09, 0.3]) {
      const frames = layFrames(planFrames(bits, q, table), table)
      const end = frames.at(-1)
      expect(end ? end.start + end.shape.keyBits : 0).toBe(bits)
      for (const { shape, code, key, punctured } of new Set(frames)) {
        expect(shape.keyBits + shape.punctured + shape.shortened).toBe(code.length)
        expect([key.length, punctured.length]).toEqual([shape.keyBits, shape.punctured])
      }
    }
  })

  it.each([0.01, 0.02, 0.03, 0.04, 0.05, 0.08])('full frames at %f start at the f planned', (q) => {
    const [shape] = planFrames(1_000_000, q, table)
    const f = leakOf(shape, table) / (shape.keyBits * binaryEntropy(q))
    const n = table.codes[shape.code].columns * shape.lifting
    expect(n).toBeGreaterThan(65_536)
    expect(Math.abs(f / startEfficiency(n, q) - 1)).toBeLessThan(0.01)
  })

  it('refuses lengths and rates that are none', () => {
    expect(() => planFrames(1.5, 0.02, table)).toThrow('1.5 bits')
    expect(() => planFrames(10, NaN, table)).toThrow('no error rate')
  })
})

describe('interleaving', () => {
  it('is a permutation fixed by its seed', () => {
    const order = interleaving(10_000, Uint32Array.of(1, 2, 3, 4))
    expect(new Set(order).size).toBe(10_000)
    expect(order).toEqual(interleaving(10_000, Uint32Array.of(1, 2, 3, 4)))
    expect(order).not.toEqual(interleaving(10_000, Uint32Array.of(1, 2, 3, 5)))
    expect(interleaving(5, new Uint32Array(4)).length).toBe(5)
  })
})
