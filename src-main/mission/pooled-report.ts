/** Passes of one satellite over one station as a single block: small blocks pay for their statistics each. */
import type { EpsilonShare, FibreReport, PassReport, PooledReport } from '../domain/model/report'
import { isPairSource } from '../domain/model/payload'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { chainEpsilon } from '../domain/qkd/bounds/epsilon-ledger'
import { pairKeyLength } from '../domain/qkd/bounds/pair-key'
import { pooledKeyLength, type CountedBlock } from '../domain/qkd/bounds/pooled'

/** One row for each link flown more than once by the same decoy source. */
export function pooledReports(resolved: ResolvedMission, passes: PassReport[]): PooledReport[] {
  const links = [...new Set(passes.map(linkOf))]
  return links.flatMap((link) => {
    const own = passes.filter((pass) => linkOf(pass) === link && pass.key_bits_in > 0)
    return own.length > 1 ? pooled(resolved, own) : []
  })
}

const linkOf = ({ satellite, station, stations }: PassReport): string =>
  `${satellite} ${stations?.join(' ') ?? station}`

function pooled(resolved: ResolvedMission, passes: PassReport[]): PooledReport[] {
  const [{ satellite, station, stations, proof }] = passes
  const source = resolved.satellites.find(({ noradId }) => noradId === satellite)?.payload
  if (!source) return []
  const { security } = resolved.mission
  const length = isPairSource(source)
    ? pairKeyLength({ ...pooledPairs(passes), security: { ...security, proof: undefined } })
    : pooledKeyLength(
        passes.map((pass) => ({ ...countedBlock(pass), source })),
        security,
        proof,
      )
  return [
    {
      ends: stations ?? [String(satellite), station],
      passes: passes.length,
      secret_bits: passes.reduce((sum, pass) => sum + pass.secret_bits, 0),
      pooled_secret_bits: length.secret_bits,
      proof: length.proof,
    },
  ]
}

/** Sums of the blocks of pairs; test errors are what the error rate holds beyond the key's own. */
function pooledPairs(passes: PassReport[]) {
  const sum = (of: (pass: PassReport) => number): number =>
    passes.reduce((total, pass) => total + of(pass), 0)
  const keyErrors = ({ errors }: PassReport): number => errors.x[0] + errors.z[0]
  return {
    sifted_bits: sum(({ sifted_bits }) => sifted_bits),
    test_bits: sum(({ sample_bits }) => sample_bits),
    test_errors: sum((pass) => Math.round(pass.qber * pass.sifted_bits) - keyErrors(pass)),
    leak_bits: sum(({ leak_bits }) => leak_bits),
  }
}

const countedBlock = ({ counts, errors, terms }: PassReport): CountedBlock => ({
  counts,
  errors,
  leak: { x: terms.x.leak_bits, z: terms.z.leak_bits },
})

/** Every block that holds key adds its failure probability. */
export function missionEpsilon(passes: PassReport[], fibres: FibreReport[]) {
  const keyed = [...passes, ...fibres].filter(({ secret_bits }) => secret_bits > 0)
  const shares = keyed.map(({ id, epsilon }): EpsilonShare => ({ what: id, epsilon }))
  return chainEpsilon(shares)
}
