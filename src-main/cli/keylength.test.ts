import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import bbm92 from '../domain/vectors/bbm92.json'
import bounds from '../domain/vectors/decoy-bounds.json'
import decoy from '../domain/vectors/decoy-asymptotic.json'
import lim2014 from '../domain/vectors/lim2014.json'
import pass from '../domain/vectors/pass-key-length.json'
import { keylengthCommand } from './keylength'

type Fields = Record<string, unknown>
interface Outcome {
  code: number
  out: string
  err: string
}

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'keylength-test-'))))
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

/** What the command prints for a file of the given content. */
async function run(content: unknown, ...options: string[]): Promise<Outcome> {
  const path = join(folder, 'input.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  let [out, err] = ['', '']
  const catching = (add: (text: string) => void) => (text: unknown, done?: unknown) => {
    add(String(text))
    if (typeof done === 'function') (done as () => void)()
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(catching((text) => (out += text)))
  vi.spyOn(process.stderr, 'write').mockImplementation(catching((text) => (err += text)))
  const code = await keylengthCommand([path, ...options])
  return { code, out, err }
}

async function solved(content: unknown): Promise<Fields[]> {
  const { code, out, err } = await run(content, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const document = JSON.parse(out) as Fields
  return (document['cases'] as Fields[] | undefined) ?? [document]
}

/** Whole numbers exactly, others to 1e-9 relative; the answer is a number, whatever the vector's type. */
function expectEqual(found: Fields, expected: Fields): void {
  for (const [name, value] of Object.entries(expected)) {
    const number = found[name]
    expect(typeof number, name).toBe('number')
    if (typeof value === 'number' && Number.isInteger(value)) expect(number, name).toBe(value)
    const error = Math.abs(Number(number) - Number(value))
    expect(error, name).toBeLessThanOrEqual(1e-9 * Math.abs(Number(value)))
  }
}

const without = (fields: object, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

describe('keylength on the vector files without their answers, integers exact, reals 1e-9', () => {
  const lim = lim2014.cases.map((one) => without(one, 'result'))

  it('lim2014.json: as result and as fields of the case', async () => {
    const found = await solved({ ...without(lim2014, 'cases'), cases: lim })
    for (const [i, one] of found.entries()) {
      expectEqual(one['result'] as Fields, lim2014.cases[i].result)
      expectEqual(one, lim2014.cases[i].result)
      expect(one['counts']).toEqual(lim2014.cases[i].counts)
    }
  })

  it('lim2014.json: one case, flat fields, without a model, wrong answers ignored', async () => {
    const { counts, channel, security, result } = lim2014.cases[2]
    const [flat] = await solved({ ...counts, ...channel, ...security, result: { ell: 1 } })
    expectEqual(flat['result'] as Fields, result)
  })

  it('lim2014.json: the counts follow from the channel when they are not given (to one count: 1e-4)', async () => {
    const found = await solved({ cases: lim.map((one) => without(one, 'counts')) })
    for (const [i, one] of found.entries())
      expect(Math.abs(Number(one['ell']) / lim2014.cases[i].result.ell - 1)).toBeLessThan(1e-4)
  })

  it('bbm92.json', async () => {
    const cases = bbm92.cases.map((one) => without(one, 'mu', 'ell_raw', 'ell'))
    const found = await solved({ model: 'bbm92', cases })
    for (const [i, one] of found.entries()) {
      const { mu, ell_raw, ell } = bbm92.cases[i]
      expectEqual(one, { mu, ell_raw, ell })
    }
    const ln2 = { ...cases[0], variant: 'ln2', model: 'bbm92' }
    expect(Number((await solved(ln2))[0]['ell'])).toBeGreaterThan(4992)
    const [own] = await solved({ ...bbm92.cases[0], model: 'tomamichel2012', mu: 7 })
    expect(own['ell']).toBe(4992)
  })

  it('decoy-asymptotic.json, the model told by its fields', async () => {
    const [vector] = decoy.cases
    const { name, mu, nu, eta, Y0, e_d, ...answers } = vector
    const [found] = await solved({ cases: [{ name, mu, nu, eta, Y0, e_d }] })
    expectEqual(found, answers)
  })

  it('pass-key-length.json', async () => {
    const [vector] = pass.cases
    const { shipped_loss_profile: loss_profile } = pass
    const [found] = await solved({ model: 'pass', inputs: vector.inputs, loss_profile })
    expectEqual(found, vector.outputs[0])
    expect(found).not.toHaveProperty('loss_profile')
  })
})

describe('keylength by the other models', () => {
  it.each(bounds.cases)('decoy-bounds.json: $model, $name (50 digits, 1e-9)', async (vector) => {
    const [found] = await solved(without(vector, 'result'))
    expectEqual(found, vector.result)
  })

  it('wiesemann-1d and eur-variable-2d: independently computed vectors', async () => {
    const security = { eps_sec: '1e-12', eps_cor: '1e-12' }
    const cases = [
      {
        ...{ model: 'wiesemann-1d', mu: ['0.5', '0.15'], p_mu: [0.9, 0.1], security, f_EC: 1.16 },
        counts: {
          ...{ nX: [36361348, 1214348], mX: [728347, 24411] },
          ...{ nZ: [448906, 14992], mZ: [8992, 301] },
        },
      },
      {
        ...{ model: 'eur-variable-2d', mu: [0.5, 0.15, 0], p_mu: [0.7, 0.2, 0.1] },
        ...{ n_K: [28290526, 2431414, 1620], n_X: [349266, 30017, 20], m_X: [3561, 320, 10] },
        ...{ eps_d: 1e-12, eps_a: 1e-12, eps_PA: 1e-12, eps_EV: 1e-12, lambda_EC: 2940290 },
      },
    ]
    expect((await solved({ cases })).map(({ ell }) => ell)).toEqual([2787886, 5324124])
  })

  it('rusca2018 with the key in Z is the mirror image of the key in X', async () => {
    const a = { n: [1.2e6, 105_000], m: [12_000, 1700] }
    const b = { n: [9e5, 80_000], m: [9900, 1400] }
    const rest = { mu: [0.8, 0.15], p_mu: [0.7, 0.3], eps_sec: 1e-9, eps_cor: 1e-15, f_EC: 1.16 }
    const x = { nX: a.n, mX: a.m, nZ: b.n, mZ: b.m, ...rest }
    const z = { nZ: a.n, mZ: a.m, nX: b.n, mX: b.m, ...rest, key_basis: 'Z' }
    const [first, second] = await solved({ model: 'rusca2018', cases: [x, z] })
    expect(first['ell']).toBeGreaterThan(0)
    expect(second['ell']).toBe(first['ell'])
  })

  it('pair bounds with the best test size: 50 bits from 3100 by the exact tail, 14 by Lim 2021 at 1e-6', async () => {
    const block = { m: 3100, delta: '0.0451', f: 1.19 }
    const cases = [
      { ...block, model: 'exact-hypergeometric', eps: 1e-10 },
      { ...block, model: 'lim2021', eps: 1e-6 },
      { ...block, model: 'tomamichel-leverrier2017', eps: 1e-10 },
      { ...block, model: 'exact-hypergeometric', k: 1286, eps_sec: 1e-5, eps_cor: 1e-10 },
    ]
    const lengths = (await solved({ cases })).map(({ ell }) => ell)
    expect(lengths.slice(0, 3)).toEqual([50, 14, 0])
    expect(lengths[3]).toBeGreaterThan(0)
  })

  it('bbm92-asymptotic: 1 - h - f h', async () => {
    const [one] = await solved({ model: 'bbm92-asymptotic', e_x: 0.0451, f: 1.19, R_sift: 3100 })
    expect(Number(one['R'])).toBeCloseTo(1299.519, 3)
  })
})

describe('bad input: exit 2 with one line naming file, field, value and what is right', () => {
  const base = without(lim2014.cases[0], 'result')
  const counts = base['counts'] as Fields
  const channel = base['channel'] as Fields
  const security = base['security'] as Fields

  it.each<[string, unknown, RegExp]>([
    [
      'a negative count',
      { ...base, counts: { ...counts, nX: [-1, 2, 3] } },
      /nX is \[-1,2,3\].*zero or more/,
    ],
    ['too few counts', { ...base, counts: { ...counts, nZ: [1, 2] } }, /nZ is \[1,2\].*list of 3/],
    ['text for a count', { ...base, counts: { ...counts, nZ: ['a', 2, 3] } }, /nZ is \["a",2,3\]/],
    [
      'errors above counts',
      { ...base, counts: { ...counts, mZ: [9e9, 2, 3] } },
      /mZ .*9000000000.*exceed/,
    ],
    [
      'key errors above counts',
      { ...base, counts: { ...counts, mX: [9e9, 2, 3] } },
      /mX is .*at most/,
    ],
    [
      'probabilities',
      { ...base, channel: { ...channel, p_mu: [0.5, 0.2, 0.1] } },
      /p_mu .*\[0.5,0.2,0.1\].*sum to 1/,
    ],
    [
      'intensities',
      { ...base, channel: { ...channel, mu: [0.2, 0.6, 0] } },
      /mu .*\[0.2,0.6,0\].*mu1 > mu2/,
    ],
    [
      'an epsilon',
      { ...base, security: { ...security, eps_sec: 0 } },
      /eps_sec 0 .*between 0 and 1/,
    ],
    ['a missing epsilon', { ...base, security: {} }, /is missing/],
    [
      'a bound',
      { ...base, security: { ...security, bound: 'azuma' } },
      /bound is "azuma".*hoeffding/,
    ],
    ['a model', { ...base, model: 'lim2015' }, /model is "lim2015".*lim2014.*exact-hypergeometric/],
    ['a group that is none', { ...base, counts: 'many' }, /counts is "many".*an object/],
    [
      'a count no computer counts',
      { ...base, counts: { ...counts, nX: [1e300, 1, 1] } },
      /at most/,
    ],
    [
      'a hexadecimal count',
      { ...base, counts: { ...counts, nX: ['0x10', 1, 1] } },
      /nX is \["0x10",1,1\]/,
    ],
    ['no counts at all', { security }, /nX is missing/],
    ['half a key bit', { ...bbm92.cases[0], model: 'bbm92', n: 1.5 }, /n is 1.5.*whole number/],
    ['infinite key bits', '{"model":"bbm92","n":1e999}', /n is Infinity.*whole number/],
    ['a rate above 1', { ...bbm92.cases[0], model: 'bbm92', Q_tol: 1.1 }, /Q_tol is 1.1.*0 to 1/],
    [
      'a rate below 0',
      { model: 'lim2021', m: 10, k: 5, delta: -1, f: 1, eps: 1e-9 },
      /delta is -1.*0 to 1/,
    ],
    ['no object', '[1, 2]', /must be a JSON object/],
    ['no JSON', '{"cases": [', /not JSON/],
    ['no cases', { cases: [] }, /at least one case/],
    ['a pass without parameters', { model: 'pass', inputs: { fs: 1 } }, /eps_c/],
    ['half a block', { model: 'lim2021', k: 7, delta: 0.01, f: 1, eps: 1e-9 }, /m is missing/],
    [
      'a block all test',
      { model: 'lim2021', m: 10, k: 10, delta: 0.01, f: 1, eps: 1e-9 },
      /k \(test_bits\) 10/,
    ],
  ])('%s', async (_, content, line) => {
    const { code, out, err } = await run(content, '--json')
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err.trimEnd()).not.toContain('\n')
    expect(err).toContain('input.json')
    expect(err).toMatch(line)
  })

  it('takes the errors of the key basis with K from mK alone: m_X belongs to the test', async () => {
    const lettered = {
      ...{ model: 'eur-variable-2d', mu: [0.5, 0.15, 0], p_mu: [0.7, 0.2, 0.1] },
      ...{ n_K: [28290526, 2431414, 1620], n_X: [349266, 30017, 20], m_X: [3561, 320, 10] },
      ...{ eps_d: 1e-12, eps_a: 1e-12, eps_PA: 1e-12, eps_EV: 1e-12, f_EC: 1.16 },
    }
    const { code, err } = await run(lettered, '--json')
    expect(code).toBe(2)
    expect(err).toMatch(/mK is missing.*errors of the key basis/)
    const [found] = await solved({ ...lettered, m_K: [282905, 24314, 810] })
    expect(Number(found['lambda_EC'])).toBeGreaterThan(2e6)
  })

  it('takes the pass vectors as they are, whose "model" describes the formulas', async () => {
    const [vector] = pass.cases
    const [found] = await solved({ ...pass, cases: [{ inputs: vector.inputs }] })
    expectEqual(found, vector.outputs[0])
  })

  it('warns of unknown keys once, and goes on', async () => {
    const odd = { ...base, channel: { ...channel, colour: 'red' } }
    const { code, err } = await run({ cases: [odd, odd] }, '--json')
    expect(code).toBe(0)
    expect(err).toBe('micius keylength: colour is not known here and was ignored\n')
  })

  it('prints a line for people without --json, and help', async () => {
    const { out } = await run(base)
    expect(out).toMatch(/^sat-bright-1e10: .*ell 14653414/)
    expect((await run(base, '--help')).out).toMatch(/^micius keylength FILE/)
  })
})
