/** The key report as a person reads it. */
import {
  stopLayers,
  type Distillation,
  type DrillOutcome,
  type FibreReport,
  type ForwardReport,
  type MissionReport,
  type PassReport,
  type PooledReport,
  type PublishedComparison,
  type RelayReport,
  type UseReport,
} from '../domain/model/report'

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits })

/** A text table of what a mission achieved. */
export function keyReport(report: MissionReport): string {
  const lines = [
    `${report.mission}: simulated photons, seed ${report.seed}, key length by ${report.proof}`,
    ...report.passes.flatMap(passLines),
    ...report.fibres.flatMap(fibreLines),
    ...report.relays.flatMap(relayLines),
    ...report.forwards.map(forwardLine),
    ...report.uses.map(useLine),
    ...report.pooled.map(pooledLine),
    `epsilon of all blocks together ${report.chain_epsilon.total.toExponential(1)}`,
    ...(report.published.length > 0 ? ['published beside simulated:'] : []),
    ...report.published.map(publishedLine),
  ]
  return `${lines.join('\n')}\n`
}

function passLines(pass: PassReport): string[] {
  const over = pass.stations?.join(' and ') ?? pass.station
  return [
    `pass ${over} ${pass.tca}: ${pass.max_elevation_deg.toFixed(1)} deg, ${pass.min_range_km.toFixed(0)} km, ${pass.exchange_s} s of exchange`,
    ...countLines(pass, pass.epsilon),
    ...chshLines(pass),
    ...drillLines(pass),
  ]
}

const fibreLines = (fibre: FibreReport): string[] => [
  `fibre ${fibre.ends.join(' to ')}: ${number(fibre.length_km)} km, ${number(fibre.loss_dB, 1)} dB, ${fibre.exchange_s} s of exchange`,
  ...countLines(fibre, fibre.epsilon),
]

function countLines(made: Distillation, epsilon: number): string[] {
  const key =
    made.secret_bits > 0
      ? `${number(made.secret_bits)} secret bits by ${made.proof}, epsilon ${epsilon.toExponential(1)}`
      : `no key: ${made.no_key_reason ?? 'unknown'}`
  const others = made.bounds.filter(({ proof }) => proof !== made.proof)
  return [
    `  ${number(made.detections)} detections, ${number(made.sifted_bits)} sifted, QBER ${(made.qber * 100).toFixed(2)} %, leak ${number(made.leak_bits)} bits (f ${made.efficiency_f.toFixed(3)}, ${made.reconciliation.method}: ${made.reconciliation.why})`,
    `  ${key}`,
    ...others.map(({ proof, secret_bits }) => `  by ${proof}: ${number(secret_bits)} bits`),
  ]
}

function chshLines({ chsh, pairs }: PassReport): string[] {
  const found = pairs
    ? [
        `  ${number(pairs.coincidences)} coincidences in ${pairs.window_ns} ns, ${number(pairs.accidentals_modelled, 1)} of them accidental (modelled)`,
      ]
    : []
  if (!chsh) return found
  const rate = chsh.device_independent_rate.toFixed(3)
  return [
    ...found,
    `  S ${chsh.S.toFixed(3)} ± ${chsh.sigma_S.toFixed(3)}, device-independent rate ${rate} a bit (indication)`,
  ]
}

function drillLines({ attack, stopped_by, not_detectable, did_not_act }: DrillOutcome): string[] {
  if (!attack) return []
  if (did_not_act) return [`  drill ${attack}: ${did_not_act}`]
  const end = stopped_by ? `stopped by ${stopped_by}: ${stopLayers[stopped_by]}` : null
  return [`  drill ${attack}: ${end ?? `not detectable: ${not_detectable ?? ''}`}`]
}

const relayLines = (relay: RelayReport): string[] => [
  relay.secret_bits > 0
    ? `relay ${relay.pair.join('–')}: ${number(relay.secret_bits)} bits held by both`
    : `relay ${relay.pair.join('–')}: refused, no key`,
  ...drillLines(relay),
]

const forwardLine = ({ path, secret_bits, known_to }: ForwardReport): string =>
  `handed on ${path.join(' – ')}: ${number(secret_bits)} bits, known to ${known_to.join(', ')}`

function useLine({ from, to, file, bits_consumed, ok, reason }: UseReport): string {
  const sent = `sent, ${number(bits_consumed)} bits consumed at both ends`
  return `one-time pad ${from} to ${to}, ${file}: ${ok ? sent : `refused: ${reason ?? ''}`}`
}

const pooledLine = ({ ends, passes, secret_bits, pooled_secret_bits }: PooledReport): string =>
  `pooling ${passes} passes ${ends.join(' over ')} into one block would give ${number(pooled_secret_bits)} bits instead of ${number(secret_bits)} (modelled)`

const publishedLine = ({ what, published, simulated, within, band }: PublishedComparison): string =>
  `  ${what.padEnd(14)} ${number(published, 3).padStart(15)} ${number(simulated, 3).padStart(15)}  ${
    within ? 'within' : 'OUTSIDE'
  } ${band}`
