/** Lists and inflates the files of a ZIP archive held in memory (PKWARE APPNOTE 6.3; no ZIP64, no encryption). */
import { inflateRawSync } from 'node:zlib'
import { SetupError } from './progress.mjs'

const END_MARK = 0x06054b50
const CENTRAL_MARK = 0x02014b50
const LOCAL_MARK = 0x04034b50

function endRecord(zip) {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at--) {
    if (zip.readUInt32LE(at) === END_MARK) return at
  }
  throw new SetupError('Unpacking the runtime: the archive has no end record; download it again.')
}

/**
 * Reads the central directory.
 * @param {Buffer} zip
 * @returns {{ name: string, mode: number, method: number, packed: number, offset: number }[]}
 */
export function listZip(zip) {
  const end = endRecord(zip)
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  const entries = []
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(at) !== CENTRAL_MARK) {
      throw new SetupError(`Unpacking the runtime: entry ${i} of ${count} is damaged.`)
    }
    const nameLength = zip.readUInt16LE(at + 28)
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/** The bytes of one entry. @throws SetupError on an unknown compression method */
export function readZip(zip, entry) {
  const { offset, packed, method, name } = entry
  if (zip.readUInt32LE(offset) !== LOCAL_MARK) {
    throw new SetupError(`Unpacking the runtime: ${name} is not where the directory says.`)
  }
  const from = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const data = zip.subarray(from, from + packed)
  if (method === 0) return data
  if (method === 8) return inflateRawSync(data)
  throw new SetupError(`Unpacking the runtime: ${name} uses compression method ${method}.`)
}

/** True for names that stay inside the target folder. */
export function isSafeName(name) {
  const parts = name.split(/[/\\]/)
  return !name.startsWith('/') && !/^[a-z]:/i.test(name) && !parts.includes('..')
}
