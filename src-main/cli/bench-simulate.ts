/** Bench of the world: processor time of a 300 s pass at 100 MHz, arrivals to tags, on one thread. */
import { tagChannels } from '../domain/model/tags'
import { createWorld, generateSlot } from '../engine/world/generator'
import { referencePass } from '../engine/world/reference-pass'
import type { BenchRow } from './bench-row'

const PASS_S = 300
/** The least of these counts: what other programs take from the processor's caches is not the kernel's. */
const RUNS = 3
/** Flown first and not counted, so that compilation is not what is measured. */
const WARM_UP_S = 60

/** Flies a pass and keeps its tags' channels; Alice's answer is constant, since she is not what is measured. */
function fly(seed: number, duration_s: number): Uint8Array[] {
  const world = createWorld(referencePass(duration_s, seed))
  return Array.from({ length: duration_s }, (_, s) => {
    const slot = { kind: 'advance' as const, from_s: s, to_s: s + 1, shutter: false }
    return generateSlot(world, slot, (request) => new Uint8Array(request.pulses.length)).channel
  })
}

const count = (batches: Uint8Array[], counts: (channel: number) => boolean): number =>
  batches.reduce((sum, batch) => sum + batch.filter(counts).length, 0)

/** One pass: its tags' channels, and the processor seconds it took. */
function timedPass(): { batches: Uint8Array[]; cpu_s: number } {
  const start = process.cpuUsage()
  const batches = fly(1, PASS_S)
  const { user, system } = process.cpuUsage(start)
  return { batches, cpu_s: (user + system) / 1e6 }
}

/** Simulates passes and reports the least processor seconds (user and system) of one, and tags per second of it. */
export function benchSimulate(): BenchRow[] {
  fly(2, WARM_UP_S)
  const passes = Array.from({ length: RUNS }, timedPass)
  const cpu_s = Math.min(...passes.map((pass) => pass.cpu_s))
  const { batches } = passes[0]
  const tags = count(batches, () => true)
  const sync = count(batches, (channel) => channel === tagChannels.sync)
  return [
    {
      kernel: 'simulate',
      n: tags,
      rate: Math.round(tags / cpu_s),
      unit: 'tags/s',
      cpu_s,
      runs: RUNS,
      pulse_rate_Hz: 100e6,
      detector_tags: tags - sync,
      sync_tags: sync,
    },
  ]
}
