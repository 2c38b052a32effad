/**
 * One element set as an OMM in its flat JSON form (CCSDS 502.0-B-3, keywords of table 4-1 to 4-3), for a
 * mission file that must carry elements of its own.
 * Limits: only the fields that SGP4 reads; drag's first derivatives and the element set number are not kept.
 */
import type { Elements } from '../model/elements'
import { degrees } from '../model/units'

/** Microseconds: 1 us is 7.5 mm along track. */
function epochText(epoch_ms: number): string {
  const whole_ms = Math.floor(epoch_ms)
  const micro = Math.min(999, Math.round((epoch_ms - whole_ms) * 1000))
  return `${new Date(whole_ms).toISOString().slice(0, 23)}${String(micro).padStart(3, '0')}`
}

/**
 * Writes what `readOmm` reads back to the same elements.
 * @returns angles in degrees, mean motion in revolutions a day, BSTAR in inverse Earth radii
 */
export const ommOf = (elements: Elements): Record<string, string | number> => ({
  OBJECT_NAME: elements.name,
  OBJECT_ID: elements.cosparId,
  CENTER_NAME: 'EARTH',
  REF_FRAME: 'TEME',
  TIME_SYSTEM: 'UTC',
  MEAN_ELEMENT_THEORY: 'SGP4',
  EPOCH: epochText(elements.epoch_ms),
  MEAN_MOTION: (elements.meanMotion_rad_s * 86_400) / (2 * Math.PI),
  ECCENTRICITY: elements.eccentricity,
  INCLINATION: degrees(elements.inclination_rad),
  RA_OF_ASC_NODE: degrees(elements.raan_rad),
  ARG_OF_PERICENTER: degrees(elements.argumentOfPerigee_rad),
  MEAN_ANOMALY: degrees(elements.meanAnomaly_rad),
  NORAD_CAT_ID: elements.noradId,
  BSTAR: elements.bstar_per_earth_radius,
})
