/** What the world of pairs is told at the start of a rehearsal: conditions, faults, attacks and a seed, nothing of either party. */
import { parseUtc } from '../domain/model/time'
import { isPairProtocol, type PairProtocol } from '../domain/qkd/pairs/settings'
import type { PairEnvironment, PairLinkColumns } from './pair-environment'
import type { PairPlan } from './protocol'
import type { PairEnd, PairWorldSetup } from './pair-world-protocol'
import type { Interval, TaggerClock } from './world/protocol'
import { taggerClock } from './world-start'

/** Alice's tagger, disciplined like Bob's and not alike (assumption). */
const ALICE_CLOCK: TaggerClock = { offset_s: -40e-9, drift: -0.5e-9 }
/** Dead time and afterpulses on board are not modelled: its detectors count far below saturation. */
const ONBOARD = { dead_time_ns: 0, afterpulse_probability: 0 }

/** The protocol of a plan. @throws Error when its exchange is none of entangled pairs. */
export function protocolOf({ exchange }: PairPlan): PairProtocol {
  if (isPairProtocol(exchange.protocol)) return exchange.protocol
  throw new Error(`Flying entangled pairs: protocol ${exchange.protocol} does not use them.`)
}

/** Conditions from the exchange's first instant on, SI units, one row a second; faults are of Bob's clock and the sky. */
export function pairWorldStart(plan: PairPlan, environment: PairEnvironment): PairWorldSetup {
  const epoch_ms = plan.times.exchangeFrom_ms
  const { source, alice, bob, faults, attacks } = plan
  const onboard = { ...ONBOARD, ...source.onboard }
  const end = (link: PairLinkColumns, receiver: PairEnd['receiver'], clock: TaggerClock) => ({
    profile: profileOf(environment, link),
    receiver,
    clock,
  })
  return {
    seed: plan.seed,
    protocol: protocolOf(plan),
    source,
    alice: end(environment.alice, alice?.receiver ?? onboard, ALICE_CLOCK),
    bob: end(environment.bob, bob.receiver, taggerClock(faults)),
    epoch_ms,
    clouds: faults.cloud.map((cloud) => intervalOf(cloud, epoch_ms)),
    interceptions: attacks
      .filter(({ kind }) => kind === 'intercept-resend')
      .map((attack) => ({ fraction: attack.fraction, ...intervalOf(attack, epoch_ms) })),
  }
}

function profileOf({ shown }: PairEnvironment, link: PairLinkColumns): PairEnd['profile'] {
  const fromEpoch = (column: Float64Array): Float64Array => column.slice(shown.epochRow)
  return {
    utc_ms: fromEpoch(shown.utc_ms),
    range_m: fromEpoch(link.range_m),
    rangeRate_m_s: fromEpoch(link.rangeRate_m_s),
    transmittance: fromEpoch(link.transmittance),
    background_Hz: fromEpoch(link.background_Hz),
  }
}

/** UTC times as seconds since the epoch; without them it lasts through everything. */
function intervalOf(times: { from_utc?: string; to_utc?: string }, epoch_ms: number): Interval {
  const second = (utc: string | undefined, otherwise: number): number =>
    utc === undefined ? otherwise : (parseUtc(utc) - epoch_ms) / 1000
  return { from_s: second(times.from_utc, -Infinity), to_s: second(times.to_utc, Infinity) }
}
