/** Folders of the mission layer: recordings, ledger, reports. */
import { makeFolders } from '../recording/make-folders'
import { MissionError } from './desk'

/** @throws MissionError naming the folder that cannot be made. */
export function makeFolder(path: string): void {
  try {
    makeFolders(path)
  } catch (error) {
    throw new MissionError({
      severity: 'serious',
      text: `Making the folder ${path} failed: ${error instanceof Error ? error.message : String(error)}.`,
      wayOut: 'Name a folder that you may write to.',
    })
  }
}
