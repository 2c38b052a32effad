/** How a block's state looks: shape and, by the grey of a used-up one, whether it still counts. */
import type { Status } from '@domain/model/alarm'
import type { KeyRow, KeyState } from '@domain/model/ledger'
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
/** Both ends by the names people use. */
export const endsText = (ends: [string, string], nameOf: (holder: string) => string): string =>
  messages.keys.stock.pair(nameOf(ends[0]), nameOf(ends[1]))
