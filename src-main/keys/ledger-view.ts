/** What a screen may know of the ledger: the two holders' rows of a block joined into one. */
import type { KeyRow, KeyState, LedgerView, PairStock } from '../domain/model/ledger'
import { leftOf, type BlockRow } from './block-row'

interface PoolLengths {
  holder: string
  peer: string
  used_bits: number
  length_bits: number
}
interface Relayed {
  id: string
  satellite: string
}

type Ends = [string, string]
const endsOf = (row: { holder: string; peer: string }): Ends =>
  [row.holder, row.peer].sort() as Ends
const pairOf = (row: { holder: string; peer: string }): string => JSON.stringify(endsOf(row))

function group<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return groups
}

/** A block is as usable as at the end that has less of it. */
function stateOf(copies: BlockRow[]): KeyState {
  if (copies.some((row) => row.state === 'destroyed')) return 'destroyed'
  const least = copies.reduce((a, b) => (leftOf(b) < leftOf(a) ? b : a))
  return least.state
}

function keyRow(copies: [BlockRow, ...BlockRow[]]): KeyRow {
  const [first] = copies
  const { id, kind, origin, length_bits, epsilon, created_utc } = first
  const state = stateOf(copies)
  const left_bits = state === 'destroyed' ? 0 : Math.min(...copies.map(leftOf))
  const note = copies.find((row) => row.note !== undefined)?.note
  const ends = endsOf(first)
  const row = { id, kind, origin, ends, length_bits, left_bits, epsilon, state, created_utc }
  return note === undefined ? row : { ...row, note }
}

/** Sums per holder, then the lesser of the two ends. */
function lesserEnd<T extends { holder: string }>(rows: T[], ends: Ends, of: (row: T) => number) {
  const sums = ends.map((end) =>
    rows.filter((row) => row.holder === end).reduce((sum, row) => sum + of(row), 0),
  )
  return Math.min(...sums)
}

function stock(blocks: BlockRow[], pools: PoolLengths[]): PairStock[] {
  const pairs = [...new Set([...blocks, ...pools].map(pairOf))]
  return pairs.map((pair) => {
    const ends = JSON.parse(pair) as Ends
    const mine = <T extends { holder: string; peer: string }>(rows: T[]) =>
      rows.filter((row) => pairOf(row) === pair)
    const authLeft = (pool: PoolLengths) => pool.length_bits - pool.used_bits
    return {
      ends,
      left_bits: lesserEnd(mine(blocks), ends, leftOf),
      auth_left_bits: lesserEnd(mine(pools), ends, authLeft),
    }
  })
}

/** What the ledger knows of key that others than its two ends have read. */
export interface Readers {
  announcements: Relayed[]
  forwards: { id: string; known_to: string[] }[]
  /** Copies kept against the rules, as a drill has it. */
  retained: { id: string; holder: string }[]
}

function holdersOf(blocks: BlockRow[], readers: Readers): LedgerView['holders'] {
  const holders: LedgerView['holders'] = {}
  for (const row of blocks)
    holders[row.id] = { ...holders[row.id], [row.holder]: leftOf(row) > 0 ? 'knows' : 'knew' }
  // The satellite could compute every relayed key; trusting it to have forgotten is the relay's premise.
  for (const { id, satellite } of readers.announcements)
    holders[id] = { ...holders[id], [satellite]: 'knew' }
  for (const { id, known_to } of readers.forwards)
    for (const node of known_to) holders[id] = { [node]: 'knew', ...holders[id] }
  for (const { id, holder } of readers.retained) holders[id] = { ...holders[id], [holder]: 'knows' }
  return holders
}

/** Joins rows, pools and announcements into the screen's view. */
export function viewOf(blocks: BlockRow[], pools: PoolLengths[], readers: Readers): LedgerView {
  const byId = group(blocks, (row) => row.id)
  return {
    rows: [...byId.values()].map((copies) => keyRow(copies as [BlockRow, ...BlockRow[]])),
    stock: stock(blocks, pools),
    holders: holdersOf(blocks, readers),
  }
}
