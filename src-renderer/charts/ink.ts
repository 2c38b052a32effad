/** Colours of the style sheet and the line styles of a number's origin, for canvas drawing. */
import type { Origin } from '@domain/model/telemetry'

export type Token =
  | 'bg'
  | 'panel'
  | 'raised'
  | 'line'
  | 'grid'
  | 'text-1'
  | 'text-2'
  | 'text-3'
  | 'accent'
  | 'critical'
  | 'caution'
  | 'normal'

/** The colour of a token of the style sheet. */
export const ink = (token: Token): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim() || '#8c99a8'

export const axisFont = '11px "IBM Plex Mono", monospace'
export const wordFont = '11px "IBM Plex Sans", sans-serif'

/** Line style by origin: solid measured, dashed modelled, dotted published. */
export const originDash: Record<Origin, number[]> = {
  measured: [],
  modelled: [5, 4],
  published: [1.5, 4],
}
