/** The pointing track of a pass in columns: what the link model and the operator's screen read. */
import type { Elements } from '../model/elements'
import type { StationPlace } from '../model/station'
import { angleBetween, dot, minus } from './frames'
import { createPropagator } from './propagator'
import { lightIndex } from './shadow'
import { bodiesAt, skyOf } from './sun-moon'
import { createObserver, directionTo } from './topocentric'

const columns = [
  'utc_ms',
  'azimuth_rad',
  'elevation_rad',
  'range_m',
  'rangeRate_m_s',
  'sunElevation_rad',
  'moonAzimuth_rad',
  'moonElevation_rad',
  'moonSeparation_rad',
  'moonPhaseAngle_rad',
  'moonIlluminatedFraction',
] as const

export type TrackColumn = (typeof columns)[number]

/** Columns of equal length; range rate is positive when receding, the phase angle 0 at full Moon. */
export type PassTrack = Record<TrackColumn, Float64Array> & {
  /** 0 sunlit, 1 penumbra, 2 umbra. */
  light: Uint8Array
}

type TrackRow = Record<TrackColumn, number> & { light: number }

function emptyTrack(rows: number): PassTrack {
  const empty = columns.map((name) => [name, new Float64Array(rows)] as const)
  const numbers = Object.fromEntries(empty) as Record<TrackColumn, Float64Array>
  return { ...numbers, light: new Uint8Array(rows) }
}

function rowMaker(elements: Elements, station: StationPlace): (utc_ms: number) => TrackRow {
  const propagator = createPropagator(elements)
  const observer = createObserver(station)
  return (utc_ms) => {
    const { position_m, velocity_m_s } = propagator.earthFixed(utc_ms)
    const bodies = bodiesAt(utc_ms)
    const look = directionTo(observer, position_m)
    const sight = minus(position_m, observer.position_m)
    const toMoon = minus(bodies.moon_m, observer.position_m)
    return {
      utc_ms,
      ...look,
      ...skyOf(observer, bodies),
      rangeRate_m_s: dot(sight, velocity_m_s) / look.range_m,
      moonSeparation_rad: angleBetween(sight, toMoon),
      light: lightIndex(position_m, bodies.sun_m),
    }
  }
}

/**
 * Look angles, light, Sun and Moon at each of the times.
 * @throws PropagationError
 */
export function passTrack(options: {
  elements: Elements
  station: StationPlace
  times_ms: Float64Array
}): PassTrack {
  const { elements, station, times_ms } = options
  const rowAt = rowMaker(elements, station)
  const track = emptyTrack(times_ms.length)
  times_ms.forEach((utc_ms, index) => {
    const row = rowAt(utc_ms)
    for (const name of columns) track[name][index] = row[name]
    track.light[index] = row.light
  })
  return track
}
