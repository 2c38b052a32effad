/** The one place that sees both parties: an oracle that compares their keys and attacks their channel. */
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import type { Payload } from '../domain/model/payload'
import { TAG_BITS } from '../domain/qkd/authentication'
import { AliceDistillation } from './alice/distillation'
import { Alice } from './alice/party'
import { Preparation } from './alice/preparation'
import { AliceSifting } from './alice/sifting'
import { BobDistillation } from './bob/distillation'
import { Bob } from './bob/party'
import { BobSifting } from './bob/sifting'
import { ChannelEnd } from './channel/channel-end'
import { ClassicalChannel, type Tamper } from './channel/classical-channel'
import { decodeFrame, frameName, messageKinds } from './channel/message'
import { PartyKeys, PASS_AUTHENTICATION_BITS } from './channel/party-keys'
import type { Distilled } from './distilled-lengths'
import { osRandom } from './os-random'
import { decodePaired } from './paired-message'
import { loadPartyKernels } from './party-kernels'
import type { PartyReport, PublicParameters } from './party-start'
import type { ChannelRecord } from './protocol'
import { bases } from './sifted-key'
import { referencePass } from './world/reference-pass'
import { runWorld } from './world/world'

/** Brighter than any pass, so that a few seconds give a key. */
const SECONDS = 3
const BRIGHTER = 16
/** Long enough for a loaded machine; a party that is stuck gives up after it. */
const PATIENCE_MS = 10_000
/** As if the engine were built: kernels lie beside this folder. */
const workerDir = join(import.meta.dirname, '../../out/main')

interface Outcome {
  alice: PartyReport[]
  bob: PartyReport[]
  records: ChannelRecord[]
}

interface Setting {
  tamper?: Tamper
  startKeys?: { alice: Uint8Array; bob: Uint8Array }
  patience_ms?: number
  polarisation_error?: number
}

const oracleParameters = (payload: Payload): PublicParameters => ({
  contactId: 'oracle',
  payload,
  security: { eps_sec: 1e-9, eps_cor: 1e-15, proof: 'lim2014' },
  protocol: 'decoy-bb84',
  reconciliation: { method: 'cascade', why: 'the test asks for it' },
  epoch_ms: 0,
})

const failure = (reports: PartyReport[]): string | undefined =>
  reports.flatMap((report) => (report.kind === 'failed' ? [report.reason] : []))[0]
const keyOf = (reports: PartyReport[]) =>
  reports.flatMap((report) => (report.kind === 'key' ? [report] : []))[0]
const figuresOf = (reports: PartyReport[]) =>
  reports.flatMap((report) => (report.kind === 'distilled' ? [report.figures] : []))[0]

/** What both must derive alike; how the code fared is Bob's to know. */
const publicFigures = (reports: PartyReport[]) => ({
  ...figuresOf(reports),
  reconciliation: undefined,
})

/** Runs a short pass with both parties on their own ends of real message channels. */
async function exchange(setting: Setting = {}): Promise<Outcome> {
  const setup = referencePass(SECONDS + 2, 7)
  setup.profile.transmittance.forEach((eta, i, column) => (column[i] = eta * BRIGHTER))
  const payload = {
    ...setup.payload,
    polarisation_error: setting.polarisation_error ?? setup.payload.polarisation_error,
  }
  const parameters = oracleParameters(payload)
  const shared = osRandom(PASS_AUTHENTICATION_BITS / 8)
  const startKeys = setting.startKeys ?? { alice: shared.slice(), bob: shared.slice() }
  const [toAlice, toBob, photons, tags] = Array.from({ length: 4 }, () => new MessageChannel())
  const outcome: Outcome = { alice: [], bob: [], records: [] }
  const channel = new ClassicalChannel({
    alice: toAlice.port1,
    bob: toBob.port1,
    now_ms: () => 0,
    phase: () => 'test',
    record: (record) => outcome.records.push(record),
    ...(setting.tamper ? { tamper: setting.tamper } : {}),
  })
  const patience_ms = setting.patience_ms ?? PATIENCE_MS
  const common = { parameters, patience_ms }
  const sifted = waiter()
  const alice = new Alice(
    { ...common, startKey: startKeys.alice, channel: toAlice.port2, device: photons.port1 },
    loadPartyKernels(workerDir),
    (report) => outcome.alice.push(report),
  ).run()
  const bob = new Bob(
    {
      ...common,
      startKey: startKeys.bob,
      channel: toBob.port2,
      device: tags.port1,
      receiver: setup.station.receiver,
      pulses: SECONDS * payload.pulse_rate_Hz,
      flight: { range_m: setup.profile.range_m, rangeRate_m_s: setup.profile.rangeRate_m_s },
    },
    loadPartyKernels(workerDir),
    (report) => {
      outcome.bob.push(report)
      sifted.note()
    },
  )
  const running = bob.run()
  const advance = runWorld(
    { ...setup, payload, alicePort: photons.port2, bobPort: tags.port2 },
    () => undefined,
  )
  for (let slot = 0; slot <= SECONDS && !failure(outcome.bob); slot += 1) {
    const before = slotsOf(outcome.bob)
    advance({ kind: 'advance', from_s: slot, to_s: slot + 1, shutter: slot === SECONDS })
    await sifted.until(() => slotsOf(outcome.bob) > before || failure(outcome.bob) !== undefined)
  }
  bob.control({ kind: 'finish' })
  await Promise.all([alice, running])
  channel.close()
  for (const { port1, port2 } of [toAlice, toBob, photons, tags]) {
    port1.close()
    port2.close()
  }
  return outcome
}

const slotsOf = (reports: PartyReport[]): number =>
  reports.filter(({ kind }) => kind === 'slot').length

/** Wakes whoever waits each time something was reported. */
function waiter() {
  let wake: () => void = () => undefined
  return {
    note: () => wake(),
    until: async (done: () => boolean): Promise<void> => {
      while (!done()) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

const flipBit = (frame: Uint8Array, bit: number): Uint8Array => {
  const changed = frame.slice()
  changed[bit >> 3] ^= 0x80 >> (bit & 7)
  return changed
}

describe('two parties, one channel (oracle: both keys side by side)', () => {
  it('distils one key at both ends, with the leak counted from the transcript', async () => {
    const { alice, bob, records } = await exchange()
    expect(failure(alice)).toBeUndefined()
    expect(failure(bob)).toBeUndefined()
    const [a, b] = [keyOf(alice), keyOf(bob)]
    expect(a?.length_bits).toBeGreaterThan(10_000)
    expect(a?.key).toEqual(b?.key)
    expect(publicFigures(alice)).toEqual(publicFigures(bob))
    const parities = records.filter(({ message }) => message === 'parities')
    const parts = parities.flatMap(({ payload }) =>
      Object.values(decodePaired(payload.subarray(1), 'Parities')).filter((part) => part !== null),
    )
    const disclosed_bytes = parts.reduce((sum, part) => sum + part.length, 0)
    const leak = figuresOf(bob)?.leak_bits ?? 0
    expect(leak).toBeLessThanOrEqual(disclosed_bytes * 8 + 2 * 129)
    expect(leak).toBeGreaterThan((disclosed_bytes - parts.length) * 8)
  })

  it('spends ten tags and two hash keys, and overwrites the rest at both ends', async () => {
    const { alice, bob, records } = await exchange()
    const tags = records.filter(({ message }) => message === 'tag')
    expect((tags.length + 2) * TAG_BITS).toBe(PASS_AUTHENTICATION_BITS)
    for (const reports of [alice, bob]) expect(reports.at(-1)).toEqual({ kind: 'erased' })
  })

  it.each(['alice-to-bob', 'bob-to-alice'] as const)(
    'gives no key when every message %s is replaced by noise',
    async (direction) => {
      const tamper: Tamper = (way, frame) => (way === direction ? osRandom(frame.length) : frame)
      const { alice, bob } = await exchange({ tamper })
      expect(keyOf(alice)).toBeUndefined()
      expect(keyOf(bob)).toBeUndefined()
    },
  )

  it('gives no key when both ends hold different start keys', async () => {
    const startKeys = {
      alice: osRandom(PASS_AUTHENTICATION_BITS / 8),
      bob: osRandom(PASS_AUTHENTICATION_BITS / 8),
    }
    const { alice, bob } = await exchange({ startKeys })
    expect(keyOf(alice)).toBeUndefined()
    expect(keyOf(bob)).toBeUndefined()
  })

  const attacked = messageKinds.filter((kind) => kind !== 'abort')
  it.each(attacked)('refuses the block when one bit of a message %s is flipped', async (kind) => {
    let flipped = 0
    let bit = -1
    const tamper: Tamper = (_, frame) => {
      if (flipped > 0 || frameName(frame) !== kind) return frame
      flipped += 1
      bit = Math.floor(Math.random() * frame.length * 8)
      return flipBit(frame, bit)
    }
    const { alice, bob } = await exchange({ tamper })
    expect(flipped).toBe(1)
    const keys = [keyOf(alice), keyOf(bob)].filter(Boolean)
    expect(keys.length, `bit ${bit} of ${kind}`).toBeLessThan(2)
    expect(failure(alice) ?? failure(bob), `bit ${bit} of ${kind}`).toBeDefined()
  })

  it('ends cleanly when a message is dropped', async () => {
    const tamper: Tamper = (_, frame) => (frameName(frame) === 'parities' ? null : frame)
    const { alice, bob } = await exchange({ tamper, patience_ms: 4000 })
    expect(keyOf(alice)).toBeUndefined()
    expect(failure(bob)).toMatch(/No parities came for 4000 ms/)
  })

  it('destroys the key of a line that errs too much, and says why', async () => {
    const { alice, bob } = await exchange({ polarisation_error: 0.2 })
    expect(figuresOf(bob)?.secret_bits).toBe(0)
    expect(figuresOf(bob)?.no_key_reason).toMatch(/finite-key bound leaves nothing/)
    expect(figuresOf(alice)?.secret_bits).toBe(0)
  })

  it('decodes what it encodes', () => {
    expect(() => decodeFrame(Uint8Array.of(200))).toThrow(/kind 200 is unknown/)
  })
})

/** Both parties' distillation of one prepared block over a line that may be changed, without the tags' phases. */
async function distil(tamper: Tamper) {
  const ports = [new MessageChannel(), new MessageChannel()]
  const carried: string[] = []
  const channel = new ClassicalChannel({
    ...{ alice: ports[0].port1, bob: ports[1].port1, now_ms: () => 0, phase: () => 'test', tamper },
    record: ({ message }) => carried.push(message),
  })
  const passKey = osRandom(PASS_AUTHENTICATION_BITS / 8)
  const end = (party: 'alice' | 'bob', i: number): ChannelEnd =>
    new ChannelEnd(ports[i].port2, party, new PartyKeys(passKey), PATIENCE_MS)
  const [toBob, toAlice] = [end('alice', 0), end('bob', 1)]
  const parameters = oracleParameters(referencePass(2, 1).payload)
  const sifting = {
    alice: new AliceSifting(new Preparation(parameters.payload)),
    bob: new BobSifting(toAlice),
  }
  osRandom(200_000).forEach((byte, i) => {
    for (const party of [sifting.alice, sifting.bob]) {
      const error = party === sifting.bob && i % 90 === 0 ? 1 : 0
      party.key.add(i % 2 ? 'x' : 'z', (byte & 1) ^ error, i % 17 === 0 ? 1 : 0)
      party.tally.keep(i % 2 ? 'x' : 'z', i % 17 === 0 ? 1 : 0)
    }
  })
  const alice = new AliceDistillation(toBob, sifting.alice, parameters, loadPartyKernels(workerDir))
  const bob = new BobDistillation(toAlice, sifting.bob, parameters, loadPartyKernels(workerDir))
  const [atAlice, atBob] = await Promise.all([
    (async () => {
      await alice.reconcile()
      for (const basis of bases) await alice.verify(basis)
      return alice.lengths()
    })(),
    (async () => {
      await bob.reconcile()
      for (const basis of bases) await bob.verify(basis)
      return bob.lengths()
    })(),
  ])
  channel.close()
  for (const { port1, port2 } of ports) for (const port of [port1, port2]) port.close()
  const hashes = carried.filter((message) => message === 'verification').length
  return { alice: atAlice, bob: atBob, hashes }
}

const figuresAlike = ({ terms, figures }: Distilled) => ({
  terms,
  figures: { ...figures, reconciliation: undefined },
})

/** Spoils the first hashes of each basis that pass. */
const spoilHashes = (wanted: (nth: number) => boolean): Tamper => {
  let nth = 0
  return (_, frame) =>
    frameName(frame) === 'verification' && wanted(nth++) ? flipBit(frame, 200) : frame
}

describe('verification that fails (design rule 5: three more passes, then destroyed)', () => {
  it('reconciles once more after one failure, at the cost of another hash', async () => {
    const plain = await distil((_, frame) => frame)
    expect(plain.hashes).toBe(2)
    const { alice, bob, hashes } = await distil(spoilHashes((nth) => nth === 0))
    expect(hashes).toBe(3)
    expect(figuresAlike(alice)).toEqual(figuresAlike(bob))
    expect(bob.figures.verified).toBe(true)
    // X was prepared without errors, so that its parities are the same number in every run.
    expect(bob.terms.x.leak_bits - plain.bob.terms.x.leak_bits).toBeGreaterThan(129)
  })

  it('destroys the block after the fourth failure, and both ends count the same leak', async () => {
    const { alice, bob, hashes } = await distil(spoilHashes((nth) => nth < 4))
    expect(hashes).toBe(5)
    expect(figuresAlike(alice)).toEqual(figuresAlike(bob))
    expect(bob.figures.verified).toBe(false)
    expect([bob.terms.x.secret_bits, bob.terms.z.secret_bits]).toEqual([0, 0])
    expect(bob.figures.no_key_reason).toMatch(/verification failed: the block was destroyed/)
  })

  it('refuses the block all the same when it was the line that spoilt the hash', async () => {
    const { alice, bob, records } = await exchange({ tamper: spoilHashes((nth) => nth === 0) })
    expect(records.filter(({ message }) => message === 'verification')).toHaveLength(3)
    expect(failure(bob)).toMatch(/tag of phase verify/)
    expect([keyOf(alice), keyOf(bob)]).toEqual([undefined, undefined])
  })
})
