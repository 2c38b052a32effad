/** What the world is told at the start of a rehearsal: conditions and a seed, nothing of either party. */
import type { WorldSetup } from './world/protocol'
import type { Environment } from './environment'
import type { FlightPlan } from './protocol'

/** A GPS-disciplined tagger: offset and drift that Bob has to find (assumption: 80 ns, 1e-9). */
const TAGGER_CLOCK = { offset_s: 80e-9, drift: 1e-9 }

/** Conditions from the exchange's first instant on, SI units, one row a second. */
export function worldStart(plan: FlightPlan, environment: Environment): WorldSetup {
  const { epochRow, track } = environment
  return {
    seed: plan.seed,
    payload: plan.payload,
    station: plan.station,
    profile: {
      utc_ms: track.utc_ms.slice(epochRow),
      range_m: track.range_m.slice(epochRow),
      rangeRate_m_s: track.rangeRate_m_s.slice(epochRow),
      transmittance: environment.transmittance.slice(epochRow),
      background_Hz: environment.background_Hz.slice(epochRow),
    },
    epoch_ms: plan.times.exchangeFrom_ms,
    taggerClock: TAGGER_CLOCK,
  }
}
