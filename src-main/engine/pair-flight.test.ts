/** An entangled contact of a few seconds with the built workers; builds first when there is no build. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { noFaults, calmChannel } from '../domain/model/conditions'
import type { PairSource } from '../domain/model/payload'
import { parseUtc } from '../domain/model/time'
import { flagshipElements, xinglong } from '../domain/plan/flagship.testing'
import { PASS_AUTHENTICATION_BITS } from './channel/party-keys'
import { osRandom } from './os-random'
import { PairFlight, type PairFlightOptions } from './pair-flight'
import type { EngineEvent, PairPlan } from './protocol'

const root = join(import.meta.dirname, '../..')
const BUILD_MS = 240_000
const SECONDS = 4

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(root, 'scripts/micius.mjs'), '--help'])
  expect(built.status).toBe(0)
}, BUILD_MS)

const opens_ms = parseUtc('2016-12-19T16:52:10Z')
const station = { ...xinglong, receiver: { ...xinglong.receiver, aperture_m: 4 } }
/** A second station three degrees south. */
const south = { ...station, id: 'south', name: 'South', lat_deg: station.lat_deg - 3 }

/** Brighter than any source flown, so that a few seconds give a key. */
const source: PairSource = {
  ...{ id: 'pairs', name: 'Bright pairs', wavelength_nm: 810, sync_rate_Hz: 10_000 },
  ...{ divergence_urad: 10, pointing_jitter_urad: 1.2 },
  ...{ pair_rate_Hz: 8e5, visibility: 0.98, coincidence_window_ns: 2.5 },
  onboard: { efficiency: 0.2, dark_count_rate_Hz: 500, timing_jitter_ns: 0.3 },
}

const plan: PairPlan = {
  ...{ kind: 'pair', contactId: 'short', seed: 1, elements: flagshipElements },
  source,
  alice: null,
  bob: station,
  exchange: {
    ...{ protocol: 'bbm92', reconciliation: 'cascade' },
    ...{ min_elevation_deg: 10, max_range_km: 1200, sun_below_deg: -12 },
  },
  security: { eps_sec: 1e-9, eps_cor: 1e-15 },
  times: {
    start_ms: opens_ms - 5000,
    aos_ms: opens_ms - 2000,
    exchangeFrom_ms: opens_ms,
    tca_ms: opens_ms + 2000,
    exchangeTo_ms: opens_ms + SECONDS * 1000,
    los_ms: opens_ms + 6000,
  },
  ...{ speed: 'max', channel: calmChannel, faults: noFaults, attacks: [] },
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
  change: Partial<PairPlan> = {},
  on: (event: EngineEvent, flight: PairFlight) => void = () => undefined,
  more: Partial<PairFlightOptions> = {},
): Promise<Heard> {
  const heard = new Heard()
  const shared = osRandom(PASS_AUTHENTICATION_BITS / 8)
  const flight: PairFlight = new PairFlight({
    plan: { ...plan, ...change },
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

describe('an entangled contact with its three workers (design rules 1 to 5)', () => {
  it('measured on board: hands over both keys, alike, and only then says that it is complete', async () => {
    const heard = await fly()
    const [a, b] = heard.of('key')
    const [{ distillation }] = heard.of('distilled')
    expect([a.party, b.party].sort()).toEqual(['alice', 'bob'])
    expect(a.key).toEqual(b.key)
    expect(a.length_bits).toBe(distillation.secret_bits)
    expect(distillation.secret_bits).toBeGreaterThan(100)
    expect(distillation.pulses_sent).toBe(source.pair_rate_Hz * SECONDS)
    expect(distillation.pairs?.coincidences).toBe(distillation.detections)
    expect(heard.events.at(-1)).toEqual({ kind: 'ended', outcome: 'complete' })
  }, 60_000)

  it('two stations: E91 counts coincidences as the model expects, 5 sigma, and a Bell violation', async () => {
    const exchange = { ...plan.exchange, protocol: 'e91' as const }
    const brighter = { ...source, pair_rate_Hz: 2e7 }
    const heard = await fly({ alice: south, exchange, source: brighter })
    const [{ distillation }] = heard.of('distilled')
    const modelled = heard
      .of('telemetry')
      .flatMap(({ batch }) => [...batch.columns.detections_modelled])
      .filter((rate) => !Number.isNaN(rate))
    const expected = modelled.reduce((sum, rate) => sum + rate, 0)
    expect(Math.abs(distillation.detections - expected)).toBeLessThan(5 * Math.sqrt(expected))
    const { S, sigma_S } = distillation.chsh ?? { S: 0, sigma_S: 1 }
    expect(S - 2).toBeGreaterThan(5 * sigma_S)
  }, 60_000)

  it('uses nothing of held seconds', async () => {
    const heard = await fly({}, (event, flight) => {
      if (inPhase(event, 'acquire')) flight.hold(true)
      if (event.kind === 'telemetry' && event.batch.columns.phase.includes(4)) flight.hold(false)
    })
    const [{ distillation }] = heard.of('distilled')
    expect(distillation.exchange_s).toBeLessThan(SECONDS)
  }, 60_000)

  it.each(['exchange', 'distil'])(
    'gives no key when aborted in phase %s',
    async (phase) => {
      const heard = await fly({}, (event, flight) => {
        if (inPhase(event, phase)) flight.abort()
      })
      expect(heard.of('key')).toEqual([])
      const [{ outcome, reason }] = heard.of('ended')
      expect([outcome, reason]).toEqual(['aborted', 'aborted by the operator'])
    },
    60_000,
  )

  it('is stopped by authentication when the station holds no start key, or a message is changed', async () => {
    for (const kind of ['fake-station', 'tampered-message'] as const) {
      const heard = await fly({ attacks: [{ kind, fraction: 1 }] })
      expect(heard.of('key')).toEqual([])
      const [{ outcome, layer }] = heard.of('ended')
      expect([kind, outcome]).toEqual([kind, 'failed'])
      expect(['authentication', 'protocol check', 'start key']).toContain(layer)
    }
  }, 60_000)

  it('refuses a protocol without pairs, and a source that would flood the detectors', () => {
    const build = (change: Partial<PairPlan>) => (): PairFlight =>
      new PairFlight({
        ...{ plan: { ...plan, ...change }, workerDir: '', emit: () => undefined },
        startKeys: () => Promise.reject(new Error('not asked')),
      })
    const exchange = { ...plan.exchange, protocol: 'decoy-bb84' as const }
    expect(build({ exchange })).toThrow(/protocol decoy-bb84 does not use them/)
    const flood = { ...source, pair_rate_Hz: 1e10 }
    expect(build({ source: flood })).toThrow(/2\.0e\+9 time tags a second, 1000000 are the limit/)
  })
})
