import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readRecording } from './reader'

const folder = mkdtempSync(join(tmpdir(), 'kill-test-'))
const child = join(folder, 'child', 'killed-recorder.mjs')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('killed-recorder.ts', import.meta.url)),
      outDir: join(folder, 'child'),
      rollupOptions: { output: { entryFileNames: 'killed-recorder.mjs' } },
    },
  })
})

/** Starts a recording process and kills it with SIGKILL after so many rows. @returns rows it had handed in. */
function killAfter(path: string, rows: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const process = fork(child, [path])
    let sent = 0
    process.on('message', (count) => {
      sent = Number(count)
      if (sent === rows) process.kill('SIGKILL')
    })
    process.on('error', reject)
    process.on('exit', (_, signal) =>
      signal === 'SIGKILL' ? resolve(sent) : reject(new Error(`the child ended by itself`)),
    )
  })
}

it.each([25, 38, 61])(
  'a recording killed with SIGKILL after %i rows is readable to its last second of mission time',
  async (rows) => {
    const path = join(folder, `${rows}.mcap`)
    const sent = await killAfter(path, rows)
    const { summary, telemetry } = await readRecording(path)
    const read = telemetry.utc_ms.length
    expect(summary.complete).toBe(false)
    // Ten rows are a second of mission time.
    expect(read).toBeGreaterThan(sent - 11)
    expect([...telemetry.utc_ms]).toEqual(
      Array.from({ length: read }, (_, i) => (telemetry.utc_ms[0] ?? NaN) + i * 100),
    )
  },
)
