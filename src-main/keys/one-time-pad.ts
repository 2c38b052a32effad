/**
 * One-time pad between two holders: ciphertext = message XOR key, eight bits of key a byte, each bit once
 * and at both ends; the tag is paid from the pair's authentication pool and counted apart.
 */
import { xorBytes } from '../domain/qkd/bits'
import { checkSeal, seal, sealedBytes, topUpIfShort, type Seal } from './authenticated'
import type { HolderStore } from './holder-store'
import { RefusedMessage } from './key-error'
import { totalBits, type Piece } from './ranges'

/** What goes over the public line. */
export interface PadMessage {
  from: string
  to: string
  utc: string
  ciphertext: Uint8Array
  /** The ranges of common key that were used, in order. */
  pieces: Piece[]
  seal: Seal
}

const tagged = ({ ciphertext, ...header }: Omit<PadMessage, 'seal'>): Uint8Array =>
  sealedBytes(header, ciphertext)

/**
 * Encrypts and spends exactly `8 * bytes.length` bits of the sender's key with the peer.
 * @throws InsufficientKey naming the pair, what was asked and what is left; nothing is spent then.
 */
export function sendByOneTimePad(
  sender: HolderStore,
  peer: string,
  bytes: Uint8Array,
  { utc }: { utc: string },
): PadMessage {
  if (bytes.length === 0)
    throw new RefusedMessage(
      `Sending from ${sender.holder} to ${peer}: the message is empty.`,
      'Choose a file with content.',
    )
  return sender.atomically(() => {
    const pad = sender.spend(peer, bytes.length * 8)
    const topUp = topUpIfShort(sender, peer)
    const ciphertext = xorBytes(bytes, pad.bits)
    pad.bits.fill(0)
    const message = { from: sender.holder, to: peer, utc, ciphertext, pieces: pad.pieces }
    sender.log(utc, `one-time pad to ${peer}, ${bytes.length * 8} bits spent`)
    return { ...message, seal: seal(sender, peer, tagged(message), topUp) }
  })
}

function addressed(receiver: HolderStore, peer: string, message: PadMessage): void {
  const named = totalBits(message.pieces)
  const needed = message.ciphertext.length * 8
  if (message.from === peer && message.to === receiver.holder && named === needed) return
  throw new RefusedMessage(
    `Message at ${receiver.holder} refused: from ${message.from} to ${message.to}, ${needed} bits of ciphertext, ${named} bits of key named.`,
    `A message from ${peer} to ${receiver.holder} with one key bit for each of its bits is expected.`,
  )
}

/**
 * Checks and decrypts, spending the same ranges at the receiver's end.
 * @throws RefusedMessage (altered or wrongly addressed) or ReusedKey (replayed); no key is spent then.
 */
export function receiveByOneTimePad(
  receiver: HolderStore,
  peer: string,
  message: PadMessage,
): Uint8Array {
  addressed(receiver, peer, message)
  const { seal: given, ...told } = message
  return receiver.atomically(() => {
    checkSeal(receiver, peer, tagged(told), given)
    const pad = receiver.spendPieces(peer, message.pieces)
    receiver.log(message.utc, `one-time pad from ${peer}, ${pad.length_bits} bits spent`)
    const text = xorBytes(message.ciphertext, pad.bits)
    pad.bits.fill(0)
    return text
  })
}
