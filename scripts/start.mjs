/** `npm start`: sets up what is missing and opens the application; `--headless`, `--screenshots DIR`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { obtainBuild } from './setup/build.mjs'
import { obtainDependencies } from './setup/dependencies.mjs'
import { needsVirtualDisplay, obtainDisplay } from './setup/display.mjs'
import { builtCli, root } from './setup/places.mjs'
import { run } from './setup/processes.mjs'
import { say, sayError, SetupError } from './setup/progress.mjs'
import { obtainRuntime } from './setup/runtime.mjs'
import { checkSandbox, checkSharedMemory, obtainSystemPackages } from './setup/system-packages.mjs'

const EXAMPLE = 'resources/missions/xinglong-graz-2016.json'
const USAGE = `npm start                          opens the application
npm start -- FILE…                 … on a mission (.json) or a recording (.mcap)
npm start -- --headless            runs the example mission without a window
npm start -- --screenshots DIR     writes a picture of each workspace`

function readArguments(argv) {
  const asked = { headless: false, help: false, screenshots: null, rest: [] }
  for (let i = 0; i < argv.length; i++) {
    const [name, value] = argv[i].split(/=(.*)/s)
    if (name === '--headless') asked.headless = true
    else if (name === '--help' || name === '-h') asked.help = true
    else if (name === '--screenshots') {
      const folder = value ?? argv[++i]
      if (!folder || folder.startsWith('--')) throw usageError('--screenshots needs a folder')
      asked.screenshots = resolve(folder)
    } else asked.rest.push(argv[i])
  }
  return asked
}

const usageError = (why) => Object.assign(new SetupError(`${why}.\n${USAGE}`), { exitCode: 2 })

async function runHeadless() {
  await obtainDependencies()
  await obtainBuild()
  const out = mkdtempSync(join(tmpdir(), 'micius-run-'))
  say(`> running the example mission into ${out}`)
  const args = [builtCli, 'run', EXAMPLE, '--out', out, '--seed', '1']
  const { code } = await run(process.execPath, args, { cwd: root })
  return code
}

async function openApplication({ screenshots, rest }) {
  await obtainDependencies()
  await obtainSystemPackages({ display: needsVirtualDisplay() })
  checkSharedMemory()
  checkSandbox()
  const electron = await obtainRuntime()
  await obtainBuild()
  const display = await obtainDisplay()
  // Pictures are taken with a profile of their own, so that an open application is not in the way.
  const profile = screenshots ? mkdtempSync(join(tmpdir(), 'micius-screenshots-')) : null
  try {
    const flags = [
      '--log-level=3', // Chromium's own noise about missing buses and GPUs
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(profile ? [`--user-data-dir=${profile}`, `--screenshots=${screenshots}`] : []),
    ]
    const env = { ...process.env, ...display.env }
    delete env.ELECTRON_RUN_AS_NODE
    const result = await run(electron, [root, ...flags, ...rest], { env })
    return explain(result.code, electron)
  } finally {
    await display.stop()
    if (profile) rmSync(profile, { recursive: true, force: true })
  }
}

function explain(code, electron) {
  if (code === 127)
    say(`Starting ${electron} failed: remove node_modules/electron/dist and try again.`)
  return code
}

try {
  const asked = readArguments(process.argv.slice(2))
  if (asked.help) process.stdout.write(`${USAGE}\n`)
  else process.exitCode = await (asked.headless ? runHeadless() : openApplication(asked))
} catch (error) {
  sayError(error)
  process.exitCode = error.exitCode ?? 1
}
