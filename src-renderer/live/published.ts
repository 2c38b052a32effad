/**
 * Published figures of the flagship pass, Micius over Xinglong, 2016-12-19.
 * Source: Liao et al., Nature 549, 43 (2017).
 */
export interface PublishedPass {
  min_range_km: number
  exchange_s: number
  detections: number
  sifted_bits: number
  qber: number
  secret_bits: number
}

const flagship: PublishedPass = {
  min_range_km: 645,
  exchange_s: 273,
  detections: 3_551_136,
  sifted_bits: 1_671_072,
  qber: 0.011,
  secret_bits: 300_939,
}

/** What was published of a pass; undefined for every other than the flagship's. */
export function publishedPass(
  satellite: number,
  station: string,
  tca_ms: number,
): PublishedPass | undefined {
  const day = Number.isFinite(tca_ms) ? new Date(tca_ms).toISOString().slice(0, 10) : ''
  return satellite === 41731 && station === 'xinglong' && day === '2016-12-19'
    ? flagship
    : undefined
}
