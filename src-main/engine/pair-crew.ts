/** Starts the three workers of an entangled contact with what each may know. */
import { adversaryFor } from './channel/adversary'
import type { Tamper } from './channel/classical-channel'
import { LinkConditions } from './channel/link-conditions'
import { Crew, type CrewOptions } from './crew'
import type { FlightGrid } from '../domain/qkd/pairs/flight-time'
import { osRandom } from './os-random'
import type { PairEnvironment } from './pair-environment'
import type { PairAliceStart, PairParameters } from './pair-start'
import { pairWorldStart, protocolOf } from './pair-world-start'
import type { PairPlan, Party } from './protocol'
import { chooseReconciliation, type ReconciliationChoice } from './reconciliation-choice'

export interface PairRehearsal {
  plan: PairPlan
  /** Folder of the built workers. */
  workerDir: string
  /** An adversary on the classical channel (drills and tests). */
  tamper?: Tamper
  patience_ms?: number
}

type Hooks = Pick<CrewOptions, 'now_ms' | 'phase' | 'onChannel' | 'onParty' | 'onLost'>

/** What both parties are told, from the plan: no condition of the contact and no seed is among it. */
export function pairParameters(plan: PairPlan): PairParameters {
  const { id, pair_rate_Hz, visibility, coincidence_window_ns } = plan.source
  return {
    contactId: plan.contactId,
    source: { id, pair_rate_Hz, visibility, coincidence_window_ns },
    security: plan.security,
    protocol: protocolOf(plan),
    reconciliation: reconciliationOf(plan),
    epoch_ms: plan.times.exchangeFrom_ms,
  }
}

/** A pass gives hundreds or thousands of bits: too few for a frame of LDPC to be efficient, few rounds for Cascade. */
function reconciliationOf({ exchange, channel }: PairPlan): ReconciliationChoice {
  if (exchange.reconciliation !== 'auto')
    return chooseReconciliation(exchange.reconciliation, channel)
  return { method: 'cascade', why: 'blocks of entangled pairs are too short for LDPC frames' }
}

/** Alice learns both flight times by the public ephemeris; the conditions go to the world alone. */
export function pairCrew(
  { plan, workerDir, tamper }: PairRehearsal,
  environment: PairEnvironment,
  startKeys: Record<Party, Uint8Array>,
  hooks: Hooks & { patience_ms: number },
): Crew {
  const world = pairWorldStart(plan, environment)
  const adversary = tamper ?? adversaryFor(plan.attacks, hooks.now_ms)
  // The drill's station has guessed: the true key is not even loaded.
  if (plan.attacks.some(({ kind }) => kind === 'fake-station'))
    startKeys.bob.set(osRandom(startKeys.bob.length))
  const flights: PairAliceStart['flights'] = {
    alice: plan.alice ? gridOf(world.alice.profile) : null,
    bob: gridOf(world.bob.profile),
  }
  return new Crew({
    ...hooks,
    workerDir,
    names: { alice: 'pair-alice', bob: 'pair-bob', world: 'pair-world' },
    startKeys,
    world,
    parameters: pairParameters(plan),
    alice: { flights },
    conditions: new LinkConditions(plan.channel, plan.seed),
    speed: plan.speed,
    ...(adversary ? { tamper: adversary } : {}),
  })
}

const gridOf = ({ range_m, rangeRate_m_s }: FlightGrid): FlightGrid => ({ range_m, rangeRate_m_s })
