/** After the passes: relays between stations and hands key on to cities, as the mission's requests ask. */
import type { ForwardReport, RelayReport } from '../domain/model/report'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { forwardPair, type ForwardPath } from '../keys/forward'
import { KeyError } from '../keys/key-error'
import type { Ledger } from '../keys/ledger'
import { relayPair } from '../keys/relay'
import { MissionError } from './desk'
import { relayAttackOn } from './drill'
import { pathFromGateway } from './fibre-path'
import { relaySatellite } from './relay-satellite'

type Say = (line: string) => void

export interface Served {
  relays: RelayReport[]
  forwards: ForwardReport[]
}

/** Serves one pair. @throws KeyError when there is too little key, MissionError when there is no way. */
export function servePair(
  resolved: ResolvedMission,
  ledger: Ledger,
  pair: [string, string],
  utc: string,
): Served {
  const [a, b] = pair
  const served: Served = { relays: [], forwards: [] }
  const why: string[] = []
  serve({ resolved, ledger, pair, utc, served, say: (line) => void why.push(line) })
  if (served.relays.length + served.forwards.length > 0) return served
  const text = `Handing key on between ${a} and ${b}: ${why.join('; ')}.`
  const wayOut = 'Fly the passes and exchange the fibre links first.'
  throw new MissionError({ severity: 'caution', text, wayOut })
}

/** Serves every request as far as there is key; what fails is said, and never stops the rest. */
export function serveRequests(resolved: ResolvedMission, ledger: Ledger, say: Say): Served {
  const served: Served = { relays: [], forwards: [] }
  for (const { a, b, bits } of resolved.mission.requests)
    try {
      serve({
        ...{ resolved, ledger, pair: [a, b], utc: resolved.mission.clock.end, served },
        say: (line) => say(`${line}, ${bits} requested`),
      })
    } catch (error) {
      // Too little key: what the passes yielded is still reported.
      if (!(error instanceof KeyError)) throw error
      say(`request ${a}–${b} not served: ${error.message}`)
    }
  return served
}

interface Serving {
  resolved: ResolvedMission
  ledger: Ledger
  pair: [string, string]
  utc: string
  served: Served
  say: Say
}

function serve({ resolved, ledger, pair, utc, served, say }: Serving): void {
  const [toA, toB] = pair.map((place) => gatewayPath(resolved, ledger, place))
  if (!toA || !toB)
    return say(`no way between ${pair.join(' and ')}: no fibre leads to a station with key`)
  const stations: [string, string] = [toA[0], toB[0]]
  const relay = relayBetween(resolved, ledger, stations, utc)
  if (relay) served.relays.push(relay)
  if (relay) say(`relayed ${relay.secret_bits} bits ${stations.join('–')}`)
  else if (ledger.store(toA[0]).left(toB[0]) === 0)
    return say(`no relay ${stations.join('–')}: no satellite holds key with both`)
  if (relay?.stopped_by || (toA.length === 1 && toB.length === 1)) return
  const forward = forwardPair(ledger, { a: toA, b: toB, utc })
  served.forwards.push(forward)
  say(`handed on ${forward.secret_bits} bits ${forward.path.join(' – ')}`)
}

/** Relays what a satellite can; null when none holds key with both. */
export function relayBetween(
  resolved: ResolvedMission,
  ledger: Ledger,
  [a, b]: [string, string],
  utc: string,
): RelayReport | null {
  const satellite = relaySatellite(resolved, ledger, a, b)
  if (!satellite) return null
  const attack = relayAttackOn(resolved.mission.attacks, [a, b], utc)?.kind
  return relayPair(ledger, { satellite, a, b, utc, ...(attack ? { attack } : {}) })
}

/** A gateway is a station that shares key with a satellite or directly with another station. */
function gatewayPath(
  { mission, stations }: ResolvedMission,
  ledger: Ledger,
  place: string,
): ForwardPath | null {
  const ends = ledger
    .view()
    .stock.filter(({ left_bits }) => left_bits > 0)
    .map((pair) => pair.ends)
  const fibre = new Set(mission.links.map(({ a, b }) => [a, b].sort().join(' ')))
  const isGateway = (id: string): boolean =>
    stations.some((station) => station.id === id) &&
    ends.some((pair) => pair.includes(id) && !isFibrePair(pair, fibre))
  const path = pathFromGateway(mission.links, place, isGateway)
  return path && [path[0], ...path.slice(1)]
}

const isFibrePair = (pair: [string, string], fibre: Set<string>): boolean =>
  pair.some((holder) => / node \d+$/.test(holder)) || fibre.has([...pair].sort().join(' '))
