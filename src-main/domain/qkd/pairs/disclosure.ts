/**
 * What both sides disclose when sifting ends: the test bits (places Alice draws among the kept key bits) and all CHSH
 * outcomes. Alice's message has places, bits and outcomes, Bob's answer bits and outcomes in the same order.
 */
import { decodeSample, encodeSample, type Sample } from '../detections'
import { WireReader, WireWriter } from '../wire'

export interface AliceDisclosure {
  /** Ascending places among the kept key bits, and Alice's bits there. */
  test: Sample
  /** Her outcomes of all CHSH coincidences in order. */
  chsh: Uint8Array
  /** Her events of the whole pass, and the accidental coincidences that both sides' rates make expect. */
  events: number
  accidentals: number
}

export interface BobDisclosure {
  test: Uint8Array
  chsh: Uint8Array
}

/** Layout: events, accidentals in thousandths, CHSH outcomes (their number is known to both), test sample. */
export const encodeAliceDisclosure = (disclosure: AliceDisclosure): Uint8Array =>
  new WireWriter()
    .number(disclosure.events)
    .number(Math.round(1000 * disclosure.accidentals))
    .bits(disclosure.chsh)
    .raw(encodeSample(disclosure.test))
    .done()

/** @throws Error when lengths disagree with what both know. */
export function decodeAliceDisclosure(
  bytes: Uint8Array,
  known: { kept: number; chsh: number },
): AliceDisclosure {
  const reader = new WireReader(bytes, 'Disclosure')
  const events = reader.number('the events')
  const accidentals = reader.number('the accidentals') / 1000
  const chsh = reader.bits('the CHSH outcomes', known.chsh)
  const test = decodeSample(reader.raw('the test bits', reader.left), known.kept)
  return { test, chsh, events, accidentals }
}

export const encodeBobDisclosure = ({ test, chsh }: BobDisclosure): Uint8Array =>
  new WireWriter().bits(chsh).bits(test).done()

/** @throws Error when lengths disagree with what both know. */
export function decodeBobDisclosure(
  bytes: Uint8Array,
  known: { test: number; chsh: number },
): BobDisclosure {
  const reader = new WireReader(bytes, 'Disclosure')
  const chsh = reader.bits('the CHSH outcomes', known.chsh)
  const test = reader.bits('the test bits', known.test)
  reader.end()
  return { test, chsh }
}
