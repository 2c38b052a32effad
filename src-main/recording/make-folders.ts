/** Creates folders one by one: Node's recursive form never returns on file systems that refuse new names. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a folder and those above it that are missing. @throws what the file system says. */
export function makeFolders(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolders(parent)
  mkdirSync(path)
}
