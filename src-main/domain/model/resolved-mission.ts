/** A mission with every record it names looked up: what planning and flying work on. */
import type { ElementsRecord } from './elements'
import type { Mission } from './mission'
import type { PairSource, Payload } from './payload'
import type { Station } from './station'

export interface MissionSatellite {
  noradId: number
  record: ElementsRecord
  /** Weak pulses with decoys, or entangled pairs, as the mission's protocol needs. */
  payload: Payload | PairSource
}

export interface ResolvedMission {
  mission: Mission
  start_ms: number
  end_ms: number
  satellites: MissionSatellite[]
  stations: Station[]
}
