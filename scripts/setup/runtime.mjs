/**
 * The Electron runtime: an installed one, else the official download, else the pinned fallback.
 * After it, `node_modules/electron/dist` and `path.txt` serve the electron CLI, electron-vite and Playwright alike.
 */
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rememberUnreachable, unreachableToday } from './cache.mjs'
import { fallbackFolder, fallbackNotice, obtainFallback } from './fallback.mjs'
import { run } from './processes.mjs'
import { say, SetupError, step } from './progress.mjs'
import { root } from './places.mjs'

const REACH_LIMIT_MS = 30_000
const INSTALL_LIMIT_S = 1200

const home = () => join(root, 'node_modules', 'electron')
const dist = () => join(home(), 'dist')

/** The runtime that `path.txt` names, when its binary is there; null otherwise. */
function installed() {
  const note = join(home(), 'path.txt')
  if (!existsSync(note)) return null
  const binary = join(dist(), readFileSync(note, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

function linkedToFallback() {
  const link = lstatSync(dist(), { throwIfNoEntry: false })
  return link?.isSymbolicLink() === true && readlinkSync(dist()) === fallbackFolder()
}

/**
 * Obtains the runtime when it is missing.
 * @returns {Promise<string>} path of the Electron binary
 * @throws SetupError with the way out when none can be had
 */
export async function obtainRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return join(override, process.platform === 'win32' ? 'electron.exe' : 'electron')
  const present = installed()
  if (present && !linkedToFallback()) return present
  if (await official()) return installed()
  if (!present) link(await obtainFallback())
  say(fallbackNotice)
  const binary = installed()
  if (!binary)
    throw new SetupError(`Obtaining Electron: ${dist()} holds no binary; remove it and retry.`)
  return binary
}

function link(folder) {
  rmSync(dist(), { recursive: true, force: true })
  symlinkSync(folder, dist(), 'dir')
  writeFileSync(join(home(), 'path.txt'), 'electron')
}

async function official() {
  if (process.env.ELECTRON_SKIP_OFFICIAL || unreachableToday()) return false
  const done = (await reachable()) && (await installOfficial())
  if (!done) {
    rememberUnreachable()
    say('The official Electron download cannot be reached; not asked again today.')
  }
  return done
}

/** A mirror or proxy is not second-guessed: electron's own installer knows how to use it. */
async function reachable() {
  const { env } = process
  if (env.ELECTRON_MIRROR || env.npm_config_electron_mirror || env.ELECTRON_GET_USE_PROXY)
    return true
  const { version } = JSON.parse(readFileSync(join(home(), 'package.json'), 'utf8'))
  const address = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`
  try {
    const reply = await fetch(address, { signal: AbortSignal.timeout(REACH_LIMIT_MS) })
    await reply.body?.cancel()
    return reply.ok
  } catch {
    return false
  }
}

async function installOfficial() {
  if (lstatSync(dist(), { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(dist())
  const result = await step('downloading the official Electron', () =>
    run(process.execPath, [join(home(), 'install.js')], { cwd: root, limit_s: INSTALL_LIMIT_S }),
  )
  return result.code === 0 && installed() !== null
}
