/**
 * Bob's side of sifting entangled pairs: announces when and with which setting he detected, and keeps the outcomes that
 * Alice says coincide and match; discloses what she discloses.
 */
import { encodePairAnnouncement } from '../../domain/qkd/pairs/announcement'
import {
  decodeCoincidences,
  type CoincidenceAnswer,
} from '../../domain/qkd/pairs/coincidence-answer'
import { decodeAliceDisclosure, encodeBobDisclosure } from '../../domain/qkd/pairs/disclosure'
import { eventsOf, type PairEvents } from '../../domain/qkd/pairs/events'
import { pairSettings, useOf } from '../../domain/qkd/pairs/settings'
import { PairTally } from '../../domain/qkd/pairs/tally'
import type { TagBatch } from '../../domain/model/tags'
import { OsRandomStream } from '../os-random'
import { PairKey } from '../pair-key'
import type { PairParameters } from '../pair-start'
import { EventMemory } from './pair-event-memory'

/** What one answer brought, for telemetry. */
export interface Sifted {
  locked: boolean
  residual_ps: number
  coincidences: number
  sifted: number
  /** Disclosed bits and errors among them. */
  sample: number
  errors: number
  /** Bob's bits at the disclosed places: his answer. */
  reply: Uint8Array
}

export class BobPairSifting {
  readonly key = new PairKey()
  readonly tally = new PairTally()
  private readonly random = new OsRandomStream()
  private readonly memory = new EventMemory()
  private readonly settings: number
  private readonly window_ps: number
  private settled = 0
  private locked = false

  constructor({ protocol, source }: Pick<PairParameters, 'protocol' | 'source'>) {
    this.settings = pairSettings(protocol).bob.length
    this.window_ps = source.coincidence_window_ns * 1000
  }

  /** One second's announcement; a closed receiver announces nothing. */
  announce(batch: TagBatch, held: boolean): Uint8Array {
    const open = held ? { time_ps: new Float64Array(0), channel: new Uint8Array(0) } : batch
    const events = eventsOf(open, this.window_ps, (below) =>
      Math.floor(this.random.uniform() * below),
    )
    this.remember(events)
    return encodePairAnnouncement(events, this.settings)
  }

  /**
   * Sifts by Alice's answer. Coincidences of seconds before the lock count in the totals only.
   * @param since number of the first event that the second's figures are about.
   * What is withdrawn is taken back before what is found is taken.
   * @throws Error when the answer is damaged or answers an event twice.
   */
  sift(body: Uint8Array, since: number): Sifted {
    const answer = decodeCoincidences(body, this.settled, this.tally.bobEvents)
    if (answer.withdrawn) this.withdraw()
    const { event, locked, residual_ps } = answer
    const from = this.locked ? 0 : since
    this.locked = locked
    const found = { coincidences: 0, sifted: 0, sample: 0, errors: 0 }
    const bits: number[] = []
    for (let i = 0; i < event.length; i += 1) {
      const counts = event[i] >= from ? 1 : 0
      const one = this.siftOne(answer, i, bits)
      found.coincidences += counts
      found.sifted += one.sifted * counts
      found.sample += one.sample * counts
      found.errors += one.error * counts
    }
    this.settle(answer)
    const reply = encodeBobDisclosure({ test: Uint8Array.from(bits), chsh: new Uint8Array(0) })
    return { ...found, locked, residual_ps, reply }
  }

  private withdraw(): void {
    this.key.rewind()
    this.tally.rewind()
  }

  private settle({ settled, confirmed }: CoincidenceAnswer): void {
    this.settled = settled
    this.memory.forgetBefore(settled)
    if (!confirmed) return
    this.key.mark()
    this.tally.mark()
  }

  /** One coincidence; a bit that is disclosed goes to `bits`. */
  private siftOne(
    { event, aliceSetting, sample }: CoincidenceAnswer,
    i: number,
    bits: number[],
  ): { sifted: number; sample: number; error: number } {
    const { setting, outcome } = this.memory.take(event[i])
    const use = useOf(aliceSetting[i], setting)
    const isDisclosed = sample.places[bits.length] === i
    this.tally.coincidences += 1
    if (use.kind === 'chsh') this.key.addBell(use.cell, outcome)
    if (use.kind !== 'key') {
      if (isDisclosed) throw new Error(`Sifting: event ${event[i]} is disclosed without a match.`)
      return { sifted: 0, sample: 0, error: 0 }
    }
    if (!isDisclosed) {
      this.key.add(use.basis, outcome)
      this.tally.kept[use.basis] += 1
      return { sifted: 1, sample: 0, error: 0 }
    }
    const error = sample.bits[bits.length] !== outcome
    this.tally.test(use.basis, error)
    bits.push(outcome)
    return { sifted: 1, sample: 1, error: error ? 1 : 0 }
  }

  /** Takes Alice's disclosure and answers with his part. @throws Error when lengths disagree. */
  disclose(body: Uint8Array): Uint8Array {
    const own = this.key.bellOutcomes
    const cells = this.key.bellCells
    const known = { kept: this.key.length, chsh: own.length }
    const { test, chsh, events, accidentals } = decodeAliceDisclosure(body, known)
    this.tally.aliceEvents = events
    this.tally.accidentals = accidentals
    chsh.forEach((outcome, i) => this.tally.bell(cells[i], outcome, own[i]))
    const taken = this.key.takeOut(test.places)
    taken.forEach(({ basis, bit }, i) => {
      this.tally.kept[basis] -= 1
      this.tally.test(basis, bit !== test.bits[i])
    })
    return encodeBobDisclosure({ test: Uint8Array.from(taken, ({ bit }) => bit), chsh: own })
  }

  /** Number of the next event to be announced. */
  get nextEvent(): number {
    return this.tally.bobEvents
  }

  /** Overwrites every outcome. */
  erase(): void {
    this.key.erase()
    this.memory.erase()
    this.random.erase()
  }

  private remember(events: PairEvents): void {
    this.memory.add(events)
    this.tally.bobEvents += events.time_ps.length
  }
}
