/** The key length of a recorded pass once more, from its recorded counts, by the bound that its report names. */
import { pairKeyLength } from '../domain/qkd/bounds/pair-key'
import { twoBasisKeyLength } from '../domain/qkd/two-basis'
import { isPairSource, type PairSource, type Payload } from '../domain/model/payload'
import { proofNames } from '../domain/model/proof'
import type { Recording, RecordingHead } from '../domain/model/recording'
import type { Counts, PassReport } from '../domain/model/report'

export interface KeyLengthCheck {
  proof?: string
  recorded_bits?: number
  recomputed_bits?: number
  agrees: boolean
  reason?: string
}

/** Recomputes the key length from the report's counts, errors and leaks; what cannot be recomputed does not agree. */
export function verifyKeyLength({ head, report }: Recording): KeyLengthCheck {
  if (!report) return { agrees: false, reason: 'the recording ends before the key was distilled' }
  const { proof, secret_bits: recorded_bits } = report
  const recorded = { proof, recorded_bits }
  try {
    const recomputed_bits = recompute(head, report)
    return { ...recorded, recomputed_bits, ...compared(report, recomputed_bits) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ...recorded, agrees: false, reason }
  }
}

function compared(report: PassReport, bits: number): Pick<KeyLengthCheck, 'agrees' | 'reason'> {
  if (bits === report.secret_bits) return { agrees: true }
  // A pass whose block failed verification has no key, whatever its counts would allow.
  if (!report.verified && report.secret_bits === 0)
    return { agrees: true, reason: report.no_key_reason ?? 'not verified' }
  return { agrees: false, reason: 'the recorded counts give another length' }
}

/** @throws Error when the head has no source, or the bound is unknown or does not fit. */
function recompute(head: RecordingHead, report: PassReport): number {
  const { proof, counts, errors, terms } = report
  if (!proofNames.includes(proof)) throw new Error(`the bound ${proof} is not known here`)
  const { security } = head.resolved.mission
  const source = sourceOf(head)
  if (isPairSource(source)) return recomputePairs(head, report)
  const leak = { x: terms.x.leak_bits, z: terms.z.leak_bits }
  return twoBasisKeyLength(counts, errors, leak, source, security, proof).secret_bits
}

function sourceOf({ source, satellite, resolved }: RecordingHead): Payload | PairSource {
  if (source) return source
  const found = resolved.satellites.find(({ noradId }) => noradId === satellite)
  if (!found) throw new Error(`the head has no payload for satellite ${satellite}`)
  return found.payload
}

/** The sample is the test; what its errors were is the difference between all errors and those of the key. */
function recomputePairs({ resolved }: RecordingHead, report: PassReport): number {
  const { sifted_bits, sample_bits: test_bits, qber, errors, leak_bits, proof } = report
  const { security, exchange } = resolved.mission
  const test_errors = Math.round(qber * sifted_bits) - total(errors.x) - total(errors.z)
  const block = { sifted_bits, test_bits, test_errors, leak_bits }
  return pairKeyLength({ protocol: exchange.protocol, ...block, security, proof }).secret_bits
}

const total = (counts: Counts): number => counts[0] + counts[1] + counts[2]
