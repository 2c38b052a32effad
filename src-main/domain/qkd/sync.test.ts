import { describe, expect, it } from 'vitest'
import type { TagBatch } from '../model/tags'
import { createTagGate, settleClicks } from './gate'
import { createPulseClock } from './sync'

const LIGHT = 299_792_458
const rates = { pulse_rate_Hz: 1e8, sync_rate_Hz: 1e4 }
/** Slant range past a station: closest at 150 s, 645 km, 7.4 km/s across. */
const flight = (emission_s: number, closest_m = 645e3) =>
  Math.hypot(closest_m, 7400 * (emission_s - 150)) / LIGHT

/** Small seeded generator (mulberry32) and normal deviates by Box-Muller. */
function generator(seed: number) {
  let state = seed
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}

interface Truth {
  pulse: number
  outcome: number
}

/** Tags of [from, to) s: jittered sync and signal on a clock 6 us off that drifts 2e-8, range 200 m off. */
function world(from_s: number, to_s: number, options: { lost?: number; stray?: number } = {}) {
  const { uniform, normal } = generator(42)
  const jitter_ps = 530
  const arrival = (emission_s: number) => {
    const exact = emission_s + flight(emission_s, 645_200)
    return (exact + 6e-6 + 2e-8 * exact) * 1e12 + jitter_ps * normal()
  }
  const tags: [number, number, Truth | null][] = []
  for (let k = Math.ceil(from_s * 1e4); k < to_s * 1e4; k++) {
    if (uniform() >= (options.lost ?? 0)) tags.push([arrival(k / 1e4), 4, null])
    if (uniform() < (options.stray ?? 0)) tags.push([(k / 1e4 + 1e-4 * uniform()) * 1e12, 4, null])
  }
  for (let pulse = Math.ceil(from_s * 1e8); pulse < to_s * 1e8;) {
    const outcome = Math.floor(4 * uniform())
    tags.push([arrival(pulse / 1e8), outcome, { pulse, outcome }])
    pulse += 2 + Math.floor(-10_000 * Math.log(1 - uniform()))
  }
  return tags.sort((a, b) => a[0] - b[0])
}

const batchOf = (tags: [number, number, Truth | null][]): TagBatch => ({
  channel: Uint8Array.from(tags, ([, channel]) => channel),
  time_ps: Float64Array.from(tags, ([time]) => time),
})
const clockOf = () => createPulseClock({ ...rates, predictedFlight_s: (s) => flight(s) })
const zeros = (bytes: number) => new Uint8Array(bytes)

function numbersRight(tags: [number, number, Truth | null][]) {
  const clock = clockOf()
  clock.addBatch(batchOf(tags))
  let [right, all] = [0, 0]
  for (const [time, , truth] of tags) {
    if (!truth) continue
    all++
    if (clock.pulseOf(time).pulse === truth.pulse) right++
  }
  return { right, all }
}

describe('pulse clock against known emission times, every pulse number exact', () => {
  it.each([0.5, 60, 149.5, 240])(
    'names every pulse from %s s on (jitter 0.53 ns, 10 ns grid)',
    (from) => {
      const { right, all } = numbersRight(world(from, from + 1))
      expect(all).toBeGreaterThan(9000)
      expect(right).toBe(all)
    },
  )

  it('survives a third of the sync pulses lost and stray light on their channel', () => {
    const { right, all } = numbersRight(world(100, 101, { lost: 0.33, stray: 0.05 }))
    expect(right).toBe(all)
  })

  it('has no lock, and says so, without sync pulses', () => {
    const clock = clockOf()
    expect(clock.pulseOf(1e12).pulse).toBeNaN()
    const batch = { channel: Uint8Array.of(0, 1), time_ps: Float64Array.of(1e12, 2e12) }
    const gated = createTagGate(clock, 2000, zeros).gate(batch)
    expect(gated).toMatchObject({ unsynchronised: 2, doubleClicks: 0 })
    expect(gated.pulses).toHaveLength(0)
  })

  it('refuses rates that are not positive', () => {
    expect(() =>
      createPulseClock({ ...rates, sync_rate_Hz: 0, predictedFlight_s: flight }),
    ).toThrow(/0 Hz/)
  })
})

describe('gate', () => {
  it('keeps what erf(1 ns / (0.53 ns sqrt 2)) says of a 2 ns gate, within 5 sigma, in batches of a second', () => {
    const tags = world(120, 124)
    const gate = createTagGate(clockOf(), 2000, zeros)
    const found = new Map<number, number>()
    let [rms, batches] = [0, 0]
    const add = ({ pulses, outcome }: { pulses: Float64Array; outcome: Uint8Array }) =>
      pulses.forEach((pulse, i) => found.set(pulse, outcome[i]))
    for (let second = 120; second < 125; second++) {
      const part = tags.filter(([time]) => Math.floor(time * 1e-12) === second)
      if (part.length < 100) continue
      const gated = gate.gate(batchOf(part))
      add(gated)
      rms += gated.residualRms_ns
      batches++
    }
    const truths = tags.flatMap(([, , truth]) => (truth ? [truth] : []))
    const expected = 0.9408 * truths.length
    expect(Math.abs(found.size - expected)).toBeLessThan(
      5 * Math.sqrt(expected * 0.06) + 0.002 * expected,
    )
    expect(truths.filter(({ pulse, outcome }) => found.get(pulse) === outcome).length).toBe(
      found.size,
    )
    expect(rms / batches).toBeCloseTo(0.445, 1)
  })

  it('joins clicks of one pulse across a batch edge', () => {
    const still = createPulseClock({ ...rates, predictedFlight_s: () => 0 })
    const sync = Array.from({ length: 5000 }, (_, k) => k * 1e8)
    const early = {
      channel: Uint8Array.from([...sync.map(() => 4), 0]),
      time_ps: Float64Array.from([...sync, 4.9999e11]),
    }
    const late = {
      channel: Uint8Array.of(1, 2),
      time_ps: Float64Array.of(4.9999e11 + 300, 5.0001e11),
    }
    const gate = createTagGate(still, 2000, () => Uint8Array.of(1))
    expect(gate.gate(early).pulses).toHaveLength(0)
    const second = gate.gate(late)
    expect([...second.pulses]).toEqual([49_999_000])
    expect([...second.outcome]).toEqual([1])
    expect(second.doubleClicks).toBe(1)
  })

  it('gives double clicks a random bit of their basis, crossed ones a random basis too', () => {
    const outcomes = (clicks: number) =>
      new Set([0, 1, 2, 3].map((chance) => settleClicks(clicks, () => Uint8Array.of(chance))))
    expect(outcomes(0b0011)).toEqual(new Set([0, 1]))
    expect(outcomes(0b1100)).toEqual(new Set([2, 3]))
    expect(outcomes(0b0110)).toEqual(new Set([0, 1, 2, 3]))
    expect(outcomes(0b0100)).toEqual(new Set([2]))
  })
})
