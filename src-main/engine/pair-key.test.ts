import { describe, expect, it } from 'vitest'
import { PairTally } from '../domain/qkd/pairs/tally'
import { testBitsToAdd } from '../domain/qkd/pairs/test-share'
import { pairDistilledLengths } from './pair-distilled-lengths'
import { PairKey } from './pair-key'
import type { PairParameters } from './pair-start'

const parameters: PairParameters = {
  contactId: 'counts',
  source: { id: 'pairs', pair_rate_Hz: 5.9e6, visibility: 0.91, coincidence_window_ns: 2.5 },
  security: { eps_sec: 1e-10, eps_cor: 1e-15 },
  protocol: 'bbm92',
  reconciliation: { method: 'cascade', why: 'the test asks for it' },
  epoch_ms: 0,
}

function tallyOf(x: number, z: number): PairTally {
  const tally = new PairTally()
  Object.assign(tally.kept, { x, z })
  tally.coincidences = 2 * (x + z)
  return tally
}

describe('sifted bits of one end', () => {
  it('lose what is disclosed, keep the rest in order, and end overwritten', () => {
    const key = new PairKey()
    for (const [basis, bit] of [
      ['x', 1],
      ['z', 0],
      ['z', 1],
      ['x', 0],
    ] as const)
      key.add(basis, bit)
    expect(key.takeOut([0, 2])).toEqual([
      { basis: 'x', bit: 1 },
      { basis: 'z', bit: 1 },
    ])
    expect([...key.bits()]).toEqual([0, 0])
    expect([key.basisAt(0), key.basisAt(1)]).toEqual(['z', 'x'])
    key.erase()
    expect(key.length).toBe(0)
  })
})

describe('coincidences of a lost lock', () => {
  it('are taken back to the last mark, in key, Bell outcomes and tally', () => {
    const [key, tally] = [new PairKey(), new PairTally()]
    const sift = (bit: number): void => {
      key.add('x', bit)
      key.addBell(2, bit)
      tally.kept.x += 1
      tally.coincidences += 2
      tally.test('z', bit === 1)
    }
    sift(0)
    key.mark()
    tally.mark()
    sift(1)
    sift(1)
    key.rewind()
    tally.rewind()
    expect([...key.bits(), ...key.bellOutcomes]).toEqual([0, 0])
    expect([tally.coincidences, tally.kept.x, tally.testBits, tally.testErrorsAll]).toEqual([
      2, 1, 1, 0,
    ])
    sift(1)
    key.rewind()
    tally.rewind()
    expect([key.length, tally.coincidences]).toEqual([1, 2])
  })
})

describe('size of the test', () => {
  it('is the best one where there is key to be had, and a fixed share where there is none', () => {
    expect(testBitsToAdd(tallyOf(5000, 5000), parameters)).toBeGreaterThan(1000)
    expect(testBitsToAdd(tallyOf(50, 50), parameters)).toBe(40)
  })

  it('counts bits disclosed live, and leaves a key bit', () => {
    const tally = tallyOf(40, 40)
    for (let i = 0; i < 20; i += 1) tally.test('x', false)
    expect(testBitsToAdd(tally, parameters)).toBe(20)
    expect(testBitsToAdd(tallyOf(1, 0), parameters)).toBe(0)
    expect(testBitsToAdd(tallyOf(0, 0), parameters)).toBe(0)
  })
})

describe('figures of a pass from its counts', () => {
  const distil = (x: number, z: number, tested: number, errors: number, verified = true) => {
    const tally = tallyOf(x, z)
    for (let i = 0; i < tested; i += 1) tally.test(i % 2 ? 'x' : 'z', i < errors)
    const leak_bits = Math.ceil(1.19 * 0.265 * (x + z)) + 129
    const reconciled = { errors: { x: 1, z: 2 }, leak_bits, verified, round_trips: 3 }
    return pairDistilledLengths(parameters, tally, reconciled)
  }

  it('shares of both bases add up to the block, and the epsilons to the total', () => {
    const figures = distil(3501, 3502, 3000, 130)
    const { x, z } = figures.terms
    expect(figures.secret_bits).toBeGreaterThan(100)
    expect(x.secret_bits + z.secret_bits).toBe(figures.secret_bits)
    expect(x.leak_bits + z.leak_bits).toBe(figures.leak_bits)
    const total = figures.epsilon_shares.reduce((sum, { epsilon }) => sum + epsilon, 0)
    expect(total).toBeCloseTo(1e-10 + 1e-15, 20)
    expect(figures.qber).toBeCloseTo(133 / 10_003, 12)
    expect(figures.bounds.map(({ proof }) => proof)).toContain(figures.proof)
  })

  it('a single pass at 4.5 % is too small a block, and says so', () => {
    const figures = distil(60, 60, 80, 4)
    expect(figures.secret_bits).toBe(0)
    expect(figures.no_key_reason).toMatch(/the block is too small/)
  })

  it('a failed verification gives no key whatever the counts', () => {
    const figures = distil(3501, 3502, 3000, 130, false)
    expect([figures.secret_bits, figures.terms.x.secret_bits]).toEqual([0, 0])
    expect(figures.no_key_reason).toBe('verification failed: the block was destroyed')
  })

  it('a pass without any coincidence has figures all the same', () => {
    const tally = new PairTally()
    const none = { errors: { x: 0, z: 0 }, leak_bits: 129, verified: true, round_trips: 0 }
    const figures = pairDistilledLengths(parameters, tally, none)
    expect([figures.qber, figures.efficiency_f, figures.secret_bits]).toEqual([0, 0, 0])
    expect(figures.chsh).toBeUndefined()
    expect(figures.no_key_reason).toMatch(/no coincidences stand out/)
  })
})
