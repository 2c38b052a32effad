/** `micius authenticate`: Wegman-Carter tags of given messages. */
import { createHash } from 'node:crypto'
import { HASH_BYTES, PolynomialHash } from '../domain/qkd/polynomial-hash'
import {
  macBlocks,
  macFields,
  polynomialMacHash,
  type MacField,
} from '../domain/qkd/polynomial-mac'
import type { CaseReader } from './case-reader'
import { runCaseCommand, type CaseCommand, type Fields } from './cases'

const HELP = `micius authenticate FILE.json [--json]

Wegman-Carter tags: a polynomial hash under a hash key, masked by a one-time pad.
FILE is one case or {"cases":[…]}:
  field          "GF(2^128)" (default), "GF(2^64)", "2^61-1" or "2^127-1"
  msg_hex        the message
  hash_key_hex, otp_hex   as many bytes as the field has (16 or 8)
Fills in hash_hex, tag_hex, blocks_incl_length and forgery_bound. Blocks are big-endian; in binary fields the last
one is zero padded on the right, in prime fields (blocks of 7 and 15 bytes) it is shorter. The length in bits is
the last block.

  --json   print the cases as JSON
  --help   print this
`

/** What tells the fields apart, however they are written: "GF(2^64)", "p = 2^61-1". */
const plain = (text: string): string => text.replace(/[^0-9^-]/g, '')

function fieldOf(one: CaseReader): MacField {
  const asked = one.has('field') ? one.raw('field') : 'GF(2^128)'
  const found = macFields.find(({ name }) => plain(name) === plain(String(asked)))
  return found ?? one.fail('field', `one of ${macFields.map(({ name }) => name).join(', ')}`)
}

/** The message, which must be the one that its stated length and SHA-256 describe. */
function messageOf(one: CaseReader): Uint8Array {
  const message = one.bytes('msg_hex')
  if (one.has('msg_len') && one.whole('msg_len') !== message.length)
    one.fail('msg_len', `${message.length}, the bytes of msg_hex`)
  const hash = createHash('sha256').update(message).digest('hex')
  if (one.has('msg_sha256') && one.text('msg_sha256').toLowerCase() !== hash)
    one.fail('msg_sha256', `${hash}, the hash of msg_hex`)
  return message
}

function hashOf(field: MacField, message: Uint8Array, key: Uint8Array): Uint8Array {
  const fast = field.name === 'GF(2^128)' && key.length === HASH_BYTES
  return fast
    ? new PolynomialHash(key).update(message).digestWithLength()
    : polynomialMacHash(field, message, key)
}

function solve(one: CaseReader): Fields {
  const field = fieldOf(one)
  const message = messageOf(one)
  const key = one.bytes('hash_key_hex', field.bytes)
  const pad = one.bytes('otp_hex', field.bytes)
  const hash = one.attempt(() => hashOf(field, message, key))
  const blocks = macBlocks(field, message)
  const space = field.padded ? `2^${8 * field.bytes}` : `(${field.name})`
  return {
    hash_hex: Buffer.from(hash).toString('hex'),
    tag_hex: Buffer.from(hash.map((byte, i) => byte ^ pad[i])).toString('hex'),
    blocks_incl_length: blocks,
    forgery_bound: `${blocks}/${space}`,
  }
}

const command: CaseCommand = {
  name: 'authenticate',
  help: HELP,
  answers: ['hash_hex', 'tag_hex', 'blocks_incl_length', 'forgery_bound'],
  silent: ['reduction', 'msg_rule', 'block_bytes'],
  solve,
}

/** Runs `micius authenticate`. @returns the exit code. */
export const authenticateCommand = (argv: string[]): Promise<number> =>
  runCaseCommand(command, argv)
