/** Bench rows of privacy amplification. */
import { toeplitzHash } from '../domain/qkd/toeplitz'
import { cpuSeconds, randomBits, type BenchRow } from './bench-row'

/** Toeplitz hashing by FFT. */
export function benchAmplify(
  sizes = [
    [100_000, 33_000],
    [1_000_000, 333_000],
    [2_000_000, 500_000],
  ],
): BenchRow[] {
  return sizes.map(([n, m]) => {
    const x = randomBits(n)
    const seed = randomBits(n + m - 1)
    const cpu_s = cpuSeconds(() => toeplitzHash(x, seed, m))
    return { kernel: 'toeplitz', n, rate: n / cpu_s / 1e6, unit: 'Mbit/s', cpu_s, m }
  })
}
