/** One party's sifted bits of both bases with the announced intensity of each, in the order of sifting. */
import { concatBytes, packBits } from '../domain/qkd/bits'

export type Basis = 'x' | 'z'
export const bases: Basis[] = ['x', 'z']

/** A growing column of bytes. */
class Column {
  private bytes = new Uint8Array(1 << 16)
  length = 0

  push(value: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2)
      larger.set(this.bytes)
      this.bytes.fill(0)
      this.bytes = larger
    }
    this.bytes[this.length++] = value
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  erase(): void {
    this.bytes.fill(0)
    this.length = 0
  }
}

export class SiftedKey {
  private readonly bits = { x: new Column(), z: new Column() }
  private readonly classes = { x: new Column(), z: new Column() }

  /** @param intensity index of the intensity class: signal 0, decoy 1, vacuum 2. */
  add(basis: Basis, bit: number, intensity: number): void {
    this.bits[basis].push(bit)
    this.classes[basis].push(intensity)
  }

  /** Bits of a basis, one a byte. */
  bitsOf(basis: Basis): Uint8Array {
    return this.bits[basis].view()
  }

  /** Intensity class of each bit of a basis. */
  intensitiesOf(basis: Basis): Uint8Array {
    return this.classes[basis].view()
  }

  /** Overwrites everything: a destroyed or used-up block leaves nothing here. */
  erase(): void {
    for (const basis of bases) {
      this.bits[basis].erase()
      this.classes[basis].erase()
    }
  }
}

/** Waits for the last tags; a key that they do not seal is overwritten. */
export async function orErase(key: Uint8Array, sealed: Promise<void>): Promise<void> {
  try {
    await sealed
  } catch (error) {
    key.fill(0)
    throw error
  }
}

/** The key of both bases, packed, X first; the bit arrays that it is made of are overwritten. */
export function packKey(x: Uint8Array, z: Uint8Array): Uint8Array {
  const joined = concatBytes(x, z)
  const key = packBits(joined)
  for (const part of [x, z, joined]) part.fill(0)
  return key
}
