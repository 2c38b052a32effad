/** What stands around the curves of a chart: gaps, limits, the now line and the TCA line. */
import type uPlot from 'uplot'
import { limitTokens, type Band, type Hatch, type Limit } from './curves'
import { ink, originDash, wordFont } from './ink'

export interface Decorations {
  now_ms: number
  tca_ms: number
  limits: readonly Limit[]
  hatches: readonly Hatch[]
  band?: Band
  words: { now: string; tca: string }
  /** Only the top chart of a stack names its lines and gaps. */
  named: boolean
}

/** A line's name takes this much, px. */
const NAME_ROOM_PX = 30

interface Frame {
  ctx: CanvasRenderingContext2D
  left: number
  top: number
  right: number
  bottom: number
  ratio: number
  x: (utc_ms: number) => number
  y: (value: number) => number
}

function frameOf(plot: uPlot): Frame {
  const { left, top, width, height } = plot.bbox
  const ratio = devicePixelRatio
  return {
    ctx: plot.ctx,
    left,
    top,
    right: left + width,
    bottom: top + height,
    ratio,
    x: (utc_ms) => Math.round(plot.valToPos(utc_ms / 1000, 'x', true)) + 0.5,
    y: (value) => Math.round(plot.valToPos(value, 'y', true)) + 0.5,
  }
}

/** Draws inside the frame only, and leaves the canvas as it was. */
function inFrame(frame: Frame, draw: () => void): void {
  const { ctx, left, top, right, bottom } = frame
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, top, right - left, bottom - top)
  ctx.clip()
  draw()
  ctx.restore()
}

/** Band and gaps: they lie under the curves. */
export function drawUnder(plot: uPlot, decorations: Decorations): void {
  const frame = frameOf(plot)
  inFrame(frame, () => {
    if (decorations.band) drawBand(frame, decorations.band)
    for (const hatch of decorations.hatches) drawHatch(frame, hatch, decorations.named)
  })
}

/** Limits and lines: they lie over the curves. */
export function drawOver(plot: uPlot, decorations: Decorations): void {
  const frame = frameOf(plot)
  const { named, words } = decorations
  inFrame(frame, () => {
    for (const limit of decorations.limits) drawLimit(frame, limit)
    const ahead_px = frame.x(decorations.now_ms) - frame.x(decorations.tca_ms)
    const left = ahead_px >= 0 && ahead_px < NAME_ROOM_PX * frame.ratio
    const tca = {
      token: 'text-3',
      dash: [2, 4],
      width: 1,
      words: named ? words.tca : '',
      left,
    } as const
    const now = { token: 'text-1', dash: [], width: 1.5, words: named ? words.now : '' } as const
    drawUpright(frame, decorations.tca_ms, tca)
    drawUpright(frame, decorations.now_ms, now)
  })
}

function drawBand({ ctx, left, right, y }: Frame, { low, high }: Band): void {
  ctx.fillStyle = ink('raised')
  ctx.fillRect(left, y(high), right - left, y(low) - y(high))
}

/** Its words stand once in a stack, where no curve runs along the floor. */
function drawHatch(frame: Frame, { from_ms, to_ms, words }: Hatch, named: boolean): void {
  const { ctx, top, bottom, ratio } = frame
  const [from, to] = [frame.x(from_ms), frame.x(to_ms)]
  ctx.save()
  ctx.beginPath()
  ctx.rect(from, top, to - from, bottom - top)
  ctx.clip()
  ctx.strokeStyle = ink('line')
  ctx.lineWidth = 3 * ratio
  const height = bottom - top
  for (let x = from - height; x < to; x += 9 * ratio) {
    ctx.beginPath()
    ctx.moveTo(x, bottom)
    ctx.lineTo(x + height, top)
    ctx.stroke()
  }
  ctx.restore()
  if (named) write(frame, words, (from + to) / 2, bottom - 6 * ratio, 'center', 'text-2')
}

function drawLimit(frame: Frame, { value, words, kind }: Limit): void {
  const { ctx, left, right, ratio } = frame
  const at = frame.y(value)
  const dash = kind === 'caution' ? [6, 4] : kind === 'published' ? originDash.published : []
  ctx.strokeStyle = ink(limitTokens[kind])
  ctx.lineWidth = ratio
  ctx.setLineDash(dash.map((length) => length * ratio))
  ctx.beginPath()
  ctx.moveTo(left, at)
  ctx.lineTo(right, at)
  ctx.stroke()
  ctx.setLineDash([])
  const published = kind === 'published'
  const x = published ? left + 4 * ratio : right - 4 * ratio
  write(frame, words, x, at - 4 * ratio, published ? 'left' : 'right', 'text-2')
}

interface Upright {
  token: 'text-1' | 'text-3'
  dash: readonly number[]
  width: number
  words: string
  /** Its words stand left of the line. */
  left?: boolean
}

function drawUpright(frame: Frame, utc_ms: number, style: Upright): void {
  if (Number.isNaN(utc_ms)) return
  const { ctx, top, bottom, ratio } = frame
  const x = frame.x(utc_ms)
  ctx.strokeStyle = ink(style.token)
  ctx.lineWidth = style.width * ratio
  ctx.setLineDash(style.dash.map((length) => length * ratio))
  ctx.beginPath()
  ctx.moveTo(x, top)
  ctx.lineTo(x, bottom)
  ctx.stroke()
  ctx.setLineDash([])
  if (!style.words) return
  const [at, align] = style.left
    ? ([x - 4 * ratio, 'right'] as const)
    : ([x + 4 * ratio, 'left'] as const)
  write(frame, style.words, at, top + 10 * ratio, align, style.token)
}

function write(
  { ctx, ratio }: Frame,
  words: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  token: 'text-1' | 'text-2' | 'text-3',
): void {
  ctx.font = wordFont.replace('11px', `${11 * ratio}px`)
  ctx.textAlign = align
  ctx.textBaseline = 'alphabetic'
  ctx.lineWidth = 3 * ratio
  ctx.strokeStyle = ink('panel')
  ctx.strokeText(words, x, y)
  ctx.fillStyle = ink(token)
  ctx.fillText(words, x, y)
}
