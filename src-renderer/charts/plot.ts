/** The uPlot side of a chart: its options and its data. */
import uPlot from 'uplot'
import { formatNumber } from '../format'
import type { Curve, TimeAxis } from './curves'
import { drawOver, drawUnder, type Decorations } from './decorations'
import { axisFont, ink, originDash } from './ink'
import { stepDecimals, timeTicks, valueTicks, type ValueScale } from './scales'

export interface PlotShape {
  width: number
  height: number
  axis: TimeAxis
  /** Only the lowest chart of a stack writes its times. */
  timesWritten: boolean
  /** More loss points down. */
  inverted: boolean
  curves: readonly Curve[]
}

/** What is read anew at every drawing, so that following a pass needs no new chart. */
export interface PlotNow {
  from_ms: number
  to_ms: number
  scale: ValueScale
  decorations: Decorations
}

export type PlotData = (number | null)[][]

const AXIS_WIDTH_PX = 40
const TIMES_HEIGHT_PX = 20

/** Options of a chart; `now` is asked whenever it draws. */
export function plotOptions(shape: PlotShape, now: () => PlotNow): uPlot.Options {
  return {
    width: shape.width,
    height: shape.height,
    padding: [8, 14, shape.timesWritten ? 0 : 8, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [now().from_ms / 1000, now().to_ms / 1000] },
      y: {
        range: () => [now().scale.low, now().scale.high],
        dir: shape.inverted ? -1 : 1,
      },
    },
    axes: [timeAxis(shape, now), valueAxis(now)],
    series: [{}, ...shape.curves.map(seriesOf)],
    hooks: {
      drawClear: [(plot) => drawUnder(plot, now().decorations)],
      draw: [(plot) => drawOver(plot, now().decorations)],
    },
  }
}

function seriesOf({ origin, token }: Curve): uPlot.Series {
  const emphasis = token === 'critical' ? 3 : origin === 'measured' ? 1.8 : 1.3
  return {
    stroke: ink(token),
    width: emphasis,
    dash: originDash[origin],
    points: { show: false },
    spanGaps: false,
  }
}

const axisLook = (): Pick<uPlot.Axis, 'stroke' | 'font' | 'grid' | 'ticks'> => ({
  stroke: ink('text-3'),
  font: axisFont,
  grid: { stroke: ink('grid'), width: 1 },
  ticks: { show: false },
})

function timeAxis(shape: PlotShape, now: () => PlotNow): uPlot.Axis {
  const count = Math.max(2, Math.floor((shape.width - AXIS_WIDTH_PX) / 62))
  const start_s = (): number => (shape.axis === 'tca' ? now().decorations.tca_ms / 1000 : 0)
  return {
    ...axisLook(),
    size: shape.timesWritten ? TIMES_HEIGHT_PX : 0,
    gap: 4,
    splits: (_plot, _axis, from, to) =>
      timeTicks(from - start_s(), to - start_s(), count).map((tick) => tick + start_s()),
    values: (_plot, splits) =>
      splits.map((split) =>
        !shape.timesWritten
          ? ''
          : shape.axis === 'utc'
            ? clockTick(split)
            : tcaTick(split - start_s()),
      ),
  }
}

const clockTick = (utc_s: number): string => {
  const text = new Date(utc_s * 1000).toISOString()
  return utc_s % 60 === 0 ? text.slice(11, 16) : text.slice(11, 19)
}

const tcaTick = (offset_s: number): string =>
  Math.round(offset_s) === 0 ? 'TCA' : `${offset_s > 0 ? '+' : ''}${formatNumber(offset_s)}`

const valueAxis = (now: () => PlotNow): uPlot.Axis => ({
  ...axisLook(),
  size: AXIS_WIDTH_PX,
  gap: 6,
  splits: () => valueTicks(now().scale),
  values: (_plot, splits) =>
    splits.map((split) => formatNumber(split, stepDecimals(now().scale.step))),
})

/** Curves as uPlot takes them; "no value" becomes a hole, which is never bridged. */
export const plotData = (times_ms: Float64Array, curves: readonly Curve[]): PlotData => [
  Array.from(times_ms, (time_ms) => time_ms / 1000),
  ...curves.map(({ values }) =>
    Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
  ),
]

/** Makes the chart inside an element. */
export const makePlot = (options: uPlot.Options, data: PlotData, host: HTMLElement): uPlot =>
  new uPlot(options, data as uPlot.AlignedData, host)
