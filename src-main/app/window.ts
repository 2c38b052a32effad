/** The one window: sandboxed, isolated, and where it was last time. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import type { Rectangle } from 'electron'
import { z } from 'zod'
import { PAGE_URL } from './protocol'

const size = { width: 1440, height: 900, minWidth: 1280, minHeight: 800 }
const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(size.minWidth),
  height: z.number().int().min(size.minHeight),
  maximized: z.boolean(),
})
type Bounds = z.infer<typeof boundsSchema>

export interface WindowPlace {
  preload: string
  /** Folder that remembers the bounds. */
  profile: string
}

/** Opens the window on the page; it shows itself when there is something to show. */
export function openWindow({ preload, profile }: WindowPlace): BrowserWindow {
  const remembered = readBounds(profile)
  const window = new BrowserWindow({
    ...size,
    ...(remembered && placeOf(remembered)),
    show: false,
    backgroundColor: '#101923',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (remembered?.maximized) window.maximize()
    window.show()
  })
  window.on('close', () => writeBounds(profile, window))
  reloadAfterCrash(window)
  void window.loadURL(PAGE_URL)
  return window
}

const placeOf = ({ x, y, width, height }: Bounds): Rectangle => ({ x, y, width, height })

function reloadAfterCrash(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    console.error(`The window's page ended (${details.reason}); it is loaded again.`)
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
}

const fileOf = (profile: string): string => join(profile, 'window.json')

function readBounds(profile: string): Bounds | null {
  try {
    const bounds = boundsSchema.parse(JSON.parse(readFileSync(fileOf(profile), 'utf8')))
    return isOnScreen(bounds) ? bounds : null
  } catch {
    return null
  }
}

function isOnScreen(bounds: Bounds): boolean {
  const { workArea } = screen.getDisplayMatching(placeOf(bounds))
  const overlap_x = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - bounds.x
  return overlap_x > 100 && bounds.x < workArea.x + workArea.width && bounds.y >= workArea.y
}

function writeBounds(profile: string, window: BrowserWindow): void {
  const bounds: Bounds = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeFileSync(fileOf(profile), JSON.stringify(bounds))
  } catch (error) {
    console.error(`Remembering the window's place in ${profile} failed: ${String(error)}`)
  }
}
