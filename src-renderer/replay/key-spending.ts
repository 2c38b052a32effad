/**
 * Where the key bits of a pass went, in whole bits that add up.
 * Lim et al., PRA 89, 022307 (2014): of the bits put in, only those of single photons count, less what an
 * eavesdropper may know by the phase error, less what was disclosed, less the finite-size terms.
 */
import type { PassReport } from '@domain/model/report'

export interface Spending {
  name: 'multi' | 'phase' | 'leak' | 'secret'
  bits: number
  origin: 'measured' | 'modelled'
}

/** Parts of `key_bits_in`; multi-photon and vacuum, phase error with finite size, disclosed, secret. */
export function keySpending(report: PassReport): Spending[] {
  const { x, z } = report.terms
  const usable = Math.round(x.s0 + x.s1 + z.s0 + z.s1)
  const multi = Math.max(0, report.key_bits_in - usable)
  const rest = report.key_bits_in - multi - report.leak_bits - report.secret_bits
  return [
    { name: 'multi', bits: multi, origin: 'modelled' },
    { name: 'phase', bits: Math.max(0, rest), origin: 'modelled' },
    { name: 'leak', bits: report.leak_bits, origin: 'measured' },
    { name: 'secret', bits: report.secret_bits, origin: 'measured' },
  ]
}
