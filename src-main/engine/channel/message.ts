/** Frames of the classical channel: one byte names the message, the rest is its body. */

export const messageKinds = [
  'hello',
  'hello-answer',
  'detections',
  'matches',
  'sample-errors',
  'exchange-end',
  'reconcile-start',
  'parity-request',
  'parities',
  'reconciled',
  'verification',
  'verification-outcome',
  'error-counts',
  'seeds',
  'tag',
  'abort',
  'pattern-request',
  'pattern',
] as const
export type MessageKind = (typeof messageKinds)[number]

/** Phases closed by one authentication tag a direction (design rule 3). */
export const channelPhases = ['start', 'sift', 'reconcile', 'verify', 'amplify'] as const
export type ChannelPhase = (typeof channelPhases)[number]

/** Puts the kind's byte before the body. */
export function encodeFrame(kind: MessageKind, body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(body.length + 1)
  frame[0] = messageKinds.indexOf(kind)
  frame.set(body, 1)
  return frame
}

/** @throws Error when the first byte names no message. */
export function decodeFrame(frame: Uint8Array): { kind: MessageKind; body: Uint8Array } {
  const kind = messageKinds[frame[0]]
  if (!kind) throw new Error(`Reading a channel message: kind ${frame[0] ?? 'missing'} is unknown.`)
  return { kind, body: frame.subarray(1) }
}

/** The name of a frame for the record; a damaged frame is recorded as such. */
export const frameName = (frame: Uint8Array): string => messageKinds[frame[0]] ?? 'unreadable'

/** JSON bodies of the small messages. */
export const encodeJson = (value: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value))

/** @throws Error naming the message when the body is not JSON. */
export function decodeJson(kind: MessageKind, body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    throw new Error(`Reading the message ${kind}: its body is not JSON.`)
  }
}
