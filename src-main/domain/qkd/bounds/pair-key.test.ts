import { describe, expect, it } from 'vitest'
import { binaryEntropy } from '../entropy'
import { compareForBlock, yin2020Block } from './block-comparison'
import { exactHypergeometric } from './exact-hypergeometric'
import { comparePairBounds, pairKeyLength, type PairKeyInput } from './pair-key'
import { bestTestShare } from './test-share'
import { tomamichelLeverrier2017 } from './tomamichel-leverrier2017'

const security = { eps_sec: 1e-9, eps_cor: 1e-15 }
const large: PairKeyInput = {
  sifted_bits: 60_000,
  test_bits: 12_000,
  test_errors: 480,
  leak_bits: 14_500,
  security,
}

describe('key of entangled pairs against the bounds themselves, exact', () => {
  it('large blocks: Tomamichel-Leverrier 2017, the tag counted in the leak', () => {
    const found = pairKeyLength(large)
    const { sifted_bits, test_bits, leak_bits } = large
    const block = { sifted_bits, test_bits, leak_bits, error_rate: 0.04, eps: 1e-9 }
    const direct = tomamichelLeverrier2017({ ...block, verification: 'counted' })
    expect(found.proof).toBe('tomamichel-leverrier2017')
    expect(found.secret_bits).toBe(direct.ell)
    expect(found.secret_bits).toBeGreaterThan(0)
    expect(found.reason).toBeUndefined()
  })

  it('small blocks: the exact tail; the mission and the caller may name another', () => {
    const small = { ...large, sifted_bits: 9000, test_bits: 3000, test_errors: 90, leak_bits: 1300 }
    const found = pairKeyLength(small)
    const block = {
      sifted_bits: 9000,
      test_bits: 3000,
      leak_bits: 1300,
      error_rate: 0.03,
      eps: 1e-9,
    }
    const direct = exactHypergeometric({ ...block, test_errors: 90, verification: 'counted' })
    expect(found).toMatchObject({ proof: 'exact-hypergeometric', secret_bits: direct.ell })
    const named = { ...small, security: { ...security, proof: 'lim2021' as const } }
    expect(pairKeyLength(named).proof).toBe('lim2021')
    expect(pairKeyLength({ ...named, proof: 'tomamichel2012' }).proof).toBe('tomamichel2012')
  })

  it('every bound compares: the exact tail gives most, 2012 least of the four, epsilons sum to the target', () => {
    const compared = comparePairBounds(large)
    const bits = Object.fromEntries(compared.map(({ proof, secret_bits }) => [proof, secret_bits]))
    expect(compared).toHaveLength(4)
    expect(compared.every(({ note }) => note.length > 0)).toBe(true)
    expect(bits['exact-hypergeometric']).toBe(Math.max(...Object.values(bits)))
    for (const { proof } of compared) {
      const { epsilon_shares } = pairKeyLength({ ...large, proof })
      const sum = epsilon_shares.reduce((total, { epsilon }) => total + epsilon, 0)
      expect(sum / (1e-9 + 1e-15)).toBeCloseTo(1, 9)
    }
  })

  it('says why nothing is left, also of an empty block', () => {
    const tiny = { ...large, sifted_bits: 300, test_bits: 100, test_errors: 4, leak_bits: 180 }
    const noisy = { ...large, test_errors: 4000 }
    expect(pairKeyLength(tiny).reason).toMatch(
      /200 key bits tested by 100 at 4.00 % .*nothing|too small|no secrecy/,
    )
    expect(pairKeyLength(noisy).reason).toMatch(/33.33 % error/)
    const empty = { ...large, sifted_bits: 0, test_bits: 0, test_errors: 0, leak_bits: 0 }
    expect(pairKeyLength(empty)).toMatchObject({ secret_bits: 0, key_bits: 0 })
    for (const { secret_bits } of comparePairBounds(tiny)) expect(secret_bits).toBe(0)
  })

  it.each<[string, Partial<PairKeyInput>]>([
    ['test_bits 60001', { test_bits: 60_001 }],
    ['test_errors 12001', { test_errors: 12_001 }],
    ['test_errors -1', { test_errors: -1 }],
    ['sifted_bits NaN', { sifted_bits: NaN }],
    ['leak_bits -1', { leak_bits: -1 }],
    ['eps_sec 0', { security: { eps_sec: 0, eps_cor: 1e-15 } }],
    ['proof "lim2014"', { proof: 'lim2014' }],
  ])('refuses %s by name', (shown, wrong) => {
    expect(() => pairKeyLength({ ...large, ...wrong })).toThrow(shown)
  })
})

describe('test share chosen before any error is known', () => {
  const plan = { expected_error_rate: 0.03, leak_per_key_bit: 1.16 * binaryEntropy(0.03), security }

  it.each([9000, 50_000, 2_000_000])(
    'm %i: no share of a coarse scan does better',
    (sifted_bits) => {
      const found = bestTestShare({ ...plan, sifted_bits })
      expect(found.share).toBe(found.test_bits / sifted_bits)
      for (let share = 0.02; share < 0.9; share += 0.02) {
        const test_bits = Math.round(share * sifted_bits)
        const leak_bits = plan.leak_per_key_bit * (sifted_bits - test_bits)
        const test_errors = Math.round(0.03 * test_bits)
        const { secret_bits } = pairKeyLength({
          sifted_bits,
          test_bits,
          test_errors,
          leak_bits,
          security,
        })
        expect(secret_bits).toBeLessThanOrEqual(found.expected_bits)
      }
      expect(bestTestShare({ ...plan, sifted_bits })).toEqual(found)
    },
  )

  it('gives a share even where no share yields key, and refuses impossible plans', () => {
    const none = bestTestShare({ ...plan, sifted_bits: 400 })
    expect(none.expected_bits).toBe(0)
    expect(none.test_bits).toBeGreaterThan(0)
    expect(none.test_bits).toBeLessThan(400)
    expect(bestTestShare({ ...plan, sifted_bits: 2 }).test_bits).toBe(1)
    expect(() => bestTestShare({ ...plan, sifted_bits: 1 })).toThrow('sifted_bits 1')
    const rate = { ...plan, sifted_bits: 400, expected_error_rate: 2 }
    expect(() => bestTestShare(rate)).toThrow('expected_error_rate 2')
  })
})

describe('the block of Yin 2020 (3100 bits, 4.51 %, f 1.19, 1e-10) by every named bound, bits', () => {
  const rows = compareForBlock(yin2020Block)
  const bitsOf = (bound: string) => rows.find((row) => row.bound === bound)?.secret_bits

  it.each([
    ['asymptotic', 1299],
    ['tomamichel2012', 0],
    ['tomamichel2012, variant ln2', 0],
    ['tomamichel-leverrier2017', 0],
    ['lim2021', 0],
    ['exact-hypergeometric', 50],
  ])('%s: %i', (bound, bits) => expect(bitsOf(bound)).toBe(bits))

  it('none of the finite ones is the published 372, and Lim 2021 gives 14 at 1e-6', () => {
    expect(rows.some(({ secret_bits }) => secret_bits === yin2020Block.published_bits)).toBe(false)
    const weaker = compareForBlock({ ...yin2020Block, eps: 1e-6 })
    expect(weaker.find(({ bound }) => bound === 'lim2021')?.secret_bits).toBe(14)
  })
})
