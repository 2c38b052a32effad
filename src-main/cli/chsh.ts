/** `micius chsh`: CHSH value with its error from coincidence counts. */
import { chsh, chshSettings, type ChshCounts, type OutcomeCounts } from '../domain/qkd/chsh'
import { numberOf, type CaseReader } from './case-reader'
import { runCaseCommand, type CaseCommand, type Fields } from './cases'

const HELP = `micius chsh FILE.json [--json]

S = E(a,b) - E(a,b2) + E(a2,b) + E(a2,b2) with its sign, and its statistical error.
FILE is one case or {"cases":[…]}:
  counts_pp_pm_mp_mm   four rows [N++, N+-, N-+, N--], one for each pair of settings
  settings             their order; default ["(a,b)","(a,b2)","(a2,b)","(a2,b2)"]
Fills in E, S, sigma_S and violation_sigmas = (|S| - 2) / sigma_S (null when sigma_S is 0).

  --json   print the cases as JSON
  --help   print this
`

/** Row of each setting in the standard order. */
function rowPlaces(one: CaseReader): number[] {
  if (!one.has('settings')) return [0, 1, 2, 3]
  const listed: unknown = one.raw('settings')
  const names = Array.isArray(listed) ? listed.map((name) => String(name).replace(/\s/g, '')) : []
  const places = chshSettings.map((setting) => names.indexOf(setting))
  if (names.length !== 4 || places.includes(-1))
    one.fail('settings', `${chshSettings.join(', ')} in any order`)
  return places
}

function outcomesOf(one: CaseReader, row: unknown): OutcomeCounts {
  const counts = Array.isArray(row) ? row.map(numberOf) : []
  if (counts.length !== 4 || !counts.every((n) => Number.isInteger(n) && n >= 0))
    one.fail(
      'counts_pp_pm_mp_mm',
      `four rows of four whole counts, zero or more, not ${JSON.stringify(row)}`,
    )
  return [counts[0], counts[1], counts[2], counts[3]]
}

function solve(one: CaseReader): Fields {
  const rows = one.raw('counts_pp_pm_mp_mm')
  if (!Array.isArray(rows) || rows.length !== 4)
    return one.fail('counts_pp_pm_mp_mm', 'four rows of four counts')
  const places = rowPlaces(one)
  const [a, b, c, d] = places.map((place) => outcomesOf(one, rows[place]))
  const counts: ChshCounts = [a, b, c, d]
  const { E, ...rest } = one.attempt(() => chsh(counts))
  // Correlations stand in the order of the case's own rows.
  return { E: rows.map((_, row) => E[places.indexOf(row)]), ...rest }
}

const command: CaseCommand = {
  name: 'chsh',
  help: HELP,
  answers: ['E', 'S', 'sigma_S', 'violation_sigmas'],
  solve,
}

/** Runs `micius chsh`. @returns the exit code. */
export const chshCommand = (argv: string[]): Promise<number> => runCaseCommand(command, argv)
