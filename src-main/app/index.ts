/** Entry of the desktop application. */
import { join, resolve } from 'node:path'
import { app } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Desk } from '../mission/desk'
import { answer } from '../mission/desk'
import { createDesk } from '../mission/mission-desk'
import { utilityEngine } from './engine-process'
import { eventSender, forwardEvents } from './events'
import { createHandlers, saveMission } from './handlers'
import { registerCommands } from './ipc'
import { keyProtection } from './key-protection'
import { guardLeaving } from './leave-guard'
import type { LeaveGuard } from './leave-guard'
import { setMenu } from './menu'
import { OpenedFiles } from './opened-files'
import { keepAwakeDuringContacts } from './power'
import { registerScheme, serveScheme } from './protocol'
import { writeScreenshots } from './screenshot-tour'
import { readPictureSize } from './screenshots'
import { guardContents, guardSession } from './security'
import { connectTelemetry } from './telemetry-port'
import { openWindow } from './window'

const folder = (...parts: string[]): string => join(app.getAppPath(), ...parts)
const switchValue = (name: string): string | null => app.commandLine.getSwitchValue(name) || null

let window: BrowserWindow | null = null
let desk: Desk | null = null
const currentWindow = (): BrowserWindow | null => window
const screenshotsDir = switchValue('screenshots')
/** The recording that the tour of screenshots opens next. */
let tourRecording: string | null = null

function prepare(): boolean {
  const profile = switchValue('user-data-dir')
  if (profile) app.setPath('userData', resolve(profile))
  // Under --no-sandbox (root) the children would be started without that switch and refuse to run.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Recent Chromium draws WebGL in software only when told that the content is trusted; it is our own.
  app.commandLine.appendSwitch('enable-unsafe-swiftshader')
  registerScheme()
  guardContents()
  return app.requestSingleInstanceLock()
}

function createDeskHere(): Desk {
  return createDesk({
    resourcesDir: folder('resources'),
    dataDir: app.getPath('userData'),
    outDir: folder('out', 'main'),
    // The ledger of a tour lasts as long as its profile: no key store is bothered with it.
    protectKey: screenshotsDir ? { kind: 'passphrase' } : keyProtection(),
    spawnEngine: utilityEngine(folder('out', 'main', 'engine.js')),
  })
}

function showWindow({ desk, watch }: LeaveGuard): BrowserWindow {
  const opened = openWindow({
    preload: folder('out', 'preload', 'preload.cjs'),
    profile: app.getPath('userData'),
  })
  window = opened
  opened.on('closed', () => (window = null))
  if (!screenshotsDir) watch(opened, () => saveMission({ desk, window: () => opened }, false))
  return opened
}

function run(files: OpenedFiles): void {
  guardSession()
  serveScheme(folder('out', 'renderer'))
  const guard = guardLeaving(createDeskHere())
  const created = guard.desk
  desk = created
  const send = eventSender(currentWindow)
  forwardEvents(created, send)
  connectTelemetry(created, currentWindow)
  keepAwakeDuringContacts(created)
  setMenu((id) => send('menu:command', { id }))
  const handlers = createHandlers({
    desk: created,
    window: () => window ?? showWindow(guard),
    mayReplace: guard.mayReplace,
    screenshots: screenshotsDir !== null,
    takePendingRecording: () => tourRecording ?? files.takePendingRecording(),
  })
  registerCommands(handlers, currentWindow)
  const opened = showWindow(guard)
  if (screenshotsDir) takeScreenshots(opened, created, screenshotsDir).catch(stop)
  else files.serve(created, () => window?.webContents ?? null, send)
}

async function takeScreenshots(opened: BrowserWindow, at: Desk, target: string): Promise<void> {
  const example = folder('resources', 'missions', 'xinglong-graz-2016.json')
  const loaded = await answer(() => at.openFile(example))
  if (!loaded.ok) return stop(loaded.problem.text)
  const sendEvent = eventSender(currentWindow)
  const send = (id: string): void => sendEvent('menu:command', { id })
  const code = await writeScreenshots({
    window: opened,
    desk: at,
    mission: loaded.value,
    send,
    openRecording: (path) => {
      tourRecording = path
      send('recording.open')
    },
    folder: resolve(target),
    secondSize: readPictureSize(switchValue('screenshots-size')),
  })
  await at.close()
  app.exit(code)
}

/** Engines end and files close before the application goes. */
function closeDeskBeforeQuitting(): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed || !desk) return
    event.preventDefault()
    closed = true
    // A turn later: quitting again from inside this event would be swallowed.
    void desk.close().finally(() => setTimeout(() => app.quit()))
  })
}

function stop(error: unknown): void {
  console.error(`Starting failed: ${error instanceof Error ? error.message : String(error)}`)
  app.exit(1)
}

if (!prepare()) {
  console.error('Micius Mission Control is open already; its window was brought to the front.')
  app.exit(0)
} else {
  const files = new OpenedFiles()
  closeDeskBeforeQuitting()
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app
    .whenReady()
    .then(() => run(files))
    .catch(stop)
}
