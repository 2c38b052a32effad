/** A slot's light cut at every instant where a cloud or an eavesdropper comes or goes. */
import type { AdvanceRequest, Interval, QuantumAttack, WorldSetup } from './protocol'

/** A stretch of light under one condition, by the instants at which it leaves. */
export interface Stretch extends Interval {
  attack: QuantumAttack | null
}

const covers = (interval: Interval, { from_s, to_s }: Interval): boolean =>
  interval.from_s <= from_s && interval.to_s >= to_s

/** Instants inside the slot at which something changes, with the slot's own ends, ascending. */
function cutsOf(intervals: Interval[], { from_s, to_s }: Interval): number[] {
  const inside = intervals
    .flatMap((interval) => [interval.from_s, interval.to_s])
    .filter((cut) => cut > from_s && cut < to_s)
  return [...new Set([from_s, ...inside, to_s])].sort((a, b) => a - b)
}

/** The slot's stretches with light, in order; none behind a closed shutter or a cloud. */
export function stretchesOf(
  { clouds = [], attacks = [] }: Pick<WorldSetup, 'clouds' | 'attacks'>,
  slot: Pick<AdvanceRequest, 'from_s' | 'to_s' | 'shutter'>,
): Stretch[] {
  if (slot.shutter) return []
  const cuts = cutsOf([...clouds, ...attacks], slot)
  return cuts
    .slice(1)
    .map((to_s, i) => ({ from_s: cuts[i], to_s }))
    .filter((part) => !clouds.some((cloud) => covers(cloud, part)))
    .map((part) => ({ ...part, attack: attacks.find((one) => covers(one, part)) ?? null }))
}
