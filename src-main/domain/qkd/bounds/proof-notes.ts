/** What has to be known to read a key length by its bound; shown beside every figure. */
import type { ProofName } from '../../model/proof'

const LEGACY =
  'legacy fixed-length formula: arXiv:2405.16578 reports technical flaws in such proofs'
const FIXED =
  'fixed-length proof: the tolerated error rate belongs to the protocol; here it is the observed one'

const notes: Record<ProofName, string> = {
  lim2014: LEGACY,
  'eur-variable-2d': 'variable-length proof against coherent attacks (arXiv:2408.17349)',
  rusca2018: LEGACY,
  'wiesemann-1d':
    'consolidated one-decoy proof (arXiv:2405.16578), fixed-length: its limits belong to the protocol; here the observed counts stand in',
  tomamichel2012: `${FIXED}; iterative sifting and a sampling bound that was criticised later`,
  'tomamichel-leverrier2017': FIXED,
  lim2021: `${FIXED}; formula from a transcription`,
  'exact-hypergeometric': `${FIXED}; exact sampling tail in the 2017 structure`,
}

/** One line for reports and screens. */
export const noteOf = (proof: ProofName): string => notes[proof]
