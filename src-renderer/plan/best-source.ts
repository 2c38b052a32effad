/**
 * The best source for a pass: the modelled link along its exchange window, as the pass model of the optimiser takes it.
 * Assumptions, also said beside the result:
 * - one row a second at its middle, transmittance with detector and gate;
 * - background is the window's mean inside one gate; it falls on either bit value alike, so half of it errs;
 * - afterpulses count by the share of them that falls into gates;
 * - the model's own key: basis X alone, two decoys, leak by logM, Hoeffding.
 * The mission's proof takes both bases and prefers another source: it is climbed from the present and the model's best.
 */
import { linkAlongTrack } from '@domain/link/along-track'
import type { LinkPoint } from '@domain/link/along-track'
import type { Candidate } from '@domain/model/pass'
import { isPairSource } from '@domain/model/payload'
import type { PairSource, Payload } from '@domain/model/payload'
import type { ResolvedMission } from '@domain/model/resolved-mission'
import { passTrack } from '@domain/orbit/track'
import type { PassTrack } from '@domain/orbit/track'
import { optimisePass } from '@domain/qkd/optimise-pass'
import { passKeyLength } from '@domain/qkd/pass-model'
import type { LossProfile, PassInputs, SourceParameters } from '@domain/qkd/pass-model-input'
import { bestByProof, plannedKey_bits, settingsOf } from './planned-key'
import type { FlownPass, SourceSettings } from './planned-key'

/** A source with the keys that the two models give for it. */
export interface RatedSource extends SourceSettings {
  /** By the mission's own proof over both bases: what the plan expects. */
  planned_bits: number
  /** By the pass model, from basis X alone. */
  model_bits: number
}
export interface BestSource {
  present: RatedSource
  /** Best by the pass model. */
  model: RatedSource
  /** Best by the mission's proof. */
  best: RatedSource
  /** Mean background counts per pulse inside the gate. */
  background: number
  polarisation_error: number
}
export interface SourceJob {
  candidate: Candidate
  resolved: ResolvedMission
}

/** Whether the pass model describes a source: weak pulses with two decoys. */
export const hasTwoDecoys = (source: Payload | PairSource): source is Payload & SourceSettings =>
  !isPairSource(source) && source.intensities.length === 3 && source.probabilities.length === 3

const FULL_LEAK_FACTOR = 1.16

/**
 * Present and best sources for a candidate's exchange window.
 * @throws Error when the candidate has no window, or its source has not two decoys.
 */
export function bestSource({ candidate, resolved }: SourceJob): BestSource {
  const { pass, exchange } = candidate
  const satellite = resolved.satellites.find(({ noradId }) => noradId === pass.satellite)
  const station = resolved.stations.find(({ id }) => id === pass.station)
  if (!exchange || !satellite || !station) throw new Error(`Pass ${pass.id} has no exchange window`)
  const { payload, record } = satellite
  if (!hasTwoDecoys(payload)) throw new Error(`${payload.name} has not two decoy intensities`)
  const times_ms = middlesOf(Date.parse(exchange.from_utc), exchange.duration_s)
  const track = passTrack({ elements: record.elements, station, times_ms })
  const points = linkAlongTrack(payload, station, track)
  const flown = { payload, station, security: resolved.mission.security, points }
  return compare(flown, inputsOf(flown), profileOf(track, points))
}

/** Middles of the window's whole seconds. */
function middlesOf(from_ms: number, duration_s: number): Float64Array {
  const seconds = Math.max(1, Math.floor(duration_s))
  return Float64Array.from({ length: seconds }, (_, i) => from_ms + (i + 0.5) * 1000)
}

/** Times from the window's middle, where the model centres its own window. */
function profileOf(
  { elevation_rad }: Pick<PassTrack, 'elevation_rad'>,
  points: LinkPoint[],
): LossProfile {
  const middle = (points.length - 1) / 2
  return {
    t_s: points.map((_, i) => i - middle),
    elevation_rad: Array.from(elevation_rad),
    eta: points.map(({ budget }) => budget.withGate.transmittance),
  }
}

/** The model's names: Pec is half the background per pulse, fs the pulse rate. */
function inputsOf({ payload, station, security, points }: FlownPass): PassInputs {
  const gate_s = station.receiver.gate_ns * 1e-9
  const mean_Hz =
    points.reduce((sum, { background }) => sum + background.total_Hz, 0) / points.length
  const gated = Math.min(1, gate_s * payload.pulse_rate_Hz)
  return {
    mu3: payload.intensities[2],
    eps_c: security.eps_cor,
    eps_s: security.eps_sec,
    Pap: Math.min(0.99, station.receiver.afterpulse_probability * gated),
    fs: payload.pulse_rate_Hz,
    NoPass: 1,
    minElev: 0,
    shift0: 0,
    Pec: Math.min(0.5, (mean_Hz * gate_s) / 2),
    QBERI: Math.min(0.5, payload.polarisation_error),
    dt0: points.length,
    ls0: 0,
    bound: 'Hoeffding',
    ec: 'logM',
    fEC: FULL_LEAK_FACTOR,
  }
}

function compare(flown: FlownPass, inputs: PassInputs, profile: LossProfile): BestSource {
  const { intensities, probabilities, basis_x_probability, polarisation_error } = flown.payload
  const present = { intensities, probabilities, basis_x_probability }
  const model = settingsOf(optimisePass(inputs, profile).x, inputs.mu3)
  const best = bestByProof(flown, [present, model])
  const rated = (source: SourceSettings): RatedSource => ({
    ...source,
    planned_bits: plannedKey_bits(flown, source),
    model_bits: passKeyLength(inputs, profile, parametersOf(source))['SKL (b)'],
  })
  return {
    ...{ present: rated(present), model: rated(model), best: rated(best) },
    ...{ background: 2 * inputs.Pec, polarisation_error },
  }
}

const parametersOf = ({
  intensities: [mu1, mu2],
  probabilities: [pk1, pk2],
  basis_x_probability,
}: SourceSettings): SourceParameters => [basis_x_probability, pk1, pk2, mu1, mu2]
