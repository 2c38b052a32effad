/**
 * Published loss of the flagship pass (Xinglong, 2016-12-19) against range: digitised from Liao et al., Nature
 * 549, 43 (2017), by github.com/baidu/QCompute @58165c2 (means in bins of ±12 km). Up to the detector's face:
 * the detector's efficiency is not in it. For comparison only; no model reads it.
 */

const RANGE_KM = [645, 700, 750, 800, 850, 900, 950, 1000, 1050, 1100, 1150, 1200]
const LOSS_DB = [29.97, 30.78, 31.16, 31.18, 32.17, 32.88, 32.96, 34.29, 35.38, 36.31, 37.51, 38.87]

/**
 * Published loss at a range, linear between the table's rows.
 * @returns dB without the detector; NaN outside 645 to 1200 km.
 */
export function publishedLoss_dB(range_m: number): number {
  const range_km = range_m / 1000
  const last = RANGE_KM.length - 1
  if (!(range_km >= RANGE_KM[0] && range_km <= RANGE_KM[last])) return NaN
  const i = Math.min(
    RANGE_KM.findIndex((_, k) => range_km <= RANGE_KM[k + 1]),
    last - 1,
  )
  const share = (range_km - RANGE_KM[i]) / (RANGE_KM[i + 1] - RANGE_KM[i])
  return LOSS_DB[i] + share * (LOSS_DB[i + 1] - LOSS_DB[i])
}
