/** The C twin of a kernel, built for the bench when a compiler is there: what the same algorithm does natively. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectDir } from './project-dir'

const LIMIT_MS = 120_000

export interface CTwin {
  /** Runs it; @returns what it printed. @throws Error when it fails. */
  run(...args: (string | number)[]): string
  /** Removes what was built. */
  remove(): void
}

/** Builds `bench/NAME.c` with `gcc -O3 -march=native`; null when there is no compiler or no source. */
export function buildCTwin(name: string): CTwin | null {
  const dir = mkdtempSync(join(tmpdir(), 'micius-c-twin-'))
  const binary = join(dir, name)
  const source = join(projectDir(), 'bench', `${name}.c`)
  const flags = ['-O3', '-march=native', '-o', binary, source, '-lm']
  const remove = () => rmSync(dir, { recursive: true, force: true })
  const built = spawnSync('gcc', flags, { timeout: LIMIT_MS })
  if (built.status === 0) return { run: (...args) => output(binary, args.map(String)), remove }
  remove()
  return null
}

function output(binary: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(binary, args, {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  })
  if (status === 0) return stdout
  throw new Error(`Running the C twin ${binary} ${args.join(' ')}: exit ${status}, ${stderr}`)
}
