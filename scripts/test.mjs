/** `npm test`: set-up, types, lint, build, unit tests, end-to-end tests; ends with `N passed, N failed`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { obtainBuild } from './setup/build.mjs'
import { obtainDependencies } from './setup/dependencies.mjs'
import { needsVirtualDisplay, obtainDisplay } from './setup/display.mjs'
import { packageFile, root } from './setup/places.mjs'
import { run } from './setup/processes.mjs'
import { say, sayError, step } from './setup/progress.mjs'
import { obtainRuntime } from './setup/runtime.mjs'
import { checkSharedMemory, obtainSystemPackages } from './setup/system-packages.mjs'
import { playwrightCounts, vitestCounts } from './setup/test-counts.mjs'

const limits_s = { types: 600, lint: 600, unit: 600, endToEnd: 720 }
const total = { passed: 0, failed: 0 }

const node = (args, limit_s, env = {}) =>
  run(process.execPath, args, { cwd: root, limit_s, env: { ...process.env, ...env } })

function add({ passed, failed }) {
  total.passed += passed
  total.failed += failed
}

/** Runs a part whose failure counts as one; what it throws is shown and counted. */
async function check(title, work) {
  try {
    if (await step(title, work)) return true
    say(`FAILED: ${title}`)
  } catch (error) {
    sayError(error)
  }
  add({ passed: 0, failed: 1 })
  return false
}

const checkTypes = async () => {
  const { code } = await node([join('scripts', 'typecheck.mjs')], limits_s.types)
  return code === 0
}

async function checkLint() {
  const eslint = [packageFile('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']
  const prettier = packageFile('prettier', 'bin', 'prettier.cjs')
  const rules = await node(eslint, limits_s.lint)
  const format = await node([prettier, '--check', '--log-level', 'warn', '.'], limits_s.lint)
  return rules.code === 0 && format.code === 0
}

async function unitTests(folder) {
  const report = join(folder, 'vitest.json')
  const script = packageFile('vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const result = await step('unit tests', () => node([script, 'run', ...reporters], limits_s.unit))
  addRun(vitestCounts(report), result)
}

async function endToEndTests(folder) {
  const report = join(folder, 'playwright.json')
  const script = packageFile('@playwright', 'test', 'cli.js')
  const args = [script, 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']
  const display = await obtainDisplay()
  try {
    const env = { ...display.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const result = await step('end-to-end tests', () => node(args, limits_s.endToEnd, env))
    addRun(playwrightCounts(report), result)
  } finally {
    await display.stop()
  }
}

/** A runner that failed although no test did still failed. */
function addRun(counts, { code, timedOut }) {
  if (timedOut) say('The time limit was reached; the step was ended.')
  const silent = code !== 0 && counts.failed === 0
  add(silent ? { ...counts, failed: 1 } : counts)
}

async function setUp() {
  await obtainDependencies()
  await obtainSystemPackages({ display: needsVirtualDisplay() })
  checkSharedMemory()
  await obtainRuntime()
  return true
}

async function runAll(folder) {
  if (!(await check('set-up', setUp))) return
  await check('type check', checkTypes)
  await check('lint', checkLint)
  const isBuilt = await check('build', async () => (await obtainBuild({ force: true }), true))
  await unitTests(folder)
  if (isBuilt) await check('end-to-end', async () => (await endToEndTests(folder), true))
}

const folder = mkdtempSync(join(tmpdir(), 'micius-test-'))
try {
  await runAll(folder)
} catch (error) {
  sayError(error)
  add({ passed: 0, failed: 1 })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed === 0 ? 0 : 1
