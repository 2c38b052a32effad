/**
 * Entangled contacts as candidates: two stations that see one satellite at the same time.
 * Limit: the yield of pairs is not modelled before the flight; such a candidate says so instead of naming a key.
 */
import type { Candidate } from '@domain/model/pass'
import { isPairSource } from '@domain/model/payload'
import type { MissionSatellite, ResolvedMission } from '@domain/model/resolved-mission'
import type { Station } from '@domain/model/station'
import { pairWindow } from '@domain/plan/pair-window'
import { messages } from '../messages'

type Stations = [Station, Station]

/** Every pair of stations, the first before the second as the mission names them. */
const pairsOf = (stations: Station[]): Stations[] =>
  stations.flatMap((a, i) => stations.slice(i + 1).map((b): Stations => [a, b]))

const overlap = (a: Candidate, b: Candidate): boolean =>
  a.pass.aos.utc < b.pass.los.utc && b.pass.aos.utc < a.pass.los.utc

const { notModelled, onBoard } = messages.plan.pairs

/** Whether a candidate's reason is that its yield is not modelled, and not that there is none. */
export const isNotModelled = (whyNoKey: string | undefined): boolean =>
  whyNoKey === notModelled || whyNoKey === onBoard

/** The planner's candidates with those of pair sources: two stations at once, or one photon measured on board. */
export const withPairs = (resolved: ResolvedMission, candidates: Candidate[]): Candidate[] => {
  const sources = resolved.satellites.filter(({ payload }) => isPairSource(payload))
  const sendsPairs = ({ pass, exchange }: Candidate): boolean =>
    exchange !== undefined && sources.some(({ noradId }) => noradId === pass.satellite)
  const single = candidates.map((one) => (sendsPairs(one) ? { ...one, whyNoKey: onBoard } : one))
  return [...single, ...pairCandidates(resolved, candidates)]
}

/**
 * One candidate for each two passes of a pair source that overlap, by AOS of the second station's pass.
 * @param candidates passes over single stations, as the planner found them.
 * @throws PropagationError when SGP4 gives no position.
 */
export function pairCandidates(resolved: ResolvedMission, candidates: Candidate[]): Candidate[] {
  return resolved.satellites
    .filter(({ payload }) => isPairSource(payload))
    .flatMap((satellite) =>
      pairsOf(resolved.stations).flatMap((pair) =>
        overlapping(satellite, pair, candidates).map(([a, b]) =>
          joined(resolved, satellite, pair, [a, b]),
        ),
      ),
    )
}

function overlapping(
  { noradId }: MissionSatellite,
  pair: Stations,
  candidates: Candidate[],
): [Candidate, Candidate][] {
  const [ofA, ofB] = pair.map(({ id }) =>
    candidates.filter(({ pass }) => pass.satellite === noradId && pass.station === id),
  ) as [Candidate[], Candidate[]]
  return ofB.flatMap((b) =>
    ofA.filter((a) => overlap(a, b)).map((a): [Candidate, Candidate] => [a, b]),
  )
}

/** Named as the engine names such a contact. */
const pairId = (id: string, [a, b]: Stations): string =>
  id.replace(`-${b.id}-`, `-${a.id}+${b.id}-`)

function joined(
  resolved: ResolvedMission,
  satellite: MissionSatellite,
  pair: Stations,
  [a, b]: [Candidate, Candidate],
): Candidate {
  const base = {
    pass: { ...b.pass, id: pairId(b.pass.id, pair) },
    stations: [pair[0].id, pair[1].id] as [string, string],
    expected_key_bits: 0,
    dark: a.dark && b.dark,
  }
  const window = pairWindow(resolved, satellite, pair, [a.pass, b.pass])
  if ('whyNot' in window) return { ...base, whyNoKey: window.whyNot }
  const { from_ms, to_ms } = window
  return {
    ...base,
    exchange: {
      from_utc: new Date(from_ms).toISOString(),
      to_utc: new Date(to_ms).toISOString(),
      duration_s: (to_ms - from_ms) / 1000,
    },
    whyNoKey: notModelled,
  }
}
