/** Asks the user for files; each answer is a path, or null when the user thought better of it. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dialog } from 'electron'
import type { BrowserWindow, FileFilter } from 'electron'
import { MissionError } from '../mission/desk'

export const fileKinds = {
  mission: { name: 'Missions', extensions: ['json'] },
  recording: { name: 'Recordings', extensions: ['mcap'] },
  elements: {
    name: 'Orbital elements',
    extensions: ['json', 'tle', '3le', 'txt', 'csv', 'xml', 'omm', 'kvn'],
  },
  stations: { name: 'Stations', extensions: ['json'] },
} satisfies Record<string, FileFilter>

const anything: FileFilter = { name: 'All files', extensions: ['*'] }

/** Lets the user choose a file to open. */
export async function askForFile(
  window: BrowserWindow,
  title: string,
  kind: FileFilter,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile'],
    filters: [kind, anything],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Lets the user choose where to save; the dialog asks before a file is replaced. */
export async function askForPlace(
  window: BrowserWindow,
  title: string,
  suggestion: string,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: suggestion,
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || !filePath ? null : filePath
}

/**
 * Reads a chosen file as text.
 * @throws MissionError naming the file and the way out
 */
export async function readText(path: string): Promise<{ name: string; text: string }> {
  try {
    return { name: basename(path), text: await readFile(path, 'utf8') }
  } catch (error) {
    throw new MissionError({
      severity: 'serious',
      text: `Reading ${path} failed: ${error instanceof Error ? error.message : String(error)}.`,
      wayOut: 'Choose a file that exists and that you may read.',
    })
  }
}
