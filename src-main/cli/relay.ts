/** `micius relay`: what a trusted relay announces, and the key that the far end recovers. */
import { xorBytes } from '../domain/qkd/bits'
import type { CaseReader } from './case-reader'
import { runCaseCommand, type CaseCommand, type Fields } from './cases'

const HELP = `micius relay FILE.json [--json]

Trusted relay by announced XOR. FILE is one case or {"cases":[…]}:
  K_sat_A_hex, K_sat_B_hex   the satellite's keys with A and with B, equally long (len bytes when given)
or a chain A-R1-R2-…-B:
  K1_hex, K2_hex, K3_hex, …  the key of each hop, equally long
Fills in broadcast_hex and recovered_hex, for a chain broadcasts_hex and recovered_hex (K1 as B finds it).
Refused: unequal lengths, "authenticated": false, key that was consumed before in the same file (the same key of 16
bytes or more at the same place, or overlapping ranges K_sat_A_range, K_sat_B_range = [from, to) in bits).

  --json   print the cases as JSON
  --help   print this
`

/** Shorter keys may be equal by chance. */
const TELLING_BYTES = 16
const ENDS = ['A', 'B'] as const
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function keyOf(one: CaseReader, name: string, length?: number): Uint8Array {
  const key = one.bytes(name, length)
  return key.length > 0 ? key : one.fail(name, 'at least one byte')
}

function rangeOf(one: CaseReader, name: string): [number, number] | undefined {
  if (!one.has(name)) return undefined
  const range = one.raw(name)
  const [from, to]: unknown[] = Array.isArray(range) ? range : []
  if (
    Number.isInteger(from) &&
    Number.isInteger(to) &&
    Number(from) >= 0 &&
    Number(from) < Number(to)
  )
    return [Number(from), Number(to)]
  return one.fail(name, '[from, to) in whole bits, from below to')
}

/** Refuses key that an earlier case of the file has consumed. */
function refuseReuse(one: CaseReader, name: string, before: readonly CaseReader[]): void {
  const key = one.raw(`${name}_hex`)
  const range = rangeOf(one, `${name}_range`)
  for (const earlier of before) {
    const used = rangeOf(earlier, `${name}_range`)
    if (range && used && range[0] < used[1] && used[0] < range[1])
      one.fail(`${name}_range`, `outside ${JSON.stringify(used)}, consumed by ${earlier.place}`)
    const same = String(earlier.raw(`${name}_hex`)).toLowerCase() === String(key).toLowerCase()
    if (!range && same && String(key).length >= 2 * TELLING_BYTES)
      one.fail(`${name}_hex`, `fresh key: ${earlier.place} has consumed it`)
  }
}

function refuseUnauthenticated(one: CaseReader): void {
  if (one.has('authenticated') && one.raw('authenticated') !== true)
    one.fail('authenticated', 'true: an unauthenticated announcement is not used')
}

/** Names of the hop keys K1, K2, … of a chain. */
function hopNames(one: CaseReader): string[] {
  const names = Object.keys(one.fields).filter((name) => /^K\d+_hex$/.test(name))
  return names.map((_, i) => `K${i + 1}_hex`)
}

function solveChain(one: CaseReader, names: string[], before: readonly CaseReader[]): Fields {
  if (names.length < 2) one.fail('K2_hex', 'the key of a second hop')
  const first = keyOf(one, names[0])
  const keys = names.map((name) => keyOf(one, name, first.length))
  for (const name of names) refuseReuse(one, name.replace('_hex', ''), before)
  const broadcasts = keys.slice(1).map((key, i) => xorBytes(keys[i], key))
  const recovered = broadcasts.reduce((key, told) => xorBytes(key, told), keys[keys.length - 1])
  return { broadcasts_hex: broadcasts.map(hex), recovered_hex: hex(recovered) }
}

function solve(one: CaseReader, _document: Fields, before: readonly CaseReader[]): Fields {
  refuseUnauthenticated(one)
  const names = hopNames(one)
  if (names.length > 0) return solveChain(one, names, before)
  const length = one.has('len') ? one.whole('len', { min: 1 }) : undefined
  const a = keyOf(one, 'K_sat_A_hex', length)
  const b = keyOf(one, 'K_sat_B_hex', length ?? a.length)
  for (const end of ENDS) refuseReuse(one, `K_sat_${end}`, before)
  const told = xorBytes(a, b)
  return { broadcast_hex: hex(told), recovered_hex: hex(xorBytes(told, b)) }
}

const command: CaseCommand = {
  name: 'relay',
  help: HELP,
  answers: ['broadcast_hex', 'broadcasts_hex', 'recovered_hex'],
  silent: ['rule', 'chain'],
  solve,
}

/** Runs `micius relay`. @returns the exit code. */
export const relayCommand = (argv: string[]): Promise<number> => runCaseCommand(command, argv)
