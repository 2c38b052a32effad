/**
 * Commands that take one case, or `{"cases":[…]}`, from a JSON file and print the same with the answers filled in.
 * Answers that stand in the input are ignored; fields that mean nothing are named on standard error.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CaseReader, isRecord } from './case-reader'
import { refuse, UsageError } from './usage'

export type Fields = Record<string, unknown>

export interface CaseCommand {
  name: string
  help: string
  /** Fields of the output; an input's own are dropped. */
  answers: readonly string[]
  /** Descriptive fields, and large inputs that are not to be printed again. */
  silent?: readonly string[]
  dropped?: readonly string[]
  /** Top-level fields that hold for all cases. */
  shared?: readonly string[]
  /** The answers to one case. `document` is the whole file; `before` the cases solved before this one. */
  solve: (one: CaseReader, document: Fields, before: readonly CaseReader[]) => Fields
}

const DESCRIPTIVE = ['name', 'note', 'description', 'cases', 'model', 'source', 'meaning']

/**
 * A JSON object, or the cases in it, from a file.
 * @throws UsageError naming the file: missing, unreadable, not JSON, not an object, no case in it.
 */
export function readCaseFile(path: string): { document: Fields; cases: CaseReader[] } {
  const document = readDocument(path)
  if (document['cases'] === undefined) return { document, cases: [new CaseReader(path, document)] }
  const list = document['cases']
  if (!Array.isArray(list) || list.length === 0)
    throw new UsageError(`${path}: cases must be a list with at least one case`)
  return { document, cases: list.map((fields: unknown, i) => caseOf(path, fields, i)) }
}

function readDocument(path: string): Fields {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new UsageError(`${path}: ${why}; give a readable JSON file`)
  }
  try {
    const document: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (isRecord(document)) return document
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${path}: it is not JSON (${why}); give one case or {"cases":[…]}`)
  }
  throw new UsageError(`${path}: it must be a JSON object, one case or {"cases":[…]}`)
}

function caseOf(path: string, fields: unknown, index: number): CaseReader {
  if (!isRecord(fields))
    throw new UsageError(
      `${path}: case ${index + 1} is ${JSON.stringify(fields)}; it must be an object`,
    )
  const name = fields['name']
  const label = typeof name === 'string' ? `case "${name}"` : `case ${index + 1}`
  return new CaseReader(`${path}, ${label}`, fields)
}

/** What the user gave after the command's name. @throws UsageError on unknown options or other than one file. */
function readArguments({ name }: CaseCommand, argv: string[]) {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const
  const hint = `(see micius ${name} --help)`
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
    const { json = false, help = false } = values
    if (help || positionals.length === 1) return { json, help, file: positionals[0] ?? '' }
    throw new UsageError(positionals.length ? 'one file is expected' : 'FILE.json is missing')
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${message.split('. ')[0]} ${hint}`)
  }
}

/** The case with its answers filled in. */
function solved(command: CaseCommand, one: CaseReader, answers: Fields): Fields {
  const left = new Set([...command.answers, ...(command.dropped ?? [])])
  const kept = Object.entries(one.fields).filter(([name]) => !left.has(name))
  return { ...Object.fromEntries(kept), ...answers }
}

function warnOfUnknown(command: CaseCommand, cases: CaseReader[]): void {
  const { answers, silent = [], shared = [] } = command
  const known = new Set([...DESCRIPTIVE, ...answers, ...silent, ...shared])
  const unknown = cases.flatMap((one) => one.unasked()).filter((name) => !known.has(name))
  for (const name of new Set(unknown))
    process.stderr.write(`micius ${command.name}: ${name} is not known here and was ignored\n`)
}

function lineOf(fields: Fields, answers: Fields, index: number): string {
  const name = typeof fields['name'] === 'string' ? fields['name'] : `case ${index + 1}`
  const values = Object.entries(answers).filter(([, value]) => !isRecord(value))
  const texts = values.map(
    ([field, value]) => `${field} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return `${name}: ${texts.join(', ')}`
}

function solveFile(command: CaseCommand, file: string, json: boolean): string {
  const { document, cases } = readCaseFile(file)
  const found = cases.map((one, i) => command.solve(one, document, cases.slice(0, i)))
  warnOfUnknown(command, cases)
  if (!json) return found.map((answers, i) => `${lineOf(cases[i].fields, answers, i)}\n`).join('')
  const filled = found.map((answers, i) => solved(command, cases[i], answers))
  return `${JSON.stringify(document['cases'] === undefined ? filled[0] : { cases: filled }, null, 1)}\n`
}

/**
 * Runs a case command with the arguments after its name.
 * @returns the exit code: 0 done, 2 bad usage or bad input (one line on standard error).
 */
export async function runCaseCommand(command: CaseCommand, argv: string[]): Promise<number> {
  try {
    const { json, help, file } = readArguments(command, argv)
    const text = help ? command.help : solveFile(command, file, json)
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return refuse(error.message)
  }
}
