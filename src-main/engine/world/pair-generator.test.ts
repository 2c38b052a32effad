import { describe, expect, it } from 'vitest'
import { expectedPairs } from '../../domain/link/pair-link'
import { pairsAsymptotic } from '../../domain/qkd/bounds/asymptotic'
import { chshReport } from '../../domain/qkd/pairs/chsh-report'
import { disciplinedClocks } from '../../domain/qkd/pairs/clock-search'
import { CoincidenceFinder, type Coincidence } from '../../domain/qkd/pairs/coincidence-finder'
import { eventsOf } from '../../domain/qkd/pairs/events'
import { emission_ps } from '../../domain/qkd/pairs/flight-time'
import { outcomeOf, settingOf, useOf } from '../../domain/qkd/pairs/settings'
import { PairTally } from '../../domain/qkd/pairs/tally'
import type { TagBatch } from '../../domain/model/tags'
import { createPairWorld, generatePairSlot } from './pair-generator'
import { brightLink } from './pair-bright.testing'
import type { PairWorldSetup } from '../pair-world-protocol'
import { Random } from './random'

const WINDOW_PS = 2500

interface Flown {
  alice: TagBatch[]
  bob: TagBatch[]
}

/** Flies whole seconds; outcomes from a salted generator of the test. */
function flown(setup: PairWorldSetup, seconds: number, salt = 99): Flown {
  const world = createPairWorld(setup)
  const bits = Random.of(salt, 7)
  const out: Flown = { alice: [], bob: [] }
  for (let s = 0; s < seconds; s += 1) {
    const slot = { kind: 'advance', from_s: s, to_s: s + 1, shutter: false } as const
    const { alice, bob } = generatePairSlot(world, slot, () => bits.bits32() >>> 31)
    out.alice.push(alice)
    out.bob.push(bob)
  }
  return out
}

/** Coincidences with both outcomes, as only an oracle may see them. */
interface Seen extends Coincidence {
  bobOutcome: number
}

function coincidences(setup: PairWorldSetup, { alice, bob }: Flown) {
  const finder = new CoincidenceFinder({
    ...{ alice: setup.alice.profile, bob: setup.bob.profile },
    ...{ window_ps: WINDOW_PS, prior: disciplinedClocks },
  })
  const outcomes: number[] = []
  const seen: Seen[] = []
  alice.forEach((batch, s) => {
    const events = eventsOf(bob[s], WINDOW_PS, () => 0)
    for (const outcome of events.outcome) outcomes.push(outcome)
    finder.addAlice(eventsOf(batch, WINDOW_PS, () => 0))
    finder.addBob(events)
    for (const one of finder.take(s === alice.length - 1).found)
      seen.push({ ...one, bobOutcome: outcomes[one.event] })
  })
  return { seen, finder }
}

const total = (batches: TagBatch[]): number =>
  batches.reduce((sum, { time_ps }) => sum + time_ps.length, 0)

const withinSigmas = (count: number, mean: number, sigmas = 5): void =>
  expect(Math.abs(count - mean)).toBeLessThan(sigmas * Math.sqrt(mean))

const endOf = ({ profile, receiver }: PairWorldSetup['alice']) => ({
  transmittance: profile.transmittance[0],
  background_Hz: profile.background_Hz[0],
  jitter_ns: receiver.timing_jitter_ns,
})

describe('rates of an entangled link against the model, 5 sigma', () => {
  const seconds = 8
  const setup = brightLink({ seconds, transmittance: [0.05, 0.1], background_Hz: 20_000 })
  const expected = expectedPairs(setup.source, endOf(setup.alice), endOf(setup.bob), 2.5)
  const tags = flown(setup, seconds)

  it('singles are R a + B at each end', () => {
    withinSigmas(total(tags.alice), expected.singles_Hz[0] * seconds)
    withinSigmas(total(tags.bob), expected.singles_Hz[1] * seconds)
  })

  it('the finder takes the coincidences of the window and the accidentals, and no more', () => {
    const { seen, finder } = coincidences(setup, tags)
    withinSigmas(seen.length, expected.coincidences_Hz * seconds)
    const jitter_ps = 300 * Math.SQRT2
    expect(Math.abs(finder.residual_ps / jitter_ps - 1)).toBeLessThan(0.05)
  })

  it('tags a microsecond apart coincide as often as R_A R_B tau says', () => {
    const shift_ps = 1e6
    const emitted = (end: 'alice' | 'bob'): number[] =>
      tags[end].flatMap(({ time_ps }) =>
        Array.from(time_ps, (tag_ps) => emission_ps(setup[end].profile, tag_ps)),
      )
    const [a, b] = [emitted('alice'), emitted('bob')]
    let [count, first] = [0, 0]
    for (const time_ps of b) {
      while (first < a.length && a[first] < time_ps + shift_ps - WINDOW_PS / 2) first += 1
      for (let i = first; i < a.length && a[i] <= time_ps + shift_ps + WINDOW_PS / 2; i += 1)
        count += 1
    }
    withinSigmas(count, expected.accidental_Hz * seconds)
  })

  it('every setting and outcome is as likely as any other', () => {
    for (const batches of [tags.alice, tags.bob]) {
      const counts = [0, 0, 0, 0]
      for (const { channel } of batches)
        for (const one of channel) counts[2 * settingOf(one) + outcomeOf(one)] += 1
      for (const count of counts) withinSigmas(count, total(batches) / 4)
    }
  })

  it('one seed gives the same arriving photons whatever the outcomes', () => {
    const again = flown(setup, 2, 1234)
    for (const end of ['alice', 'bob'] as const)
      again[end].forEach(({ time_ps, channel }, s) => {
        const before = tags[end][s]
        expect(time_ps.length).toBe(before.time_ps.length)
        expect(time_ps.every((at_ps, i) => at_ps === before.time_ps[i])).toBe(true)
        expect(channel.every((one, i) => settingOf(one) === settingOf(before.channel[i]))).toBe(
          true,
        )
      })
    expect(again.alice[0].channel.some((one, i) => one !== tags.alice[0].channel[i])).toBe(true)
  })
})

/** E91 at a visibility: S, its error, and the QBER, from many more coincidences than were published. */
function bellTest(visibility: number, seconds = 25) {
  const setup = brightLink({ seconds, protocol: 'e91', visibility })
  const tally = new PairTally()
  let [errors, bits] = [0, 0]
  const { seen } = coincidences(setup, flown(setup, seconds))
  for (const { aliceSetting, bobSetting, aliceOutcome, bobOutcome } of seen) {
    const use = useOf(aliceSetting, bobSetting)
    if (use.kind === 'chsh') tally.bell(use.cell, aliceOutcome, bobOutcome)
    if (use.kind !== 'key') continue
    bits += 1
    if (aliceOutcome !== bobOutcome) errors += 1
  }
  const qber = errors / bits
  const report = chshReport(tally.chsh, qber)
  if (!report) throw new Error('no coincidences')
  return { ...report, qber, bits }
}

describe('published rows by simulation (their visibility is the input, S and QBER the result)', () => {
  it('Yin 2017: fidelity 0.869 (input) gives S = 2.37 within 0.09', () => {
    const { S, sigma_S } = bellTest((4 * 0.869 - 1) / 3)
    expect(sigma_S).toBeLessThan(0.012)
    expect(Math.abs(S - 2.37)).toBeLessThan(0.09)
  })

  describe('Yin 2020, S = 2.56 (input)', () => {
    const { S, qber } = bellTest(2.56 / (2 * Math.SQRT2))

    it('comes back within 0.07, with QBER 4.51 % within 0.37 %', () => {
      expect(Math.abs(S - 2.56)).toBeLessThan(0.07)
      expect(Math.abs(qber - 0.0451)).toBeLessThan(0.0037)
    })

    it('asymptotic rate 0.43 per sifted bit lies in the band of the QBER, f 1.19 (input)', () => {
      const rate = (error: number): number => pairsAsymptotic(error, error, 1.19)
      const band = [rate(0.0451 + 0.0037), rate(0.0451 - 0.0037)]
      for (const one of [rate(qber), 0.43]) {
        expect(one).toBeGreaterThan(band[0])
        expect(one).toBeLessThan(band[1])
      }
    })
  })

  it('a Werner state of visibility 0.9 gives S = 2 sqrt2 V, 5 sigma', () => {
    const { S, sigma_S, bits } = bellTest(0.9, 8)
    const true_share = 1 - (4e4 ** 2 * 2.5e-9) / 8000
    expect(Math.abs(S - 2 * Math.SQRT2 * 0.9 * true_share)).toBeLessThan(5 * sigma_S)
    withinSigmas(bits, (8000 * 8) / 4)
  })
})

describe('finding coincidences in hard cases', () => {
  it('locks a faint link: one coincidence a second among thousands of singles', () => {
    const seconds = 80
    const setup = brightLink({ seconds, pair_rate_Hz: 5.9e6, transmittance: [4e-4, 4e-4] })
    const { seen, finder } = coincidences(setup, flown(setup, seconds))
    const { coincidences_Hz } = expectedPairs(
      setup.source,
      endOf(setup.alice),
      endOf(setup.bob),
      2.5,
    )
    expect(finder.locked).toBe(true)
    withinSigmas(seen.length, coincidences_Hz * seconds)
    expect(Math.abs((finder.clock?.drift ?? 0) - 1.5e-9)).toBeLessThan(5e-11)
  })

  it('goes on after a cloud of seconds as if nothing had been', () => {
    const seconds = 12
    const setup = brightLink({ seconds, pair_rate_Hz: 2e4 })
    setup.clouds = [{ from_s: 4, to_s: 9 }]
    const { seen } = coincidences(setup, flown(setup, seconds))
    withinSigmas(seen.length, 2e4 * 0.04 * 7)
  })

  it('finds nothing where there are no pairs', () => {
    const setup = brightLink({ seconds: 3, pair_rate_Hz: 1, background_Hz: 4000 })
    const { seen, finder } = coincidences(setup, flown(setup, 3))
    expect([finder.locked, seen.length]).toEqual([false, 0])
  })
})

describe('detectors of an end', () => {
  it('are blind for their dead time and click again after it, non-paralysable, 5 sigma', () => {
    const setup = brightLink({ seconds: 4, background_Hz: 8e5 })
    setup.alice.receiver = { ...setup.alice.receiver, dead_time_ns: 200 }
    const { alice } = flown(setup, 4)
    const each_Hz = (8e5 + 4e4) / 4
    withinSigmas(total(alice), (4 * 4 * each_Hz) / (1 + each_Hz * 200e-9))
  })

  it('report afterpulses after the dead time', () => {
    const setup = brightLink({ seconds: 4, background_Hz: 1e5 })
    setup.alice.receiver = {
      ...setup.alice.receiver,
      dead_time_ns: 50,
      afterpulse_probability: 0.1,
    }
    const { alice } = flown(setup, 4)
    const each_Hz = 1.4e5 / 4
    withinSigmas(total(alice), (4 * 1.4e5 * 1.1) / (1 + each_Hz * 50e-9))
  })
})
