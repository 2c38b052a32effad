/** Sees both ends of an entangled contact: an oracle that compares their keys and attacks their channel. */
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { PairAlice } from './alice/pair-party'
import { PairBob } from './bob/pair-party'
import { ClassicalChannel, type Tamper } from './channel/classical-channel'
import { frameName, type MessageKind } from './channel/message'
import { PASS_AUTHENTICATION_BITS } from './channel/party-keys'
import { osRandom } from './os-random'
import type { PairParameters } from './pair-start'
import { loadPartyKernels } from './party-kernels'
import type { PartyReport } from './party-start'
import type { ChannelRecord } from './protocol'
import { brightLink, type BrightLink } from './world/pair-bright.testing'
import { runPairWorld } from './world/pair-world'

/** As if the engine were built: kernels lie beside this folder. */
const kernels = () => loadPartyKernels(join(import.meta.dirname, '../../out/main'))

const SECONDS = 3
/** Long enough for a loaded machine; a party that is stuck gives up after it. */
const PATIENCE_MS = 10_000

interface Setting extends Partial<BrightLink> {
  tamper?: Tamper
  startKeys?: { alice: Uint8Array; bob: Uint8Array }
  patience_ms?: number
  interception?: number
  clouds?: { from_s: number; to_s: number }[]
  security?: Partial<PairParameters['security']>
}

interface Outcome {
  alice: PartyReport[]
  bob: PartyReport[]
  records: ChannelRecord[]
}

const failure = (reports: PartyReport[]): string | undefined =>
  reports.flatMap((report) => (report.kind === 'failed' ? [report.reason] : []))[0]
const layer = (reports: PartyReport[]): string | undefined =>
  reports.flatMap((report) => (report.kind === 'failed' ? [report.layer] : []))[0]
const keyOf = (reports: PartyReport[]) =>
  reports.flatMap((report) => (report.kind === 'key' ? [report] : []))[0]
const figuresOf = (reports: PartyReport[]) =>
  reports.flatMap((report) => (report.kind === 'distilled' ? [report.figures] : []))[0]
const slotsOf = (reports: PartyReport[]): number =>
  reports.filter(({ kind }) => kind === 'slot').length

/** Runs a short contact with both parties on their own ends of real message channels. */
async function exchange(setting: Setting = {}): Promise<Outcome> {
  const seconds = setting.seconds ?? SECONDS
  const world = brightLink({ ...setting, seconds })
  const fraction = setting.interception ?? 0
  world.clouds = setting.clouds ?? []
  world.interceptions = [{ fraction, from_s: 0, to_s: Infinity }]
  const parameters: PairParameters = {
    contactId: 'oracle',
    source: { id: 'pairs', coincidence_window_ns: 2.5, ...world.source },
    security: { eps_sec: 1e-9, eps_cor: 1e-15, ...setting.security },
    protocol: world.protocol,
    reconciliation: { method: 'cascade', why: 'the test asks for it' },
    epoch_ms: 0,
  }
  const shared = osRandom(PASS_AUTHENTICATION_BITS / 8)
  const startKeys = setting.startKeys ?? { alice: shared.slice(), bob: shared.slice() }
  const [toAlice, toBob, tagsA, tagsB] = Array.from({ length: 4 }, () => new MessageChannel())
  const outcome: Outcome = { alice: [], bob: [], records: [] }
  const channel = new ClassicalChannel({
    ...{ alice: toAlice.port1, bob: toBob.port1, now_ms: () => 0, phase: () => 'test' },
    record: (record) => outcome.records.push(record),
    ...(setting.tamper ? { tamper: setting.tamper } : {}),
  })
  const common = { parameters, patience_ms: setting.patience_ms ?? PATIENCE_MS }
  let wake = (): void => undefined
  const news = (): Promise<void> => new Promise((resolve) => (wake = resolve))
  const alice = new PairAlice(
    {
      ...{ ...common, startKey: startKeys.alice, channel: toAlice.port2, device: tagsA.port1 },
      flights: { alice: world.alice.profile, bob: world.bob.profile },
    },
    kernels(),
    (report) => outcome.alice.push(report),
  ).run()
  const bob = new PairBob(
    { ...common, startKey: startKeys.bob, channel: toBob.port2, device: tagsB.port1 },
    kernels(),
    (report) => {
      outcome.bob.push(report)
      wake()
    },
  )
  const running = bob.run()
  const advance = runPairWorld(
    { ...world, alicePort: tagsA.port2, bobPort: tagsB.port2 },
    () => undefined,
  )
  for (let slot = 0; slot <= seconds && !failure(outcome.bob); slot += 1) {
    advance({ kind: 'advance', from_s: slot, to_s: slot + 1, shutter: slot === seconds })
    while (slotsOf(outcome.bob) <= slot && !failure(outcome.bob)) await news()
  }
  bob.control({ kind: 'finish' })
  await Promise.all([alice, running])
  channel.close()
  for (const { port1, port2 } of [toAlice, toBob, tagsA, tagsB]) {
    port1.close()
    port2.close()
  }
  return outcome
}

describe('two ends of an entangled link, one channel (oracle: both keys side by side)', () => {
  it.each(['bbm92', 'e91'] as const)('%s distils one key at both ends', async (protocol) => {
    const { alice, bob, records } = await exchange({ protocol })
    expect(failure(alice) ?? failure(bob)).toBeUndefined()
    const [a, b] = [keyOf(alice), keyOf(bob)]
    expect(a?.length_bits).toBeGreaterThan(500)
    expect(a?.key).toEqual(b?.key)
    expect(figuresOf(alice)).toEqual(figuresOf(bob))
    const parities = records.filter(({ message }) => message === 'parities')
    const disclosed_bits = 8 * parities.reduce((sum, { payload }) => sum + payload.length - 1, 0)
    const leak = figuresOf(bob)?.leak_bits ?? 0
    expect(leak).toBeLessThanOrEqual(disclosed_bits + 129)
    expect(leak).toBeGreaterThan(disclosed_bits - 8 * parities.length)
    for (const reports of [alice, bob]) expect(reports.at(-1)).toEqual({ kind: 'erased' })
  })

  it('counts in E91 what the Werner state gives: S = 2 sqrt2 V and QBER (1 - V)/2, 5 sigma', async () => {
    const { bob } = await exchange({ protocol: 'e91', visibility: 0.9 })
    const figures = figuresOf(bob)
    const { S, sigma_S } = figures?.chsh ?? { S: 0, sigma_S: 0 }
    const { coincidences, accidentals_modelled } = figures?.pairs ?? {
      coincidences: 0,
      accidentals_modelled: 0,
    }
    const V = 0.9 * (1 - accidentals_modelled / coincidences)
    expect(Math.abs(S - 2 * Math.SQRT2 * V)).toBeLessThan(5 * sigma_S)
    const n = figures?.sifted_bits ?? 0
    const error = (1 - V) / 2
    expect(Math.abs((figures?.qber ?? 1) - error)).toBeLessThan(
      5 * Math.sqrt((error * (1 - error)) / n),
    )
  })

  it('gives no key when every photon is measured on the way, and S falls to what is local', async () => {
    const { alice, bob } = await exchange({ protocol: 'e91', interception: 1 })
    const figures = figuresOf(bob)
    expect(figures?.qber).toBeGreaterThan(0.2)
    expect(Math.abs(figures?.chsh?.S ?? 3)).toBeLessThan(2)
    expect([keyOf(alice)?.length_bits, keyOf(bob)?.length_bits]).toEqual([0, 0])
    expect(figures?.no_key_reason).toMatch(/finite-key bound leaves nothing/)
  })

  it('says that a faint pass is too small for a key', async () => {
    const { bob } = await exchange({ pair_rate_Hz: 3000 })
    const figures = figuresOf(bob)
    expect(figures?.sifted_bits).toBeGreaterThan(50)
    expect(figures?.secret_bits).toBe(0)
    expect(figures?.no_key_reason).toMatch(/too small|prove no secrecy/)
  })

  it('says that no coincidences stand out when there are none', async () => {
    const { bob } = await exchange({ pair_rate_Hz: 1, background_Hz: 3000 })
    expect(figuresOf(bob)?.no_key_reason).toMatch(/no coincidences stand out/)
  })

  it('drops the lock in a cloud, withdraws alike at both ends, locks again and distils one key', async () => {
    const clouds = [{ from_s: 3.5, to_s: 6 }]
    const { alice, bob } = await exchange({ seconds: 9, clouds, background_Hz: 30_000 })
    const locked = bob.flatMap((report) =>
      report.kind === 'slot' ? [!Number.isNaN(report.status.sync_residual_ns)] : [],
    )
    expect([locked[2], locked.includes(false, 3), locked.at(-1)]).toEqual([true, true, true])
    expect(keyOf(alice)?.length_bits).toBeGreaterThan(100)
    expect(keyOf(alice)?.key).toEqual(keyOf(bob)?.key)
    expect(figuresOf(alice)?.pairs).toEqual(figuresOf(bob)?.pairs)
    expect(figuresOf(alice)?.sifted_bits).toBe(figuresOf(bob)?.sifted_bits)
  })

  it('finds clocks 100 ms and 1e-6 apart', async () => {
    const { alice, bob } = await exchange({ offset_s: 0.1, drift: 1e-6, seconds: 6 })
    expect(keyOf(bob)?.length_bits).toBeGreaterThan(500)
    expect(keyOf(alice)?.key).toEqual(keyOf(bob)?.key)
  })
})

describe('an adversary on the channel of an entangled link', () => {
  it('gives no key when both ends hold different start keys', async () => {
    const startKeys = {
      alice: osRandom(PASS_AUTHENTICATION_BITS / 8),
      bob: osRandom(PASS_AUTHENTICATION_BITS / 8),
    }
    const { alice, bob } = await exchange({ startKeys })
    expect([keyOf(alice), keyOf(bob)]).toEqual([undefined, undefined])
    expect(layer(bob)).toBe('authentication')
  })

  /** Every kind of message that this conversation has. */
  const conversation: MessageKind[] = [
    ...(['hello', 'hello-answer', 'detections', 'matches', 'sample-errors'] as const),
    ...(['exchange-end', 'reconcile-start', 'parity-request', 'parities', 'reconciled'] as const),
    ...(['verification', 'verification-outcome', 'error-counts', 'seeds', 'tag'] as const),
  ]

  it('has no other messages to attack than those below', async () => {
    const { records } = await exchange({ pair_rate_Hz: 1e5 })
    const spoken = new Set(records.map(({ message }) => message))
    expect([...spoken].sort()).toEqual([...conversation].sort())
  })

  it.each(conversation)(
    'refuses the block when one bit of a message %s is flipped',
    async (kind) => {
      let flipped = 0
      let place = -1
      const tamper: Tamper = (_, frame) => {
        if (flipped > 0 || frameName(frame) !== kind) return frame
        flipped += 1
        place = Math.floor(Math.random() * frame.length * 8)
        const changed = frame.slice()
        changed[place >> 3] ^= 0x80 >> (place & 7)
        return changed
      }
      const { alice, bob } = await exchange({ tamper, pair_rate_Hz: 1e5 })
      expect(flipped).toBe(1)
      expect([keyOf(alice), keyOf(bob)].filter(Boolean).length, `bit ${place}`).toBeLessThan(2)
      expect(failure(alice) ?? failure(bob), `bit ${place}`).toBeDefined()
    },
  )

  it('ends cleanly when a message is dropped', async () => {
    const tamper: Tamper = (_, frame) => (frameName(frame) === 'parities' ? null : frame)
    const { alice, bob } = await exchange({ tamper, patience_ms: 3000, pair_rate_Hz: 1e5 })
    expect([keyOf(alice), keyOf(bob)]).toEqual([undefined, undefined])
    expect(failure(bob)).toMatch(/No parities came for 3000 ms/)
  })
})
