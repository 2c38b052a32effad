/** Hexadecimal of test vectors. */

/** Lower-case hexadecimal of bytes. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Bytes of a hexadecimal string; throws on an odd length or a foreign character. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 || !/^[0-9a-fA-F]*$/.test(text)) {
    throw new Error(`Reading hexadecimal: "${text.slice(0, 40)}" is not pairs of hex digits`)
  }
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    parseInt(text.slice(2 * i, 2 * i + 2), 16),
  )
}
