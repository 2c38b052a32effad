/** `--screenshots DIR`: one picture for each workspace, taken when the page says that it is drawn. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { pageMounted } from './opened-files'

const workspaces = ['plan', 'live', 'replay', 'keys'] as const
const LIMIT_MS = 120_000
const POLL_MS = 200

const wait = (time_ms: number): Promise<void> => new Promise((done) => setTimeout(done, time_ms))

/**
 * Writes plan.png, live.png, replay.png and keys.png.
 * @param send brings a workspace to the front, by the command `screenshot.<workspace>`
 * @returns the exit code: 0, or 1 after one line that says what was not drawn
 */
export async function writeScreenshots(
  window: BrowserWindow,
  folder: string,
  send: (id: string) => void,
): Promise<number> {
  const deadline_ms = Date.now() + LIMIT_MS
  try {
    await mkdir(folder, { recursive: true })
    await pageMounted(window.webContents)
    for (const workspace of workspaces) {
      send(`screenshot.${workspace}`)
      await drawn(window, workspace, deadline_ms)
      await capture(window, join(folder, `${workspace}.png`))
    }
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}

async function drawn(window: BrowserWindow, workspace: string, deadline_ms: number): Promise<void> {
  while (Date.now() < deadline_ms) {
    const script = 'document.documentElement.dataset.drawn'
    const shown: unknown = await window.webContents.executeJavaScript(script)
    if (shown === workspace) return
    await wait(POLL_MS)
  }
  throw new Error(
    `Writing screenshots: the workspace ${workspace} was not drawn within ${LIMIT_MS / 1000} s; ` +
      'open the application without --screenshots to see why.',
  )
}

/** Two frames pass first, so that what was just laid out is also on the surface. */
const twoFrames = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`

async function capture(window: BrowserWindow, path: string): Promise<void> {
  await window.webContents.executeJavaScript(twoFrames)
  const picture = await window.webContents.capturePage()
  if (picture.isEmpty()) {
    throw new Error(`Writing ${path}: the window gave an empty picture; /dev/shm must be writable.`)
  }
  await writeFile(path, picture.toPNG())
  console.error(`wrote ${path}`)
}
