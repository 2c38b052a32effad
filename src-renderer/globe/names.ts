/** Names over the globe: readable on any ground. */
import { ink } from '../charts/ink'

const nameFont = (strong: boolean): string =>
  `${strong ? 600 : 400} 13px "IBM Plex Sans", sans-serif`

/** Width of a name, CSS pixels. */
export function nameWidth(ctx: CanvasRenderingContext2D, text: string, strong: boolean): number {
  ctx.font = nameFont(strong)
  return ctx.measureText(text).width
}

/** Writes a name with a dark halo. */
export function drawName(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  strong: boolean,
): void {
  ctx.font = nameFont(strong)
  ctx.textAlign = align
  ctx.lineJoin = 'round'
  ctx.lineWidth = 4
  ctx.strokeStyle = ink('bg')
  ctx.strokeText(text, x, y)
  ctx.fillStyle = ink('text-1')
  ctx.fillText(text, x, y)
}
