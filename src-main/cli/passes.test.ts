/** Oracle: the contract of the command `passes`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { passesCommand } from './passes'

const vectors = resolve(import.meta.dirname, '../domain/vectors')
const ELEMENTS = join(vectors, 'micius-elements.json')
const place = { id: 'xinglong', name: 'X', lat_deg: 40.395867, lon_deg: 117.577458, alt_m: 890 }

let folder = ''
let out = ''
let err = ''
const write = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passes-'))
  ;[out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done?: unknown) => {
    out += String(text)
    if (typeof done === 'function') done()
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const run = (elements: string, ...more: string[]): Promise<number> =>
  passesCommand([
    ...['--elements', elements, '--stations', write('stations.json', JSON.stringify([place]))],
    ...more,
  ])
const NIGHT = ['--from', '2016-12-19T12:00:00', '--to', '2016-12-20T00:00:00Z']

describe('passes document', () => {
  it('prints the published pass and the refused sets, and exits 0', async () => {
    expect(await run(ELEMENTS, ...NIGHT, '--json')).toBe(0)
    const document = JSON.parse(out)
    expect(Object.keys(document).sort()).toEqual(['passes', 'rejected', 'satellites'])
    expect(document.satellites).toHaveLength(32)
    expect(document.rejected).toHaveLength(3)
    expect(document.passes.map((pass: { id: string }) => pass.id)).toEqual([
      '41731-xinglong-20161219T165213Z',
    ])
    expect(document.passes[0].aos.utc).toMatch(/^2016-12-19T16:48:43\.\d{3}Z$/)
  })

  it('prints a table without --json', async () => {
    expect(await run(ELEMENTS, ...NIGHT)).toBe(0)
    expect(out).toMatch(/41731 {2}xinglong +2016-12-19 16:48:43/)
    expect(out).toMatch(/1 passes\n$/)
  })

  it('takes the minimum elevation', async () => {
    expect(await run(ELEMENTS, ...NIGHT, '--json', '--min-elevation', '48')).toBe(0)
    expect(JSON.parse(out).passes).toEqual([])
  })

  it('prints the document and exits 2 when every record is refused or the file is empty', async () => {
    for (const text of ['', '[]', '{"a":1}']) {
      ;[out, err] = ['', '']
      expect(await run(write('bad.json', text), ...NIGHT, '--json')).toBe(2)
      expect(JSON.parse(out)).toMatchObject({ satellites: [], passes: [] })
      expect(JSON.parse(out).rejected).toHaveLength(1)
      expect(err.trim().split('\n')).toHaveLength(1)
    }
  })

  it('refuses Micius past its re-entry with exit 2', async () => {
    const window = ['--from', '2026-02-01T00:00:00Z', '--to', '2026-02-02T00:00:00Z']
    expect(await run(ELEMENTS, ...window, '--json')).toBe(2)
    expect(out).toMatch(/re-entered on 2026-01-25/)
  })

  it('warns of old elements on standard error', async () => {
    const window = ['--from', '2017-02-01T00:00:00Z', '--to', '2017-02-02T00:00:00Z']
    expect(await run(join(vectors, 'omm-examples/strings.json'), ...window, '--json')).toBe(0)
    expect(err).toMatch(/elements of QSS \(MOZI\) \(41731\) are of 2016-12-19.*43\.\d days/)
  })
})

describe('bad usage: one line, exit 2', () => {
  it.each([
    [['--to', '2016-12-20'], /--from is missing/],
    [['--from', '19.12.2016', '--to', '2016-12-20'], /--from is "19\.12\.2016", it must be UTC/],
    [['--from', '2016-12-20', '--to', '2016-12-19'], /--to is "2016-12-19", it must be later/],
    [[...NIGHT, '--min-elevation', '95'], /--min-elevation is "95", it must be 0 to below 90/],
    [[...NIGHT, '--station', 'graz'], /--station is "graz", .* has: xinglong/],
    [[...NIGHT, '--bogus'], /--bogus/],
  ])('%j', async (more, message) => {
    expect(await run(ELEMENTS, ...more)).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names a missing file and the wrong field of a station', async () => {
    expect(await run(join(folder, 'none.tle'), ...NIGHT)).toBe(2)
    expect(err).toMatch(/none\.tle": there is no such file/)
    const stations = write('s.json', JSON.stringify([{ ...place, lat_deg: 4039 }]))
    expect(await passesCommand(['--elements', ELEMENTS, '--stations', stations, ...NIGHT])).toBe(2)
    expect(err).toMatch(/s\.json: station 1 \(xinglong\): lat_deg is 4039, it must be a number/)
  })

  it('prints help and exits 0', async () => {
    expect(await passesCommand(['--help'])).toBe(0)
    expect(out).toMatch(/^micius passes --elements FILE/)
  })
})
