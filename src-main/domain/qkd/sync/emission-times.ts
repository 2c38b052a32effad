/** Takes predicted flight times off arrival times, so that two places' tags of one pair stand side by side. */

/**
 * Emission times of light tagged at the given times, ps on the tagger's own scale: t - flight(t - flight ...).
 * The result stays ascending, since light never overtakes itself; a clock offset of 100 ms shifts
 * the flight by up to 2.3 us, slowly along the pass, which an offset track takes up.
 * @param flight_s time of flight of light emitted at the given second after the epoch.
 * @param epoch_ps the tagger's reading at the epoch, as far as is known.
 */
export function emissionTimes(
  arrivals_ps: Float64Array,
  flight_s: (emission_s: number) => number,
  epoch_ps = 0,
): Float64Array {
  return arrivals_ps.map((time_ps) => {
    const time_s = (time_ps - epoch_ps) * 1e-12
    let flight = flight_s(time_s)
    for (let step = 0; step < 3; step++) flight = flight_s(time_s - flight)
    return time_ps - flight * 1e12
  })
}
