/** `micius keylength`: finite-key length of counts, by a named model. */
import { isRecord, type CaseReader } from './case-reader'
import { runCaseCommand, type CaseCommand, type Fields } from './cases'
import { KeylengthCase } from './keylength-case'
import { solveEur, solveLim2014 } from './keylength-decoy'
import { solveRusca2018, solveWiesemann } from './keylength-one-decoy'
import { solveBbm92, solveExact, solveLim2021, solveTomamichelLeverrier } from './keylength-pairs'
import { solveDecoyAsymptotic, solvePairsAsymptotic, solvePass } from './keylength-rates'

const HELP = `micius keylength FILE.json [--json]

Finite-key length by a named bound. FILE is one case or {"cases":[…]}; numbers may be strings; fields may stand in
the groups counts, channel, security or in the case itself. "model", in the case or once for the file:

  lim2014 (default)   nX nZ mX mZ, mu, p_mu, eps_sec, eps_cor, f_EC or lambda_EC_given, bound hoeffding|chernoff,
                      vacuum n2-|n2+ (which decoy bound enters s_0; the same for mu3 = 0)
  eur-variable-2d     the same, or nK nX mX with eps_d eps_a eps_PA eps_EV; Delta_eta Delta_dc d for detector spread
  rusca2018, wiesemann-1d   the same with two intensities; the errors of both bases are needed
                      (key basis X, test basis Z, unless "key_basis":"Z")
  bbm92, tomamichel2012     n k Q_tol eps_sec eps_cor leak_EC q, variant ln4|ln2
  tomamichel-leverrier2017, lim2021, exact-hypergeometric
                      m k delta, r or f, eps (tag chosen inside it, or t) or eps_sec and eps_cor; best k without k
  decoy-asymptotic    mu nu eta Y0 e_d
  bbm92-asymptotic    e_x e_z f, R_sift
  pass                inputs with x, loss_profile

  --json   print the cases as JSON
  --help   print this
`

type Solver = (one: KeylengthCase, document: Fields) => Fields

const solvers: Record<string, Solver> = {
  lim2014: solveLim2014,
  'eur-variable-2d': solveEur,
  rusca2018: solveRusca2018,
  'wiesemann-1d': solveWiesemann,
  bbm92: solveBbm92,
  tomamichel2012: solveBbm92,
  'tomamichel-leverrier2017': solveTomamichelLeverrier,
  lim2021: solveLim2021,
  'exact-hypergeometric': solveExact,
  'decoy-asymptotic': solveDecoyAsymptotic,
  'asymptotic-decoy': solveDecoyAsymptotic,
  'bbm92-asymptotic': solvePairsAsymptotic,
  'asymptotic-bbm92': solvePairsAsymptotic,
  pass: solvePass,
}

/** Fields that tell a model which is not named. */
const TELLING: [field: string, model: string][] = [
  ['fs', 'pass'],
  ['Y0', 'decoy-asymptotic'],
  ['Q_tol', 'bbm92'],
]

function modelOf(one: KeylengthCase): string {
  // The pass vectors describe their model in an object of that name.
  if (one.nameOf('model') === undefined || isRecord(one.raw('model')))
    return TELLING.find(([field]) => one.nameOf(field) !== undefined)?.[1] ?? 'lim2014'
  const name = one.raw('model')
  if (typeof name === 'string' && Object.hasOwn(solvers, name)) return name
  return one.fail('model', `one of ${Object.keys(solvers).join(', ')}`)
}

/** Descriptive fields of a file or case. */
const DESCRIPTIVE = [
  'name',
  'note',
  'description',
  'source',
  'meaning',
  'formula',
  'formulas',
  'tolerance',
]
const ANSWERS = ['result', 'outputs']

function solveCase(reader: CaseReader, document: Fields, warned: Set<string>): Fields {
  const one = new KeylengthCase(reader, document)
  const model = modelOf(one)
  const answers = solvers[model](one, document)
  // Everything of the case is this command's to judge, groups included.
  for (const name of Object.keys(reader.fields)) reader.raw(name)
  const known = new Set([...DESCRIPTIVE, ...ANSWERS, ...Object.keys(answers), 'cases', 'model'])
  const unknown = model === 'pass' ? [] : one.unknown(one.ownNames)
  for (const name of unknown.filter((name) => !known.has(name))) warn(name, warned)
  return { model, ...answers }
}

/** One line for each name, however many cases carry it. */
function warn(name: string, warned: Set<string>): void {
  if (warned.has(name)) return
  warned.add(name)
  process.stderr.write(`micius keylength: ${name} is not known here and was ignored\n`)
}

/** Runs `micius keylength`. @returns the exit code: 0 done, 2 bad usage or bad input. */
export function keylengthCommand(argv: string[]): Promise<number> {
  const warned = new Set<string>()
  const command: CaseCommand = {
    name: 'keylength',
    help: HELP,
    answers: ANSWERS,
    dropped: ['loss_profile', 'shipped_loss_profile'],
    solve: (reader, document) => solveCase(reader, document, warned),
  }
  return runCaseCommand(command, argv)
}
