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
  const { present, model, best, background } = bestSource({ candidate, resolved })

  it('gives more key by the pass model than the present source, which already gives some', () => {
    expect(present.model_bits).toBeGreaterThan(10_000)
    expect(model.model_bits).toBeGreaterThan(present.model_bits)
    expect(model.model_bits).toBeGreaterThanOrEqual(best.model_bits)
    expect(background).toBeGreaterThan(0)
    expect(background).toBeLessThan(1e-4)
  })

  it('gives more key by the mission’s own proof, Lim 2014 or the default, than either of the others', () => {
    const { eps_sec, eps_cor } = resolved.mission.security
    const byDefault = { ...resolved.mission, security: { eps_sec, eps_cor } }
    const other = bestSource({ candidate, resolved: { ...resolved, mission: byDefault } })
    for (const found of [{ present, model, best }, other]) {
      expect(found.present.planned_bits).toBeGreaterThan(0)
      expect(found.best.planned_bits).toBeGreaterThan(found.present.planned_bits)
      expect(found.best.planned_bits).toBeGreaterThanOrEqual(found.model.planned_bits)
    }
  })

  it('expects of the present source what the plan expects (1e-3: the window’s last part of a second)', () => {
    const ratio = present.planned_bits / candidate.expected_key_bits
    expect(Math.abs(ratio - 1)).toBeLessThan(1e-3 + 1 / (candidate.exchange?.duration_s ?? 1))
  })

  it('is a source that the mission file takes: shares sum to 1, intensities descend', () => {
    const [signal, decoy, weakest] = best.intensities
    expect(best.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(signal).toBeGreaterThan(decoy + weakest)
    expect(best.basis_x_probability).toBeGreaterThan(0)
    const satellite = { noradId: 1, elements: 'e', payload: { id: 'p', divergence_urad: 9 } }
    expect(withSource(satellite, best).payload).toMatchObject({
      id: 'p',
      divergence_urad: 9,
      intensities: best.intensities,
    })
  })

  it('refuses a pass without a window', () => {
    const { pass, expected_key_bits, dark } = candidate
    const rest = { pass, expected_key_bits, dark }
    expect(() => bestSource({ candidate: rest, resolved })).toThrow(/no exchange window/)
  })
})
