/** Lines and names over the globe, drawn by projection: sharp at any render scale, and no new 3D frame needed. */
import { ink } from '../charts/ink'
import { drawName, nameWidth } from './names'
import type { GlobeScene, GlobeStation } from './scene'
import {
  EARTH_RADIUS_M,
  hidden,
  norm,
  pathAt,
  pathPoint,
  placeOnSphere,
  visibilityRim,
  type OrbitPath,
  type Vector,
} from './vectors'

export interface Pen {
  ctx: CanvasRenderingContext2D
  eye: Vector
  /** CSS pixels of a point; undefined behind the eye. */
  project: (point: Vector) => { x: number; y: number } | undefined
}

const RIM_POINTS = 72
const SPOKE_EVERY = 9
const TYPICAL_ORBIT_M = EARTH_RADIUS_M + 500_000

/** Draws a scene; the canvas is in CSS pixels and empty. */
export function drawScene(pen: Pen, scene: GlobeScene): void {
  const satellite = scene.orbit ? pathAt(scene.orbit, scene.now_ms) : null
  const radius_m = satellite ? norm(satellite) : TYPICAL_ORBIT_M
  for (const station of scene.stations) drawCone(pen, station, radius_m)
  if (scene.orbit) drawOrbit(pen, scene.orbit, scene.now_ms)
  const active = scene.stations.find((station) => station.active)
  if (satellite && active) drawLink(pen, groundOf(active), satellite, scene.link)
  for (const station of scene.stations) drawStation(pen, station)
  if (satellite) drawSatellite(pen, satellite, scene.satelliteName)
}

const groundOf = ({ lat_deg, lon_deg }: GlobeStation): Vector =>
  placeOnSphere(lat_deg, lon_deg, EARTH_RADIUS_M)

/** Traces points, lifting the pen where the Earth hides them. */
function trace(pen: Pen, points: readonly Vector[]): void {
  const { ctx } = pen
  ctx.beginPath()
  let down = false
  for (const point of points) {
    const at = hidden(pen.eye, point) ? undefined : pen.project(point)
    if (at && down) ctx.lineTo(at.x, at.y)
    else if (at) ctx.moveTo(at.x, at.y)
    down = at !== undefined
  }
}

interface Stroke {
  colour: string
  width: number
  dash?: number[]
  alpha?: number
}

function strokeLine(pen: Pen, points: readonly Vector[], stroke: Stroke): void {
  const { ctx } = pen
  ctx.save()
  ctx.strokeStyle = stroke.colour
  ctx.lineWidth = stroke.width
  ctx.globalAlpha = stroke.alpha ?? 1
  ctx.lineJoin = 'round'
  ctx.setLineDash(stroke.dash ?? [])
  trace(pen, points)
  ctx.stroke()
  ctx.restore()
}

function drawCone(pen: Pen, station: GlobeStation, radius_m: number): void {
  const ground = groundOf(station)
  const rim = visibilityRim(
    ground,
    radius_m,
    (station.minElevation_deg * Math.PI) / 180,
    RIM_POINTS,
  )
  const colour = ink(station.active ? 'accent' : 'text-2')
  if (station.active && !rim.some((point) => hidden(pen.eye, point))) fillRim(pen, rim, colour)
  const first = rim.slice(0, 1)
  strokeLine(pen, [...rim, ...first], { colour, width: station.active ? 1.6 : 1.1, alpha: 0.85 })
  for (let index = 0; index < RIM_POINTS; index += SPOKE_EVERY) {
    const end = rim[index]
    if (end) strokeLine(pen, [ground, end], { colour, width: 0.8, alpha: 0.35 })
  }
}

function fillRim(pen: Pen, rim: readonly Vector[], colour: string): void {
  pen.ctx.save()
  pen.ctx.globalAlpha = 0.13
  pen.ctx.fillStyle = colour
  trace(pen, rim)
  pen.ctx.fill()
  pen.ctx.restore()
}

/** Flown solid, ahead dashed. */
function drawOrbit(pen: Pen, path: OrbitPath, now_ms: number): void {
  const count = path.times_ms.length
  const points = Array.from({ length: count }, (_, index) => pathPoint(path, index))
  const flown = path.times_ms.filter((time) => time <= now_ms).length
  const here = pathAt(path, now_ms)
  const join = here ? [here] : []
  const colour = ink('text-1')
  strokeLine(pen, [...points.slice(0, flown), ...join], { colour, width: 1.8, alpha: 0.9 })
  const ahead = [...join, ...points.slice(flown)]
  strokeLine(pen, ahead, { colour, width: 1.6, alpha: 0.75, dash: [5, 5] })
}

const linkTokens = { on: 'normal', held: 'caution', aborted: 'critical' } as const

function drawLink(pen: Pen, ground: Vector, satellite: Vector, link: GlobeScene['link']): void {
  if (link === 'none') return
  const colour = ink(linkTokens[link])
  const dash = link === 'on' ? undefined : [5, 4]
  strokeLine(pen, [ground, satellite], { colour, width: 2.6, dash })
}

function drawStation(pen: Pen, station: GlobeStation): void {
  const ground = groundOf(station)
  const at = hidden(pen.eye, ground) ? undefined : pen.project(ground)
  if (!at) return
  const half = station.active ? 5 : 4
  pen.ctx.fillStyle = ink(station.active ? 'accent' : 'text-2')
  pen.ctx.strokeStyle = ink('bg')
  pen.ctx.lineWidth = 1.5
  pen.ctx.fillRect(at.x - half, at.y - half, 2 * half, 2 * half)
  pen.ctx.strokeRect(at.x - half, at.y - half, 2 * half, 2 * half)
  // Left of the mark, clear of the satellite's name; at the picture's edge to its right.
  const fits = at.x - 14 > nameWidth(pen.ctx, station.name, station.active)
  drawName(
    pen.ctx,
    station.name,
    at.x + (fits ? -10 : 10),
    at.y + 4,
    fits ? 'right' : 'left',
    station.active,
  )
}

function drawSatellite(pen: Pen, satellite: Vector, label: string): void {
  const at = hidden(pen.eye, satellite) ? undefined : pen.project(satellite)
  if (!at) return
  const { ctx } = pen
  ctx.beginPath()
  ctx.moveTo(at.x, at.y - 8)
  ctx.lineTo(at.x + 8, at.y)
  ctx.lineTo(at.x, at.y + 8)
  ctx.lineTo(at.x - 8, at.y)
  ctx.closePath()
  ctx.fillStyle = ink('text-1')
  ctx.strokeStyle = ink('bg')
  ctx.lineWidth = 1.5
  ctx.fill()
  ctx.stroke()
  drawName(ctx, label, at.x + 13, at.y + 5, 'left', true)
}
