/** Which blocks belong together: a relay's origin names the pass blocks it was made of. */
import type { KeyRow } from '@domain/model/ledger'

/** Whether the relay block's origin names the other block as a whole word. */
export const relayedFrom = (relay: KeyRow, block: KeyRow): boolean =>
  relay.kind === 'relay' && relay.origin.split(/[\s,;]+/).includes(block.id)

const FORWARD_ORIGIN = /^forwarded from (\S+) and (\S+)$/
export const isHandedOn = ({ origin }: KeyRow): boolean => FORWARD_ORIGIN.test(origin)

/** Of one instant: handed on before relayed before passes, as the one is made of the other. */
const rank = (row: KeyRow): number => (isHandedOn(row) ? 2 : row.kind === 'relay' ? 1 : 0)
/** Newest first; blocks of one instant and kind by falling number. */
export const byAge = (a: KeyRow, b: KeyRow): number =>
  b.created_utc.localeCompare(a.created_utc) ||
  rank(b) - rank(a) ||
  b.id.localeCompare(a.id, undefined, { numeric: true })

/** Whether a key was handed on from the two stations that the other block joins. */
export const handedOnFrom = (forward: KeyRow, block: KeyRow): boolean => {
  const [, a, b] = FORWARD_ORIGIN.exec(forward.origin) ?? []
  return a !== undefined && b !== undefined && [a, b].every((end) => block.ends.includes(end))
}
const isMadeOf = (one: KeyRow, other: KeyRow): boolean =>
  relayedFrom(one, other) || handedOnFrom(one, other)

/** The selected block's family, sources first and the selected one last. */
export function related(selected: KeyRow, rows: KeyRow[]): KeyRow[] {
  const others = rows.filter(
    (row) => row.id !== selected.id && (isMadeOf(selected, row) || isMadeOf(row, selected)),
  )
  return [...others, selected]
}

const PASS_ID = /\b\d+-([\w-]+?)-\d{4}(\d{2})(\d{2})T\d{6}Z/g

/** Pass ids are long; station and date tell them apart. Works on an id and on a text that names some. */
export const shortId = (text: string): string => text.replace(PASS_ID, '$1 $2-$3')
