/**
 * What the parties say while sifting. Bob announces which pulses he detected and in which basis, never the bit;
 * Alice answers with basis match and intensity class for each; a random sample's bits may be disclosed.
 * Pulse numbers go as differences (a varint each), bases and matches as packed bits, classes as two bits.
 * Differences are counted from the next free number, so that nothing unsorted can be written; decoders refuse what is
 * cut off or out of range.
 */
import { MAX_NUMBER, WireReader, WireWriter } from './wire'

export interface Announcement {
  /** Ascending pulse numbers, counted from the epoch. */
  pulses: Float64Array
  /** Basis of each: 0 X, 1 Z. */
  basis: Uint8Array
}

export interface SiftAnswer {
  /** 1 where Alice prepared in Bob's basis. */
  match: Uint8Array
  /** Intensity: 0 signal, 1 decoy, 2 vacuum. */
  intensity: Uint8Array
}

/** Disclosed bits: ascending places within a batch or key, and the bits there. */
export interface Sample {
  places: Float64Array
  bits: Uint8Array
}

/** Basis (0 X, 1 Z) and bit of a detector outcome 0..3 (the numbering of `tagChannels`). */
export const basisOf = (outcome: number): number => outcome >> 1
export const bitOf = (outcome: number): number => outcome & 1

/** @throws when pulses and bases differ in number, or pulses do not ascend. */
export function encodeAnnouncement({ pulses, basis }: Announcement): Uint8Array {
  sameLength('Announcement', pulses, basis)
  return writeAscending(new WireWriter(), pulses).bits(basis).done()
}

/** @throws when the message is cut off, too long or out of range. */
export function decodeAnnouncement(bytes: Uint8Array): Announcement {
  const reader = new WireReader(bytes, 'Detection announcement')
  const pulses = readAscending(reader, 'pulses', MAX_NUMBER)
  const basis = reader.bits('the bases', pulses.length)
  reader.end()
  return { pulses, basis }
}

/** @throws when matches and classes differ in number, or a class is not 0, 1 or 2. */
export function encodeSiftAnswer({ match, intensity }: SiftAnswer): Uint8Array {
  sameLength('Sift answer', match, intensity)
  const classes = new Uint8Array(2 * intensity.length)
  intensity.forEach((value, i) => {
    if (value > 2) throw new Error(`Sift answer: intensity class ${value} does not exist`)
    classes[2 * i] = value >> 1
    classes[2 * i + 1] = value & 1
  })
  return new WireWriter().number(match.length).bits(match).bits(classes).done()
}

/** @param announced number of detections that Bob announced; another number is refused. */
export function decodeSiftAnswer(bytes: Uint8Array, announced: number): SiftAnswer {
  const reader = new WireReader(bytes, 'Sift answer')
  const count = reader.number('the count')
  if (count !== announced)
    reader.refuse(`it answers ${count} detections, ${announced} were announced`)
  const match = reader.bits('the matches', count)
  const classes = reader.bits('the intensity classes', 2 * count)
  reader.end()
  const intensity = match.map((_, i) => 2 * classes[2 * i] + classes[2 * i + 1])
  if (intensity.includes(3)) reader.refuse('intensity class 3 does not exist')
  return { match, intensity }
}

/** @throws when places and bits differ in number, or places do not ascend. */
export function encodeSample({ places, bits }: Sample): Uint8Array {
  sameLength('Sample', places, bits)
  return writeAscending(new WireWriter(), places).bits(bits).done()
}

/** @param length of what the places point into; a place beyond it is refused. */
export function decodeSample(bytes: Uint8Array, length: number): Sample {
  const reader = new WireReader(bytes, 'Sample')
  const places = readAscending(reader, 'places', length - 1)
  const bits = reader.bits('the bits', places.length)
  reader.end()
  return { places, bits }
}

function sameLength(what: string, a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new Error(
      `${what}: columns of ${a.length} and ${b.length} entries do not belong together`,
    )
  }
}

function writeAscending(writer: WireWriter, values: Float64Array): WireWriter {
  writer.number(values.length)
  let next = 0
  for (const value of values) {
    if (value < next) throw new Error(`Writing a message: ${value} is not above ${next - 1}`)
    writer.number(value - next)
    next = value + 1
  }
  return writer
}

function readAscending(reader: WireReader, field: string, max: number): Float64Array {
  const values = new Float64Array(reader.number(`the count of ${field}`, reader.left))
  let next = 0
  for (let i = 0; i < values.length; i++) {
    values[i] = next + reader.number(field)
    if (values[i] > max) reader.refuse(`${field} reach ${values[i]}, the limit is ${max}`)
    next = values[i] + 1
  }
  return values
}
