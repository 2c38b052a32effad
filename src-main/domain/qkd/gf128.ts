/**
 * GF(2^128) with x^128 + x^7 + x^2 + x + 1 in 32-bit words, bit i of the integer being the coefficient of x^i.
 * A fixed factor gets one table a byte position, so that a product is 16 look-ups and no reduction is left.
 */

/** x^7 + x^2 + x + 1, what x^128 reduces to. */
const REDUCTION = 0x87

/**
 * Products of a 16-byte factor (big-endian) with every byte at every position: entry (i, v) holds
 * factor * v * x^(8 (15 - i)), four words, most significant first; 64 KiB.
 */
export function productTables(factor: Uint8Array): Uint32Array {
  const tables = new Uint32Array(16 * 256 * 4)
  const view = new DataView(factor.buffer, factor.byteOffset, factor.byteLength)
  let power = [0, 4, 8, 12].map((at) => view.getUint32(at))
  for (let i = 15; i >= 0; i--) {
    for (let bit = 1; bit < 256; bit <<= 1) {
      tables.set(power, (i * 256 + bit) * 4)
      power = timesX(power)
    }
    fillSums(tables.subarray(i * 1024, (i + 1) * 1024))
  }
  return tables
}

/** One multiplication by x. */
function timesX([a, b, c, d]: number[]): number[] {
  const reduced = a >>> 31 ? REDUCTION : 0
  return [
    ((a << 1) | (b >>> 31)) >>> 0,
    ((b << 1) | (c >>> 31)) >>> 0,
    ((c << 1) | (d >>> 31)) >>> 0,
    ((d << 1) ^ reduced) >>> 0,
  ]
}

/** Fills a 256-entry table of which the entries with a single bit are there. */
function fillSums(table: Uint32Array): void {
  for (let value = 1; value < 256; value++) {
    const low = value & -value
    if (low === value) continue
    for (let word = 0; word < 4; word++) {
      table[value * 4 + word] = table[low * 4 + word] ^ table[(value ^ low) * 4 + word]
    }
  }
}
