/** One message for both bases: what concerns X, then what concerns Z; either may be absent. */
import { WireReader, WireWriter } from '../domain/qkd/wire'
import type { Basis } from './sifted-key'

export type Paired = Record<Basis, Uint8Array | null>

/** An absent part is written as length 0; a present one as its length plus one. */
export function encodePaired({ x, z }: Paired): Uint8Array {
  const writer = new WireWriter()
  for (const part of [x, z]) {
    writer.number(part ? part.length + 1 : 0)
    if (part) writer.raw(part)
  }
  return writer.done()
}

/** @throws when the lengths do not fit the message. */
export function decodePaired(bytes: Uint8Array, what: string): Paired {
  const reader = new WireReader(bytes, what)
  const part = (name: string): Uint8Array | null => {
    const length = reader.number(`the length of ${name}`)
    return length === 0 ? null : reader.raw(name, length - 1)
  }
  const paired = { x: part('x'), z: part('z') }
  reader.end()
  return paired
}
