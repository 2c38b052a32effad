import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { setFuses } from './fuses.mjs'
import { checkIntegrity, readMember } from './tarball.mjs'
import { isSafeName, listZip, readZip } from './zip.mjs'

const folder = mkdtempSync(join(tmpdir(), 'micius-archives-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A ZIP of one file, written field by field from PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
function zipOf(name, content, method) {
  const data = method === 8 ? deflateRawSync(content) : content
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(method, 8)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(method, 10)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt16LE(name.length, 28)
  central.writeUInt32LE(0o100755 * 65536, 38)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(30 + name.length + data.length, 16)
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end])
}

/** A tarball of one file (POSIX ustar header). */
function tarballOf(name, content) {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512)
  return gzipSync(Buffer.concat([header, content, padding, Buffer.alloc(1024)]))
}

describe('ZIP (PKWARE APPNOTE 6.3)', () => {
  const content = Buffer.from('framework '.repeat(100))

  it.each([0, 8])('reads a file of compression method %d with its mode', (method) => {
    const zip = zipOf('dir/file', content, method)
    const [entry] = listZip(zip)
    expect(entry.name).toBe('dir/file')
    expect(entry.mode & 0o777).toBe(0o755)
    expect(readZip(zip, entry).equals(content)).toBe(true)
  })

  it('refuses an archive without an end record, and an unknown method', () => {
    expect(() => listZip(Buffer.alloc(100))).toThrow(/no end record/)
    const zip = zipOf('file', content, 12)
    expect(() => readZip(zip, listZip(zip)[0])).toThrow(/compression method 12/)
  })

  it('knows names that would leave the folder', () => {
    expect(['a/b', 'a..b/c'].map(isSafeName)).toEqual([true, true])
    expect(['../a', 'a/../../b', '/etc/x', 'C:\\x', 'a\\..\\b'].map(isSafeName)).not.toContain(true)
  })
})

describe('npm tarball (POSIX ustar) under a pinned sha512', () => {
  const content = Buffer.from('x'.repeat(1500))
  const path = join(folder, 'package.tgz')
  writeFileSync(path, tarballOf('package/file.zip', content))

  it('takes one member out', async () => {
    expect((await readMember(path, 'package/file.zip')).equals(content)).toBe(true)
    await expect(readMember(path, 'package/other')).rejects.toThrow(/no file package\/other/)
  })

  it('accepts the pinned bytes and refuses any other', async () => {
    const tarball = tarballOf('package/file.zip', content)
    const pinned = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
    await checkIntegrity(path, pinned)
    writeFileSync(join(folder, 'changed.tgz'), Buffer.concat([tarball, Buffer.of(0)]))
    const changed = checkIntegrity(join(folder, 'changed.tgz'), pinned)
    await expect(changed).rejects.toThrow(/Nothing was unpacked/)
  })
})

describe('fuse wire of Electron, version 1', () => {
  const wire = (version) =>
    Buffer.concat([
      Buffer.from('..dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.of(version, 8),
      Buffer.from('00000010'),
    ])

  it('sets the fuses named and no other', () => {
    const binary = wire(1)
    setFuses(binary, { 3: true, 6: false })
    expect(binary.subarray(-8).toString()).toBe('00010000')
  })

  it('refuses another version, a fuse beyond the wire, and a file without a wire', () => {
    expect(() => setFuses(wire(2), { 3: true })).toThrow(/wire version 2/)
    expect(() => setFuses(wire(1), { 9: true })).toThrow(/fuse 9/)
    expect(() => setFuses(Buffer.from('nothing'), { 3: true })).toThrow(/no fuse wire/)
  })
})
