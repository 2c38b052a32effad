/** Bench rows of finite-key lengths. */
import { twoBasisKeyLength } from '../domain/qkd/two-basis'
import { cpuSeconds, type BenchRow } from './bench-row'

/** Finite-key length of both bases. */
export function benchKeylength(n = 10_000): BenchRow[] {
  const counts = { x: [835_000, 58_000, 3000], z: [830_000, 57_000, 3100] }
  const errors = { x: [9200, 2000, 1500], z: [9300, 2050, 1550] }
  const triples = (value: { x: number[]; z: number[] }) => ({
    x: [value.x[0], value.x[1], value.x[2]] as [number, number, number],
    z: [value.z[0], value.z[1], value.z[2]] as [number, number, number],
  })
  const source = {
    intensities: [0.8, 0.1, 0] as [number, number, number],
    probabilities: [0.5, 0.25, 0.25] as [number, number, number],
  }
  let secret_bits = 0
  const cpu_s = cpuSeconds(() => {
    for (let i = 0; i < n; i++) {
      const leak = { x: 80_000 + i, z: 81_000 }
      const target = { eps_sec: 1e-9, eps_cor: 1e-15 }
      const length = twoBasisKeyLength(triples(counts), triples(errors), leak, source, target)
      secret_bits = length.secret_bits
    }
  })
  return [{ kernel: 'keylength', n, rate: n / cpu_s, unit: '1/s', cpu_s, secret_bits }]
}
