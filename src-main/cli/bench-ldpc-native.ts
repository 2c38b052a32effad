/** The LDPC kernel's C twin, for its time beside the kernel's; there where the source and gcc are. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LiftedCode } from '../domain/qkd/ldpc/lifted-code'
import { projectDir } from './project-dir'

/** Vectors of eight 16-bit integers as in WebAssembly: the twin names them, whatever the machine has. */
export const NATIVE_FLAGS = ['-O3', '-march=native']

/** One frame as the decoder gets it, and the totals that the kernel made of it. */
export interface NativeTask {
  code: LiftedCode
  totals: Int16Array
  syndrome: Uint8Array
  most: number
  decided: Int16Array
}

/** Runs `work` with the path of the built twin, or without where it cannot be built; removes it again. */
export function withNativeLdpc<T>(work: (program: string | undefined) => T): T {
  const source = join(projectDir(), 'bench', 'ldpc.c')
  if (!existsSync(source)) return work(undefined)
  const folder = mkdtempSync(join(tmpdir(), 'micius-bench-'))
  try {
    const program = join(folder, 'ldpc')
    const { status } = spawnSync('gcc', [...NATIVE_FLAGS, '-o', program, source], {
      stdio: 'ignore',
    })
    return work(status === 0 ? program : undefined)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Least processor seconds of decoding the frame `runs` times. @throws when the twin's totals differ. */
export function nativeLdpcSeconds(program: string, task: NativeTask, runs: number): number {
  const { code, totals, syndrome, most, decided } = task
  const wanted = Int16Array.from(syndrome, (parity) => -parity)
  const frame = [bytesOf(totals), bytesOf(wanted)]
  const frames = Array.from({ length: runs }, () => frame).flat()
  const sizes = [code.rows, code.columns, code.edges, code.lifting, runs, most]
  const { stdout, stderr, status } = spawnSync(program, sizes.map(String), {
    input: Buffer.concat([bytesOf(code.starts), bytesOf(code.blocks), ...frames]),
    maxBuffer: 2 ** 30,
  })
  const first = stdout.subarray(0, 2 * code.length)
  if (status !== 0 || Buffer.compare(first, bytesOf(decided)) !== 0) {
    throw new Error(`bench ldpc: the C twin decodes another word (exit ${status})`)
  }
  return Math.min(...String(stderr).trim().split('\n').map(Number))
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array | Int32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)
