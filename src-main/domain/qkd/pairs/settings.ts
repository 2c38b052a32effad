/**
 * Analyser settings of the entangled protocols, and what a pair of settings is good for.
 * State: |Phi+> = (|HH> + |VV>)/sqrt2 with visibility V (Werner state): linear analysers at angles a and b agree with
 * probability (1 + E)/2, E(a,b) = V cos 2(a - b). Equal angles give equal bits.
 * BBM92 (Bennett, Brassard, Mermin, PRL 68, 557 (1992)): both sides 0 and 45 degrees, chosen passively with 1/2.
 * E91 (Ekert, PRL 67, 661 (1991)) in the form with two and four settings: Alice 0 and 45, Bob 0, 45, 22.5 and 67.5
 * degrees. Equal angles give key, the other four combinations give CHSH. Ekert's three and three angles would leave
 * the two matched angles 22.5 degrees apart, not mutually unbiased, so that no bound of the engine held for the key.
 * Limits: settings are chosen evenly by unpolarised beam splitters; all detectors of a station are alike.
 */
import type { Protocol } from '../../model/mission'
import { radians } from '../../model/units'

export type PairProtocol = Extract<Protocol, 'bbm92' | 'e91'>

/** Analyser angles of both sides, rad; a setting is an index into its side's list. */
export interface PairSettings {
  alice: readonly number[]
  bob: readonly number[]
}

const anglesOf = (...angles_deg: number[]): readonly number[] => angles_deg.map(radians)

const settings: Record<PairProtocol, PairSettings> = {
  bbm92: { alice: anglesOf(0, 45), bob: anglesOf(0, 45) },
  e91: { alice: anglesOf(0, 45), bob: anglesOf(0, 45, 22.5, 67.5) },
}

/** Angles of a protocol. */
export const pairSettings = (protocol: PairProtocol): PairSettings => settings[protocol]

/** True for the protocols that need a source of pairs. */
export const isPairProtocol = (protocol: Protocol): protocol is PairProtocol =>
  protocol === 'bbm92' || protocol === 'e91'

/** Correlation E(a,b) of the Werner state of the given visibility; angles in rad. */
export const correlation = (visibility: number, a_rad: number, b_rad: number): number =>
  visibility * Math.cos(2 * (a_rad - b_rad))

/** Detector channel of a setting and an outcome bit. */
export const channelOf = (setting: number, outcome: number): number => 2 * setting + outcome
export const settingOf = (channel: number): number => channel >> 1
export const outcomeOf = (channel: number): number => channel & 1

/** Bases by setting: 0 degrees is Z (H/V), 45 degrees X. */
export const basisNames = ['z', 'x'] as const

/** What a coincidence with these settings is for. */
export type PairUse =
  | { kind: 'key'; basis: 'x' | 'z' }
  /** Cell of the CHSH sum: E(a,b), E(a,b'), E(a',b), E(a',b'). */
  | { kind: 'chsh'; cell: number }
  | { kind: 'none' }

/** Equal settings are key; Bob's settings from the third on are for CHSH; the rest is discarded. */
export function useOf(aliceSetting: number, bobSetting: number): PairUse {
  if (bobSetting >= 2) return { kind: 'chsh', cell: 2 * aliceSetting + bobSetting - 2 }
  if (aliceSetting !== bobSetting) return { kind: 'none' }
  return { kind: 'key', basis: basisNames[aliceSetting] }
}

/** Shares of coincidences that give key and CHSH, by the number of combinations. */
export function useShares(protocol: PairProtocol): { key: number; chsh: number } {
  const { alice, bob } = settings[protocol]
  const combinations = alice.length * bob.length
  return { key: 2 / combinations, chsh: protocol === 'e91' ? 4 / combinations : 0 }
}
