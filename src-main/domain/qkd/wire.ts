/**
 * Reading and writing the binary messages of distillation: unsigned LEB128 numbers, byte runs, packed bits.
 * A reader refuses what is cut off, overlong or followed by anything, and names the message it was reading.
 */
import { bytesFor, packBits, unpackBits } from './bits'

/** Largest number a message may carry; 300 s at 10 GHz stays below. */
export const MAX_NUMBER = 2 ** 49 - 1

export class WireWriter {
  #bytes = new Uint8Array(64)
  #length = 0

  /** Appends a whole number from 0 to 2^49 - 1. */
  number(value: number): this {
    if (!Number.isInteger(value) || value < 0 || value > MAX_NUMBER) {
      throw new Error(`Writing a message: ${value} is not a whole number from 0 to 2^49 - 1`)
    }
    this.#reserve(7)
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) {
      this.#bytes[this.#length++] = (rest % 128) | 128
    }
    this.#bytes[this.#length++] = rest
    return this
  }

  /** Appends bytes as they are; their number is not written. */
  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  /** Appends a bit array, packed; its length is not written. */
  bits(bits: Uint8Array): this {
    return this.raw(packBits(bits))
  }

  /** The message so far. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

export class WireReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  #at = 0

  /** @param what names the message in errors, e.g. `Cascade request`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.#what = what
  }

  /** The next number; refused above `max`. */
  number(field: string, max = MAX_NUMBER): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < 7; count++) {
      if (this.#at >= this.#bytes.length) this.refuse(`it is cut off in ${field}`)
      const byte = this.#bytes[this.#at++]
      value += (byte & 127) * scale
      scale *= 128
      if (byte < 128) return value <= max ? value : this.refuse(`${field} ${value} is above ${max}`)
    }
    return this.refuse(`${field} has more than 7 bytes`)
  }

  /** The next bytes, as a copy. */
  raw(field: string, length: number): Uint8Array {
    const left = this.#bytes.length - this.#at
    if (length > left) {
      this.refuse(`it is cut off in ${field}: ${left} bytes left, ${length} needed`)
    }
    this.#at += length
    return this.#bytes.slice(this.#at - length, this.#at)
  }

  /** The next `count` bits as a bit array. */
  bits(field: string, count: number): Uint8Array {
    return unpackBits(this.raw(field, bytesFor(count)), count)
  }

  /** Bytes not read yet: an upper bound for what a count may announce. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** The message must end here. */
  end(): void {
    if (this.left > 0) this.refuse(`${this.left} bytes follow its end`)
  }

  /** @throws Error naming the message and what is wrong with it. */
  refuse(why: string): never {
    throw new Error(`${this.#what} refused: ${why}`)
  }
}
