/** Oracle: the vector files, with their answers taken out, through the commands of the contract. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { amplifyCommand } from './amplify'
import { authenticateCommand } from './authenticate'
import { chshCommand } from './chsh'
import { optimiseCommand } from './optimise'
import { relayCommand } from './relay'

type Fields = Record<string, unknown>
type Command = (argv: string[]) => Promise<number>

const vectors = (name: string): Fields & { cases: Fields[] } =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../domain/vectors', name), 'utf8'))

let folder = ''
let out = ''
let err = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cases-'))
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

async function run(command: Command, document: unknown, ...more: string[]): Promise<number> {
  ;[out, err] = ['', '']
  const path = join(folder, 'in.json')
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document))
  return command([path, ...(more.length ? more : ['--json'])])
}

const without = (fields: Fields, answers: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !answers.includes(name)))

/** Bad input: exit code 2, nothing printed, one line that holds all of the words. */
async function refused(command: Command, document: unknown, ...words: string[]): Promise<void> {
  expect(await run(command, document)).toBe(2)
  expect(out).toBe('')
  expect(err.match(/\n/g)).toHaveLength(1)
  for (const word of words) expect(err).toContain(word)
}

const exact: [string, Command, string, string[]][] = [
  ['amplify', amplifyCommand, 'toeplitz.json', ['y_hex', 'y_ones']],
  [
    'authenticate',
    authenticateCommand,
    'wegman-carter.json',
    ['tag_hex', 'hash_hex', 'blocks_incl_length', 'forgery_bound'],
  ],
  ['relay', relayCommand, 'relay-xor.json', ['broadcast_hex']],
]

describe.each(exact)(
  '%s fills in the answers of its vectors, exactly',
  (_, command, file, answers) => {
    it('all cases at once, also when the file holds wrong answers', async () => {
      const { cases, ...head } = vectors(file)
      expect(
        await run(command, { ...head, cases: cases.map((one) => without(one, answers)) }),
      ).toBe(0)
      expect(JSON.parse(out).cases).toMatchObject(cases)
      expect(err).toBe('')
      const wrong = cases.map((one) => ({ ...one, [answers[0]]: 'ff' }))
      expect(await run(command, { cases: wrong })).toBe(0)
      expect(JSON.parse(out).cases).toMatchObject(cases)
    })

    it('one bare case, with its numbers as strings', async () => {
      for (const one of vectors(file).cases) {
        const texts = Object.entries(without(one, answers)).map(([name, value]) => [
          name,
          typeof value === 'number' ? String(value) : value,
        ])
        expect(await run(command, Object.fromEntries(texts))).toBe(0)
        for (const name of answers) expect(JSON.parse(out)[name]).toEqual(one[name])
      }
    })
  },
)

describe('authenticate over the other fields, against hand-made tags', () => {
  // Message 01 under the key x, or 2: block k^2 + 8 k; the binary field pads the block to x^56. The pad is zero.
  it.each([
    ['GF(2^64)', 8, '0400000000000010'],
    ['2^61-1', 8, '0000000000000014'],
    ['GF(2^61-1)', 8, '0000000000000014'],
    ['p = 2^127-1', 16, '14'.padStart(32, '0')],
  ])('%s', async (field, bytes, one) => {
    const hash_key_hex = '02'.padStart(2 * bytes, '0')
    const keys = { field, hash_key_hex, otp_hex: '00'.repeat(bytes) }
    expect(
      await run(authenticateCommand, {
        cases: [
          { ...keys, msg_hex: '' },
          { ...keys, msg_hex: '01' },
        ],
      }),
    ).toBe(0)
    const [none, byte] = JSON.parse(out).cases.map(({ tag_hex }: Fields) => tag_hex)
    expect(none).toBe('0'.repeat(2 * bytes))
    expect(byte).toBe(one)
  })
})

describe('chsh fills in E, S, sigma_S and violation_sigmas, relative 1e-7', () => {
  const { cases } = vectors('chsh.json')
  const answers = ['E', 'S', 'sigma_S', 'violation_sigmas']
  const near = (value: number, expected: unknown) =>
    expect(Math.abs(value - Number(expected))).toBeLessThanOrEqual(
      1e-7 * Math.abs(Number(expected)),
    )

  it('on the vectors', async () => {
    expect(await run(chshCommand, { cases: cases.map((one) => without(one, answers)) })).toBe(0)
    const found = JSON.parse(out).cases as Fields[]
    cases.forEach((one, i) => {
      near(found[i]['S'] as number, one['S'])
      near(found[i]['sigma_S'] as number, one['sigma_S'])
      ;(found[i]['E'] as number[]).forEach((value, k) => near(value, (one['E'] as string[])[k]))
      if (one['violation_sigmas'] === null) expect(found[i]['violation_sigmas']).toBeNull()
      else near(found[i]['violation_sigmas'] as number, one['violation_sigmas'])
    })
  })

  it('with settings in another order', async () => {
    const { settings, counts_pp_pm_mp_mm } = cases[1] as { [name: string]: unknown[] }
    const order = [1, 3, 0, 2]
    const [names, counts] = [settings, counts_pp_pm_mp_mm].map((all) => order.map((i) => all[i]))
    expect(await run(chshCommand, { settings: names, counts_pp_pm_mp_mm: counts })).toBe(0)
    near(JSON.parse(out).S, cases[1]['S'])
    expect(JSON.parse(out).E[0]).toBeLessThan(0)
  })
})

describe('optimise', () => {
  it("reaches the peer's optimum and returns the x of its columns", async () => {
    const { cases, shipped_loss_profile } = vectors('pass-key-length.json')
    const { inputs, outputs } = cases[1] as { inputs: Fields; outputs: Fields[] }
    expect(
      await run(optimiseCommand, { model: 'pass', inputs, loss_profile: shipped_loss_profile }),
    ).toBe(0)
    const found = JSON.parse(out)
    expect(found['SKL (b)']).toBeGreaterThanOrEqual(0.9999 * Number(outputs[0]['SKL (b)']))
    expect(found.x).toEqual([found.PxA, found.P1, found.P2, found.mu1, found.mu2])
    expect(found.loss_profile).toBeUndefined()
  })

  it('takes the loss profile once for the file, and inputs without their own object', async () => {
    const { cases, shipped_loss_profile } = vectors('pass-key-length.json')
    const flat = { ...(cases[1]['inputs'] as Fields), dt0: '30' }
    const nested = { name: 'nested', inputs: flat }
    expect(
      await run(optimiseCommand, { loss_profile: shipped_loss_profile, cases: [nested, flat] }),
    ).toBe(0)
    const [first, second] = JSON.parse(out).cases
    expect(first['SKL (b)']).toBeGreaterThan(0)
    expect(second['SKL (b)']).toBe(first['SKL (b)'])
  })

  it('refuses by field', async () => {
    const { cases, shipped_loss_profile } = vectors('pass-key-length.json')
    const inputs = cases[1]['inputs'] as Fields
    await refused(optimiseCommand, { inputs }, 'loss_profile')
    const wrong = { inputs: { ...inputs, fs: -1 }, loss_profile: shipped_loss_profile }
    await refused(optimiseCommand, wrong, 'in.json', 'fs is -1')
    await refused(optimiseCommand, { ...wrong, model: 'lim2014' }, 'model is "lim2014"')
  })
})

describe('modified Toeplitz and drawn inputs', () => {
  it('[T | I]: the zero seed leaves the tail, a seed of ones adds the parity of the head', async () => {
    const one = { kind: 'modified_toeplitz', n: 8, m: 3, x_hex: 'b5' }
    expect(
      await run(amplifyCommand, {
        cases: [
          { ...one, seed_hex: '00' },
          { ...one, seed_hex: 'fe' },
        ],
      }),
    ).toBe(0)
    expect(JSON.parse(out).cases.map(({ y_hex }: Fields) => y_hex)).toEqual(['a0', '40'])
  })

  it("draws a case's bits from its name where the file says how", async () => {
    const one = { name: 'drawn', kind: 'toeplitz', n: 1000, m: 300, seed_bits: 1299 }
    expect(await run(amplifyCommand, { random_inputs: 'by name', cases: [one] })).toBe(0)
    const { y_hex, y_ones } = JSON.parse(out).cases[0]
    expect(y_hex).toHaveLength(76)
    // Binomial(300, 1/2): 5 sigma.
    expect(Math.abs(y_ones - 150)).toBeLessThan(44)
    await refused(amplifyCommand, { cases: [one] }, 'case "drawn"', 'x_hex is missing')
  })
})

describe('relay chains and refusals', () => {
  const chain = { K1_hex: '0f', K2_hex: 'a5', K3_hex: '33' }

  it('a chain ends with K1 at the far end', async () => {
    expect(await run(relayCommand, chain)).toBe(0)
    expect(JSON.parse(out)).toEqual({ ...chain, broadcasts_hex: ['aa', '96'], recovered_hex: '0f' })
  })

  it('refuses unequal lengths, used ranges, used key and unauthenticated announcements', async () => {
    const [, one] = vectors('relay-xor.json').cases
    await refused(
      relayCommand,
      { ...one, K_sat_B_hex: 'ab' },
      'K_sat_B_hex is "ab"',
      '32 hex digits',
    )
    await refused(relayCommand, { ...one, len: 15 }, 'K_sat_A_hex', '30 hex digits')
    await refused(relayCommand, { ...chain, K2_hex: 'a5a5' }, 'K2_hex is "a5a5"')
    await refused(relayCommand, { cases: [one, one] }, 'case 2', 'case 1 has consumed it')
    await refused(relayCommand, { ...one, authenticated: false }, 'authenticated is false')
    const ranged = (from: number) => ({
      ...one,
      K_sat_A_range: [from, from + 128],
      K_sat_B_hex: `${from}`.padStart(32, '0'),
    })
    await refused(
      relayCommand,
      { cases: [ranged(0), ranged(100)] },
      'K_sat_A_range is [100,228]',
      '[0,128]',
    )
    expect(await run(relayCommand, { cases: [ranged(0), ranged(128)] })).toBe(0)
  })
})

describe('bad input of every case command: exit code 2, one line, no stack', () => {
  const all: [string, Command][] = [
    ['amplify', amplifyCommand],
    ['authenticate', authenticateCommand],
    ['chsh', chshCommand],
    ['relay', relayCommand],
    ['optimise', optimiseCommand],
  ]
  it.each(all)('%s refuses files that are no cases', async (name, command) => {
    for (const text of [
      '',
      '{',
      '[]',
      '3',
      'null',
      '{"cases":[]}',
      '{"cases":7}',
      '{"cases":[3]}',
      '{}',
    ])
      await refused(command, text, 'in.json')
    expect(await command(['/no/such/file.json', '--json'])).toBe(2)
    expect(err).toContain('/no/such/file.json')
    expect(await command([])).toBe(2)
    expect(await command(['a', 'b'])).toBe(2)
    expect(await command(['--wrong'])).toBe(2)
    expect(await command(['--help'])).toBe(0)
    expect(out).toContain(`micius ${name} FILE.json`)
  })

  it('names the case, the field, the value and what is right', async () => {
    const [toeplitz, tag] = ['toeplitz.json', 'wegman-carter.json'].map(
      (file) => vectors(file).cases[1],
    )
    await refused(amplifyCommand, { ...toeplitz, x_hex: '9x' }, 'x_hex is "9x"', '2 hex digits')
    await refused(
      amplifyCommand,
      { ...toeplitz, x_hex: '99' },
      'x_hex is "99"',
      '6 bits, zero padded',
    )
    await refused(amplifyCommand, { ...toeplitz, m: -1 }, 'm is -1', 'from 1')
    await refused(amplifyCommand, { ...toeplitz, n: 1e12 }, 'n is 1000000000000')
    const wide = { ...toeplitz, kind: 'modified_toeplitz', m: 7, seed_bits: 5 }
    await refused(amplifyCommand, wide, 'm is 7', 'from 1 to 6')
    await refused(amplifyCommand, { ...toeplitz, kind: 'circulant' }, 'kind is "circulant"')
    await refused(amplifyCommand, { ...toeplitz, seed_bits: 12 }, 'seed_bits is 12', '11')
    await refused(authenticateCommand, { ...tag, field: 'GF(2^32)' }, 'GF(2^64)')
    await refused(authenticateCommand, { ...tag, otp_hex: '00' }, 'otp_hex is "00"', '32 hex')
    await refused(authenticateCommand, { ...tag, msg_len: 9 }, 'msg_len is 9', '1')
    await refused(authenticateCommand, { ...tag, msg_sha256: '00' }, 'msg_sha256 is "00"')
    const [one] = vectors('chsh.json').cases
    const bad = {
      ...one,
      counts_pp_pm_mp_mm: [
        [1, 2, 3, -4],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
    }
    await refused(chshCommand, { cases: [one, bad] }, 'case "tsirelson-1e6"', '[1,2,3,-4]')
    await refused(chshCommand, { ...one, settings: ['(a,b)'] }, 'settings is ["(a,b)"]')
    const empty = {
      counts_pp_pm_mp_mm: [
        [0, 0, 0, 0],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
    }
    await refused(chshCommand, empty, 'no coincidence at (a,b)')
  })

  it('warns of unknown fields and works on; without --json prints a line a case', async () => {
    const { cases } = vectors('toeplitz.json')
    expect(await run(amplifyCommand, { ...cases[0], colour: 'red' })).toBe(0)
    expect(err).toBe('micius amplify: colour is not known here and was ignored\n')
    const path = join(folder, 'in.json')
    expect(await amplifyCommand([path])).toBe(0)
    expect(out).toMatch(/tiny-4x3: y_hex 60, y_ones 2\n$/)
  })
})
