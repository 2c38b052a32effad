/** What an eavesdropper sees of a picture on the wire: its ciphertext, one grey pixel a byte. */
import { greyPng } from './png'

/** A PNG of the ciphertext, about four by three; pixels beyond its last byte are black. */
export function wirePicture(ciphertext: Uint8Array): Uint8Array {
  const width = Math.max(1, Math.ceil(Math.sqrt((ciphertext.length * 4) / 3)))
  const height = Math.max(1, Math.ceil(ciphertext.length / width))
  const grey = new Uint8Array(width * height)
  grey.set(ciphertext)
  return greyPng(grey, width, height)
}
