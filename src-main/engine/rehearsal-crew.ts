/** Starts the three workers of a rehearsal with what each may know. */
import { adversaryFor } from './channel/adversary'
import type { Tamper } from './channel/classical-channel'
import { LinkConditions } from './channel/link-conditions'
import { Crew, type CrewOptions } from './crew'
import type { DownlinkPlan, FibrePlan, Party } from './protocol'
import { publicParameters } from './public-parameters'
import type { WorldSetup } from './world/protocol'

/** Beyond this a silent worker is a lost worker. */
export const PATIENCE_MS = 120_000

export interface RehearsalOptions {
  plan: DownlinkPlan | FibrePlan
  /** Folder of the built workers. */
  workerDir: string
  /** An adversary on the classical channel (drills and tests). */
  tamper?: Tamper
  patience_ms?: number
}

type Hooks = Pick<CrewOptions, 'now_ms' | 'phase' | 'onChannel' | 'onParty' | 'onLost'> & {
  /** Pulses of the exchange window. */
  pulses: number
}

/** Bob learns his receiver's gate and the ephemeris; the conditions go to the world alone. */
export function rehearsalCrew(
  { plan, workerDir, tamper, patience_ms = PATIENCE_MS }: RehearsalOptions,
  startKeys: Record<Party, Uint8Array>,
  world: WorldSetup,
  { pulses, ...hooks }: Hooks,
): Crew {
  const { range_m, rangeRate_m_s } = world.profile
  const { gate_ns, dead_time_ns } = world.station.receiver
  const adversary = tamper ?? adversaryFor(plan.attacks, hooks.now_ms)
  return new Crew({
    ...hooks,
    conditions: new LinkConditions(plan.channel, plan.seed),
    speed: plan.speed,
    workerDir,
    startKeys,
    world,
    patience_ms,
    parameters: publicParameters(plan),
    bob: {
      receiver: { gate_ns, dead_time_ns },
      pulses,
      flight: { range_m, rangeRate_m_s },
    },
    ...(adversary ? { tamper: adversary } : {}),
  })
}
