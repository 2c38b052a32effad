import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forwardPair } from './forward'
import { InsufficientKey } from './key-error'
import { openLedger, type Ledger } from './ledger'
import { RELAY_AUTH_BITS, relayPair } from './relay'
import { provisionStartKey } from './start-key'

const utc = '2016-12-23T00:00:00.000Z'
const toBeijing = ['xinglong', 'node 1', 'beijing'] as const
const toVienna = ['graz', 'vienna'] as const
const hops = [
  ['micius', 'xinglong'],
  ['micius', 'graz'],
  ['xinglong', 'node 1'],
  ['node 1', 'beijing'],
  ['graz', 'vienna'],
]

let folder = ''
let ledger: Ledger
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forward-test-'))
  ledger = openLedger(join(folder, 'ledger.db'), randomBytes(32))
  hops.forEach(([a, b], i) => share(a, b, `S-${i + 1}`, 1000))
})
afterEach(() => {
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Both ends get a start key and one block of random key. */
function share(a: string, b: string, id: string, bytes: number): void {
  provisionStartKey(ledger, a, b, utc)
  const key = randomBytes(bytes)
  for (const [holder, peer] of [
    [a, b],
    [b, a],
  ])
    ledger
      .store(holder)
      .addBlock(
        { id, peer, kind: 'pass', origin: `pass ${id}`, epsilon: 1e-9, created_utc: utc },
        key,
        8 * bytes,
      )
}

const relay = () => relayPair(ledger, { satellite: 'micius', a: 'xinglong', b: 'graz', utc })
const forward = () => forwardPair(ledger, { a: toBeijing, b: toVienna, utc })

describe('key handed on hop by hop with one-time pad', () => {
  it('leaves one key at both cities, spent at both stations, and names everyone who read it', () => {
    relay()
    const shared_bits = ledger.store('xinglong').left('graz')
    const report = forward()
    expect(report.path).toEqual(['beijing', 'node 1', 'xinglong', 'graz', 'vienna'])
    expect(report.secret_bits).toBe(shared_bits - RELAY_AUTH_BITS)
    expect([...report.known_to].sort()).toEqual(
      ['beijing', 'graz', 'micius', 'node 1', 'vienna', 'xinglong'].sort(),
    )
    expect(ledger.store('xinglong').left('graz')).toBe(0)
    const atBeijing = ledger.store('beijing').spend('vienna', 4000)
    const atVienna = ledger.store('vienna').spendPieces('beijing', atBeijing.pieces)
    expect(atVienna.bits).toEqual(atBeijing.bits)
    expect(ledger.view().holders['F-1']).toMatchObject({
      ...{ beijing: 'knows', vienna: 'knows', micius: 'knew', 'node 1': 'knew' },
    })
  })

  it('spends the pad of every hop at both of its ends', () => {
    relay()
    const before = ledger.store('node 1').left('beijing')
    const { secret_bits } = forward()
    const spent_bits = secret_bits + RELAY_AUTH_BITS
    expect(ledger.store('node 1').left('beijing')).toBe(before - spent_bits)
    expect(ledger.store('beijing').left('node 1')).toBe(before - spent_bits)
  })

  it('hands on no more than the poorest hop can pay for, and nothing when that is too little', () => {
    relay()
    const poor = ledger.store('node 1').left('beijing') - RELAY_AUTH_BITS - 100
    const { pieces } = ledger.store('node 1').spend('beijing', poor)
    ledger.store('beijing').spendPieces('node 1', pieces)
    expect(forward().secret_bits).toBe(100)
    expect(forward).toThrow(InsufficientKey)
    expect(ledger.forwards()).toHaveLength(1)
  })
})
