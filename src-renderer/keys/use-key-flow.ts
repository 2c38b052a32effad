/** What the key flow shows: both sides with their blocks and places, totals, and the words of announcement and result. */
import { computed } from 'vue'
import type { KeyRow } from '@domain/model/ledger'
import { formatBits, formatDateTime } from '../format'
import { wayStock } from '../links/fibre-way'
import { messages, missionMessages } from '../messages'
import { useKeys } from '../stores/keys'
import { useKeyPair } from './pair'
import type { Side } from './pair'
import { relayedFrom, shortId } from './related-blocks'

const words = messages.keys.flow
const { flow } = missionMessages
const isCity = ({ way }: Side): boolean => (way?.holders.length ?? 0) > 1
const sum = (rows: KeyRow[], of: (row: KeyRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

/** Places are in the units of the drawing, 1400 by 246. */
export function useKeyFlow() {
  const keys = useKeys()
  const { sideA, sideB, hasCity, direct, satellite, shared } = useKeyPair()

  const key = computed(() => shared.value[0] ?? null)
  /** The pass blocks that made the newest shared key, else the newest ones. */
  const source = (blocks: KeyRow[]): KeyRow | null =>
    blocks.find((row) => key.value && relayedFrom(key.value, row)) ?? blocks[0] ?? null
  const sides = computed(() =>
    [
      { side: sideA.value, x: hasCity.value ? 424 : 230, anchor: 'end', sign: -1 },
      { side: sideB.value, x: hasCity.value ? 976 : 1170, anchor: 'start', sign: 1 },
    ].map(({ side, x, anchor, sign }) => ({
      ...{ ...side, x, anchor },
      block: source(side.blocks),
      /** The words of the pass stand beside its line, outside. */
      label: 700 + sign * (hasCity.value ? 180 : 280),
      /** Below a station that a fibre leaves, beside one that the shared key does. */
      note: isCity(side) ? { x, y: 186, anchor: 'middle' } : { x: x + sign * 88, y: 143, anchor },
      city: side.way && isCity(side) ? { way: side.way, x: 700 + sign * 604 } : null,
      fibre_bits: side.way ? wayStock(keys.view.stock, side.way) : 0,
      sign,
    })),
  )
  const passBlocks = computed(() =>
    direct.value ? shared.value : [...sideA.value.blocks, ...sideB.value.blocks],
  )
  const held = computed(() => sum(passBlocks.value, (row) => row.left_bits))
  const store = computed(() => {
    if (direct.value) return ''
    if (held.value > 0) return words.store(formatBits(held.value))
    return passBlocks.value.length ? words.storeEmpty : words.storeNone
  })
  const totals = computed(() => [
    { name: words.fromPasses, bits: sum(passBlocks.value, (row) => row.length_bits) },
    ...(direct.value
      ? []
      : [{ name: words.relayed, bits: sum(shared.value, (row) => row.length_bits) }]),
    { name: words.spent, bits: sum(shared.value, (row) => row.length_bits - row.left_bits) },
  ])
  const announced = computed(() => {
    if (direct.value) return flow.nothingAnnounced
    return key.value
      ? words.announced(formatDateTime(Date.parse(key.value.created_utc)))
      : words.notAnnounced
  })
  const xor = computed(() =>
    direct.value
      ? flow.pairs
      : sides.value.map(({ block }) => (block ? shortId(block.id) : '–')).join(' ⊕ '),
  )
  const result = computed(() => {
    if (!key.value) return words.none(sideA.value.party.name, sideB.value.party.name)
    const { id, length_bits, left_bits } = key.value
    const both = hasCity.value ? flow.bothCities : words.both
    return both(id, formatBits(length_bits), formatBits(left_bits))
  })
  const subtitle = computed(() =>
    [messages.keys.stock.pair(sideA.value.party.name, sideB.value.party.name), key.value?.id]
      .filter(Boolean)
      .join(', '),
  )
  const boxWidth = computed(() => Math.max(260, announced.value.length * 7.4 + 24))
  const width = computed(() => Math.max(420, result.value.length * 8.4 + 40))
  return {
    keys,
    satellite,
    hasCity,
    direct,
    key,
    sides,
    store,
    totals,
    announced,
    xor,
    result,
    subtitle,
    boxWidth,
    width,
  }
}
