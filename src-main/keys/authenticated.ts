/**
 * Wegman–Carter authentication of single messages between two holders: 128-bit polynomial hash with a
 * fresh hash key and a fresh pad each, 256 bits of authentication key a message. A forgery passes with
 * probability below (message blocks + 1) / 2^128 a try; a refused message draws no key, so the true one
 * may still come. When a pool runs short, both ends move key from their common stock into it, named in
 * the message and counted apart.
 */
import { timingSafeEqual } from 'node:crypto'
import { wegmanCarterTag } from '../domain/qkd/polynomial-hash'
import type { HolderStore } from './holder-store'
import { InsufficientKey, RefusedMessage } from './key-error'
import type { Piece } from './ranges'

/** Hash key and pad of one tag. */
export const TAG_KEY_BITS = 256
/** Moved from the stock when a direction's pool cannot pay for a tag: four tags. */
export const TOP_UP_BITS = 1024

export interface Seal {
  /** Where the tag's key stands in the pool of this direction. */
  offset: number
  tag: Uint8Array
  /** Stock moved into the pool for this and later messages. */
  topUp: Piece[]
}

/** The tag under a drawn key, which is overwritten: no key serves twice. */
function tagWith(message: Uint8Array, key: Uint8Array): Uint8Array {
  const tag = wegmanCarterTag(message, key.subarray(0, 16), key.subarray(16, 32))
  key.fill(0)
  return tag
}

/**
 * Makes sure that a tag to this peer can be paid; to be called before the stock is measured.
 * @returns the ranges moved, to be named in the seal. @throws InsufficientKey, with nothing moved.
 */
export function topUpIfShort(store: HolderStore, peer: string): Piece[] {
  const pool = store.authPool(peer)
  const left_bits = pool.left('send')
  if (left_bits >= TAG_KEY_BITS) return []
  const pair = [store.holder, peer] as const
  if (store.left(peer) < TOP_UP_BITS)
    throw new InsufficientKey(pair, TAG_KEY_BITS, left_bits, 'authentication key')
  const { pieces, bits } = store.spend(peer, TOP_UP_BITS)
  pool.add('send', bits)
  bits.fill(0)
  return pieces
}

/** Tags a message to a peer. @param topUp what `topUpIfShort` moved for it. */
export function seal(
  store: HolderStore,
  peer: string,
  message: Uint8Array,
  topUp: Piece[] = [],
): Seal {
  const { offset, bits } = store.authPool(peer).take('send', TAG_KEY_BITS)
  return { offset, tag: tagWith(message, bits), topUp }
}

/**
 * Checks a message from a peer and draws the tag's key.
 * @throws RefusedMessage when the tag does not fit; the pool and the stock then stay as they were.
 */
export function checkSeal(
  store: HolderStore,
  peer: string,
  message: Uint8Array,
  { offset, tag, topUp }: Seal,
): void {
  store.atomically(() => {
    const pool = store.authPool(peer)
    if (topUp.length > 0) {
      const moved = store.spendPieces(peer, topUp)
      pool.add('receive', moved.bits, moved.length_bits)
      moved.bits.fill(0)
    }
    const expected = tagWith(message, pool.takeAt('receive', offset, TAG_KEY_BITS).bits)
    if (tag.length !== expected.length || !timingSafeEqual(tag, expected))
      throw new RefusedMessage(
        `Message from ${peer} to ${store.holder} refused: its authentication tag does not fit, so it was altered on the way or is not from ${peer}.`,
        `Ask ${peer} to send it again; no key was drawn here.`,
      )
  })
}

/** A header and a body as the bytes that are tagged; the header's length comes first. */
export function sealedBytes(header: object, body: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(4 + text.length + body.length)
  new DataView(bytes.buffer).setUint32(0, text.length)
  bytes.set(text, 4)
  bytes.set(body, 4 + text.length)
  return bytes
}
