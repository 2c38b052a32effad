import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  copyFileSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BadKeyFile, InsufficientKey, KeyError, ReusedKey, WrongKey } from './key-error'
import { openLedger, type Ledger } from './ledger'
import { provisionStartKey } from './start-key'

let folder = ''
let ledger: Ledger
const key = randomBytes(32)
const utc = '2016-12-19T16:55:00.000Z'
const path = (): string => join(folder, 'ledger.db')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-test-'))
  ledger = openLedger(path(), key)
})
afterEach(() => {
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

const block = (id: string, peer: string) =>
  ({ id, peer, kind: 'pass', origin: 'pass', epsilon: 1e-9, created_utc: utc }) as const

function share(id: string, a: string, b: string, bits: Uint8Array, length_bits: number): void {
  ledger.store(a).addBlock(block(id, b), bits, length_bits)
  ledger.store(b).addBlock(block(id, a), bits, length_bits)
}

describe('key blocks, spent first in first out', () => {
  it('spends across blocks and names the same ranges for the other end', () => {
    share('S-1', 'micius', 'graz', Uint8Array.of(0b1010_1100, 0b1100_0000), 11)
    share('S-2', 'micius', 'graz', Uint8Array.of(0b0111_0001), 8)
    const sent = ledger.store('micius').spend('graz', 14)
    expect(sent.pieces).toEqual([
      { blockId: 'S-1', offset: 0, length: 11 },
      { blockId: 'S-2', offset: 0, length: 3 },
    ])
    expect([...sent.bits]).toEqual([0b1010_1100, 0b1100_1100])
    const received = ledger.store('graz').spendPieces('micius', sent.pieces)
    expect(received.bits).toEqual(sent.bits)
    expect(ledger.store('graz').left('micius')).toBe(5)
    expect(ledger.view().rows.map(({ state, left_bits }) => [state, left_bits])).toEqual([
      ['spent', 0],
      ['part spent', 5],
    ])
  })

  it('refuses a range that is gone, and a partly gone request leaves everything as it was', () => {
    share('S-1', 'micius', 'graz', randomBytes(4), 32)
    const store = ledger.store('graz')
    store.spendPieces('micius', [{ blockId: 'S-1', offset: 8, length: 8 }])
    const pieces = [
      { blockId: 'S-1', offset: 0, length: 8 },
      { blockId: 'S-1', offset: 15, length: 2 },
    ]
    expect(() => store.spendPieces('micius', pieces)).toThrow(ReusedKey)
    expect(store.left('micius')).toBe(24)
    for (const [offset, length] of [
      [30, 3],
      [-1, 2],
      [0, 0],
      [0.5, 1],
      [NaN, 1],
    ] as const)
      expect(() => store.spendPieces('micius', [{ blockId: 'S-1', offset, length }])).toThrow(
        ReusedKey,
      )
  })

  it('says pair, asked, left and the way out when there is too little', () => {
    share('S-1', 'micius', 'graz', randomBytes(2), 16)
    const spend = () => ledger.store('graz').spend('micius', 17)
    expect(spend).toThrow(InsufficientKey)
    expect(spend).toThrow(/graz and micius: 17 bits asked, 16 bits left.*Fly another pass/)
    expect(ledger.store('graz').left('micius')).toBe(16)
  })

  it('keeps holders apart, refuses a second block of one id and a wrong length', () => {
    ledger.store('graz').addBlock(block('S-1', 'micius'), randomBytes(2), 16)
    expect(ledger.store('xinglong').left('micius')).toBe(0)
    expect(ledger.store('micius').left('graz')).toBe(0)
    const again = () => ledger.store('graz').addBlock(block('S-1', 'micius'), randomBytes(2), 16)
    expect(again).toThrow(/there already/)
    const short = () => ledger.store('graz').addBlock(block('S-2', 'micius'), randomBytes(2), 17)
    expect(short).toThrow(KeyError)
  })

  it('destroys a block with its reason', () => {
    share('S-1', 'micius', 'graz', randomBytes(2), 16)
    ledger.store('graz').destroy('micius', 'S-1', 'verification failed', utc)
    const [row] = ledger.view().rows
    expect(row).toMatchObject({ state: 'destroyed', left_bits: 0, note: 'verification failed' })
    expect(() => ledger.store('graz').spend('micius', 1)).toThrow(InsufficientKey)
    expect(ledger.log().at(-1)?.text).toContain('destroyed: verification failed')
  })

  it('gives authentication key once, each direction apart, and shows no key bit', () => {
    provisionStartKey(ledger, 'micius', 'graz', utc)
    provisionStartKey(ledger, 'micius', 'graz', utc)
    const [up, down] = [
      ledger.store('graz').authPool('micius'),
      ledger.store('micius').authPool('graz'),
    ]
    expect(ledger.view().stock).toEqual([
      { ends: ['graz', 'micius'], left_bits: 0, auth_left_bits: 4096 },
    ])
    const drawn = up.take('send', 256)
    expect(down.takeAt('receive', drawn.offset, 256).bits).toEqual(drawn.bits)
    expect(down.take('send', 64).bits).toEqual(up.take('receive', 64).bits)
    expect(() => up.takeAt('send', 0, 256)).toThrow(ReusedKey)
    expect(() => up.take('send', 2048)).toThrow(/1792 bits left/)
    expect(up.left('send')).toBe(1792)
    share('S-1', 'micius', 'graz', randomBytes(2), 16)
    expect(JSON.stringify(ledger.view())).not.toMatch(/material|digest|gone/)
  })
})

describe('the ledger file at rest', () => {
  it('holds no plaintext of key, names or schema, in the database and in its write-ahead log', () => {
    const secret = randomBytes(3000)
    share('BLOCK-NAME-1', 'micius', 'graz', secret, 24_000)
    const files = readdirSync(folder)
    expect(files).toContain('ledger.db-wal')
    for (const file of files) {
      const bytes = readFileSync(join(folder, file))
      for (let at = 0; at + 12 <= secret.length; at += 500)
        expect(bytes.includes(secret.subarray(at, at + 12)), file).toBe(false)
      for (const text of ['BLOCK-NAME-1', 'CREATE TABLE', 'SQLite format'])
        expect(bytes.includes(text), file).toBe(false)
    }
  })

  it('refuses a wrong key by name and changes nothing, also with a write-ahead log left by a crash', () => {
    share('S-1', 'micius', 'graz', randomBytes(2), 16)
    const crashed = join(folder, 'crashed.db')
    for (const end of ['', '-wal']) copyFileSync(path() + end, crashed + end)
    const before = ['', '-wal'].map((end) => readFileSync(crashed + end))
    expect(() => openLedger(crashed, randomBytes(32))).toThrow(WrongKey)
    expect(['', '-wal'].map((end) => readFileSync(crashed + end))).toEqual(before)
    const again = openLedger(crashed, key)
    expect(again.store('graz').left('micius')).toBe(16)
    again.close()
  })

  it('overwrites what was spent and keeps the rest over a close', () => {
    share('S-1', 'micius', 'graz', Uint8Array.of(0xff, 0xff), 16)
    ledger.store('graz').spend('micius', 11)
    ledger.close()
    ledger = openLedger(path(), key)
    expect(ledger.store('graz').spend('micius', 5)).toMatchObject({
      pieces: [{ blockId: 'S-1', offset: 11, length: 5 }],
      bits: Uint8Array.of(0b1111_1000),
    })
  })

  it('names a damaged file, a foreign file and a short key', () => {
    share('S-1', 'micius', 'graz', randomBytes(9000), 72_000)
    ledger.close()
    const bytes = readFileSync(path())
    for (let at = 8192; at < bytes.length; at += 512) bytes[at] = (bytes[at] ?? 0) ^ 1
    const [bad, foreign] = [join(folder, 'bad.db'), join(folder, 'foreign.db')]
    writeFileSync(bad, bytes)
    expect(() => openLedger(bad, key)).toThrow(BadKeyFile)
    writeFileSync(foreign, 'not a ledger at all\n'.repeat(400))
    expect(() => openLedger(foreign, key)).toThrow(WrongKey)
    expect(() => openLedger(path(), randomBytes(16))).toThrow(/16 bytes/)
  })
})
