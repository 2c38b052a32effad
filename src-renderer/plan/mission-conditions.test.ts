import { describe, expect, it } from 'vitest'
import { missionSchema } from '@domain/model/mission'
import { proofsFor } from '@domain/model/proof'
import { flagshipMission } from '@domain/plan/flagship.testing'
import { channelText, faultsText, proofChoices, withProof } from './mission-conditions'

const { mission } = flagshipMission()
const pairs = { ...mission, exchange: { ...mission.exchange, protocol: 'bbm92' as const } }

describe('what a mission sets up around its exchange', () => {
  it('offers the default first, then every bound of the protocol', () => {
    expect(proofChoices(mission).map(({ proof }) => proof)).toEqual([
      '',
      'eur-variable-2d',
      'lim2014',
    ])
    expect(proofChoices(pairs).map(({ proof }) => proof)).toEqual(['', ...proofsFor('bbm92')])
    expect(proofChoices(pairs)[0]?.text).toMatch(/tomamichel.*10.000 bit exact-hypergeometric/)
  })

  it('writes a bound that the mission file takes, and the default as none', () => {
    const security = withProof(mission, 'eur-variable-2d')
    expect(missionSchema.parse({ ...mission, security }).security).toEqual(security)
    expect(withProof(mission, '')).not.toHaveProperty('proof')
  })

  it('speaks of channel and faults only where there are any', () => {
    expect([channelText(mission), faultsText(mission)]).toEqual([undefined, undefined])
    const poor = { ...mission, channel: { latency_ms: 120, loss: 0.02, reorder: 0 } }
    expect(channelText(poor)).toBe('Channel: 120 ms, 2 % lost')
    const faulty = { ...mission, faults: { ...mission.faults, lost_sync: 0.2, clock_drift: 1e-6 } }
    expect(faultsText(faulty)).toBe('Faults: clock drift, lost sync')
  })
})
