/** What decodes one frame: the kernel, or its plain twin. */
import type { LiftedCode } from './lifted-code'

/** Units of a log-likelihood ratio of 1 (natural logarithm) in messages and totals. */
export const UNITS = 183.25
/** Largest magnitude of a message or prior in these units: 11.17, an error probability of 1.4e-5. */
export const LIMIT = 2047

export interface FrameDecoder {
  /**
   * Looks for the likeliest errors with a given syndrome.
   * @param totals prior log-likelihood ratio of each position in `UNITS`, at most `LIMIT` in magnitude; afterwards
   * that of the decision, which is its sign: negative for an error.
   * @param syndrome parities wanted; @param most iterations at most.
   * @returns the iterations until the syndrome matched, or -1 when it did not.
   */
  decode(code: LiftedCode, totals: Int16Array, syndrome: Uint8Array, most: number): number
  /** Overwrites what is left of the last frame. */
  erase(): void
}

/** Log-likelihood ratio ln((1 - p) / p) in `UNITS`, clamped to `LIMIT`. */
export const priorOf = (errorRate: number): number =>
  Math.min(LIMIT, Math.round(UNITS * Math.log((1 - errorRate) / errorRate)))
