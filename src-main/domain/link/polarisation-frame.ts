/**
 * How the satellite's polarisation frame turns in the station's receiver along a pass, and what a motorised
 * half-wave plate driven from the ephemeris leaves of it.
 * Geometry: the transmitter points at the station; about that axis its reference stands along the part of its
 * inertial velocity (or of the orbit's normal) that is perpendicular to the line of sight. The telescope's frame is its
 * azimuth direction h (horizontal, clockwise) and its elevation direction u, both perpendicular to the line of
 * sight: angle = atan2(x u, x h), a polarisation being the same after half a turn.
 * On the tube the receiver sees that angle; on a bench behind a coude path the image turns with both axes
 * besides, angle + azimuth - elevation (mirrors in even number, so that handedness is kept).
 * Plate: at theta it turns a linear polarisation by 2 theta, so it is set to half the angle. A state
 * left at d from its analyser errs with sin^2 d (Malus), in all four linear states alike.
 * Satellite-frame rotation and its compensation: Liao et al., Nature 549, 43 (2017), methods.
 * Limits: no refraction or aberration (below 1e-4 rad); attitude errors enter as a constant `alignment_rad`; phase shifts of
 * mirrors, which turn linear into elliptic states, are not modelled.
 */
import type { Elements } from '../model/elements'
import type { StationPlace } from '../model/station'
import { dot, EARTH_RATE_RAD_S, length, minus, type Vector } from '../orbit/frames'
import { createPropagator, type State } from '../orbit/propagator'
import { createObserver, directionTo, type Observer } from '../orbit/topocentric'

export interface FrameOptions {
  reference?: 'velocity' | 'orbit-normal'
  receiver?: 'tube' | 'coude'
}

export interface PolarisationTrack {
  utc_ms: Float64Array
  /** Unwrapped: no jump of half a turn. */
  angle_rad: Float64Array
}

/** Angle of the transmitter's reference in the receiver's frame, modulo half a turn, in (-pi/2, pi/2]. */
export function frameAngle(observer: Observer, state: State, options: FrameOptions = {}): number {
  const { azimuth_rad, elevation_rad, range_m } = directionTo(observer, state.position_m)
  const sight = scaled(minus(state.position_m, observer.position_m), 1 / range_m)
  const axis = referenceAxis(state, options.reference ?? 'velocity')
  const x = minus(axis, scaled(sight, dot(axis, sight)))
  const [sinA, cosA] = [Math.sin(azimuth_rad), Math.cos(azimuth_rad)]
  const [sinE, cosE] = [Math.sin(elevation_rad), Math.cos(elevation_rad)]
  const [east, north, up] = [observer.east, observer.north, observer.up].map((e) => dot(x, e))
  const along = east * cosA - north * sinA
  const upward = up * cosE - (east * sinA + north * cosA) * sinE
  const turned = options.receiver === 'coude' ? azimuth_rad - elevation_rad : 0
  return halfTurn(Math.atan2(upward, along) + turned)
}

/**
 * The frame's angle at each of the times.
 * @param options.times_ms close enough that the angle moves by less than a quarter turn between two.
 * @throws PropagationError
 */
export function polarisationTrack(
  options: { elements: Elements; station: StationPlace; times_ms: Float64Array } & FrameOptions,
): PolarisationTrack {
  const propagator = createPropagator(options.elements)
  const observer = createObserver(options.station)
  const angles = options.times_ms.map((utc_ms) =>
    frameAngle(observer, propagator.earthFixed(utc_ms), options),
  )
  return { utc_ms: options.times_ms, angle_rad: unwrapHalfTurns(angles) }
}

/** Takes out jumps of half a turn, which mean nothing to a polarisation. */
export function unwrapHalfTurns(angles_rad: Float64Array): Float64Array {
  const out = angles_rad.slice()
  for (let i = 1; i < out.length; i++) out[i] = out[i - 1] + halfTurn(out[i] - out[i - 1])
  return out
}

export interface HalfWavePlate {
  /** Time from one setting of the plate to the next. */
  update_s: number
  /** Smallest step of the plate's own angle. */
  encoderStep_rad: number
  /** Constant error of alignment of the two frames. */
  alignment_rad?: number
}

export interface Compensation {
  /** The plate's angle. */
  plate_rad: Float64Array
  /** Angle left between state and analyser. */
  residual_rad: Float64Array
  /** Probability of the wrong outcome that it causes. */
  error: Float64Array
}

/**
 * What the plate leaves: at each update it is set, to its encoder's step, for the middle of the interval to come.
 * @throws when the update time or the step is not positive.
 */
export function compensate(track: PolarisationTrack, plate: HalfWavePlate): Compensation {
  const { update_s, encoderStep_rad, alignment_rad = 0 } = plate
  if (!(update_s > 0 && encoderStep_rad > 0))
    throw new Error(
      `Half-wave plate: update time ${update_s} s and encoder step ${encoderStep_rad} rad must be positive`,
    )
  const { utc_ms, angle_rad } = track
  const plate_rad = utc_ms.map((time_ms) => {
    const interval = Math.floor((time_ms - utc_ms[0]) / 1000 / update_s)
    const middle_ms = utc_ms[0] + (interval + 0.5) * update_s * 1000
    return encoderStep_rad * Math.round(angleAt(track, middle_ms) / 2 / encoderStep_rad)
  })
  const residual_rad = angle_rad.map((angle, i) => angle - 2 * plate_rad[i] + alignment_rad)
  return { plate_rad, residual_rad, error: residual_rad.map(misalignmentError) }
}

/** Probability of the wrong outcome for a linear state left at an angle from its analyser: sin^2. */
export const misalignmentError = (angle_rad: number): number => Math.sin(angle_rad) ** 2

/** Error probability of a source's own and a misalignment's together: either one alone turns the outcome. */
export const jointError = (own: number, misaligned: number): number =>
  own * (1 - misaligned) + misaligned * (1 - own)

/** Linear between rows, constant beyond the ends. */
function angleAt({ utc_ms, angle_rad }: PolarisationTrack, time_ms: number): number {
  const last = utc_ms.length - 1
  if (time_ms >= utc_ms[last]) return angle_rad[last]
  let [i, next] = [0, last]
  while (next - i > 1) {
    const middle = (i + next) >> 1
    if (utc_ms[middle] <= time_ms) i = middle
    else next = middle
  }
  const share = (time_ms - utc_ms[i]) / (utc_ms[i + 1] - utc_ms[i])
  return angle_rad[i] + share * (angle_rad[i + 1] - angle_rad[i])
}

/** Unit vector along the inertial velocity, or along the orbit's normal, in Earth-fixed axes. */
function referenceAxis({ position_m, velocity_m_s }: State, reference: string): Vector {
  const inertial = {
    x: velocity_m_s.x - EARTH_RATE_RAD_S * position_m.y,
    y: velocity_m_s.y + EARTH_RATE_RAD_S * position_m.x,
    z: velocity_m_s.z,
  }
  const axis = reference === 'velocity' ? inertial : cross(position_m, inertial)
  return scaled(axis, 1 / length(axis))
}

const scaled = (v: Vector, by: number): Vector => ({ x: v.x * by, y: v.y * by, z: v.z * by })

const cross = (a: Vector, b: Vector): Vector => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
})

/** An angle modulo half a turn, in (-pi/2, pi/2]. */
function halfTurn(angle_rad: number): number {
  const rest = angle_rad - Math.PI * Math.round(angle_rad / Math.PI)
  return rest <= -Math.PI / 2 ? rest + Math.PI : rest
}
