/** Which blocks belong together: a relay's origin names the pass blocks it was made of. */
import type { KeyRow } from '@domain/model/ledger'

/** Whether the relay block's origin names the other block as a whole word. */
export const relayedFrom = (relay: KeyRow, block: KeyRow): boolean =>
  relay.kind === 'relay' && relay.origin.split(/[\s,;]+/).includes(block.id)

/** The selected block's family, sources first and the selected one last. */
export function related(selected: KeyRow, rows: KeyRow[]): KeyRow[] {
  const others = rows.filter(
    (row) => row.id !== selected.id && (relayedFrom(selected, row) || relayedFrom(row, selected)),
  )
  return [...others, selected]
}

const PASS_ID = /\b\d+-([\w-]+?)-\d{4}(\d{2})(\d{2})T\d{6}Z/g

/** Pass ids are long; station and date tell them apart. Works on an id and on a text that names some. */
export const shortId = (text: string): string => text.replace(PASS_ID, '$1 $2-$3')
