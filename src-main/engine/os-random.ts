/** Randomness of the operating system's generator, buffered: key bits, bases, samples, seeds (design rule 6). */
import { randomFillSync } from 'node:crypto'

const BUFFER_BYTES = 1 << 16

/** Fresh random bytes. */
export const osRandom = (bytes: number): Uint8Array => randomFillSync(new Uint8Array(bytes))

/** Draws bits and uniforms one at a time without a system call each. */
export class OsRandomStream {
  private readonly buffer = new Uint8Array(BUFFER_BYTES)
  private at = BUFFER_BYTES
  private bits = 0
  private bitsLeft = 0

  /** 0 or 1, each half the time. */
  bit(): number {
    if (this.bitsLeft === 0) {
      this.bits = this.byte()
      this.bitsLeft = 8
    }
    this.bitsLeft -= 1
    return (this.bits >> this.bitsLeft) & 1
  }

  /** Uniform in [0, 1) with 32 bits. */
  uniform(): number {
    const high = this.byte() * 0x1000000 + (this.byte() << 16)
    return (high + (this.byte() << 8) + this.byte()) / 0x100000000
  }

  /** Overwrites what was drawn ahead. */
  erase(): void {
    this.buffer.fill(0)
    this.at = BUFFER_BYTES
    this.bits = 0
    this.bitsLeft = 0
  }

  private byte(): number {
    if (this.at === BUFFER_BYTES) {
      randomFillSync(this.buffer)
      this.at = 0
    }
    const value = this.buffer[this.at]
    this.buffer[this.at++] = 0
    return value
  }
}
