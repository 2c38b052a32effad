/** What the inputs of a finite-key bound must satisfy before its formula means anything. */

/** Stops at an impossible input. @throws Error naming the field, the value and what would be right. */
export function refuse(field: string, value: unknown, right: string): never {
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value)
  throw new Error(`Finite-key length: ${field} ${shown} is impossible; ${right}`)
}

/** @param names of the intensity classes, strongest first; there is one count for each. */
export function checkCounts(field: string, counts: readonly number[], names: string): void {
  const expected = names.split(', ').length
  if (counts.length === expected && counts.every((n) => Number.isFinite(n) && n >= 0)) return
  refuse(field, shown(counts), `it needs ${expected} finite counts, zero or more (${names})`)
}

/** Errors are counts, none above the detections of its class. */
export function checkErrors(
  field: string,
  errors: readonly number[],
  counts: readonly number[],
  names: string,
): void {
  checkCounts(field, errors, names)
  if (errors.some((m, k) => m > counts[k]))
    refuse(field, errors, `none may exceed its detections ${JSON.stringify(counts)}`)
}

/** Probabilities of the intensity classes. */
export function checkProbabilities(probabilities: readonly number[], count: number): void {
  const sum = probabilities.reduce((total, p) => total + p, 0)
  const sound = probabilities.length === count && probabilities.every((p) => p > 0)
  if (!sound || !(Math.abs(sum - 1) <= 1e-9))
    refuse('probabilities', shown(probabilities), `${count} positive values must sum to 1`)
}

/** mu1 > mu2 + mu3 and mu2 > mu3 >= 0 (Lim et al., PRA 89, 022307 (2014), section II). */
export function checkTwoDecoys(intensities: readonly number[]): void {
  const [mu1, mu2, mu3] = intensities
  const ordered = mu3 >= 0 && mu2 > mu3 && mu1 > mu2 + mu3 && Number.isFinite(mu1)
  if (intensities.length !== 3 || !ordered)
    refuse('intensities', shown(intensities), 'they need mu1 > mu2 + mu3 and mu2 > mu3 >= 0')
}

/** mu1 > mu2 > 0 (Rusca et al., APL 112, 171104 (2018)). */
export function checkOneDecoy(intensities: readonly number[]): void {
  const [mu1, mu2] = intensities
  const ordered = mu1 > mu2 && mu2 > 0 && Number.isFinite(mu1)
  if (intensities.length !== 2 || !ordered)
    refuse('intensities', shown(intensities), 'they need mu1 > mu2 > 0')
}

/** A failure probability. */
export function checkEpsilon(field: string, epsilon: number): void {
  if (!(epsilon > 0 && epsilon < 1)) refuse(field, epsilon, 'it must lie between 0 and 1')
}

/** A rate or share from `low` to `high`, both allowed. */
export function checkBetween(field: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    refuse(field, value, `it must lie between ${low} and ${high}`)
}

/** Bits disclosed about the key, counted or modelled. */
export function checkLeak(leak_bits: number, field = 'leak_bits'): void {
  if (!(leak_bits >= 0 && Number.isFinite(leak_bits)))
    refuse(field, leak_bits, 'it must be a finite number, zero or more')
}

/** A number of bits of a block. */
export function checkWhole(field: string, value: number, low: number, high: number): void {
  if (!Number.isSafeInteger(value) || value < low || value > high)
    refuse(field, value, `it must be a whole number from ${low} to ${high}`)
}

/** JSON writes numbers that are not finite as null, which would hide the culprit. */
const shown = (values: readonly number[]): unknown[] =>
  values.map((value) => (Number.isFinite(value) ? value : String(value)))
