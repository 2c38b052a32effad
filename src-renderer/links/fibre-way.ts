/** Fibre links as the ledger knows them: holders along a link, hops between them, and the way from a city to a station. */
import type { FibreLink } from '@domain/model/conditions'
import type { KeyRow, PairStock } from '@domain/model/ledger'
import { missionMessages } from '../messages'

export interface FibreHop {
  ends: [string, string]
  length_km: number
  loss_dB: number
}
/** A way along links: every holder from the station to the city, and what the fibre is like. */
export interface FibreWay {
  station: string
  holders: string[]
  length_km: number
  nodes: number
}

/** Both ends of a link and the trusted nodes between them, by the names that the ledger gives them. */
export const holdersAlong = ({ a, b, nodes }: FibreLink): string[] => [
  a,
  ...Array.from({ length: nodes }, (_, i) => `${a}–${b} node ${i + 1}`),
  b,
]

/** Hops of equal length, link by link. */
export const fibreHops = (links: readonly FibreLink[]): FibreHop[] =>
  links.flatMap((link) => {
    const holders = holdersAlong(link)
    const length_km = link.length_km / (link.nodes + 1)
    return holders.slice(1).map((to, i): FibreHop => {
      const loss_dB = length_km * link.attenuation_dB_km
      return { ends: [holders[i] ?? link.a, to], length_km, loss_dB }
    })
  })

/** Places that links reach and that are no stations of the mission. */
export const citiesOf = (links: readonly FibreLink[], stations: readonly string[]): string[] =>
  [...new Set(links.flatMap(({ a, b }) => [a, b]))].filter((place) => !stations.includes(place))

/**
 * The way with the fewest links from a station of the mission to a place; a station is its own way.
 * @returns null when no fibre leads there.
 */
export function fibreWay(
  links: readonly FibreLink[],
  place: string,
  stations: readonly string[],
): FibreWay | null {
  const seen = new Set([place])
  let ways: FibreWay[] = [{ station: place, holders: [place], length_km: 0, nodes: 0 }]
  while (ways.length > 0) {
    const found = ways.find(({ station }) => stations.includes(station))
    if (found) return found
    ways = ways.flatMap((way) => longer(links, way, seen))
  }
  return null
}

/** The way prolonged at its station's side by every link that leads to a new place. */
function longer(links: readonly FibreLink[], way: FibreWay, seen: Set<string>): FibreWay[] {
  return links.flatMap((link) => {
    const from = way.station
    const next = link.a === from ? link.b : link.b === from ? link.a : null
    if (next === null || seen.has(next)) return []
    seen.add(next)
    const along = holdersAlong(link)
    const ordered = link.a === next ? along : along.reverse()
    return [
      {
        station: next,
        holders: [...ordered.slice(0, -1), ...way.holders],
        length_km: way.length_km + link.length_km,
        nodes: way.nodes + link.nodes,
      },
    ]
  })
}

const sameEnds = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((end) => other.includes(end))

/** Unspent key of a hop, bits; 0 when it has none yet. */
export const hopStock = (stock: readonly PairStock[], ends: readonly [string, string]): number =>
  stock.find((pair) => sameEnds(ends, pair.ends))?.left_bits ?? 0

/** The least of a way's hops: what can be handed on over it. */
export const wayStock = (stock: readonly PairStock[], { holders }: FibreWay): number =>
  Math.min(...holders.slice(1).map((to, i) => hopStock(stock, [holders[i] ?? to, to])))

/** Whether a block came over fibre and not from a pass. */
export const isFibreBlock = ({ origin }: Pick<KeyRow, 'origin'>): boolean =>
  origin.startsWith('fibre ')

const NODE = /^(.+)–(.+) node (\d+)$/

/** A holder's name for people: cities with a capital, nodes by the link they stand in. */
export function holderName(holder: string, nameOf: (id: string) => string): string {
  const [, from, to, number] = NODE.exec(holder) ?? []
  if (from && to && number) return missionMessages.links.node(nameOf(from), nameOf(to), number)
  const name = nameOf(holder)
  return name === holder ? name.charAt(0).toUpperCase() + name.slice(1) : name
}

/** The link that a hop belongs to, by its two places; undefined when neither end is a node. */
export function linkOfHop(ends: readonly string[]): [string, string] | undefined {
  const [, from, to] = ends.map((end) => NODE.exec(end)).find((match) => match !== null) ?? []
  return from && to ? [from, to] : undefined
}

/** A holder's name beside its neighbour's: nodes by their number alone. */
export function hopEndName(holder: string, nameOf: (id: string) => string): string {
  const number = nodeNumber(holder)
  return number ? missionMessages.links.nodeShort(number) : nameOf(holder)
}

/** The number of a trusted node; undefined for a place. */
export const nodeNumber = (holder: string): string | undefined => NODE.exec(holder)?.[3]
