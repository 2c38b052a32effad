/**
 * The night side as a soft shade over the picture of the globe: where the Sun is down, darker by twilight's depth.
 * Drawn by casting a ray through each cell of a coarse grid onto a spherical Earth; costs about a millisecond.
 */
import { dot, EARTH_RADIUS_M, norm, plus, scaled, unit, type Vector } from './vectors'

/** Where the eye is and how it looks. */
export interface Eye {
  position: Vector
  direction: Vector
  up: Vector
  right: Vector
  /** Tangents of half the angles of view. */
  tanX: number
  tanY: number
}

const DARKEST = 0.58
/** Sine of 18 degrees below the horizon, where the sky is fully dark. */
const DARK_SINE = -Math.sin((18 * Math.PI) / 180)

/** Shade from 0 (day) to the darkest, by the sine of the Sun's elevation. */
export const nightShade = (sunSine: number): number =>
  DARKEST * Math.min(1, Math.max(0, sunSine / DARK_SINE))

/** A ray that passes the limb this closely still shades, so that no bright rim is left. */
const LIMB_RADIUS_M = 1.012 * EARTH_RADIUS_M

/** Up at the place that a ray meets or nearly meets, or null when it misses the Earth. */
function groundUp(eye: Vector, ray: Vector): Vector | null {
  const along = dot(eye, ray)
  const discriminant = along * along - dot(eye, eye) + EARTH_RADIUS_M ** 2
  const nearest = plus(eye, scaled(ray, -along))
  if (discriminant < 0) return norm(nearest) < LIMB_RADIUS_M ? unit(nearest) : null
  return unit(plus(eye, scaled(ray, -along - Math.sqrt(discriminant))))
}

/** Fills a picture with the shade seen by an eye. */
export function paintNight(picture: ImageData, eye: Eye, sun: Vector): void {
  const { width, height, data } = picture
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const u = eye.tanX * ((2 * column + 1) / width - 1)
      const v = eye.tanY * (1 - (2 * row + 1) / height)
      const ray = unit(plus(plus(eye.direction, scaled(eye.right, u)), scaled(eye.up, v)))
      const up = groundUp(eye.position, ray)
      data[4 * (row * width + column) + 3] = up ? 255 * nightShade(dot(up, sun)) : 0
    }
}
