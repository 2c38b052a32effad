/** Debian packages that Electron needs: installed when root, else named in one line. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './processes.mjs'
import { say, step } from './progress.mjs'

const LIMIT_S = 900
/** Package -> a file that shows it is there; libraries are looked for in the loader's usual folders. */
const always = {
  'libgtk-3-0': 'libgtk-3.so.0',
  libnss3: 'libnss3.so',
  libasound2: 'libasound.so.2',
  libgbm1: 'libgbm.so.1',
}
const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/lib',
]
const fontFolders = ['/usr/share/fonts', '/usr/local/share/fonts']

const hasLibrary = (file) => libraryFolders.some((folder) => existsSync(join(folder, file)))

/** True when a command is on the path. */
export function hasCommand(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * Debian packages missing on this machine.
 * @param {{ display: boolean }} needs whether a virtual display must be started here
 */
export function missingPackages({ display }) {
  if (process.platform !== 'linux') return []
  const missing = Object.keys(always).filter((name) => !hasLibrary(always[name]))
  if (!fontFolders.some((folder) => existsSync(folder))) missing.push('fonts-dejavu-core')
  if (display && !hasCommand('Xvfb')) missing.push('xvfb')
  return missing
}

/**
 * Installs what is missing as root on a Debian system; otherwise says in one line what to install.
 * @returns {Promise<boolean>} true when nothing is missing any more
 */
export async function obtainSystemPackages(needs) {
  const missing = missingPackages(needs)
  if (missing.length === 0) return true
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0 || !hasCommand('apt-get')) {
    const who = hasCommand('apt-get')
      ? `Missing system packages: sudo ${command}`
      : `Missing: ${missing.join(' ')}`
    say(who)
    return false
  }
  await step(`installing system packages: ${missing.join(' ')}`, () => install(missing))
  const left = missingPackages(needs)
  if (left.length > 0) say(`Still missing: ${command.replace(missing.join(' '), left.join(' '))}`)
  return left.length === 0
}

async function install(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, limit_s: LIMIT_S, stdio: ['ignore', 'ignore', 'inherit'] }
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names]
  if ((await run('apt-get', args, options)).code === 0) return
  await run('apt-get', ['update', '-q'], options)
  if ((await run('apt-get', args, options)).code === 0) return
  // Debian 13 and Ubuntu 24.04 renamed these two for 64-bit time.
  const renamed = args.map((name) => (/^(libgtk-3-0|libasound2)$/.test(name) ? `${name}t64` : name))
  await run('apt-get', renamed, options)
}

const readNumber = (path) => {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** Says in one line when this kernel forbids the sandbox to an ordinary user. */
export function checkSandbox() {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return
  const forbidden =
    readNumber('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === 1 ||
    readNumber('/proc/sys/kernel/unprivileged_userns_clone') === 0
  if (forbidden) {
    say(
      'This system forbids user namespaces, which the sandbox needs; if the application does not start: ' +
        'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1',
    )
  }
}

/** Says in one line when the shared memory that Chromium draws in is missing. */
export function checkSharedMemory() {
  if (process.platform !== 'linux') return
  try {
    accessSync('/dev/shm', constants.W_OK)
  } catch {
    say(
      '/dev/shm is missing or not writable: pictures stay empty; mount it: mount -t tmpfs tmpfs /dev/shm',
    )
  }
}
