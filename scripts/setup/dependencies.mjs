/** The packages of the lock file: installed with `npm ci` when they are missing or others than locked. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.mjs'
import { cleanNpmEnvironment, npmCommand, run } from './processes.mjs'
import { SetupError, step } from './progress.mjs'

const LEAST_NODE = [20, 19]
const LIMIT_S = 1200

/** @throws SetupError when this Node is older than the project can use */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return
  throw new SetupError(
    `Node ${process.versions.node} is too old: install ${LEAST_NODE.join('.')} or newer from https://nodejs.org.`,
  )
}

const packagesIn = (path) => JSON.parse(readFileSync(path, 'utf8')).packages ?? {}

/** True when every package that the lock file asks for on every platform is installed in that version. */
export function dependenciesInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const present = packagesIn(record)
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([place, { version, optional }]) =>
      place === '' || optional || present[place]?.version === version,
  )
}

/**
 * Installs the packages when needed; binaries that packages would download by themselves are not.
 * @throws SetupError when npm fails
 */
export async function obtainDependencies() {
  checkNode()
  if (dependenciesInstalled()) return
  const [npm, lead, options] = npmCommand()
  const skip = { ELECTRON_SKIP_BINARY_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' }
  const args = [...lead, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { code } = await step('installing packages (npm ci)', () =>
    run(npm, args, {
      ...options,
      cwd: root,
      env: cleanNpmEnvironment(skip),
      limit_s: LIMIT_S,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  if (code === 0) return
  throw new SetupError(
    `Installing packages failed (npm ci, exit ${code}): check the network and npm's registry setting, then try again.`,
  )
}
