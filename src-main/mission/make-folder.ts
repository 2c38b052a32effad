/** Creates folders one by one: Node's recursive form never returns on file systems that refuse new names. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { MissionError } from './desk'

/** @throws MissionError naming the folder that cannot be made. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    throw new MissionError({
      severity: 'serious',
      text: `Making the folder ${path} failed: ${error instanceof Error ? error.message : String(error)}.`,
      wayOut: 'Name a folder that you may write to.',
    })
  }
}
