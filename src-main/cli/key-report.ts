/** The key report as a person reads it. */
import type { MissionReport, PassReport } from '../domain/model/report'

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits })

/** A text table of what a mission achieved. */
export function keyReport(report: MissionReport): string {
  const lines = [
    `${report.mission}: simulated photons, seed ${report.seed}, key length by ${report.proof}`,
    ...report.passes.flatMap(passLines),
    ...report.relays.map(
      ({ pair, secret_bits }) =>
        `relay ${pair.join('–')}: ${number(secret_bits)} bits held by both`,
    ),
    ...report.uses.map(
      ({ from, to, file, bits_consumed, ok, reason }) =>
        `one-time pad ${from} to ${to}, ${file}: ${
          ok
            ? `sent, ${number(bits_consumed)} bits consumed at both ends`
            : `refused: ${reason ?? ''}`
        }`,
    ),
    ...(report.published.length > 0 ? ['published beside simulated:'] : []),
    ...report.published.map(
      ({ what, published, simulated, within, band }) =>
        `  ${what.padEnd(14)} ${number(published, 3).padStart(15)} ${number(simulated, 3).padStart(15)}  ${
          within ? 'within' : 'OUTSIDE'
        } ${band}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function passLines(pass: PassReport): string[] {
  const key =
    pass.secret_bits > 0
      ? `${number(pass.secret_bits)} secret bits, epsilon ${pass.epsilon.toExponential(1)}`
      : `no key: ${pass.no_key_reason ?? 'unknown'}`
  return [
    `pass ${pass.station} ${pass.tca}: ${pass.max_elevation_deg.toFixed(1)} deg, ${pass.min_range_km.toFixed(0)} km, ${pass.exchange_s} s of exchange`,
    `  ${number(pass.detections)} detections, ${number(pass.sifted_bits)} sifted, QBER ${(pass.qber * 100).toFixed(2)} %, leak ${number(pass.leak_bits)} bits (f ${pass.efficiency_f.toFixed(3)})`,
    `  ${key}`,
  ]
}
