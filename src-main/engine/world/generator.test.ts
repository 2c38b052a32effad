import { beforeAll, describe, expect, it } from 'vitest'
import { linkBudget } from '../../domain/link/budget'
import { expectedCounts, expectedSecond, type Expectation } from '../../domain/link/expectation'
import {
  allTags,
  fingerprint,
  flown,
  gatedTags,
  quiet,
  saltedBits,
  type FlownSlot,
  type Gated,
} from './flown.testing'
import { beginSlot, createWorld, endSlot, generateSlot } from './generator'
import { referencePass } from './reference-pass'

const FROM = 130
const TO = 146
const setup = referencePass(300, 7)
/** Five standard deviations of a Poisson count. */
const fiveSigma = (expected: number): number => 5 * Math.sqrt(expected)

/** Expectation from the link room alone: ten points a second. */
function expectedYield(): Expectation {
  const { payload, station, profile } = setup
  const { flight } = createWorld(setup)
  const budget = linkBudget(payload, station, { range_m: 645e3, elevation_rad: 0.8 })
  const parts = Array.from({ length: (TO - FROM) * 10 }, (_, i) => {
    const eta = flight.transmittance(FROM + (i + 0.5) / 10)
    const factor = (value: number) => ({ transmittance: value, loss_dB: NaN })
    const here = {
      ...budget,
      withDetector: factor(eta),
      withGate: factor(eta * budget.gate.transmittance),
    }
    const total_Hz = profile.background_Hz[FROM]
    return { second: expectedSecond(payload, station, here, { total_Hz }), weight_s: 0.1 }
  })
  return expectedCounts(parts)
}

describe('generator against the expectation of the link room, 5 sigma', () => {
  let slots: FlownSlot[]
  let gated: Gated[]
  let classes: Map<number, { k: number; basis: number; bit: number }>
  let expected: Expectation
  beforeAll(() => {
    slots = flown(setup, FROM, TO)
    gated = gatedTags(setup, allTags(slots), setup.station.receiver.gate_ns)
    classes = new Map()
    for (const { draw, bits } of slots)
      draw.request.pulses.forEach((pulse, i) =>
        classes.set(pulse, {
          k: draw.request.intensity[i],
          basis: draw.request.basis[i],
          bit: bits[i],
        }),
      )
    expected = expectedYield()
  })

  it('gated detections, all intensities', () => {
    // Dead time, which the expectation leaves out, takes two in ten thousand.
    const allowed = fiveSigma(expected.detections) + 2e-4 * expected.detections
    expect(Math.abs(gated.length - expected.detections)).toBeLessThan(allowed)
  })

  it('matched-basis counts and errors per basis and intensity', () => {
    const counts = { x: [0, 0, 0], z: [0, 0, 0] }
    const errors = { x: [0, 0, 0], z: [0, 0, 0] }
    for (const { pulse, bobBasis, bit } of gated) {
      const sent = classes.get(pulse)
      if (!sent || sent.basis !== bobBasis) continue
      counts[bobBasis ? 'z' : 'x'][sent.k]++
      if (bit !== sent.bit) errors[bobBasis ? 'z' : 'x'][sent.k]++
    }
    for (const basis of ['x', 'z'] as const)
      for (const k of [0, 1, 2]) {
        const [n, m] = [expected.counts[basis][k], expected.errors[basis][k]]
        expect(Math.abs(counts[basis][k] - n)).toBeLessThan(fiveSigma(n) + 2e-4 * n)
        expect(Math.abs(errors[basis][k] - m)).toBeLessThan(fiveSigma(m))
      }
  })

  it('Alice was asked for every gated pulse', () => {
    expect(gated.every(({ pulse }) => classes.has(pulse))).toBe(true)
  })

  it('unmatched bases give a coin, whatever Alice sent', () => {
    const unmatched = gated.filter(({ pulse, bobBasis }) => classes.get(pulse)?.basis !== bobBasis)
    const equal = unmatched.filter(({ pulse, bit }) => classes.get(pulse)?.bit === bit).length
    expect(Math.abs(equal - unmatched.length / 2)).toBeLessThan(2.5 * Math.sqrt(unmatched.length))
  })

  it('jitter of gated tags is that of a Gaussian cut at the gate, 1 %', () => {
    const { gate_ns, timing_jitter_ns } = setup.station.receiver
    const rms = Math.sqrt(gated.reduce((sum, g) => sum + g.distance_ps ** 2, 0) / gated.length)
    const a = gate_ns / 2 / timing_jitter_ns
    const density = Math.exp((-a * a) / 2) / Math.sqrt(2 * Math.PI)
    const inside = linkBudget(setup.payload, setup.station, { range_m: 1e6, elevation_rad: 1 }).gate
    const cut = timing_jitter_ns * 1000 * Math.sqrt(1 - (2 * a * density) / inside.transmittance)
    expect(Math.abs(rms / cut - 1)).toBeLessThan(0.01)
  })
})

describe('generator', () => {
  it('one seed gives the same photons, noise and questions whatever Alice answers', () => {
    const one = flown(setup, 140, 142, saltedBits('a'))
    const two = flown(setup, 140, 142, saltedBits('b'))
    one.forEach(({ draw, bits }, i) => {
      expect(fingerprint(two[i].draw.request)).toBe(fingerprint(draw.request))
      expect(fingerprint(two[i].draw.photons)).toBe(fingerprint(draw.photons))
      expect(fingerprint(two[i].draw.noise)).toBe(fingerprint(draw.noise))
      expect(fingerprint({ bits: two[i].bits })).not.toBe(fingerprint({ bits }))
      const share = two[i].batch.channel.length / one[i].batch.channel.length
      expect(Math.abs(share - 1)).toBeLessThan(1e-3)
    })
  })

  it('a slot is the same whichever slots came before it', () => {
    const [alone] = flown(setup, 141, 142)
    const [, after] = flown(setup, 140, 142)
    expect(fingerprint(after.draw.request)).toBe(fingerprint(alone.draw.request))
  })

  it('another seed gives other pulses', () => {
    const [other] = flown({ ...setup, seed: 8 }, 140, 141)
    const [own] = flown(setup, 140, 141)
    expect(fingerprint(other.draw.request)).not.toBe(fingerprint(own.draw.request))
  })

  it('QBER of matched tags without noise is the polarisation error, 5 sigma', () => {
    const slots = flown(quiet(setup), 145, 152)
    const sent = new Map<number, [number, number]>()
    for (const { draw, bits } of slots)
      draw.request.pulses.forEach((pulse, i) => sent.set(pulse, [draw.request.basis[i], bits[i]]))
    const matched = gatedTags(quiet(setup), allTags(slots), setup.station.receiver.gate_ns).filter(
      ({ pulse, bobBasis }) => sent.get(pulse)?.[0] === bobBasis,
    )
    const wrong = matched.filter(({ pulse, bit }) => sent.get(pulse)?.[1] !== bit).length
    const p = setup.payload.polarisation_error
    const sigma = Math.sqrt(matched.length * p * (1 - p))
    expect(matched.length).toBeGreaterThan(50_000)
    expect(Math.abs(wrong - matched.length * p)).toBeLessThan(5 * sigma)
  })

  it('the gated share of photons is erf(gate / 2 / (sqrt 2 sigma)) at 5 sigma', () => {
    const tags = allTags(flown(quiet(setup), 145, 152))
    const clicks = tags.channel.filter((channel) => channel !== 4).length
    const share = linkBudget(setup.payload, setup.station, { range_m: 1e6, elevation_rad: 1 }).gate
    const gated = gatedTags(quiet(setup), tags, setup.station.receiver.gate_ns).length
    const sigma = Math.sqrt(clicks * share.transmittance * (1 - share.transmittance))
    expect(Math.abs(gated - clicks * share.transmittance)).toBeLessThan(5 * sigma)
  })

  it('refuses to go back in time, to leave the profile, and a wrong number of bits', () => {
    const world = createWorld(setup)
    const slot = { kind: 'advance' as const, from_s: 10, to_s: 11, shutter: false }
    const draw = beginSlot(world, slot)
    expect(() => endSlot(world, draw, new Uint8Array(1))).toThrow(/one bit for each/)
    expect(() => beginSlot(world, { ...slot, from_s: 9, to_s: 10 })).toThrow(/follow one another/)
    const beyond = { ...slot, from_s: 400, to_s: 401 }
    expect(() => generateSlot(world, beyond, () => new Uint8Array(0))).toThrow(/profile covers/)
  })
})
