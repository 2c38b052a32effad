/** The Earth's edge as an even line: covers the steps of a picture drawn at half size. */
import { ink } from '../charts/ink'
import { cross, EARTH_RADIUS_M, norm, plus, scaled, unit, type Vector } from './vectors'

const POINTS = 180
const EDGE_PX = 3.5

/** The places where sight lines from an eye touch a spherical Earth, once around. */
export function limbPoints(eye: Vector): Vector[] {
  const distance_m = norm(eye)
  const up = unit(eye)
  const pole: Vector = Math.abs(up[2]) > 0.99 ? [1, 0, 0] : [0, 0, 1]
  const side = unit(cross(up, pole))
  const other = cross(up, side)
  const centre = scaled(up, EARTH_RADIUS_M ** 2 / distance_m)
  const radius_m = EARTH_RADIUS_M * Math.sqrt(1 - (EARTH_RADIUS_M / distance_m) ** 2)
  return Array.from({ length: POINTS }, (_, index) => {
    const angle = (2 * Math.PI * index) / POINTS
    const round = plus(scaled(side, Math.cos(angle)), scaled(other, Math.sin(angle)))
    return plus(centre, scaled(round, radius_m))
  })
}

/** Draws the edge in the colour of the empty sky, with a thin bright line inside. */
export function drawLimb(
  ctx: CanvasRenderingContext2D,
  eye: Vector,
  project: (point: Vector) => { x: number; y: number } | undefined,
): void {
  const path = new Path2D()
  for (const point of limbPoints(eye)) {
    const at = project(point)
    if (at) path.lineTo(at.x, at.y)
  }
  path.closePath()
  ctx.save()
  ctx.strokeStyle = ink('bg')
  ctx.lineWidth = EDGE_PX
  ctx.stroke(path)
  ctx.strokeStyle = ink('text-3')
  ctx.globalAlpha = 0.45
  ctx.lineWidth = 1
  ctx.stroke(path)
  ctx.restore()
}
