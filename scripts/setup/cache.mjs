/** The cache folder of the set-up, and what it remembers for the day. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where fallback runtimes and notes are kept: `$XDG_CACHE_HOME/electron-fallback` or under `~/.cache`. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'electron-fallback')
}

const today = () => new Date().toISOString().slice(0, 10)
const noteFile = () => join(cacheFolder(), 'official-unreachable')

/** True when the official download was found unreachable earlier today (UTC). */
export function unreachableToday() {
  try {
    return readFileSync(noteFile(), 'utf8').trim() === today()
  } catch {
    return false
  }
}

/** Remembers for the day that the official download cannot be reached. */
export function rememberUnreachable() {
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(noteFile(), `${today()}\n`)
}
