/** The built application in a real Electron, with a profile folder of its own for each test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, test as base } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'

const root = resolve(__dirname, '..')
const isRoot = process.getuid?.() === 0
const CLOSE_LIMIT_MS = 15_000

export interface Launch {
  /** Further switches or files on the command line. */
  launchArguments: string[]
}

export interface Running {
  /** The temporary profile; gone after the test. */
  profile: string
  micius: ElectronApplication
  /** The window's page, loaded. */
  page: Page
}

function environment(): Record<string, string> {
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(given.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'))
}

/**
 * Starts the application; to be ended with {@link end}.
 * @param profile folder of the user's data, so that the single-instance locks of two tests never meet
 */
export function launch(profile: string, further: string[] = []): Promise<ElectronApplication> {
  return _electron.launch({
    args: [root, `--user-data-dir=${profile}`, ...(isRoot ? ['--no-sandbox'] : []), ...further],
    chromiumSandbox: !isRoot,
    cwd: root,
    env: environment(),
    timeout: 60_000,
  })
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

/** The second button of every question before closing is the one that leaves. */
const leaveUnasked = (micius: ElectronApplication): Promise<void> =>
  micius
    .evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
    })
    .catch(() => undefined)

const ended = new WeakSet<ElectronApplication>()

/** Closes the application; one that does not go in time is killed by its pid. Safe to call twice. */
export async function end(micius: ElectronApplication): Promise<void> {
  if (ended.has(micius)) return
  ended.add(micius)
  const { pid } = micius.process()
  await leaveUnasked(micius)
  const limit = new Promise((done) => setTimeout(done, CLOSE_LIMIT_MS).unref())
  await Promise.race([micius.close().catch(() => undefined), limit])
  if (pid !== undefined && !isGone(pid)) process.kill(pid, 'SIGKILL')
}

/** `test` with the application running: `page` is its window, `micius` its main process. */
export const test = base.extend<Launch & Running>({
  launchArguments: [[], { option: true }],
  profile: async ({ browserName: _browser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'micius-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },
  micius: async ({ profile, launchArguments }, use) => {
    const micius = await launch(profile, launchArguments)
    await use(micius)
    await end(micius)
  },
  page: async ({ micius }, use) => {
    const page = await micius.firstWindow()
    await page.waitForLoadState('load')
    await page.locator('[data-testid]').first().waitFor({ state: 'attached' })
    await use(page)
  },
})

export { expect } from '@playwright/test'
