/** What each command of the window does, by the mission desk and the user's answers to file dialogs. */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { app } from 'electron'
import type { BrowserWindow } from 'electron'
import type { AppInfo, Imported } from '../domain/model/ipc'
import type { Desk } from '../mission/desk'
import { MissionError } from '../mission/desk'
import { askForFile, askForPlace, fileKinds, readText } from './file-dialogs'
import type { Handlers } from './ipc'
import type { LeaveGuard } from './leave-guard'

export interface HandlerContext {
  desk: Desk
  window: () => BrowserWindow
  screenshots: boolean
  /** Asks about unsaved changes before another mission is opened. */
  mayReplace: LeaveGuard['mayReplace']
  /** A recording named from outside (command line, double click) and not yet shown. */
  takePendingRecording: () => string | null
}

type Import = (name: string, text: string) => Imported
type Given = { name?: string; text?: string }

/** One handler a command. */
export function createHandlers(context: HandlerContext): Handlers {
  const { desk, window } = context
  const mayReplace = (): Promise<boolean> =>
    context.mayReplace(window(), () => saveMission(context, false))
  return {
    'app:info': () => appInfo(context.screenshots),
    'mission:current': () => desk.current(),
    'mission:open': async ({ path }) => {
      if (!(await mayReplace())) return null
      const file = path ?? (await askForFile(window(), 'Open mission', fileKinds.mission))
      return file ? desk.openFile(file) : null
    },
    'mission:openText': async ({ name, text }) =>
      (await mayReplace()) ? desk.openText(name, text) : desk.current(),
    'mission:update': ({ mission }) => desk.update(mission),
    'mission:save': ({ saveAs }) => saveMission(context, saveAs),
    'mission:shipped': () => desk.shipped(),
    'mission:openShipped': async ({ id }) =>
      (await mayReplace()) ? desk.openShipped(id) : desk.current(),
    'catalogue:get': () => desk.catalogue(),
    'catalogue:importElements': (given) =>
      importFile(given, 'elements', window, (name, text) => desk.importElements(name, text)),
    'catalogue:importStations': (given) =>
      importFile(given, 'stations', window, (name, text) => desk.importStations(name, text)),
    'contact:fly': (request) => desk.fly(request),
    'contact:control': (command) => desk.control(command),
    'contact:state': () => desk.contact(),
    'keys:status': () => desk.keysStatus(),
    'keys:unlock': ({ passphrase }) => desk.unlockKeys(passphrase),
    'keys:ledger': () => desk.ledger(),
    'keys:relay': ({ a, b }) => desk.relay(a, b),
    'keys:handOn': ({ a, b }) => desk.handOn(a, b),
    'links:exchange': () => desk.exchangeLinks(),
    'keys:sendPicture': ({ from, to, file }) => desk.sendPicture(from, to, file),
    'recordings:list': () => desk.recordings(),
    'recordings:open': async ({ path }) => {
      const file = path ?? context.takePendingRecording() ?? (await askForRecording(window()))
      return file ? desk.openRecording(file) : null
    },
    'file:saveText': ({ suggestedName, text }) => saveText(window(), suggestedName, text),
  }
}

const askForRecording = (window: BrowserWindow): Promise<string | null> =>
  askForFile(window, 'Open recording', fileKinds.recording)

function appInfo(screenshots: boolean): AppInfo {
  const { gpu_compositing } = app.getGPUFeatureStatus()
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    softwareRendering: !gpu_compositing.startsWith('enabled'),
    screenshots,
  }
}

/** Saves where the mission lies, or asks for a place; null when the user cancelled. */
export async function saveMission(
  { desk, window }: Pick<HandlerContext, 'desk' | 'window'>,
  saveAs: boolean,
) {
  const { path, resolved } = desk.current()
  if (path && !saveAs) return desk.save(path)
  const suggestion = path ?? `${resolved.mission.mission.replace(/[^\p{L}\p{N}-]+/gu, '-')}.json`
  const place = await askForPlace(window(), 'Save mission', suggestion)
  return place ? desk.save(place) : null
}

async function importFile(
  given: Given,
  kind: 'elements' | 'stations',
  window: () => BrowserWindow,
  take: Import,
): Promise<Imported | null> {
  if (given.text !== undefined) return take(given.name ?? `dropped ${kind}`, given.text)
  const path = await askForFile(window(), `Import ${kind}`, fileKinds[kind])
  if (!path) return null
  const { name, text } = await readText(path)
  return take(name, text)
}

async function saveText(window: BrowserWindow, suggestedName: string, text: string) {
  const path = await askForPlace(window, 'Export', basename(suggestedName))
  if (!path) return null
  try {
    await writeFile(path, text)
  } catch (error) {
    throw new MissionError({
      severity: 'serious',
      text: `Writing ${path} failed: ${error instanceof Error ? error.message : String(error)}.`,
      wayOut: 'Choose a folder that you may write to.',
    })
  }
  return { path }
}
