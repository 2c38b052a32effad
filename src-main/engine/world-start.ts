/** What the world is told at the start of a rehearsal: conditions, faults, attacks and a seed, nothing of either party. */
import type { Attack, Faults } from '../domain/model/conditions'
import { parseUtc } from '../domain/model/time'
import type { Environment } from './environment'
import type { DownlinkPlan, FibrePlan } from './protocol'
import {
  quantumAttacks,
  type Interval,
  type QuantumAttack,
  type WorldSetup,
} from './world/protocol'

/** A GPS-disciplined tagger: offset and drift that Bob has to find (assumption: 80 ns, 1e-9). */
const TAGGER_CLOCK = { offset_s: 80e-9, drift: 1e-9 }

/**
 * Conditions from the exchange's first instant on, SI units, one row a second; faults add to what is ordinary.
 * @param environment of the same plan: environmentOf or fibreEnvironment.
 */
export function worldStart(plan: DownlinkPlan | FibrePlan, environment: Environment): WorldSetup {
  const epoch_ms = plan.times.exchangeFrom_ms
  return {
    seed: plan.seed,
    payload: plan.payload,
    station: plan.kind === 'fibre' ? { receiver: plan.receiver } : plan.station,
    profile: profileOf(environment),
    epoch_ms,
    taggerClock: taggerClock(plan.faults),
    lostSync: plan.faults.lost_sync,
    clouds: plan.faults.cloud.map((cloud) => intervalOf(cloud, epoch_ms)),
    attacks: plan.attacks.flatMap((attack) => quantumAttack(attack, epoch_ms)),
  }
}

/** The tagger's clock with its faults: shared by every kind of flight. */
export const taggerClock = (
  faults: Pick<Faults, 'clock_drift' | 'clock_offset_ms'>,
): WorldSetup['taggerClock'] => ({
  offset_s: TAGGER_CLOCK.offset_s + faults.clock_offset_ms / 1000,
  drift: TAGGER_CLOCK.drift + faults.clock_drift,
})

function profileOf(environment: Environment): WorldSetup['profile'] {
  const { epochRow } = environment
  const fromEpoch = (column: Float64Array): Float64Array => column.slice(epochRow)
  return {
    utc_ms: fromEpoch(environment.utc_ms),
    range_m: fromEpoch(environment.range_m),
    rangeRate_m_s: fromEpoch(environment.rangeRate_m_s),
    transmittance: fromEpoch(environment.transmittance),
    background_Hz: fromEpoch(environment.background_Hz),
  }
}

/** UTC times as seconds since the epoch; without them it lasts through everything. */
function intervalOf(times: Pick<Attack, 'from_utc' | 'to_utc'>, epoch_ms: number): Interval {
  const second = (utc: string | undefined, otherwise: number): number =>
    utc === undefined ? otherwise : (parseUtc(utc) - epoch_ms) / 1000
  return { from_s: second(times.from_utc, -Infinity), to_s: second(times.to_utc, Infinity) }
}

const isQuantum = (kind: string): kind is QuantumAttack['kind'] =>
  quantumAttacks.some((known) => known === kind)

/** The attack as the world knows it; nothing when it is none on the quantum channel. */
function quantumAttack(attack: Attack, epoch_ms: number): QuantumAttack[] {
  const { kind, fraction } = attack
  return isQuantum(kind) ? [{ kind, fraction, ...intervalOf(attack, epoch_ms) }] : []
}
