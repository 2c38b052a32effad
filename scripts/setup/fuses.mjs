/** Electron's fuse wire, version 1: a sentinel, a version byte, a length byte, one ASCII digit a fuse. */
import { SetupError } from './progress.mjs'

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')

/** Positions on the wire. */
export const fuses = { inspectArguments: 3, browserV8Snapshot: 6 }

/**
 * Sets fuses in an Electron binary held in memory.
 * @param {Buffer} binary changed in place
 * @param {Record<number, boolean>} settings position -> on
 * @throws SetupError when the binary has no wire of version 1 or a fuse is not on it
 */
export function setFuses(binary, settings) {
  const at = binary.indexOf(SENTINEL)
  if (at < 0)
    throw new SetupError('Setting fuses: this binary carries no fuse wire; not an Electron?')
  const wire = at + SENTINEL.length
  const [version, length] = [binary[wire], binary[wire + 1]]
  if (version !== 1) throw new SetupError(`Setting fuses: wire version ${version}, known is 1.`)
  for (const [position, on] of Object.entries(settings)) {
    if (Number(position) >= length) {
      throw new SetupError(`Setting fuses: fuse ${position} is beyond the wire of ${length}.`)
    }
    binary[wire + 2 + Number(position)] = (on ? '1' : '0').charCodeAt(0)
  }
}
