/** Runs the command line as its user does, with a limit after which it is killed. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const projectRoot = join(import.meta.dirname, '../..')
export const KILL_MS = 300_000

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** Builds first when there is no build. */
export function micius(...argv: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const script = join(projectRoot, 'scripts/micius.mjs')
    const child = spawn(process.execPath, [script, ...argv], {
      ...{ cwd: projectRoot, timeout: KILL_MS, killSignal: 'SIGKILL' },
    })
    const out = { stdout: '', stderr: '' }
    child.stdout.on('data', (data: Buffer) => (out.stdout += String(data)))
    child.stderr.on('data', (data: Buffer) => (out.stderr += String(data)))
    child.on('close', (code) => resolve({ code, ...out }))
  })
}
