/** A pass of a satellite over a station, in the units of the contract's document. */

export type SatelliteLight = 'sunlit' | 'penumbra' | 'umbra'

export interface PassPoint {
  utc: string
  azimuth_deg: number
  elevation_deg: number
  range_km: number
  /** Positive when receding. */
  range_rate_km_s: number
  satellite_light: SatelliteLight
  sun_elevation_deg: number
  moon_elevation_deg: number
  moon_illuminated_fraction: number
  moon_separation_deg: number
  sun_separation_deg: number
}

export interface ShadowEvent {
  utc: string
  from: SatelliteLight
  to: SatelliteLight
}

export interface Pass {
  /** `noradId-stationId-TCA`, e.g. `41731-xinglong-20161219T165213Z`. */
  id: string
  satellite: number
  station: string
  aos: PassPoint
  /** The instant of maximum elevation (not of minimum range). */
  tca: PassPoint
  los: PassPoint
  max_elevation_deg: number
  min_range_km: number
  min_range_utc: string
  duration_s: number
  shadow_events: ShadowEvent[]
  /** AOS or LOS is the edge of the search, not a rise or set (never-setting satellites). */
  clipped?: boolean
}

export interface PassSatellite {
  name: string
  noradId: number
  epoch: string
  ageAtFrom_days: number
  /** `stale` past 7 days, `old` past 30. */
  ageFlag: 'fresh' | 'stale' | 'old'
}

/** What the planner knows of a candidate beyond its geometry. */
export interface Candidate {
  /** Over the second station when two measure entangled pairs. */
  pass: Pass
  /** Both ends of an entangled contact. */
  stations?: [string, string]
  /** Exchange window inside the pass (range, darkness, mask), ISO; absent when there is none. */
  exchange?: { from_utc: string; to_utc: string; duration_s: number }
  /** Modelled expectation of the secret key, bits (finite-key bound on expected counts). */
  expected_key_bits: number
  /** Modelled QBER over the exchange window, where there is one. */
  expected_qber?: number
  /** Why there is no key, in words an operator reads; absent when there is key. */
  whyNoKey?: string
  dark: boolean
}
