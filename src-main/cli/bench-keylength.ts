/** Bench rows of finite-key lengths: both bases of a flagship pass by each decoy bound, a block of pairs by each of theirs. */
import { pairKeyLength } from '../domain/qkd/bounds/pair-key'
import { twoBasisKeyLength, type DecoySource } from '../domain/qkd/two-basis'
import { pairProofs, type ProofName } from '../domain/model/proof'
import type { BasisCounts } from '../domain/model/report'
import { cpuSeconds, type BenchRow } from './bench-row'

const security = { eps_sec: 1e-9, eps_cor: 1e-15 }
const leak = { x: 80_000, z: 81_000 }

interface Flown {
  source: DecoySource
  counts: BasisCounts
  errors: BasisCounts
}

const twoDecoys: Flown = {
  source: { intensities: [0.8, 0.1, 0], probabilities: [0.5, 0.25, 0.25] },
  counts: { x: [835_000, 58_000, 3000], z: [830_000, 57_000, 3100] },
  errors: { x: [9200, 2000, 1500], z: [9300, 2050, 1550] },
}

const oneDecoy: Flown = {
  source: { intensities: [0.8, 0.15], probabilities: [0.7, 0.3] },
  counts: { x: [1.2e6, 105_000, 0], z: [1.19e6, 104_000, 0] },
  errors: { x: [12_000, 1700, 0], z: [12_100, 1650, 0] },
}

const pairBlock = { sifted_bits: 60_000, test_bits: 12_000, test_errors: 480, leak_bits: 14_500 }

/** Repeats a length with an ever so slightly different leak, so that nothing can be remembered. */
function row(proof: ProofName, n: number, length: (extra: number) => number): BenchRow {
  let secret_bits = 0
  const cpu_s = cpuSeconds(() => {
    for (let i = 0; i < n; i += 1) secret_bits = length(i / n)
  })
  return { kernel: 'keylength', n, rate: n / cpu_s, unit: '1/s', proof, cpu_s, secret_bits }
}

const decoyRow = (n: number, proof: ProofName, { source, counts, errors }: Flown): BenchRow =>
  row(proof, n, (extra) => {
    const disclosed = { ...leak, x: leak.x + extra }
    return twoBasisKeyLength(counts, errors, disclosed, source, security, proof).secret_bits
  })

const pairRow = (n: number, proof: ProofName): BenchRow =>
  row(proof, n, (extra) => {
    const leak_bits = pairBlock.leak_bits + extra
    return pairKeyLength({ ...pairBlock, leak_bits, security, proof }).secret_bits
  })

/** Finite-key lengths a second by every bound. @param n lengths of a decoy bound; pairs search, and get fewer. */
export function benchKeylength(n = 10_000): BenchRow[] {
  return [
    ...(['lim2014', 'eur-variable-2d'] as const).map((proof) => decoyRow(n, proof, twoDecoys)),
    ...(['rusca2018', 'wiesemann-1d'] as const).map((proof) => decoyRow(n, proof, oneDecoy)),
    ...pairProofs.map((proof) => pairRow(Math.ceil(n / 50), proof)),
  ]
}
