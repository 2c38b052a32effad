import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TAG_KEY_BITS, TOP_UP_BITS } from './authenticated'
import { InsufficientKey, RefusedMessage, ReusedKey } from './key-error'
import { openLedger, type Ledger } from './ledger'
import { receiveByOneTimePad, sendByOneTimePad } from './one-time-pad'
import { wirePicture } from './picture'

const utc = '2016-12-23T06:00:00.000Z'
const picture = readFileSync(new URL('../../resources/pictures/picture.png', import.meta.url))
let folder = ''
let ledger: Ledger
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pad-test-'))
  ledger = openLedger(join(folder, 'ledger.db'), randomBytes(32))
})
afterEach(() => {
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

function share(bits: Uint8Array, auth: Uint8Array): void {
  const block = {
    id: 'R-1',
    kind: 'relay',
    origin: 'relay',
    epsilon: 2e-9,
    created_utc: utc,
  } as const
  for (const [holder, peer] of [
    ['graz', 'xinglong'],
    ['xinglong', 'graz'],
  ] as const) {
    const store = ledger.store(holder)
    store.addBlock({ ...block, peer }, bits, bits.length * 8)
    store.authPool(peer).addShared(auth)
  }
}
const send = (bytes: Uint8Array) =>
  sendByOneTimePad(ledger.store('graz'), 'xinglong', bytes, { utc })
const receive = (message: ReturnType<typeof send>) =>
  receiveByOneTimePad(ledger.store('xinglong'), 'graz', message)
const left = (): [number, number] => [
  ledger.store('graz').left('xinglong'),
  ledger.store('xinglong').left('graz'),
]

describe('one-time pad between two stations', () => {
  it('sends the shipped picture, spends exactly its bits at both ends, and not without key', () => {
    share(randomBytes(picture.length + 10), randomBytes(64))
    const message = send(picture)
    expect(Buffer.from(message.ciphertext).equals(picture)).toBe(false)
    expect(Buffer.from(receive(message)).equals(picture)).toBe(true)
    expect(left()).toEqual([80, 80])
    expect(ledger.store('graz').authPool('xinglong').left('send')).toBe(256 - TAG_KEY_BITS)
    expect(() => send(picture)).toThrow(InsufficientKey)
    expect(() => send(picture)).toThrow(
      `between graz and xinglong: ${picture.length * 8} bits asked, 80 bits left`,
    )
    expect(left()).toEqual([80, 80])
  })

  it('never uses a bit twice: the same text twice gives unrelated ciphertexts', () => {
    const pad = randomBytes(32)
    share(pad, randomBytes(128))
    const [first, second] = [send(new Uint8Array(16)), send(new Uint8Array(16))]
    expect(Buffer.from(first.ciphertext).equals(pad.subarray(0, 16))).toBe(true)
    expect(Buffer.from(second.ciphertext).equals(pad.subarray(16))).toBe(true)
    receive(first)
    receive(second)
    expect(() => receive(second)).toThrow(ReusedKey)
    expect(left()).toEqual([0, 0])
  })

  it('refuses an altered bit anywhere, keeps the receiver’s key and takes the true message after it', () => {
    share(randomBytes(100), randomBytes(64))
    const message = send(Uint8Array.of(1, 2, 3))
    const { seal } = message
    const altered = [
      { ...message, ciphertext: message.ciphertext.map((byte, i) => (i === 1 ? byte ^ 64 : byte)) },
      { ...message, pieces: [{ blockId: 'R-1', offset: 8, length: 24 }] },
      { ...message, utc: '2016-12-23T06:00:01.000Z' },
      { ...message, from: 'micius' },
      { ...message, ciphertext: message.ciphertext.slice(1) },
      { ...message, seal: { ...seal, tag: seal.tag.map((byte, i) => (i ? byte : byte ^ 1)) } },
      { ...message, seal: { ...seal, tag: seal.tag.slice(0, 4) } },
    ]
    for (const forged of altered) expect(() => receive(forged)).toThrow(RefusedMessage)
    expect(left()).toEqual([776, 800])
    expect(receive(message)).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('moves stock into the authentication pool when that runs short, alike at both ends', () => {
    share(randomBytes(1000), new Uint8Array(0))
    for (let i = 0; i < 5; i++) expect(receive(send(Uint8Array.of(i)))).toEqual(Uint8Array.of(i))
    expect(left()).toEqual([8000 - 40 - 2 * TOP_UP_BITS, 8000 - 40 - 2 * TOP_UP_BITS])
    expect(ledger.store('graz').authPool('xinglong').left('send')).toBe(
      2 * TOP_UP_BITS - 5 * TAG_KEY_BITS,
    )
  })

  it('refuses to send when no tag can be paid, with nothing spent', () => {
    share(randomBytes(100), new Uint8Array(0))
    expect(() => send(Uint8Array.of(7))).toThrow(/authentication key/)
    expect(left()).toEqual([800, 800])
    expect(() => send(new Uint8Array(0))).toThrow(RefusedMessage)
  })
})

describe('the picture', () => {
  it('is a PNG of at most 4.9 kB (4900 bytes), and its ciphertext draws as a PNG of its own', () => {
    const signature = [0x89, 0x50, 0x4e, 0x47]
    expect(picture.length).toBeLessThanOrEqual(4900)
    expect([...picture.subarray(0, 4)]).toEqual(signature)
    const wire = wirePicture(randomBytes(picture.length))
    expect([...wire.subarray(0, 4)]).toEqual(signature)
    const view = new DataView(wire.buffer)
    expect(view.getUint32(16) * view.getUint32(20)).toBeGreaterThanOrEqual(picture.length)
  })
})
