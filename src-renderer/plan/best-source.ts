/**
 * The best source for a pass: the modelled link along its exchange window, as the pass model of the optimiser takes it.
 * Assumptions, also said beside the result:
 * - one row a second at its middle, transmittance with detector and gate;
 * - background is the window's mean inside one gate; it falls on either bit value alike, so half of it errs;
 * - afterpulses count by the share of them that falls into gates;
 * - the model's own key: basis X alone, two decoys, Chernoff, leak by logM.
 */
import { linkAlongTrack } from '@domain/link/along-track'
import type { LinkPoint } from '@domain/link/along-track'
import type { Security } from '@domain/model/mission'
import type { Candidate } from '@domain/model/pass'
import { isPairSource } from '@domain/model/payload'
import type { PairSource, Payload } from '@domain/model/payload'
import type { ResolvedMission } from '@domain/model/resolved-mission'
import type { Station } from '@domain/model/station'
import { passTrack } from '@domain/orbit/track'
import type { PassTrack } from '@domain/orbit/track'
import { optimisePass } from '@domain/qkd/optimise-pass'
import { passKeyLength } from '@domain/qkd/pass-model'
import type { LossProfile, PassInputs, SourceParameters } from '@domain/qkd/pass-model-input'

/** A source's parameters with the key that the pass model gives for them. */
export interface RatedSource {
  intensities: [number, number, number]
  probabilities: [number, number, number]
  basis_x_probability: number
  key_bits: number
}
export interface BestSource {
  present: RatedSource
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
export const hasTwoDecoys = (
  source: Payload | PairSource,
): source is Payload & Pick<RatedSource, 'intensities' | 'probabilities'> =>
  !isPairSource(source) && source.intensities.length === 3 && source.probabilities.length === 3

const FULL_LEAK_FACTOR = 1.16

interface Flown {
  payload: Payload & Pick<RatedSource, 'intensities' | 'probabilities'>
  station: Station
  security: Security
}

/**
 * Present and best source for a candidate's exchange window.
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
  const flown = { payload, station, security: resolved.mission.security }
  return compare(flown, inputsOf(flown, points), profileOf(track, points))
}

/** Middles of the window's whole seconds. */
function middlesOf(from_ms: number, duration_s: number): Float64Array {
  const seconds = Math.max(1, Math.floor(duration_s))
  return Float64Array.from({ length: seconds }, (_, i) => from_ms + (i + 0.5) * 1000)
}

/** Times from the window's middle, where the model centres its own window. */
function profileOf({ elevation_rad }: Pick<PassTrack, 'elevation_rad'>, points: LinkPoint[]): LossProfile {
  const middle = (points.length - 1) / 2
  return {
    t_s: points.map((_, i) => i - middle),
    elevation_rad: Array.from(elevation_rad),
    eta: points.map(({ budget }) => budget.withGate.transmittance),
  }
}

/** The model's names: Pec is half the background per pulse, fs the pulse rate. */
function inputsOf({ payload, station, security }: Flown, points: LinkPoint[]): PassInputs {
  const gate_s = station.receiver.gate_ns * 1e-9
  const mean_Hz = points.reduce((sum, { background }) => sum + background.total_Hz, 0) / points.length
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
    bound: 'Chernoff',
    ec: 'logM',
    fEC: FULL_LEAK_FACTOR,
  }
}

function compare({ payload }: Flown, inputs: PassInputs, profile: LossProfile): BestSource {
  const { intensities, probabilities, basis_x_probability } = payload
  const [pk1, pk2] = probabilities
  const x: SourceParameters = [basis_x_probability, pk1, pk2, intensities[0], intensities[1]]
  const present = passKeyLength(inputs, profile, x)
  const best = optimisePass(inputs, profile)
  return {
    present: { intensities, probabilities, basis_x_probability, key_bits: present['SKL (b)'] },
    best: rated(best.x, inputs.mu3, best['SKL (b)']),
    background: 2 * inputs.Pec,
    polarisation_error: payload.polarisation_error,
  }
}

const rated = ([px, pk1, pk2, mu1, mu2]: SourceParameters, mu3: number, key_bits: number): RatedSource => ({
  intensities: [mu1, mu2, mu3],
  probabilities: [pk1, pk2, 1 - pk1 - pk2],
  basis_x_probability: px,
  key_bits,
})
