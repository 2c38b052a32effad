/**
 * Alice's answer to an announcement: which detections match in basis, the intensity of each, and a random
 * sample of the matched bits, disclosed for the live error rate and discarded (design rule 7).
 */
import {
  decodeSample,
  decodeSiftAnswer,
  encodeSample,
  encodeSiftAnswer,
  type Sample,
  type SiftAnswer,
} from '../../domain/qkd/detections'

export interface Answer extends SiftAnswer {
  sample: Sample
}

/** Layout: length of the match section (u32, big endian), match section, sample. */
export function encodeAnswer({ match, intensity, sample }: Answer): Uint8Array {
  const matches = encodeSiftAnswer({ match, intensity })
  const disclosed = encodeSample(sample)
  const body = new Uint8Array(4 + matches.length + disclosed.length)
  new DataView(body.buffer).setUint32(0, matches.length)
  body.set(matches, 4)
  body.set(disclosed, 4 + matches.length)
  return body
}

/** @throws Error when lengths disagree or a bit of an unmatched basis is disclosed. */
export function decodeAnswer(body: Uint8Array, detections: number): Answer {
  if (body.length < 4) throw new Error(`Reading matches: ${body.length} bytes are too few.`)
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0)
  const { match, intensity } = decodeSiftAnswer(body.subarray(4, 4 + length), detections)
  const sample = decodeSample(body.subarray(4 + length), detections)
  if (sample.places.some((place) => match[place] === 0))
    throw new Error('Reading matches: a bit of an unmatched basis is disclosed.')
  return { match, intensity, sample }
}
