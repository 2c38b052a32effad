/** The Toeplitz kernel's C twin, for its time beside the kernel's; there where the source and gcc are. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TransformSize } from '../domain/qkd/toeplitz-plan'
import { projectDir } from './project-dir'

/** Sizes and packed strings of one hash. */
export interface HashTask extends TransformSize {
  n: number
  m: number
  x: Uint8Array
  seed: Uint8Array
}

/** Runs `work` with the path of the built twin, or without where it cannot be built; removes it again. */
export function withNativeTwin<T>(work: (program: string | undefined) => T): T {
  const source = join(projectDir(), 'bench', 'toeplitz.c')
  if (!existsSync(source)) return work(undefined)
  const folder = mkdtempSync(join(tmpdir(), 'micius-bench-'))
  try {
    const program = join(folder, 'toeplitz')
    const flags = ['-O3', '-march=native', '-o', program, source, '-lm']
    const { status } = spawnSync('gcc', flags, { stdio: 'ignore' })
    return work(status === 0 ? program : undefined)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Least processor seconds of one of `runs` hashes by the twin. @throws when its hash differs from `y`. */
export function nativeSeconds(
  program: string,
  task: HashTask,
  y: Uint8Array,
  runs: number,
): number {
  const { n, m, groups, length, x, seed } = task
  const { stdout, stderr, status } = spawnSync(program, [n, m, groups, length, runs].map(String), {
    input: Buffer.concat([x, seed]),
    maxBuffer: 2 ** 30,
  })
  if (status !== 0 || Buffer.compare(stdout, y) !== 0) {
    throw new Error(`bench amplify: the C twin at ${n} bits gives another hash (exit ${status})`)
  }
  return Number(String(stderr))
}
