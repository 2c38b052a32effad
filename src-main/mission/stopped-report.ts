/** The report of a contact that a drill ended before anything was distilled: no key, and the layer that saw to it. */
import type { Distillation, KeyLengthTerms, PassReport, StopLayer } from '../domain/model/report'
import { stopLayers } from '../domain/model/report'
import { defaultProof } from '../domain/model/proof'
import type { PlannedContact } from './flight-plan'
import { passReport } from './pass-report'

const nothing: KeyLengthTerms = { s0: 0, s1: 0, phase_error: 0.5, leak_bits: 0, secret_bits: 0 }

/** @param spent authentication key taken for the contact, bits at one end. */
export function stoppedReport(
  contact: PlannedContact,
  layer: StopLayer,
  reason: string,
  spent: number,
  recording: string,
): PassReport {
  const distillation = withoutKey(contact, `${stopLayers[layer]} ${reason}`)
  const report = passReport(contact, distillation, { spent, added: 0 }, recording)
  return { ...report, attack: contact.plan.attacks[0]?.kind, stopped_by: layer }
}

function withoutKey({ plan }: PlannedContact, no_key_reason: string): Distillation {
  const { exchange, security } = plan
  return {
    ...{ exchange_s: 0, pulses_sent: 0, detections: 0, sifted_bits: 0, sample_bits: 0 },
    ...{ key_bits_in: 0, qber: 0, leak_bits: 0, efficiency_f: 0, verified: false, secret_bits: 0 },
    counts: { x: [0, 0, 0], z: [0, 0, 0] },
    errors: { x: [0, 0, 0], z: [0, 0, 0] },
    terms: { x: nothing, z: nothing },
    proof: security.proof ?? defaultProof(exchange.protocol),
    bounds: [],
    epsilon_shares: [],
    reconciliation: {
      method: 'cascade',
      why: 'never begun',
      ...{ frames: 0, blind_frames: 0, round_trips: 0, waiting_s: 0 },
    },
    ...{ messages: 0, channel_bytes: 0, round_trips: 0, no_key_reason },
  }
}
