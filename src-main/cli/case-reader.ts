/** Fields of one case of an input file: numbers may be strings; every refusal names file, case, field, value. */
import { unpackBits } from '../domain/qkd/bits'
import { UsageError } from './usage'

export interface Bounds {
  min?: number
  max?: number
}

const SHOWN_CHARACTERS = 60

function shown(value: unknown): string {
  if (value === undefined) return 'is missing'
  // JSON has no infinity: 1e999 would be shown as null.
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return `is ${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}`
}

function spanOf({ min = -Infinity, max = Infinity }: Bounds): string {
  if (min > -Infinity && max < Infinity) return ` from ${min} to ${max}`
  if (min > -Infinity) return `, ${min} or more`
  return max < Infinity ? `, at most ${max}` : ''
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i

/** A finite number from a number or its decimal text; NaN for anything else. */
export function numberOf(value: unknown): number {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : NaN
}

/** Reads one case and remembers which of its fields were asked for. */
export class CaseReader {
  readonly #asked = new Set<string>()

  /** @param place file and case, in front of every refusal. */
  constructor(
    readonly place: string,
    readonly fields: Record<string, unknown>,
  ) {}

  /** The raw value, undefined when absent. */
  raw(name: string): unknown {
    this.#asked.add(name)
    return this.fields[name]
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined && this.raw(name) !== null
  }

  /** The whole case, for readers that name their own refusals. */
  allFields(): Record<string, unknown> {
    for (const name of Object.keys(this.fields)) this.#asked.add(name)
    return this.fields
  }

  /** Fields of the case that nobody asked for. */
  unasked(): string[] {
    return Object.keys(this.fields).filter((name) => !this.#asked.has(name))
  }

  /** @throws UsageError that names the field, its value and what would be right. */
  fail(name: string, right: string): never {
    throw new UsageError(`${this.place}: ${name} ${shown(this.raw(name))}; it must be ${right}`)
  }

  number(name: string, { min = -Infinity, max = Infinity }: Bounds = {}): number {
    const value = numberOf(this.raw(name))
    if (value >= min && value <= max) return value
    return this.fail(name, `a number${spanOf({ min, max })}`)
  }

  whole(name: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds = {}): number {
    const value = numberOf(this.raw(name))
    if (Number.isInteger(value) && value >= min && value <= max) return value
    return this.fail(name, `a whole number${spanOf({ min, max })}`)
  }

  text(name: string): string {
    const value = this.raw(name)
    return typeof value === 'string' ? value : this.fail(name, 'a text')
  }

  /** Bytes of a hexadecimal field, of `length` bytes when that is given. */
  bytes(name: string, length?: number): Uint8Array {
    const value = this.raw(name)
    const count = length === undefined ? 'pairs of hexadecimal digits' : `${2 * length} hex digits`
    if (typeof value !== 'string' || value.length % 2 || !/^[0-9a-fA-F]*$/.test(value))
      return this.fail(name, count)
    const bytes = new Uint8Array(Buffer.from(value, 'hex'))
    return length === undefined || bytes.length === length ? bytes : this.fail(name, count)
  }

  /** `count` bits of a hexadecimal field, most significant first, zero padded on the right; one bit a byte. */
  bits(name: string, count: number): Uint8Array {
    const packed = this.bytes(name, Math.ceil(count / 8))
    try {
      return unpackBits(packed, count)
    } catch {
      return this.fail(name, `${count} bits, zero padded on the right`)
    }
  }

  /** Runs domain code on the case; its refusals become bad input with the case's place. */
  attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (error instanceof UsageError) throw error
      throw new UsageError(`${this.place}: ${error instanceof Error ? error.message : error}`)
    }
  }
}
