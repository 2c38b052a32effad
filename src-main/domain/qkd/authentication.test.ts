import { describe, expect, it } from 'vitest'
import { TranscriptAuthenticator } from './authentication'
import { AuthenticationKeyExhausted, AuthenticationPool } from './authentication-pool'
import { fromHex, toHex } from './hex.testing'
import { verificationMessage, verificationTag, verifies } from './verification'

const key = fromHex('87804760867f58fd1550eaeee02b113c')
const pad = fromHex('50c16c36ef6af4318cd4772d197ab4f4')
const bytes = (...values: number[]) => Uint8Array.from(values)
const ends = () => [
  new TranscriptAuthenticator('alice-to-bob', key),
  new TranscriptAuthenticator('alice-to-bob', key),
]
const flipped = (message: Uint8Array, bit: number) =>
  message.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe('authentication by phases (each single bit flipped, exact)', () => {
  it('agrees over several phases', () => {
    const [sender, receiver] = ends()
    for (const phase of ['start', 'sift', 'reconcile']) {
      for (const end of [sender, receiver]) {
        end.absorb(bytes(1, 2, 3))
        end.absorb(bytes())
      }
      expect(receiver.checkPhase(phase, sender.closePhase(phase, pad), pad)).toBe(true)
    }
  })

  it('refuses any flipped bit of message, tag or pad, and stays broken', () => {
    const message = bytes(...Array.from({ length: 20 }, (_, i) => i * 11))
    for (let bit = 0; bit < 160; bit++) {
      const [sender, receiver] = ends()
      sender.absorb(message)
      receiver.absorb(flipped(message, bit))
      expect(receiver.checkPhase('sift', sender.closePhase('sift', pad), pad)).toBe(false)
    }
    for (let bit = 0; bit < 128; bit++) {
      const [sender, receiver, other] = [...ends(), ends()[0]]
      const tag = sender.closePhase('sift', pad)
      expect(receiver.checkPhase('sift', flipped(tag, bit), pad)).toBe(false)
      expect(receiver.checkPhase('sift', tag, pad)).toBe(false)
      expect(() => receiver.closePhase('verify', pad)).toThrow(/alice-to-bob failed earlier/)
      expect(other.checkPhase('sift', tag, flipped(pad, bit))).toBe(false)
    }
  })

  it('closes and checks nothing after it was erased', () => {
    const [sender, receiver] = ends()
    const tag = sender.closePhase('start', pad)
    for (const end of [sender, receiver]) end.erase()
    expect(receiver.checkPhase('start', tag, pad)).toBe(false)
    expect(() => sender.closePhase('sift', pad)).toThrow(/discard the block/)
  })

  it('tells apart message boundaries, phase names, phase numbers and directions', () => {
    const tagOf = (said: Uint8Array[], phases: string[], direction = 'alice-to-bob' as const) => {
      const end = new TranscriptAuthenticator(direction, key)
      said.forEach((message) => end.absorb(message))
      return toHex(phases.map((phase) => end.closePhase(phase, pad)).at(-1) ?? bytes())
    }
    const back = new TranscriptAuthenticator('bob-to-alice', key)
    const tags = [
      tagOf([bytes(1, 2)], ['sift']),
      tagOf([bytes(1), bytes(2)], ['sift']),
      tagOf([bytes(1, 2), bytes()], ['sift']),
      tagOf([bytes(2, 1)], ['sift']),
      tagOf([], ['sift']),
      tagOf([], ['start']),
      tagOf([], ['sift', 'sift']),
      toHex(back.closePhase('sift', pad)),
    ]
    expect(new Set(tags).size).toBe(tags.length)
  })
})

describe('authentication pool (both ends side by side, exact)', () => {
  const start = Uint8Array.from({ length: 512 }, (_, i) => i & 255)

  it('gives both ends the same bits whatever the order of directions', () => {
    const [a, b] = [new AuthenticationPool(start), new AuthenticationPool(start)]
    const one = [
      a.take('alice-to-bob', 128),
      a.take('bob-to-alice', 128),
      a.take('alice-to-bob', 8),
    ]
    const two = [
      b.take('bob-to-alice', 128),
      b.take('alice-to-bob', 128),
      b.take('alice-to-bob', 8),
    ]
    expect([two[1], two[0], two[2]]).toEqual(one)
    expect(one[0]).toEqual(start.slice(0, 16))
  })

  it('gives nothing after it was erased', () => {
    const pool = new AuthenticationPool(start)
    pool.erase()
    expect(() => pool.take('bob-to-alice', 8)).toThrow(/ 0 bits left/)
  })

  it('throws when exhausted, with what is left, and takes nothing', () => {
    const pool = new AuthenticationPool(start.slice(0, 34))
    pool.take('alice-to-bob', 128)
    expect(() => pool.take('alice-to-bob', 128)).toThrow(AuthenticationKeyExhausted)
    expect(() => pool.take('alice-to-bob', 128)).toThrow(/128 bits wanted.* 8 bits left/)
    expect(pool.take('alice-to-bob', 8)).toHaveLength(1)
    expect(pool.take('bob-to-alice', 128)).toHaveLength(16)
    expect(() => pool.take('bob-to-alice', 5)).toThrow(/whole bytes/)
    expect(() => new AuthenticationPool(start.slice(0, 3))).toThrow(/even/)
  })
})

describe('verification (each single bit flipped, exact)', () => {
  const bits = Uint8Array.from({ length: 1003 }, (_, i) => ((i * i) % 7) & 1)
  const random = (count: number) => key.slice(0, count)

  it('passes equal keys and fails for each single difference and for a length', () => {
    const message = verificationMessage(bits, random)
    expect(verifies(bits, message)).toBe(true)
    for (let i = 0; i < bits.length; i++) {
      expect(
        verifies(
          bits.map((bit, at) => (at === i ? bit ^ 1 : bit)),
          message,
        ),
      ).toBe(false)
    }
    expect(verifies(Uint8Array.of(...bits, 0), message)).toBe(false)
    expect(verifies(bits, flipped(message, 255))).toBe(false)
    expect(() => verifies(bits, message.slice(1))).toThrow(/cut off in the tag/)
  })

  it('hashes differ with the key', () => {
    expect(verificationTag(bits, key)).not.toEqual(verificationTag(bits, pad))
  })
})
