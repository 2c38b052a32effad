/** How far a measured curve lies from its model. */

/** Mean and root mean square of the values that exist; NaN without any. */
export function meanAndRms(residuals: Float64Array): { mean: number; rms: number } {
  const values = residuals.filter((value) => !Number.isNaN(value))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length
  return { mean, rms: Math.sqrt(square) }
}
