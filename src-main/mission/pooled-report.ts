/** Passes of one satellite over one station as a single block: small blocks pay for their statistics each. */
import type { EpsilonShare, FibreReport, PassReport, PooledReport } from '../domain/model/report'
import { isPairSource } from '../domain/model/payload'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { chainEpsilon } from '../domain/qkd/bounds/epsilon-ledger'
import { pooledKeyLength, type CountedBlock } from '../domain/qkd/bounds/pooled'

/** One row for each link flown more than once by the same decoy source. */
export function pooledReports(resolved: ResolvedMission, passes: PassReport[]): PooledReport[] {
  const links = [...new Set(passes.map(linkOf))]
  return links.flatMap((link) => {
    const own = passes.filter((pass) => linkOf(pass) === link && pass.key_bits_in > 0)
    return own.length > 1 ? pooled(resolved, own) : []
  })
}

const linkOf = ({ satellite, station }: PassReport): string => `${satellite} ${station}`

function pooled(resolved: ResolvedMission, passes: PassReport[]): PooledReport[] {
  const [{ satellite, station, proof }] = passes
  const source = resolved.satellites.find(({ noradId }) => noradId === satellite)?.payload
  if (!source || isPairSource(source)) return []
  const blocks = passes.map((pass) => ({ ...countedBlock(pass), source }))
  const { secret_bits } = pooledKeyLength(blocks, resolved.mission.security, proof)
  return [
    {
      ends: [String(satellite), station],
      passes: passes.length,
      secret_bits: passes.reduce((sum, pass) => sum + pass.secret_bits, 0),
      pooled_secret_bits: secret_bits,
      proof,
    },
  ]
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
