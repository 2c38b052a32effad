/** Cheap streams of two stations for tests: pairs and singles, evenly, on clocks that differ by a line; no flight times. */
import { CoincidenceFinder, type Taken } from './coincidence-finder'
import { disciplinedClocks } from './clock-search'

export interface StreamSetting {
  seed: number
  seconds: number
  /** Pairs seen at both ends, and further events of each end, a second. */
  pairs_Hz: number
  singles_Hz: number
  offset_ps?: number
  drift?: number
  /** Pairs of no photon, at another offset, in a stretch of time. */
  planted?: { from_s: number; to_s: number; pairs_Hz: number; offset_ps: number }
}

/** Repeatable uniform numbers (Park and Miller's minimal standard). */
export function uniforms(seed: number): () => number {
  let state = (seed * 7919 + 17) % 2_147_483_647
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** Ascending tags of one second at both ends. */
type Second = Record<'a' | 'b', number[]>

/** Jitter of a pair, ps: Gaussian by the sum of twelve. */
const JITTER_PS = 425

/** A Poisson process: exponential gaps from one instant to another. */
function* arrivals(random: () => number, rate_Hz: number, from_s: number, to_s: number) {
  let at_s = from_s
  while (rate_Hz > 0 && (at_s -= Math.log(random()) / rate_Hz) < to_s) yield at_s * 1e12
}

function secondOf(setting: StreamSetting, s: number, random: () => number): Second {
  const { offset_ps = 0, drift = 0, planted } = setting
  const second: Second = { a: [], b: [] }
  const gaussian = (): number => Array.from({ length: 12 }, random).reduce((x, y) => x + y, -6)
  const both = (rate_Hz: number, ahead_ps: number): void => {
    for (const t of arrivals(random, rate_Hz, s, s + 1)) {
      second.a.push(t)
      second.b.push(t + ahead_ps + drift * t + JITTER_PS * gaussian())
    }
  }
  both(setting.pairs_Hz, offset_ps)
  if (planted && s >= planted.from_s && s < planted.to_s) both(planted.pairs_Hz, planted.offset_ps)
  for (const end of ['a', 'b'] as const)
    for (const t of arrivals(random, setting.singles_Hz, s, s + 1)) second[end].push(t)
  second.a.sort((x, y) => x - y)
  second.b.sort((x, y) => x - y)
  return second
}

const eventsAt = (times: number[]) => ({
  time_ps: Float64Array.from(times),
  setting: new Uint8Array(times.length),
  outcome: new Uint8Array(times.length),
})

const noFlight = { range_m: new Float64Array(3), rangeRate_m_s: new Float64Array(3) }

export interface Look extends Taken {
  locked: boolean
}

/** Runs a finder through the streams. @returns it with what every second's look brought. */
export function searched(setting: StreamSetting): { finder: CoincidenceFinder; looks: Look[] } {
  const random = uniforms(setting.seed)
  const finder = new CoincidenceFinder({
    ...{ alice: null, bob: noFlight, window_ps: 2500, prior: disciplinedClocks },
  })
  const looks = Array.from({ length: setting.seconds }, (_, s) => {
    const { a, b } = secondOf(setting, s, random)
    finder.addAlice(eventsAt(a))
    finder.addBob(eventsAt(b))
    const taken = finder.take(s === setting.seconds - 1)
    return { ...taken, locked: finder.locked }
  })
  return { finder, looks }
}
