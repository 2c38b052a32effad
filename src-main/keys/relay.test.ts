import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { xorBytes } from '../domain/qkd/bits'
import { checkSeal, seal, TAG_KEY_BITS } from './authenticated'
import { bytesFor, sliceBits } from './bits'
import { InsufficientKey, RefusedMessage, ReusedKey } from './key-error'
import { openLedger, type Ledger } from './ledger'
import { acceptAnnouncement, announce, RELAY_AUTH_BITS, relayPair } from './relay'
import { provisionStartKey } from './start-key'

interface Vector {
  len: number
  K_sat_A_hex: string
  K_sat_B_hex: string
  broadcast_hex: string
}
const vectorFile = new URL('../domain/vectors/relay-xor.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(vectorFile, 'utf8')) as { cases: Vector[] }
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const utc = '2016-12-23T00:00:00.000Z'

let folder = ''
let ledger: Ledger
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relay-test-'))
  ledger = openLedger(join(folder, 'ledger.db'), randomBytes(32))
  for (const station of ['xinglong', 'graz']) provisionStartKey(ledger, 'micius', station, utc)
})
afterEach(() => {
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

function pass(id: string, station: string, bits: Uint8Array, length_bits = bits.length * 8): void {
  const block = {
    id,
    kind: 'pass',
    origin: `pass ${station}`,
    epsilon: 1e-9,
    created_utc: utc,
  } as const
  ledger.store('micius').addBlock({ ...block, peer: station }, bits, length_bits)
  ledger.store(station).addBlock({ ...block, peer: 'micius' }, bits, length_bits)
}
const ends: [string, string] = ['xinglong', 'graz']
const pair = { satellite: 'micius', a: 'xinglong', b: 'graz', utc }

describe('relay by announced XOR', () => {
  it.each(cases)('agrees with relay-xor.json, exactly ($len bytes)', (vector) => {
    const [a, b, said] = [vector.K_sat_A_hex, vector.K_sat_B_hex, vector.broadcast_hex].map(bytes)
    expect(xorBytes(a, b)).toEqual(said)
    // The vector stands behind as many bits as the pair keeps for authentication.
    const lead = randomBytes(RELAY_AUTH_BITS / 8)
    const other = randomBytes(RELAY_AUTH_BITS / 8)
    pass('S-1', 'xinglong', Buffer.concat([lead, a]))
    pass('S-2', 'graz', Buffer.concat([other, b]))
    const told = announce(ledger.store('micius'), ends, { id: 'R-1', utc })
    expect(told.xor.slice(RELAY_AUTH_BITS / 8)).toEqual(said)
    for (const station of ends) acceptAnnouncement(ledger.store(station), told)
    expect(ledger.store('graz').spend('xinglong', vector.len * 8).bits).toEqual(a)
    expect(ledger.store('xinglong').spend('graz', vector.len * 8).bits).toEqual(a)
  })

  it('relays the shorter length over several blocks and odd lengths; the rest stays usable', () => {
    const key = randomBytes(200)
    pass('S-1', 'xinglong', sliceBits(key, 0, 1501), 1501)
    pass('S-2', 'xinglong', randomBytes(100))
    const lengths = [1303, 402]
    lengths.forEach((n, i) => {
      pass(`G-${i}`, 'graz', sliceBits(randomBytes(bytesFor(n)), 0, n), n)
    })
    const report = relayPair(ledger, pair)
    expect(report).toMatchObject({ pair: ends, secret_bits: 1705 - RELAY_AUTH_BITS })
    const view = ledger.view()
    const states = Object.fromEntries(view.rows.map((row) => [row.id, [row.state, row.left_bits]]))
    expect(states).toEqual({
      'S-1': ['relayed', 0],
      'S-2': ['part spent', 800 - 204],
      'G-0': ['relayed', 0],
      'G-1': ['relayed', 0],
      'R-1': ['stored', 1705 - RELAY_AUTH_BITS],
    })
    expect(view.holders['R-1']).toEqual({ xinglong: 'knows', graz: 'knows', micius: 'knew' })
    expect(view.holders['S-1']).toEqual({ xinglong: 'knew', micius: 'knew' })
    const relayed = view.stock.find(({ ends: [x, y] }) => x === 'graz' && y === 'xinglong')
    expect(relayed?.auth_left_bits).toBe(RELAY_AUTH_BITS - 2 * TAG_KEY_BITS)
    const atA = ledger.store('xinglong').spend('graz', 600)
    expect(ledger.store('graz').spendPieces('xinglong', atA.pieces).bits).toEqual(atA.bits)
    expect(atA.bits.slice(0, 8)).toEqual(sliceBits(key, RELAY_AUTH_BITS, 64))
    expect(ledger.store('micius').left('xinglong')).toBe(596)
    expect(view.rows.find((row) => row.id === 'R-1')?.epsilon).toBeCloseTo(4e-9, 15)
  })

  it('reports the hash of what was announced', () => {
    pass('S-1', 'xinglong', new Uint8Array(200))
    const graz = randomBytes(200)
    pass('S-2', 'graz', graz)
    const hash = createHash('sha256').update(graz).digest('hex')
    expect(relayPair(ledger, pair).announced_xor_sha256).toBe(hash)
    expect(ledger.announcements()).toMatchObject([
      { id: 'R-1', length_bits: 1600, xor_sha256: hash },
    ])
  })

  it('refuses another tag, another length, another range and a replay, and keeps the station’s key', () => {
    pass('S-1', 'xinglong', randomBytes(200))
    pass('S-2', 'graz', randomBytes(200))
    const told = announce(ledger.store('micius'), ends, { id: 'R-1', utc })
    const graz = ledger.store('graz')
    const flipped = told.xor.map((byte, i) => (i === 99 ? byte ^ 1 : byte))
    const bad = [
      { ...told, xor: flipped },
      { ...told, length_bits: 1592 },
      { ...told, xor: told.xor.slice(1) },
      { ...told, epsilon: 0 },
      { ...told, seals: { xinglong: told.seals['xinglong'] } },
      { ...told, pieces: { ...told.pieces, graz: [{ blockId: 'S-2', offset: 1, length: 1599 }] } },
    ]
    for (const forged of bad) expect(() => acceptAnnouncement(graz, forged)).toThrow(RefusedMessage)
    expect([graz.left('micius'), graz.authPool('micius').left('receive')]).toEqual([1600, 2048])
    acceptAnnouncement(graz, told)
    expect(() => acceptAnnouncement(graz, told)).toThrow(ReusedKey)
    expect(graz.left('xinglong')).toBe(1600 - RELAY_AUTH_BITS)
  })

  it('without key for both stations nothing is announced or spent', () => {
    pass('S-1', 'xinglong', randomBytes(200))
    expect(() => relayPair(ledger, pair)).toThrow(InsufficientKey)
    expect(() => relayPair(ledger, pair)).toThrow(/micius and graz.*0 bits left/)
    expect(ledger.store('micius').left('xinglong')).toBe(1600)
    expect(ledger.announcements()).toEqual([])
  })
})

describe('drills on the relay', () => {
  beforeEach(() => {
    pass('S-1', 'xinglong', randomBytes(400))
    pass('S-2', 'graz', randomBytes(400))
  })

  it('stops a satellite that lies by the confirmation between the stations, and destroys both blocks', () => {
    const report = relayPair(ledger, { ...pair, attack: 'relay-lie' })
    expect(report).toMatchObject({
      ...{ attack: 'relay-lie', stopped_by: 'relay confirmation', secret_bits: 0 },
    })
    const row = ledger.view().rows.find(({ id }) => id === 'R-1')
    expect(row).toMatchObject({ state: 'destroyed', left_bits: 0 })
    for (const [holder, peer] of [ends, [...ends].reverse()])
      expect(ledger.store(holder).left(peer)).toBe(0)
    expect(ledger.log().filter(({ text }) => text.includes('R-1 destroyed'))).toHaveLength(2)
  })

  it('stops a lie of a single bit behind the authentication key', () => {
    const told = announce(ledger.store('micius'), ends, { id: 'R-1', utc })
    acceptAnnouncement(ledger.store('xinglong'), told)
    acceptAnnouncement(ledger.store('graz'), told)
    const [a, b] = ends.map((holder) => ledger.store(holder))
    const flipped = b.withBlock('xinglong', 'R-1', (key) =>
      key.map((byte, i) => byte ^ Number(i === 9)),
    )
    b.destroy('xinglong', 'R-1', 'replaced by the test', utc)
    b.addBlock(
      { id: 'R-1b', peer: 'xinglong', kind: 'relay', origin: 'test', epsilon: 0, created_utc: utc },
      flipped,
      flipped.length * 8,
    )
    expect(a.withBlock('graz', 'R-1', (key) => key.length)).toBe(flipped.length)
    const tag = a.withBlock('graz', 'R-1', (key) => seal(a, 'graz', key))
    expect(() =>
      b.withBlock('xinglong', 'R-1b', (key) => checkSeal(b, 'xinglong', key, tag)),
    ).toThrow(RefusedMessage)
  })

  it('cannot see a satellite that keeps copies, says so, and shows who knows the key', () => {
    const report = relayPair(ledger, { ...pair, attack: 'relay-copies' })
    expect(report.secret_bits).toBe(3200 - RELAY_AUTH_BITS)
    expect(report.stopped_by).toBeUndefined()
    expect(report.not_detectable).toMatch(/bbm92/)
    expect(ledger.view().holders['R-1']).toMatchObject({ micius: 'knows' })
  })
})
