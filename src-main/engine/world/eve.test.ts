import { describe, expect, it } from 'vitest'
import { biasCurrentLimit_uA } from '../../domain/link/bias-monitor'
import type { BasisCounts } from '../../domain/model/report'
import { twoBasisKeyLength } from '../../domain/qkd/two-basis'
import { SplittingLaw } from './eve-splitting'
import { brighter, fingerprint, flown, quiet, siftedCounts, type FlownSlot } from './flown.testing'
import { basisOf, bobBasisOf, errorOf, eveKnows, eveOf, intensityOf } from './photon-list'
import { meanClickProbability } from './photons'
import type { QuantumAttack, WorldSetup } from './protocol'
import { referencePass } from './reference-pass'

const FROM = 144
const TO = 150
const setup = referencePass(300, 31)
const e0 = setup.payload.polarisation_error

const under = (
  base: WorldSetup,
  kind: QuantumAttack['kind'],
  fraction = 1,
  window = { from_s: -Infinity, to_s: Infinity },
): WorldSetup => ({ ...base, attacks: [{ kind, fraction, ...window }] })

const total = ({ x, z }: BasisCounts): number => [...x, ...z].reduce((sum, n) => sum + n, 0)

/** |found - n p| within 5 standard deviations of a binomial count. */
function expectBinomial(found: number, n: number, p: number): void {
  expect(Math.abs(found - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)))
}

/**
 * States of photons that are alone in their pulse (jitter may swap the clicks of others), and of each whether Bob's
 * bit is what was sent in Alice's basis.
 */
const photonsOf = (slots: FlownSlot[]): { state: number; agrees: boolean }[] =>
  slots.flatMap(({ draw: { photons, arrivals, asked }, bits }) =>
    Array.from(photons.state, (state, i) => ({
      state,
      agrees: (arrivals.channel[i] & 1) === (bits[asked[i]] ^ errorOf(state)),
      alone: photons.pulse[i - 1] !== photons.pulse[i] && photons.pulse[i + 1] !== photons.pulse[i],
    })).filter(({ alone }) => alone),
  )

/** Intensity classes of the pulses that brought a photon, each pulse once. */
function pulseClasses(slots: FlownSlot[]): [number, number, number] {
  const classes: [number, number, number] = [0, 0, 0]
  for (const { draw } of slots)
    draw.photons.pulse.forEach((pulse, i) => {
      if (draw.photons.pulse[i - 1] !== pulse) classes[intensityOf(draw.photons.state[i])]++
    })
  return classes
}

describe('intercept and resend: QBER is e0 (1 - f) + f (e0 / 2 + 1 / 4), 5 sigma', () => {
  it.each([0, 0.2, 0.5, 1])('f = %d', (fraction) => {
    const attacked = under(quiet(setup), 'intercept-resend', fraction)
    const { counts, errors } = siftedCounts(attacked, flown(attacked, FROM, TO))
    const expected = e0 * (1 - fraction) + fraction * (e0 / 2 + 1 / 4)
    expect(total(counts)).toBeGreaterThan(30_000)
    expectBinomial(total(errors), total(counts), expected)
  })

  it('the same photons arrive at the same times, with or without her', () => {
    const [honest] = flown(setup, FROM, FROM + 1)
    const [attacked] = flown(under(setup, 'intercept-resend'), FROM, FROM + 1)
    expect(fingerprint(attacked.draw.request)).toBe(fingerprint(honest.draw.request))
    expect(attacked.draw.arrivals.time_ps.length).toBe(honest.draw.arrivals.time_ps.length)
    expect(fingerprint(attacked.draw.photons)).not.toBe(fingerprint(honest.draw.photons))
  })

  it('where her basis is both ends’ basis she knows the bit; where it is not, Bob has a coin', () => {
    const sifted = photonsOf(flown(under(setup, 'intercept-resend'), FROM, TO)).filter(
      ({ state }) => basisOf(state) === bobBasisOf(state),
    )
    const hers = sifted.filter(({ state }) => eveOf(state) - eveKnows.x === basisOf(state))
    const others = sifted.filter(({ state }) => eveOf(state) - eveKnows.x !== basisOf(state))
    expectBinomial(hers.length, sifted.length, 0.5)
    expect(hers.every(({ agrees }) => agrees)).toBe(true)
    expectBinomial(others.filter(({ agrees }) => agrees).length, others.length, 0.5)
  })

  it('lasts as long as its window', () => {
    const window = { from_s: FROM + 1.5, to_s: FROM + 2.25 }
    const slots = flown(under(setup, 'intercept-resend', 1, window), FROM, FROM + 4)
    const inside = (pulse: number): boolean =>
      pulse >= window.from_s * 100e6 && pulse < window.to_s * 100e6
    const wrong = slots.flatMap(({ draw: { photons } }) =>
      [...photons.pulse].filter(
        (pulse, i) => (eveOf(photons.state[i]) !== eveKnows.nothing) !== inside(pulse),
      ),
    )
    expect(wrong).toEqual([])
  })
})

describe('photon-number splitting', () => {
  const bright = brighter(setup, 10)
  const honestSlots = flown(bright, FROM, FROM + 4)
  const honest = siftedCounts(bright, honestSlots)
  const attacked = under(bright, 'photon-number-splitting')
  const slots = flown(attacked, FROM, FROM + 4)
  const seen = siftedCounts(attacked, slots)

  it('leaves the rate of signal pulses as it was: two Poisson counts at 5 sigma', () => {
    const [a, b] = [pulseClasses(honestSlots)[0], pulseClasses(slots)[0]]
    expect(Math.abs(a - b)).toBeLessThan(5 * Math.sqrt(a + b))
    // The total lacks most of the decoys: (0.25 x 0.1) / (0.5 x 0.8) of the signal at most.
    expect(Math.abs(seen.detections / honest.detections - 1)).toBeLessThan(0.0625)
  })

  it('adds no error: QBER within 5 sigma of the honest one', () => {
    const [n, m] = [total(honest.counts), total(seen.counts)]
    const [p, q] = [total(honest.errors) / n, total(seen.errors) / m]
    expect(Math.abs(p - q)).toBeLessThan(5 * Math.sqrt(p / n + q / m))
  })

  it('classes are those of her law, 5 sigma', () => {
    const { payload, station } = bright
    const share = (k: number): number => {
      const law = new SplittingLaw(
        { ...payload, probabilities: payload.probabilities },
        station.receiver,
      )
      const mu = payload.intensities[k]
      const t = law.efficiency
      // sum over n >= 2 of P_n (1 - (1 - t)^(n - 1)) in closed form.
      const some = -Math.expm1(-mu) - mu * Math.exp(-mu)
      const none = (Math.exp(-mu * t) - Math.exp(-mu) * (1 + mu * (1 - t))) / (1 - t)
      return payload.probabilities[k] * (some - none)
    }
    const classes = pulseClasses(slots)
    const sum = share(0) + share(1)
    const n = classes[0] + classes[1]
    expectBinomial(classes[1], n, share(1) / sum)
    expect(classes[2]).toBe(0)
  })

  it('every sifted photon has a twin in her memory', () => {
    expect(photonsOf(slots).every(({ state }) => eveOf(state) === eveKnows.photon)).toBe(true)
  })

  it('decoys betray it: the bound that gave a key proves no single photon', () => {
    const security = { eps_sec: 1e-9, eps_cor: 1e-15 }
    const length = ({ counts, errors }: typeof seen) =>
      twoBasisKeyLength(counts, errors, { x: 0, z: 0 }, bright.payload, security)
    expect(length(honest).secret_bits).toBeGreaterThan(10_000)
    const caught = length(seen)
    expect(caught.secret_bits).toBe(0)
    expect([caught.x.s1, caught.z.s1]).toEqual([0, 0])
  })

  it('forwards no more than would have clicked, and single photons only where the others do not suffice', () => {
    const { payload, station } = setup
    const law = new SplittingLaw(payload, station.receiver)
    const singles = [1e-5, 1e-3, 0.01, 0.04, 0.08].map((eta) => {
      const { multiple, single } = law.forwarded(eta)
      expect(multiple + single).toBeLessThanOrEqual(meanClickProbability(payload, eta))
      return single > 0
    })
    expect(singles).toEqual([false, false, false, true, true])
  })

  it('touches her fraction of the pulses only, 5 sigma', () => {
    const eta = setup.profile.transmittance[FROM]
    const { multiple, single } = new SplittingLaw(setup.payload, setup.station.receiver).forwarded(
      eta,
    )
    const passes = (multiple + single) / meanClickProbability(setup.payload, eta)
    const half = flown(under(setup, 'photon-number-splitting', 0.5), FROM, TO)
    const states = half.flatMap(({ draw: { photons } }) =>
      [...photons.state].filter((_, i) => photons.pulse[i - 1] !== photons.pulse[i]),
    )
    const hers = states.filter((state) => eveOf(state) === eveKnows.photon).length
    expectBinomial(hers, states.length, passes / (1 + passes))
  })
})

describe('detector blinding', () => {
  const attacked = under(setup, 'detector-blinding')
  const slots = flown(attacked, FROM, TO)
  const limit_uA = biasCurrentLimit_uA(setup.station.receiver)
  const readings = (flight: FlownSlot[]): number[] =>
    flight.map(({ batch }) => batch.monitor?.bias_current_uA ?? NaN)

  it('shows no error but the source’s own, 5 sigma, and no noise', () => {
    const { counts, errors } = siftedCounts(attacked, slots)
    expect(total(counts)).toBeGreaterThan(30_000)
    expectBinomial(total(errors), total(counts), e0)
    expect(slots.every(({ draw }) => draw.noise.time_ps.length === 0)).toBe(true)
  })

  it('keeps the rate: one faked state for each pulse that would have clicked', () => {
    const honest = flown(setup, FROM, TO)
    slots.forEach(({ draw }, i) => {
      const pulses = new Set(honest[i].draw.photons.pulse)
      expect([...draw.photons.pulse]).toEqual([...pulses])
    })
  })

  it('every sifted bit is hers', () => {
    const photons = photonsOf(slots)
    expect(photons.every(({ state }) => eveOf(state) - eveKnows.x === bobBasisOf(state))).toBe(true)
    const sifted = photons.filter(({ state }) => basisOf(state) === bobBasisOf(state))
    expect(sifted.every(({ agrees }) => agrees)).toBe(true)
  })

  it('the monitor betrays it: ten times the limit, against less than a thousandth of it', () => {
    expect(limit_uA).toBeCloseTo(1280, 6)
    for (const reading of readings(slots)) expect(reading).toBeGreaterThan(10 * limit_uA - 1)
    for (const reading of readings(flown(setup, FROM, TO)))
      expect(reading).toBeLessThan(limit_uA / 1000)
  })

  it('the monitor sees a blinding of 10 ms', () => {
    const window = { from_s: FROM + 1.5, to_s: FROM + 1.51 }
    const found = readings(flown(under(setup, 'detector-blinding', 1, window), FROM, FROM + 3))
    expect(found.map((reading) => reading > limit_uA)).toEqual([false, true, false])
  })

  it('a closed shutter keeps the blinding light out', () => {
    const [reading] = readings(flown(attacked, FROM, FROM + 1, undefined, true))
    expect(reading).toBeLessThan(1)
  })
})
