import { describe, expect, it } from 'vitest'
import type { Candidate } from '@domain/model/pass'
import { planCandidates } from '@domain/plan/candidate'
import { flagshipMission } from '@domain/plan/flagship.testing'
import { bestSource } from './best-source'
import { withSource } from './use-best-source'

const resolved = flagshipMission('2016-12-19T12:00:00Z', '2016-12-20T12:00:00Z')
const flagship = (): Candidate => {
  const found = planCandidates(resolved).find(({ pass }) =>
    pass.id.startsWith('41731-xinglong-20161219T1652'),
  )
  if (!found) throw new Error('The flagship pass is not among the candidates.')
  return found
}

describe('best source for the flagship pass (pass model of Sidhu et al. 2022)', () => {
  const candidate = flagship()
  const { present, best, background } = bestSource({ candidate, resolved })

  it('gives more key than the present source, which already gives some', () => {
    expect(present.key_bits).toBeGreaterThan(10_000)
    expect(best.key_bits).toBeGreaterThan(present.key_bits)
    expect(background).toBeGreaterThan(0)
    expect(background).toBeLessThan(1e-4)
  })

  it('is a source that the mission file takes: shares sum to 1, intensities descend', () => {
    const [signal, decoy, weakest] = best.intensities
    expect(best.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(signal).toBeGreaterThan(decoy + weakest)
    expect(best.basis_x_probability).toBeGreaterThan(0.5)
    const satellite = { noradId: 1, elements: 'e', payload: { id: 'p', divergence_urad: 9 } }
    expect(withSource(satellite, best).payload).toMatchObject({
      id: 'p',
      divergence_urad: 9,
      intensities: best.intensities,
    })
  })

  it('refuses a pass without a window', () => {
    const { exchange: _none, ...rest } = candidate
    expect(() => bestSource({ candidate: rest, resolved })).toThrow(/no exchange window/)
  })
})
