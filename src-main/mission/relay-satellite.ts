/** Which of a mission's satellites can relay between two stations. */
import { satelliteName } from '../domain/model/elements'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import type { Ledger } from '../keys/ledger'

/** The satellite whose lesser stock with the two stations is the largest; null when none holds key with both. */
export function relaySatellite(
  { satellites }: ResolvedMission,
  ledger: Ledger,
  a: string,
  b: string,
): string | null {
  const stock = (name: string): number =>
    Math.min(ledger.store(name).left(a), ledger.store(name).left(b))
  const [best] = satellites
    .map(({ record }) => satelliteName(record))
    .filter((name) => stock(name) > 0)
    .sort((x, y) => stock(y) - stock(x))
  return best ?? null
}
