/** The time of flight that Bob expects, from the ephemeris he was given. */
import { SPEED_OF_LIGHT_M_S } from '../../domain/model/units'
import type { BobStart } from '../party-start'

/** Time of flight from the ephemeris: cubic Hermite between seconds. */
export function flightFrom(flight: BobStart['flight']): (emission_s: number) => number {
  const last = flight.range_m.length - 2
  return (emission_s) => {
    const i = Math.min(Math.max(Math.floor(emission_s), 0), last)
    const u = emission_s - i
    const [r0, r1] = [flight.range_m[i], flight.range_m[i + 1]]
    const [v0, v1] = [flight.rangeRate_m_s[i], flight.rangeRate_m_s[i + 1]]
    const range =
      r0 * (1 + 2 * u) * (1 - u) ** 2 +
      v0 * u * (1 - u) ** 2 +
      r1 * u * u * (3 - 2 * u) +
      v1 * u * u * (u - 1)
    return range / SPEED_OF_LIGHT_M_S
  }
}
