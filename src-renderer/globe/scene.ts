/** What the globe shows of a contact; plain values, so that Live and Replay share one globe. */
import type { OrbitPath } from './vectors'

export interface GlobeStation {
  id: string
  name: string
  lat_deg: number
  lon_deg: number
  minElevation_deg: number
  /** The station of this contact. */
  active: boolean
}

/** The optical link: drawn green while on, dashed while held (caution) and when it was aborted (red). */
export type LinkState = 'none' | 'on' | 'held' | 'aborted'

export interface GlobeScene {
  stations: readonly GlobeStation[]
  satelliteName: string
  orbit: OrbitPath | null
  now_ms: number
  link: LinkState
}
