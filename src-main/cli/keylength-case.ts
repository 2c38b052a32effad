/** One case of `micius keylength` with the fields of its groups laid flat, and the readings that the models share. */
import { binaryEntropy } from '../domain/qkd/entropy'
import { CaseReader, isRecord, numberOf } from './case-reader'
import type { Fields } from './cases'
import { UsageError } from './usage'

/** Groups whose fields may as well stand in the case itself. */
const GROUPS = ['counts', 'channel', 'security', 'detector', 'block', 'source', 'inputs'] as const
/** Of these, the ones that mean nothing but a group; `source` may be a text, and so on. */
const ALWAYS_GROUPS = ['counts', 'channel', 'security'] as const

/** Names in a refusal of the domain, and the fields that they are read from. */
const FIELD_OF: Record<string, string> = {
  'key counts': 'nX (key counts)',
  'key errors': 'mX (key errors)',
  'test counts': 'nZ (test counts)',
  'test errors': 'mZ (test errors)',
  intensities: 'mu (intensities)',
  probabilities: 'p_mu (probabilities)',
  test_bits: 'k (test_bits)',
  sifted_bits: 'm (sifted_bits)',
}

export class KeylengthCase {
  readonly #flat: CaseReader

  /** @param document fields that hold for every case of the file; the case's own come first. */
  constructor(
    readonly one: CaseReader,
    document: Fields,
  ) {
    const { cases, ...shared } = document
    const common = cases === undefined ? {} : flattened(shared)
    this.#flat = new CaseReader(one.place, { ...common, ...flattened(one.fields) })
    for (const name of ALWAYS_GROUPS)
      if (this.#flat.has(name)) this.fail(name, 'an object with its fields')
  }

  /** The first of the names that the case has, or undefined. */
  nameOf(...names: string[]): string | undefined {
    return names.find((name) => this.#flat.has(name))
  }

  raw(name: string): unknown {
    return this.#flat.raw(name)
  }

  fail(name: string, right: string): never {
    return this.#flat.fail(name, right)
  }

  /** A finite number under one of the names; the first is the one to name when none is there. */
  number(...names: string[]): number {
    return this.#flat.number(this.nameOf(...names) ?? names[0])
  }

  numberOr(fallback: number, ...names: string[]): number {
    return this.nameOf(...names) === undefined ? fallback : this.number(...names)
  }

  /** A number from 0 to 1. */
  share(...names: string[]): number {
    return this.#flat.number(this.nameOf(...names) ?? names[0], { min: 0, max: 1 })
  }

  whole(min: number, ...names: string[]): number {
    return this.#flat.whole(this.nameOf(...names) ?? names[0], { min })
  }

  /** One of several words, whatever the case of its letters. */
  word<T extends string>(name: string, words: readonly T[], fallback: T): T {
    if (this.nameOf(name) === undefined) return fallback
    const given = String(this.raw(name)).toLowerCase()
    const found = words.find((word) => word.toLowerCase() === given)
    return found ?? this.fail(name, words.map((word) => `"${word}"`).join(' or '))
  }

  flag(name: string): boolean {
    if (this.nameOf(name) === undefined) return false
    const value = this.raw(name)
    return typeof value === 'boolean' ? value : this.fail(name, 'true or false')
  }

  /** So many finite numbers. */
  list(length: number, ...names: string[]): number[] {
    const name = this.nameOf(...names) ?? names[0]
    const value = this.raw(name)
    const numbers = Array.isArray(value) ? value.map(numberOf) : []
    if (numbers.length !== length || numbers.some(Number.isNaN))
      return this.fail(name, `a list of ${length} numbers`)
    return numbers
  }

  /** Detections or errors: so many numbers, zero or more. */
  counts(length: number, ...names: string[]): number[] {
    const numbers = this.list(length, ...names)
    if (numbers.some((count) => count < 0 || count > Number.MAX_SAFE_INTEGER))
      this.fail(
        this.nameOf(...names) ?? names[0],
        `a list of ${length} counts, zero or more, at most ${Number.MAX_SAFE_INTEGER}`,
      )
    return numbers
  }

  triple = (...names: string[]): [number, number, number] => {
    const [a, b, c] = this.list(3, ...names)
    return [a, b, c]
  }

  pair = (...names: string[]): [number, number] => {
    const [a, b] = this.list(2, ...names)
    return [a, b]
  }

  /** Runs domain code; its refusals become bad input that names file, case and field. */
  attempt<T>(work: () => T): T {
    try {
      return this.one.attempt(work)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      throw new UsageError(
        error.message.replace(/Finite-key length: ([a-z_ ]+?) (?=[["\d-])/i, named),
      )
    }
  }

  /** Leak in bits: given under one of the names, or f n h(error rate). */
  leak(names: string[], n: number, errorRate: () => number): number {
    const given = this.nameOf(...names)
    if (given !== undefined) return this.#flat.number(given, { min: 0 })
    const f = this.nameOf('f_EC', 'f', 'efficiency_f')
    if (f === undefined) return this.fail(names[0], 'bits disclosed, or f_EC to model them')
    const efficiency = this.#flat.number(f, { min: 0 })
    const rate = errorRate()
    return efficiency * n * this.attempt(() => binaryEntropy(rate))
  }

  /** Fields of the case that no model asked for. */
  unknown(own: ReadonlySet<string>): string[] {
    return this.#flat.unasked().filter((name) => own.has(name))
  }

  /** Names of the case's own fields, groups laid flat. */
  get ownNames(): Set<string> {
    return new Set(Object.keys(flattened(this.one.fields)))
  }
}

const named = (_: string, field: string): string => `${FIELD_OF[field] ?? field} `

function flattened(fields: Fields): Fields {
  const flat: Fields = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === null && (ALWAYS_GROUPS as readonly string[]).includes(name)) continue
    const group = (GROUPS as readonly string[]).includes(name) && isRecord(value)
    Object.assign(flat, group ? value : { [name]: value })
  }
  return flat
}

export const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** Errors over bits; 0 without bits. */
export const rateOf = (errors: readonly number[], counts: readonly number[]): number =>
  total(counts) > 0 ? total(errors) / total(counts) : 0
