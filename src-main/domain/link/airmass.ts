/**
 * Relative optical air mass.
 * Reference: Kasten & Young, Applied Optics 28, 4735 (1989), eq. 3, geometric (not refracted) elevation.
 * X = 1 / (sin el + 0.50572 (el + 6.07995)^-1.6364), el in DEGREES inside the power term.
 * Validity: 0 to 90 deg above the horizon; 1 at the zenith to 3e-4, about 38 at the horizon.
 */
import { degrees } from '../model/units'

/**
 * Kasten-Young air mass.
 * @param elevation_rad geometric elevation, not negative.
 * @throws RangeError below the horizon, where the formula has no meaning.
 */
export function airmass(elevation_rad: number): number {
  if (!(elevation_rad >= 0))
    throw new RangeError(
      `Air mass asked for elevation ${degrees(elevation_rad).toFixed(2)} deg; it is defined from 0 to 90 deg, restrict the pass to what is above the horizon.`,
    )
  return (
    1 / (Math.sin(elevation_rad) + 0.50572 * Math.pow(degrees(elevation_rad) + 6.07995, -1.6364))
  )
}
