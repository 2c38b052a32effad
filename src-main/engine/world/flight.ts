/**
 * The profile between its grid points: time of flight by cubic Hermite interpolation of range and range rate,
 * transmittance and background linearly.
 * Method: the cubic's coefficients of the cell asked last are kept, since questions follow one another in time.
 * Accuracy: on a one-second grid the Hermite error is r'''' / 384, below 1e-4 m (0.3 ps) for a low orbit.
 * Limit: the range is the distance at one instant; the few metres that the station moves during the light's
 * flight are left out, the same in the receiver's prediction.
 */
import { SPEED_OF_LIGHT_M_S } from '../../domain/model/units'
import type { WorldProfile } from './protocol'

export interface Flight {
  /** Flight time of light that leaves at the given second since the epoch, ps. */
  flight_ps(emitted_s: number): number
  transmittance(at_s: number): number
  background_Hz(at_s: number): number
  /** Highest value between two seconds. */
  peakTransmittance(from_s: number, to_s: number): number
  peakBackground_Hz(from_s: number, to_s: number): number
  /** First and last second that the profile covers. */
  readonly from_s: number
  readonly to_s: number
}

/** Share of a grid step by which a question may pass the profile's ends. */
const EDGE = 1e-3
const PS_PER_M = 1e12 / SPEED_OF_LIGHT_M_S

const at = (column: Float64Array, index: number): number => column[index] ?? NaN

function checkGrid(profile: WorldProfile): number {
  const rows = profile.utc_ms.length
  if (rows < 2)
    throw new RangeError(
      `The world's profile has ${rows} rows; give at least two, one second apart, that cover the window.`,
    )
  return (at(profile.utc_ms, rows - 1) - at(profile.utc_ms, 0)) / (rows - 1) / 1000
}

class ProfileFlight implements Flight {
  readonly from_s: number
  readonly to_s: number
  private readonly step_s: number
  private readonly perStep: number
  private readonly cells: number
  /** Cell whose coefficients are at hand, and its ends in seconds. */
  private cell = -1
  private begin_s = NaN
  private end_s = NaN
  /** Of the flight time, ps: c0 + u (c1 + u (c2 + u c3)), u from 0 to 1 along the cell. */
  private readonly c = new Float64Array(4)

  constructor(
    private readonly profile: WorldProfile,
    epoch_ms: number,
  ) {
    this.step_s = checkGrid(profile)
    this.perStep = 1 / this.step_s
    this.cells = profile.utc_ms.length - 1
    this.from_s = (at(profile.utc_ms, 0) - epoch_ms) / 1000
    this.to_s = this.from_s + this.cells * this.step_s
  }

  flight_ps(emitted_s: number): number {
    const u = this.along(emitted_s)
    const { c } = this
    return c[0] + u * (c[1] + u * (c[2] + u * c[3]))
  }

  transmittance(at_s: number): number {
    return this.linear(this.profile.transmittance, at_s)
  }

  background_Hz(at_s: number): number {
    return this.linear(this.profile.background_Hz, at_s)
  }

  peakTransmittance(from_s: number, to_s: number): number {
    return this.peak(this.profile.transmittance, from_s, to_s)
  }

  peakBackground_Hz(from_s: number, to_s: number): number {
    return this.peak(this.profile.background_Hz, from_s, to_s)
  }

  /** Enters the cell of a time and tells how far along it lies, 0 to 1. */
  private along(time_s: number): number {
    if (!(time_s >= this.begin_s && time_s < this.end_s)) this.enter(time_s)
    return (time_s - this.begin_s) * this.perStep
  }

  private linear(column: Float64Array, time_s: number): number {
    const u = this.along(time_s)
    const left = column[this.cell]
    return left + (column[this.cell + 1] - left) * u
  }

  private peak(column: Float64Array, from_s: number, to_s: number): number {
    this.along(from_s)
    const first = this.cell
    this.along(to_s)
    const inner = column.subarray(first + 1, this.cell + 1)
    return inner.reduce(
      (most, value) => Math.max(most, value),
      Math.max(this.linear(column, from_s), this.linear(column, to_s)),
    )
  }

  private enter(time_s: number): void {
    const { from_s, to_s, step_s, cells } = this
    const x = (time_s - from_s) / step_s
    if (!(x >= -EDGE && x <= cells + EDGE))
      throw new RangeError(
        `The world was asked for ${time_s} s; its profile covers ${from_s} to ${to_s} s, hand in a longer one.`,
      )
    this.cell = Math.min(cells - 1, Math.max(0, Math.floor(x)))
    this.begin_s = from_s + this.cell * step_s
    this.end_s = this.begin_s + step_s
    this.fit()
  }

  /** Cubic Hermite on the cell at hand, as a polynomial. */
  private fit(): void {
    const { profile, cell, step_s, c } = this
    const r0 = at(profile.range_m, cell)
    const d0 = at(profile.rangeRate_m_s, cell) * step_s
    const slope = at(profile.range_m, cell + 1) - r0
    const a = d0 - slope
    const b = slope - at(profile.rangeRate_m_s, cell + 1) * step_s
    c.set([r0, d0, b - 2 * a, a - b])
    for (let i = 0; i < 4; i++) c[i] *= PS_PER_M
  }
}

/**
 * Interpolates a profile; times are seconds since epoch_ms.
 * @throws RangeError when the profile has fewer than two rows, or when asked outside of it.
 */
export const createFlight = (profile: WorldProfile, epoch_ms: number): Flight =>
  new ProfileFlight(profile, epoch_ms)
