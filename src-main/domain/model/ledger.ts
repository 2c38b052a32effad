/** What a screen may know of keys: lengths, origins and states, never a key bit. */

export type KeyState = 'stored' | 'part spent' | 'spent' | 'relayed' | 'destroyed'

export interface KeyRow {
  /** Block id; both holders use the same one. */
  id: string
  kind: 'pass' | 'relay'
  /** e.g. `pass xinglong 2016-12-19 16:52:13Z` or `relay of S-1, S-2`. */
  origin: string
  ends: [string, string]
  length_bits: number
  left_bits: number
  epsilon: number
  state: KeyState
  created_utc: string
  note?: string
}

export interface PairStock {
  ends: [string, string]
  left_bits: number
  /** Authentication key left at both ends. */
  auth_left_bits: number
}

export interface LedgerView {
  rows: KeyRow[]
  stock: PairStock[]
  /** Who holds or held each block: block id -> holder -> knowledge. */
  holders: Record<string, Record<string, 'knows' | 'knew'>>
}

/** Pictures travel to the screen as data URLs; the pad does not. */
export interface PictureUse {
  from: string
  to: string
  file: string
  bits_consumed: number
  ok: boolean
  reason?: string
  sent: string
  /** The ciphertext drawn as pixels. */
  wire: string
  received: string
}
