/**
 * Alice's answer: which of Bob's announced events coincide with hers, her setting for each, and a random share of the
 * matched bits, disclosed for the live error rate. Event numbers ascend in an answer; none is answered that was settled
 * by an earlier one. Before her clocks are locked she answers nothing; the backlog follows with the lock. A lock that
 * was lost withdraws all coincidences since the last confirmation, by timing alone, whatever their bits.
 */
import { MAX_NUMBER, WireReader, WireWriter } from '../wire'
import { decodeSample, encodeSample, type Sample } from '../detections'

export interface CoincidenceAnswer {
  /** Alice has found the clocks' difference. */
  locked: boolean
  /** Coincidences since the last confirmation, this answer's own apart, are void. */
  withdrawn: boolean
  /** All coincidences up to this answer's are final. */
  confirmed: boolean
  /** Events before this number are not answered by later answers. */
  settled: number
  /** Rms of the time differences about the fitted clock, ps; 0 with fewer than two coincidences. */
  residual_ps: number
  /** Ascending numbers of Bob's events. */
  event: Float64Array
  aliceSetting: Uint8Array
  /** Places in `event` of disclosed key bits, and Alice's bits there. */
  sample: Sample
}

/** @throws Error when columns differ in length or numbers do not ascend. */
export function encodeCoincidences(answer: CoincidenceAnswer): Uint8Array {
  const { event, aliceSetting, sample } = answer
  if (event.length !== aliceSetting.length)
    throw new Error(`Answering ${event.length} events with ${aliceSetting.length} settings`)
  const writer = new WireWriter()
    .number(flagsOf(answer))
    .number(answer.settled)
    .number(Math.round(answer.residual_ps))
    .number(event.length)
  let next = 0
  for (const number of event) {
    writer.number(number - next)
    next = number + 1
  }
  return writer.bits(aliceSetting).raw(encodeSample(sample)).done()
}

const flagsOf = ({ locked, withdrawn, confirmed }: CoincidenceAnswer): number =>
  (locked ? 1 : 0) + (withdrawn ? 2 : 0) + (confirmed ? 4 : 0)

/**
 * @param first event number before which everything is settled; @param announced events announced so far.
 * @throws Error when it is cut off, answers an event that is settled or was never announced, or takes back what is settled.
 */
export function decodeCoincidences(
  bytes: Uint8Array,
  first: number,
  announced: number,
): CoincidenceAnswer {
  const reader = new WireReader(bytes, 'Coincidences')
  const flags = reader.number('the lock', 7)
  const settled = reader.number('the settled', announced)
  if (settled < first) reader.refuse(`events from ${settled} on are open again after ${first}`)
  const residual_ps = reader.number('the residual')
  const event = readEvents(reader, first, announced)
  const aliceSetting = reader.bits('the settings', event.length)
  const sample = decodeSample(reader.raw('the sample', reader.left), event.length)
  const state = {
    locked: (flags & 1) > 0,
    withdrawn: (flags & 2) > 0,
    confirmed: (flags & 4) > 0,
  }
  return { ...state, settled, residual_ps, event, aliceSetting, sample }
}

function readEvents(reader: WireReader, first: number, announced: number): Float64Array {
  const event = new Float64Array(reader.number('the count', reader.left))
  let next = 0
  for (let i = 0; i < event.length; i += 1) {
    event[i] = next + reader.number('an event', MAX_NUMBER)
    if (event[i] < first || event[i] >= announced)
      reader.refuse(`event ${event[i]} is not among ${first} to ${announced - 1}`)
    next = event[i] + 1
  }
  return event
}
