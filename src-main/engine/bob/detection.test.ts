/** Oracle: tags made with known pulse numbers and classes; Alice's part is played by their table. */
import { describe, expect, it } from 'vitest'
import { SPEED_OF_LIGHT_M_S } from '../../domain/model/units'
import type { PatternRequest } from '../../domain/qkd/sync/acquisition'
import {
  batchOf,
  classesFrom,
  flight_s,
  passTags,
  source,
  type PassTagOptions,
} from '../../domain/qkd/sync/pass-tags.testing'
import { packClasses } from '../../domain/qkd/sync/pulse-number'
import { bestGateWidth } from '../../domain/qkd/gate-width'
import { Detection, type DetectionStart, type Gated } from './detection'

const seconds = Float64Array.from({ length: 302 }, (_, i) => i)
const range_m = seconds.map((s) => flight_s(s) * SPEED_OF_LIGHT_M_S)
const start: DetectionStart = {
  parameters: { payload: source },
  receiver: { gate_ns: 4 },
  pulses: 300e8,
  flight: { range_m, rangeRate_m_s: seconds.map((s, i) => (7400 ** 2 * (s - 150)) / range_m[i]) },
}

/** Plays seconds of a pass through the receiver; `shift` makes Alice announce another block. */
async function play(
  options: PassTagOptions,
  { uncertainty_s, shift = 0 }: { uncertainty_s?: number; shift?: number } = {},
) {
  const detection = new Detection(start, uncertainty_s)
  const asked: PatternRequest[] = []
  const ask = (request: PatternRequest) => {
    asked.push(request)
    return Promise.resolve(packClasses(classesFrom(request.first + shift, request.count)))
  }
  const slots: Gated[] = []
  const truth = new Set<number>()
  for (let s = options.from_s; s < options.to_s; s++) {
    const tags = passTags({ ...options, from_s: s, to_s: s + 1, seed: s })
    tags.forEach(({ pulse }) => truth.add(pulse))
    slots.push(await detection.receive(batchOf(tags), ask))
  }
  const pulses = slots.flatMap((gated) => [...gated.pulses])
  const right = pulses.filter((pulse) => truth.has(pulse)).length
  return { slots, asked, pulses, right, sent: truth.size }
}

const world = { from_s: 120, to_s: 123, rate_Hz: 8000 }
const faults = { offset_s: 0.1, drift: 1e-6, lost_sync: 0.2, noise_Hz: 50 }

describe("Bob's receiver", () => {
  it('asks nothing when his clock is good and synchronisation pulses arrive', async () => {
    const { asked, right, sent } = await play({ ...world, lost_sync: 0.2 })
    expect(asked).toEqual([])
    expect(right).toBeGreaterThan(0.998 * sent)
  })

  it('100 ms off, 1e-6 drift, 20 % lost: right numbers, ascending, none of the announced block', async () => {
    const { asked, pulses, right, sent } = await play(
      { ...world, ...faults },
      { uncertainty_s: 0.2 },
    )
    expect(asked).toHaveLength(1)
    const [{ first, count }] = asked
    expect(pulses.some((pulse) => pulse >= first && pulse < first + count)).toBe(false)
    expect(pulses.every((pulse, i) => i === 0 || pulse > pulses[i - 1])).toBe(true)
    expect(right).toBeGreaterThan(0.98 * (sent - 200))
    // Noise lands in the gate with 4 in 10: 60 of 150, 5 sigma is 39 more.
    expect(pulses.length - right).toBeLessThan(100)
  })

  it('no synchronisation pulses: keeps the tags, then gives them out with right numbers', async () => {
    const { asked, right, sent, slots } = await play({ ...world, lost_sync: 1, offset_s: 2e-5 })
    expect(asked).toHaveLength(1)
    expect(slots[0].pulses.length).toBeGreaterThan(7000)
    expect(right).toBeGreaterThan(0.998 * (sent - 400))
  })

  it('keeps quiet through a cloud at the beginning', async () => {
    const late = { ...world, ...faults, cloud_s: [120, 121] as [number, number] }
    const { slots, right } = await play(late, { uncertainty_s: 0.2 })
    expect(slots[0].pulses).toHaveLength(0)
    expect(right).toBeGreaterThan(15_000)
  })

  it('acquires anew when a cloud without synchronisation pulses was too long to count through', async () => {
    const [from_s, to_s] = [10, 100]
    const pass = {
      from_s,
      to_s,
      rate_Hz: 1500,
      lost_sync: 1,
      cloud_s: [16, 97] as [number, number],
    }
    const { asked, right, pulses } = await play(
      { ...pass, offset_s: 0.01 },
      { uncertainty_s: 0.02 },
    )
    expect(asked).toHaveLength(2)
    expect(right).toBe(pulses.length)
    expect(right).toBeGreaterThan(9000)
  })

  it('gives up when five announced blocks fit nothing, and says why', async () => {
    const pass = { from_s: 120, to_s: 126 }
    await expect(play(pass, { uncertainty_s: 0.2, shift: 9e8 })).rejects.toThrow(/none of 5/)
  })

  it('refuses an answer of the wrong length', async () => {
    const detection = new Detection(start, 0.2)
    const batch = batchOf(passTags({ from_s: 120, to_s: 121 }))
    await expect(
      detection.receive(batch, () => Promise.resolve(new Uint8Array(3))),
    ).rejects.toThrow(/3 bytes/)
  })
})

describe("advice on the gate from Bob's own tags", () => {
  it('sees jitter and background and asks for a narrower gate where background is strong', async () => {
    const adviceWith = async (noise_Hz: number) => {
      const detection = new Detection(start)
      for (let s = 120; s < 123; s++) {
        const tags = passTags({ from_s: s, to_s: s + 1, noise_Hz, seed: s })
        await detection.receive(batchOf(tags), () => Promise.reject(new Error('asked')))
      }
      const advice = detection.gateAdvice(0.01)
      if (!advice) throw new Error('no advice')
      return advice
    }
    const [calm, loud] = [await adviceWith(20), await adviceWith(8000)]
    const known = {
      jitter_ns: 0.53,
      pulse_rate_Hz: 1e8,
      intensity: 0.8,
      error: 0.01,
      ceiling_ns: 4,
    }
    // 0.4 of 0.425 photons are the signal's; half of the pulses are. The optimum is flat: 10 % of width.
    const signal_Hz = (15_000 * 0.4) / 0.425
    const loudBest = bestGateWidth({ ...known, signal_Hz, background_Hz: 4000 })
    expect(loud.gate_ns).toBeGreaterThan(0.9 * loudBest.gate_ns)
    expect(loud.gate_ns).toBeLessThan(1.1 * loudBest.gate_ns)
    expect(loud.gate_ns).toBeLessThan(calm.gate_ns)
    expect(new Detection(start).gateAdvice(0.01)).toBeNull()
  })
})
