/** `micius optimise`: the source parameters that give a pass the longest finite key. */
import { optimisePass } from '../domain/qkd/optimise-pass'
import { readLossProfile, readPassInputs } from '../domain/qkd/pass-model-input'
import { isRecord, type CaseReader } from './case-reader'
import { runCaseCommand, type CaseCommand, type Fields } from './cases'

const HELP = `micius optimise FILE.json [--json]

Best [Px, pk1, pk2, mu1, mu2] of a decoy BB84 source for one pass, deterministic.
FILE is one case or {"cases":[…]}:
  inputs         fs, Pec, QBERI, Pap, dt0, ls0, minElev, shift0, mu3, eps_s, eps_c, fEC, NoPass,
                 bound (Chernoff or Hoeffding), ec (logM, block, mXtot, none)
  loss_profile   {"columns":["t_s","elevation_rad","eta"],"rows":[…]}, in the case or once for the file
Fills in x, "SKL (b)", QBER, phiX, lambdaEC and the model's other columns.

  --json   print the cases as JSON
  --help   print this
`

const PROFILES = ['loss_profile', 'shipped_loss_profile'] as const

/** The case's own loss profile, or the file's. */
export function lossProfileOf(one: CaseReader, document: Fields): unknown {
  const own = PROFILES.map((name) => one.raw(name)).find((value) => value !== undefined)
  return own ?? PROFILES.map((name) => document[name]).find((value) => value !== undefined)
}

function solve(one: CaseReader, document: Fields): Fields {
  if (one.has('model') && one.raw('model') !== 'pass') one.fail('model', '"pass"')
  const given = one.has('inputs') ? one.raw('inputs') : one.allFields()
  const inputs = one.attempt(() => readPassInputs(given))
  const profile = one.attempt(() => readLossProfile(lossProfileOf(one, document)))
  const { x, ...columns } = one.attempt(() => optimisePass(inputs, profile))
  const named = isRecord(one.raw('inputs')) ? { inputs: { ...Object(one.raw('inputs')), x } } : {}
  return { ...named, x, ...columns, outputs: [columns] }
}

const command: CaseCommand = {
  name: 'optimise',
  help: HELP,
  answers: ['outputs', 'x'],
  dropped: PROFILES,
  solve,
}

/** Runs `micius optimise`. @returns the exit code. */
export const optimiseCommand = (argv: string[]): Promise<number> => runCaseCommand(command, argv)
