/**
 * Bob's announcement of one second: when each of his events happened, on his clock, and with which setting; never an
 * outcome. Layout: count; the whole second of the first event; picoseconds as differences (a varint each); settings
 * as packed bits. Events are numbered through the whole pass in the order of announcement; Alice answers by number.
 */
import { WireReader, WireWriter } from '../wire'

export interface PairAnnouncement {
  /** Ascending whole ps since the epoch on Bob's clock; a slow clock may begin below zero. */
  time_ps: Float64Array
  setting: Uint8Array
}

const SECOND_PS = 1e12
/** Clocks are no more than this many seconds slow; keeps the written second positive. */
const BIAS_S = 1000
/** Beyond 9000 s picoseconds are no longer exact in a double. */
const LARGEST_S = 9000

const bitsFor = (settings: number): number => Math.max(1, Math.ceil(Math.log2(settings)))

/**
 * @param settings number of settings that Bob has.
 * @throws Error when columns differ in length, times do not ascend or a setting does not exist.
 */
export function encodePairAnnouncement(
  { time_ps, setting }: PairAnnouncement,
  settings: number,
): Uint8Array {
  if (time_ps.length !== setting.length)
    throw new Error(`Announcing events: ${time_ps.length} times, ${setting.length} settings`)
  const writer = new WireWriter().number(time_ps.length)
  if (time_ps.length === 0) return writer.done()
  const second = Math.floor(time_ps[0] / SECOND_PS)
  writer.number(second + BIAS_S)
  let before = second * SECOND_PS
  for (const time of time_ps) {
    writer.number(time - before)
    before = time
  }
  return writer.bits(settingBits(setting, settings)).done()
}

function settingBits(setting: Uint8Array, settings: number): Uint8Array {
  const width = bitsFor(settings)
  const bits = new Uint8Array(width * setting.length)
  setting.forEach((value, i) => {
    if (value >= settings) throw new Error(`Announcing events: setting ${value} does not exist`)
    for (let k = 0; k < width; k += 1) bits[width * i + k] = (value >> (width - 1 - k)) & 1
  })
  return bits
}

/** @throws Error when the message is cut off, too long, or names a setting that does not exist. */
export function decodePairAnnouncement(bytes: Uint8Array, settings: number): PairAnnouncement {
  const reader = new WireReader(bytes, 'Pair announcement')
  const count = reader.number('the count', reader.left)
  const time_ps = count > 0 ? readTimes(reader, count) : new Float64Array(0)
  const setting = readSettings(reader, count, settings)
  reader.end()
  return { time_ps, setting }
}

function readTimes(reader: WireReader, count: number): Float64Array {
  const time_ps = new Float64Array(count)
  let time = (reader.number('the second', BIAS_S + LARGEST_S) - BIAS_S) * SECOND_PS
  for (let i = 0; i < count; i += 1) {
    time += reader.number('a time')
    if (time > LARGEST_S * SECOND_PS) reader.refuse(`a time of ${time} ps is beyond any pass`)
    time_ps[i] = time
  }
  return time_ps
}

function readSettings(reader: WireReader, count: number, settings: number): Uint8Array {
  const width = bitsFor(settings)
  const bits = reader.bits('the settings', width * count)
  return Uint8Array.from({ length: count }, (_, i) => {
    let value = 0
    for (let k = 0; k < width; k += 1) value = 2 * value + bits[width * i + k]
    return value < settings ? value : reader.refuse(`setting ${value} does not exist`)
  })
}
