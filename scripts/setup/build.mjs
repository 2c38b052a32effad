/** The build in `out/`: made when it is missing or older than its sources, by one process at a time. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFile, root } from './places.mjs'
import { run } from './processes.mjs'
import { SetupError, step } from './progress.mjs'

const LIMIT_S = 600
const sources = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json']
const stamp = join(root, 'out', '.built')
const lock = join(root, 'node_modules', '.micius-build')

/** Newest change below a path, ms; tests are no part of the build. */
function newest(path) {
  const about = statSync(path)
  if (!about.isDirectory()) return /\.test\.ts$/.test(path) ? 0 : about.mtimeMs
  const inside = readdirSync(path).map((name) => newest(join(path, name)))
  return Math.max(0, ...inside)
}

/** True when `out/` holds a finished build no older than its sources. */
export function isBuilt() {
  if (!existsSync(stamp)) return false
  return statSync(stamp).mtimeMs >= Math.max(...sources.map((name) => newest(join(root, name))))
}

/**
 * Builds when needed.
 * @param {{ force?: boolean }} options `force` builds in any case
 * @throws SetupError when the build fails
 */
export async function obtainBuild({ force = false } = {}) {
  if (!force && isBuilt()) return
  await takeLock()
  try {
    if (force || !isBuilt()) await step('building', build)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

async function build() {
  const begun = new Date()
  rmSync(stamp, { force: true })
  const script = packageFile('electron-vite', 'bin', 'electron-vite.js')
  const { code } = await run(process.execPath, [script, 'build', '--logLevel', 'warn'], {
    cwd: root,
    limit_s: LIMIT_S,
    stdio: ['ignore', 2, 2],
  })
  if (code !== 0) {
    throw new SetupError(`Building failed (electron-vite, exit ${code}): the lines above say why.`)
  }
  writeFileSync(stamp, `${begun.toISOString()}\n`)
  utimesSync(stamp, begun, begun)
}

function holderLives() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Waits for another process that builds; a lock whose holder is gone is taken over. */
async function takeLock() {
  for (let waited_s = 0; ; waited_s++) {
    try {
      mkdirSync(lock)
      return writeFileSync(join(lock, 'pid'), String(process.pid))
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (waited_s > 2 && (!holderLives() || waited_s > LIMIT_S)) {
      rmSync(lock, { recursive: true, force: true })
    } else await new Promise((done) => setTimeout(done, 1000))
  }
}
