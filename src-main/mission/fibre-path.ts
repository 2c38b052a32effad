/** Ways from a city to the station that receives the satellite, along the mission's fibre links. */
import type { FibreLink } from '../domain/model/conditions'
import { holdersAlong } from './fibre-plan'

/** All holders from one end of a link to the other, starting at `from`. */
function along(link: FibreLink, from: string): string[] {
  const holders = holdersAlong(link)
  return link.a === from ? holders : holders.reverse()
}

/**
 * The shortest chain of fibre links, by links, from a gateway to a place.
 * @param isGateway tells the stations that share key with a satellite.
 * @returns holders from the gateway to the place (one alone when the place is a gateway), or null.
 */
export function pathFromGateway(
  links: FibreLink[],
  place: string,
  isGateway: (id: string) => boolean,
): string[] | null {
  const reached = new Set([place])
  let paths = [[place]]
  while (paths.length > 0) {
    const found = paths.find(([first]) => isGateway(first))
    if (found) return found
    paths = paths.flatMap((path) => longer(links, path, reached))
  }
  return null
}

/** The path prolonged at its front by every link that leads to a new place. */
function longer(links: FibreLink[], path: string[], reached: Set<string>): string[][] {
  return links.flatMap((link) => {
    const next = link.a === path[0] ? link.b : link.b === path[0] ? link.a : null
    if (next === null || reached.has(next)) return []
    reached.add(next)
    return [[...along(link, next).slice(0, -1), ...path]]
  })
}
