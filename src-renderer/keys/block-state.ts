/** How a block's state looks: shape and, by the grey of a used-up one, whether it still counts. */
import type { Status } from '@domain/model/alarm'
import type { KeyRow, KeyState } from '@domain/model/ledger'
import { hopEndName, linkOfHop } from '../links/fibre-way'
import { messages } from '../messages'

const shapes: Record<KeyState, Status> = {
  stored: 'standby',
  'part spent': 'normal',
  spent: 'off',
  relayed: 'off',
  destroyed: 'off',
}
export const shapeOf = (row: KeyRow): Status => shapes[row.state]
export const isGone = (row: KeyRow): boolean => shapes[row.state] === 'off'
const PASS_ORIGIN = /^pass (\S+) \d{4}-(\d\d-\d\d \d\d:\d\d):\d\dZ$/
const FIBRE_ORIGIN = /^fibre (.+) to (.+)$/
const FORWARD_ORIGIN = /^forwarded from (\S+) and (\S+)$/

/** Where a block came from, short: `Graz 12-22 23:38`, `relay of S-1, S-2 by Micius`, `fibre, Graz to Vienna`. */
export function originText(row: KeyRow, nameOf: (holder: string) => string): string {
  const handed = FORWARD_ORIGIN.exec(row.origin)
  if (handed) return messages.keys.ledger.handed(nameOf(handed[1] ?? ''), nameOf(handed[2] ?? ''))
  if (row.kind === 'relay')
    return row.note?.startsWith('by ') ? `${row.origin} ${row.note}` : row.origin
  const fibre = FIBRE_ORIGIN.exec(row.origin)
  const link = fibre && linkOfHop(fibre.slice(1))
  if (link) return messages.keys.ledger.hop(nameOf(link[0]), nameOf(link[1]))
  if (fibre) return messages.keys.ledger.fibre(nameOf(fibre[1] ?? ''), nameOf(fibre[2] ?? ''))
  return row.origin.replace(
    PASS_ORIGIN,
    (_all, station: string, when: string) => `${nameOf(station)} ${when}`,
  )
}

/** Both ends by the names people use; two stations in the order that the mission names them. */
export function endsText(
  ends: [string, string],
  nameOf: (holder: string) => string,
  stations: readonly string[] = [],
): string {
  const [a, b] = ends
  if (linkOfHop(ends)) return messages.keys.stock.pair(hopEndName(a, nameOf), hopEndName(b, nameOf))
  const swapped = stations.includes(b) && stations.indexOf(a) > stations.indexOf(b)
  return swapped
    ? messages.keys.stock.pair(nameOf(b), nameOf(a))
    : messages.keys.stock.pair(nameOf(a), nameOf(b))
}
