/** One row of the bench: rate in `unit`, figures of merit beside it. */
import { randomBytes } from 'node:crypto'
import { unpackBits } from '../domain/qkd/bits'

export interface BenchRow {
  kernel: string
  n: number
  rate: number
  unit: string
  [merit: string]: number | string
}

/** CPU seconds of this process that a piece of work takes. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Bits of the operating system's generator, one a byte. */
export function randomBits(count: number): Uint8Array {
  const bytes = Math.ceil(count / 8)
  return unpackBits(new Uint8Array(randomBytes(bytes)), 8 * bytes).subarray(0, count)
}
