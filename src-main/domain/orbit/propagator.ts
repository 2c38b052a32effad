/**
 * SGP4 in its improved mode on WGS72 constants, by satellite.js.
 * Source: Vallado, Crawford, Hujsak, Kelso, AIAA 2006-6753.
 * Limits: some km after a day and tens of km after a week; no manoeuvres. The library keeps an epoch
 * to the millisecond only, so minutes since epoch are counted here from the full epoch.
 */
import { checkForDecay, json2satrec, sgp4, type SatRec } from 'satellite.js'
import type { Elements } from '../model/elements'
import { formatUtc } from '../model/time'
import { degrees } from '../model/units'
import { EARTH_RATE_RAD_S, siderealAngle, turnAxes, type Vector } from './frames'

export interface State {
  position_m: Vector
  velocity_m_s: Vector
}

export interface Propagator {
  readonly elements: Elements
  /** Position and velocity in TEME. @throws PropagationError */
  state(utc_ms: number): State
  /** Position and true velocity in the rotating Earth-fixed frame. @throws PropagationError */
  earthFixed(utc_ms: number): State
}

/** SGP4 gave no position: says for which satellite, when and why. */
export class PropagationError extends Error {
  override readonly name = 'PropagationError'
  /** The message without its way out. */
  readonly what: string
  constructor(elements: Elements, utc_ms: number, code: number) {
    const when = Number.isFinite(utc_ms) ? formatUtc(utc_ms) : String(utc_ms)
    const epoch = formatUtc(elements.epoch_ms)
    const what =
      `propagating ${elements.name} (${elements.noradId}) from its elements of ${epoch} to ${when}: ` +
      `SGP4 error ${code}, ${WORDS[code] ?? 'no finite position'}`
    super(`${what}; use a time near the elements' epoch or newer elements`)
    this.what = what
  }
}

const WORDS: Record<number, string> = {
  1: 'mean eccentricity out of range',
  2: 'mean motion below zero',
  3: 'perturbed eccentricity out of range',
  4: 'semi-latus rectum below zero',
  6: 'the satellite has decayed',
}
const DECAYED = 6

/** SGP4 ignores the derivatives of the mean motion; the set number has no part in it. */
function initialise(elements: Elements): SatRec {
  return json2satrec({
    OBJECT_NAME: elements.name,
    OBJECT_ID: elements.cosparId,
    EPOCH: formatUtc(elements.epoch_ms),
    NORAD_CAT_ID: elements.noradId,
    MEAN_MOTION: (elements.meanMotion_rad_s * 86_400) / (2 * Math.PI),
    ECCENTRICITY: elements.eccentricity,
    INCLINATION: degrees(elements.inclination_rad),
    RA_OF_ASC_NODE: degrees(elements.raan_rad),
    ARG_OF_PERICENTER: degrees(elements.argumentOfPerigee_rad),
    MEAN_ANOMALY: degrees(elements.meanAnomaly_rad),
    BSTAR: elements.bstar_per_earth_radius,
    ELEMENT_SET_NO: 0,
    MEAN_MOTION_DOT: 0,
    MEAN_MOTION_DDOT: 0,
  })
}

const metres = (km: Vector): Vector => ({ x: km.x * 1000, y: km.y * 1000, z: km.z * 1000 })

function temeState(satrec: SatRec, elements: Elements, utc_ms: number): State {
  const found = sgp4(satrec, (utc_ms - elements.epoch_ms) / 60_000)
  if (!found) throw new PropagationError(elements, utc_ms, satrec.error)
  if (checkForDecay(satrec)) throw new PropagationError(elements, utc_ms, DECAYED)
  if (!Number.isFinite(found.position.x)) throw new PropagationError(elements, utc_ms, 0)
  return { position_m: metres(found.position), velocity_m_s: metres(found.velocity) }
}

/** Turns with the Earth and takes away its rotation, so that the velocity is what a station sees. */
function toEarthFixed(state: State, utc_ms: number): State {
  const angle_rad = siderealAngle(utc_ms)
  const position_m = turnAxes(state.position_m, angle_rad)
  const turned = turnAxes(state.velocity_m_s, angle_rad)
  const velocity_m_s = {
    x: turned.x + EARTH_RATE_RAD_S * position_m.y,
    y: turned.y - EARTH_RATE_RAD_S * position_m.x,
    z: turned.z,
  }
  return { position_m, velocity_m_s }
}

/**
 * Makes a propagator of one element set.
 * @throws PropagationError when SGP4 refuses the set already at its epoch
 */
export function createPropagator(elements: Elements): Propagator {
  const satrec = initialise(elements)
  const state = (utc_ms: number): State => temeState(satrec, elements, utc_ms)
  state(elements.epoch_ms)
  return { elements, state, earthFixed: (utc_ms) => toEarthFixed(state(utc_ms), utc_ms) }
}
