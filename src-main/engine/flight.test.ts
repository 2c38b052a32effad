/** A contact of a few seconds with the built workers; builds first when there is no build. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { flagshipElements, xinglong } from '../domain/plan/flagship.testing'
import { calmChannel, noFaults } from '../domain/model/conditions'
import { referencePayload } from '../domain/link/reference-case'
import { parseUtc } from '../domain/model/time'
import { frameName } from './channel/message'
import { PASS_AUTHENTICATION_BITS } from './channel/party-keys'
import { Flight, type FlightOptions } from './flight'
import { osRandom } from './os-random'
import type { DownlinkPlan, EngineEvent } from './protocol'

const root = join(import.meta.dirname, '../..')
const BUILD_MS = 240_000
const SECONDS = 4

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(root, 'scripts/micius.mjs'), '--help'])
  expect(built.status).toBe(0)
}, BUILD_MS)

const opens_ms = parseUtc('2016-12-19T16:52:10Z')
const plan: DownlinkPlan = {
  kind: 'downlink',
  contactId: 'short',
  seed: 1,
  elements: flagshipElements,
  payload: referencePayload,
  station: { ...xinglong, receiver: { ...xinglong.receiver, aperture_m: 4 } },
  exchange: {
    protocol: 'decoy-bb84',
    min_elevation_deg: 10,
    max_range_km: 1200,
    sun_below_deg: -12,
    reconciliation: 'auto',
  },
  channel: calmChannel,
  faults: noFaults,
  attacks: [],
  security: { eps_sec: 1e-9, eps_cor: 1e-15, proof: 'lim2014' },
  times: {
    start_ms: opens_ms - 5000,
    aos_ms: opens_ms - 2000,
    exchangeFrom_ms: opens_ms,
    tca_ms: opens_ms + 2000,
    exchangeTo_ms: opens_ms + SECONDS * 1000,
    los_ms: opens_ms + 6000,
  },
  speed: 'max',
}

type OfKind<K extends EngineEvent['kind']> = Extract<EngineEvent, { kind: K }>

class Heard {
  readonly events: EngineEvent[] = []
  of<K extends EngineEvent['kind']>(kind: K): OfKind<K>[] {
    return this.events.filter((event): event is OfKind<K> => event.kind === kind)
  }
}

/** Flies to the end; `on` may steer the flight when it hears an event. */
async function fly(
  on: (event: EngineEvent, flight: Flight) => void = () => undefined,
  more: Partial<FlightOptions> = {},
): Promise<Heard> {
  const heard = new Heard()
  const shared = osRandom(PASS_AUTHENTICATION_BITS / 8)
  const flight: Flight = new Flight({
    plan,
    startKeys: () => Promise.resolve({ alice: shared.slice(), bob: shared.slice() }),
    workerDir: join(root, 'out/main'),
    emit: (event) => {
      heard.events.push(event)
      on(event, flight)
    },
    ...more,
  })
  await flight.run()
  return heard
}

const inPhase = (event: EngineEvent, phase: string): boolean =>
  event.kind === 'phase' && event.phase === phase

describe('a contact with its three workers (design rules 1 to 5)', () => {
  it('hands over both keys, alike, and only then says that it is complete', async () => {
    const heard = await fly()
    const [a, b] = heard.of('key')
    expect([a.party, b.party].sort()).toEqual(['alice', 'bob'])
    expect(a.key).toEqual(b.key)
    const [{ distillation }] = heard.of('distilled')
    expect(a.length_bits).toBe(distillation.secret_bits)
    expect(distillation.exchange_s).toBe(SECONDS)
    expect(heard.events.at(-1)).toEqual({ kind: 'ended', outcome: 'complete' })
  }, 60_000)

  it('uses nothing of held seconds, in counts, telemetry and duration alike', async () => {
    const heard = await fly((event, flight) => {
      if (inPhase(event, 'acquire')) flight.hold(true)
      if (event.kind === 'telemetry' && event.batch.columns.phase.includes(4)) flight.hold(false)
    })
    const [{ distillation }] = heard.of('distilled')
    const detections = heard.of('telemetry').map(({ batch }) => [...batch.columns.detections])
    const counted = detections.flat().filter((n) => !Number.isNaN(n))
    expect(distillation.exchange_s).toBeLessThan(SECONDS)
    expect(counted).toHaveLength(distillation.exchange_s)
    // Tags on their way at the window's end are sifted after it: a microsecond of them and one pulse.
    const sum = counted.reduce((total, n) => total + n, 0)
    expect(distillation.detections - sum).toBeGreaterThanOrEqual(0)
    expect(distillation.detections - sum).toBeLessThan(30)
  }, 60_000)

  it.each(['exchange', 'distil'])(
    'gives no key when aborted in phase %s',
    async (phase) => {
      const heard = await fly((event, flight) => {
        if (inPhase(event, phase)) flight.abort()
      })
      expect(heard.of('key')).toEqual([])
      const [{ outcome, reason }] = heard.of('ended')
      expect([outcome, reason]).toEqual(['aborted', 'aborted by the operator'])
    },
    60_000,
  )

  it('fails in words, once, when a worker cannot run', async () => {
    const heard = await fly(undefined, { workerDir: join(root, 'nowhere') })
    expect(heard.of('ended')).toHaveLength(1)
    expect(heard.of('ended')[0].reason).toMatch(/was lost: .*nowhere/)
  }, 60_000)

  it('gives no key to either end when the last tag is lost on the line', async () => {
    let tags = 0
    const heard = await fly(undefined, {
      tamper: (_, frame) => (frameName(frame) === 'tag' && ++tags === 10 ? null : frame),
      patience_ms: 3000,
    })
    expect(tags).toBe(10)
    expect(heard.of('key')).toEqual([])
    expect(heard.of('ended')[0].reason).toMatch(/No tag came for 3000 ms/)
  }, 60_000)
})
