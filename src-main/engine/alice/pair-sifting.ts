/**
 * Alice's side of sifting entangled pairs: finds which of Bob's announced events coincide with hers, keeps the matched
 * outcomes, and draws the bits that are disclosed: a few while the pass lasts, the rest of the test when it ends.
 */
import { decodePairAnnouncement } from '../../domain/qkd/pairs/announcement'
import { encodeCoincidences } from '../../domain/qkd/pairs/coincidence-answer'
import {
  CoincidenceFinder,
  type Coincidence,
  type Taken,
} from '../../domain/qkd/pairs/coincidence-finder'
import { disciplinedClocks } from '../../domain/qkd/pairs/clock-search'
import { decodeBobDisclosure, encodeAliceDisclosure } from '../../domain/qkd/pairs/disclosure'
import { eventsOf } from '../../domain/qkd/pairs/events'
import { pairSettings, useOf } from '../../domain/qkd/pairs/settings'
import { LIVE_TEST_SHARE, testBitsToAdd } from '../../domain/qkd/pairs/test-share'
import { PairTally } from '../../domain/qkd/pairs/tally'
import type { TagBatch } from '../../domain/model/tags'
import { OsRandomStream } from '../os-random'
import { PairKey } from '../pair-key'
import type { PairAliceStart } from '../pair-start'
import type { Basis } from '../sifted-key'

interface Disclosed {
  basis: Basis
  bit: number
}

export class AlicePairSifting {
  readonly key = new PairKey()
  readonly tally = new PairTally()
  private readonly random = new OsRandomStream()
  private readonly finder: CoincidenceFinder
  private readonly window_ps: number
  private disclosed: Disclosed[] = []
  private waitingEvents = 0
  private confirmed = false

  constructor(private readonly start: Pick<PairAliceStart, 'parameters' | 'flights'>) {
    this.window_ps = start.parameters.source.coincidence_window_ns * 1000
    this.finder = new CoincidenceFinder({
      ...start.flights,
      window_ps: this.window_ps,
      prior: disciplinedClocks,
    })
  }

  /** Takes one second of her own tags. */
  takeTags(batch: TagBatch): void {
    const events = eventsOf(batch, this.window_ps, (below) => this.draw(below))
    this.tally.aliceEvents += events.time_ps.length
    this.waitingEvents += events.time_ps.length
    this.finder.addAlice(events)
  }

  /** Answers one second's announcement. @throws Error when it is damaged. */
  answer(body: Uint8Array): Uint8Array {
    const { protocol } = this.start.parameters
    const events = decodePairAnnouncement(body, pairSettings(protocol).bob.length)
    this.tally.bobEvents += events.time_ps.length
    this.tally.accidentals += (this.waitingEvents * events.time_ps.length * this.window_ps) / 1e12
    this.waitingEvents = 0
    this.finder.addBob(events)
    return this.sifted(this.finder.take())
  }

  /** What is left when the exchange is over. */
  finish(): Uint8Array {
    return this.sifted(this.finder.take(true))
  }

  /** Bob's clock against hers, for the log; null while no coincidences stand out. */
  get clock() {
    return this.finder.clock
  }

  /** Takes Bob's bits at the places just disclosed. @throws Error when there are not as many. */
  noteSample(body: Uint8Array): void {
    const { test } = decodeBobDisclosure(body, { test: this.disclosed.length, chsh: 0 })
    this.compare(test)
    if (this.confirmed) this.key.mark()
    if (this.confirmed) this.tally.mark()
  }

  /** Draws the rest of the test, and discloses it with all CHSH outcomes. */
  disclose(): Uint8Array {
    const { parameters } = this.start
    const places = this.places(testBitsToAdd(this.tally, parameters))
    this.disclosed = this.key.takeOut(places)
    for (const { basis } of this.disclosed) this.tally.kept[basis] -= 1
    const bits = Uint8Array.from(this.disclosed, ({ bit }) => bit)
    const { aliceEvents: events, accidentals } = this.tally
    this.tally.accidentals = Math.round(1000 * accidentals) / 1000
    return encodeAliceDisclosure({
      test: { places: Float64Array.from(places), bits },
      chsh: this.key.bellOutcomes,
      events,
      accidentals,
    })
  }

  /** Takes Bob's part of the disclosure. @throws Error when lengths disagree. */
  noteDisclosure(body: Uint8Array): void {
    const own = this.key.bellOutcomes
    const cells = this.key.bellCells
    const known = { test: this.disclosed.length, chsh: own.length }
    const { test, chsh } = decodeBobDisclosure(body, known)
    chsh.forEach((outcome, i) => this.tally.bell(cells[i], own[i], outcome))
    this.compare(test)
  }

  /** Overwrites every outcome. */
  erase(): void {
    this.key.erase()
    this.finder.erase()
    this.random.erase()
    this.disclosed = []
  }

  /** Both sides take back what is withdrawn before they take what is found. */
  private sifted({ found, withdrawn, confirmed }: Taken): Uint8Array {
    if (withdrawn) this.key.rewind()
    if (withdrawn) this.tally.rewind()
    this.confirmed = confirmed
    const places: number[] = []
    this.disclosed = []
    found.forEach((one, i) => {
      if (this.keep(one)) places.push(i)
    })
    this.tally.coincidences += found.length
    return encodeCoincidences({
      ...{ locked: this.finder.locked, withdrawn, confirmed, settled: this.finder.settled },
      residual_ps: this.finder.residual_ps,
      event: Float64Array.from(found, ({ event }) => event),
      aliceSetting: Uint8Array.from(found, ({ aliceSetting }) => aliceSetting),
      sample: {
        places: Float64Array.from(places),
        bits: Uint8Array.from(this.disclosed, ({ bit }) => bit),
      },
    })
  }

  /** Keeps a coincidence for what it is good for. @returns true when its bit is disclosed at once. */
  private keep({ aliceSetting, aliceOutcome, bobSetting }: Coincidence): boolean {
    const use = useOf(aliceSetting, bobSetting)
    if (use.kind === 'chsh') this.key.addBell(use.cell, aliceOutcome)
    if (use.kind !== 'key') return false
    if (this.random.uniform() < LIVE_TEST_SHARE) {
      this.disclosed.push({ basis: use.basis, bit: aliceOutcome })
      return true
    }
    this.key.add(use.basis, aliceOutcome)
    this.tally.kept[use.basis] += 1
    return false
  }

  private compare(bobs: Uint8Array): void {
    this.disclosed.forEach(({ basis, bit }, i) => this.tally.test(basis, bit !== bobs[i]))
    this.disclosed = []
  }

  /** So many ascending places of the key, every choice alike (selection sampling: Knuth, TAOCP 3.4.2, S). */
  private places(count: number): number[] {
    const chosen: number[] = []
    const { length } = this.key
    for (let i = 0; i < length && chosen.length < count; i += 1)
      if (this.random.uniform() * (length - i) < count - chosen.length) chosen.push(i)
    return chosen
  }

  private draw(below: number): number {
    return Math.floor(this.random.uniform() * below)
  }
}
