/**
 * Entangled passes beside what Yin et al. published over the same pair of stations (Science 356, 1140 (2017); Nature
 * 582, 501 (2020)). A single pass has few coincidences: a row agrees when it lies within the published error and two
 * standard deviations of the simulation's own counts.
 */
import type { PassReport, PublishedComparison } from '../domain/model/report'
import { compareForBlock } from '../domain/qkd/bounds/block-comparison'
import { binaryEntropy } from '../domain/qkd/entropy'

interface PairPublication {
  id: string
  paper: string
  stations?: string[] | undefined
  values: Record<string, unknown>
}

const visibility = 'the state’s visibility is an input from a publication'

/** Rows for the pair of stations of a publication; empty for any other contact. */
export function comparePairs(
  report: PassReport,
  published: readonly PairPublication[],
): PublishedComparison[] {
  if (!report.stations) return []
  const pair = [...report.stations].sort().join(' ')
  return published
    .filter(({ stations }) => stations && [...stations].sort().join(' ') === pair)
    .flatMap((paper) => [
      ...chshRow(report, paper),
      ...qberRow(report, paper),
      ...rateRow(report, paper),
      ...blockRows(paper),
    ])
}

function chshRow({ chsh }: PassReport, { values, paper }: PairPublication) {
  const { S, S_err } = values
  if (!chsh || !isNumber(S) || !isNumber(S_err)) return []
  const margin = S_err + 2 * chsh.sigma_S
  return [compared('S', S, chsh.S, [S - margin, S + margin], `${paper}; ${visibility}`)]
}

function qberRow({ qber, sifted_bits }: PassReport, { values, paper }: PairPublication) {
  const published = values.qber
  if (!isNumber(published) || !isNumber(values.qber_err) || sifted_bits === 0) return []
  const own = Math.sqrt((published * (1 - published)) / sifted_bits)
  const margin = values.qber_err + 2 * own
  const band: [number, number] = [published - margin, published + margin]
  return [compared('qber', published, qber, band, `${paper}; ${visibility}`)]
}

/** Asymptotic key per sifted bit, 1 - h(e) - f h(e), with the published efficiency. */
function rateRow({ qber, sifted_bits }: PassReport, { values, paper }: PairPublication) {
  const { asymptotic_bps, f_ec, link_time_s } = values
  const block = values.sifted_bits
  if (![asymptotic_bps, f_ec, link_time_s, block].every(isNumber) || sifted_bits === 0) return []
  const perBit = (Number(asymptotic_bps) * Number(link_time_s)) / Number(block)
  const rate = (e: number): number => 1 - (1 + Number(f_ec)) * binaryEntropy(e)
  const own = Math.sqrt((qber * (1 - qber)) / sifted_bits)
  const margin = Math.abs(rate(qber + own) - rate(Math.max(0, qber - own))) + 0.02
  const note = `${paper}; asymptotic, by f = ${Number(f_ec)} from the publication`
  const band: [number, number] = [perBit - margin, perBit + margin]
  return [compared('asymptotic key per sifted bit', perBit, rate(qber), band, note)]
}

/** What each named bound gives for the published block itself: none of them gives the published length. */
function blockRows({ values, paper }: PairPublication): PublishedComparison[] {
  const { key_bits, sifted_bits, qber, f_ec, epsilon } = values
  if (![key_bits, sifted_bits, qber, f_ec, epsilon].every(isNumber)) return []
  const published = Number(key_bits)
  const block = {
    ...{ sifted_bits: Number(sifted_bits), error_rate: Number(qber) },
    ...{ efficiency_f: Number(f_ec), eps: Number(epsilon) },
  }
  return compareForBlock(block).map(({ bound, secret_bits, note }) => {
    const what = `published block by ${bound}`
    const why = `${paper}; ${note}; no rigorous bound was found that gives the published length`
    return compared(what, published, secret_bits, [published, published], why)
  })
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

function compared(
  what: string,
  published: number,
  simulated: number,
  [low, high]: [number, number],
  note: string,
): PublishedComparison {
  const within = simulated >= low && simulated <= high
  const band = `${Number(low.toPrecision(4))} to ${Number(high.toPrecision(4))}`
  return { what, published, simulated, within, band, note }
}
