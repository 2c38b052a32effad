/** `micius amplify`: Toeplitz hashes of given bits by a given seed. */
import { createHash } from 'node:crypto'
import { packBits, unpackBits } from '../domain/qkd/bits'
import { modifiedToeplitzHash, toeplitzHash } from '../domain/qkd/toeplitz'
import { amplify } from '../domain/qkd/toeplitz-amplify'
import type { ToeplitzKernel } from '../domain/qkd/toeplitz-kernel'
import { kernelDirOf, loadKernel } from '../engine/kernels'
import type { CaseReader } from './case-reader'
import { runCaseCommand, type CaseCommand, type Fields } from './cases'

const HELP = `micius amplify FILE.json [--json]

Privacy amplification by a Toeplitz matrix over GF(2): y = T x, T[i][j] = seed[i - j + n - 1].
FILE is one case or {"cases":[…]}:
  kind       "toeplitz" (default; m x n, seed of n + m - 1 bits) or
             "modified_toeplitz" ([T | I], T m x (n - m), seed of n - 1 bits)
  n, m       bits in, bits out (at most n for "modified_toeplitz")
  x_hex, seed_hex   most significant bit first, zero padded on the right to whole bytes
Fills in y_hex and y_ones. A file with "random_inputs" and a case without x_hex and seed_hex draws both from
SHA-256('<name>/x:<i>') and SHA-256('<name>/s:<i>').

  --json   print the cases as JSON
  --help   print this
`

const KINDS = ['toeplitz', 'modified_toeplitz'] as const
const MOST_BITS = 100_000_000
/** Below, the plain form is as fast as loading the kernel. */
const KERNEL_FROM_BITS = 1_000_000

function kindOf(one: CaseReader): (typeof KINDS)[number] {
  if (!one.has('kind')) return 'toeplitz'
  const kind = KINDS.find((name) => name === one.raw('kind'))
  return kind ?? one.fail('kind', KINDS.join(' or '))
}

/** The vector files' own bit stream: SHA-256 of 'label:0', 'label:1', … */
function hashedBits(label: string, count: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(count / 256) }, (_, i) =>
    createHash('sha256').update(`${label}:${i}`).digest(),
  )
  const packed = new Uint8Array(Buffer.concat(blocks))
  return unpackBits(packed, packed.length * 8).slice(0, count)
}

function solve(one: CaseReader, document: Fields): Fields {
  const kind = kindOf(one)
  const n = one.whole('n', { min: 1, max: MOST_BITS })
  const m = one.whole('m', { min: 1, max: kind === 'toeplitz' ? MOST_BITS : n })
  const seedBits = kind === 'toeplitz' ? n + m - 1 : n - 1
  if (one.has('seed_bits') && one.whole('seed_bits') !== seedBits)
    one.fail('seed_bits', `${seedBits} for ${kind} with n ${n} and m ${m}`)
  const drawn = document['random_inputs'] !== undefined && !one.has('x_hex') && !one.has('seed_hex')
  const x = drawn ? hashedBits(`${one.text('name')}/x`, n) : one.bits('x_hex', n)
  const seed = drawn
    ? hashedBits(`${one.text('name')}/s`, seedBits)
    : one.bits('seed_hex', seedBits)
  const y = one.attempt(() => hashed(kind, x, seed, m))
  const y_hex = Buffer.from(packBits(y)).toString('hex')
  return { y_hex, y_ones: y.reduce((sum, bit) => sum + bit, 0) }
}

/** Large matrices by the compiled kernel; it takes those that shorten. */
function hashed(kind: string, x: Uint8Array, seed: Uint8Array, m: number): Uint8Array {
  if (kind !== 'toeplitz') return modifiedToeplitzHash(x, seed, m)
  if (x.length < KERNEL_FROM_BITS || m > x.length) return toeplitzHash(x, seed, m)
  return amplify(x, seed, m, loadKernel<ToeplitzKernel>(kernelDirOf(__dirname), 'toeplitz'))
}

const command: CaseCommand = {
  name: 'amplify',
  help: HELP,
  answers: ['y_hex', 'y_ones'],
  shared: ['convention', 'made', 'random_inputs', 'properties', 'security'],
  solve,
}

/** Runs `micius amplify`. @returns the exit code. */
export const amplifyCommand = (argv: string[]): Promise<number> => runCaseCommand(command, argv)
