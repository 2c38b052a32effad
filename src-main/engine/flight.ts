/** One contact from preparation to key: the pass state machine, second by second on the mission clock. */
import type { Status } from '../domain/model/alarm'
import type { Phase } from '../domain/model/telemetry'
import { extractableNow } from '../domain/qkd/projected'
import type { Crew } from './crew'
import { environmentOf, type Environment } from './environment'
import { Pace } from './pace'
import type { PartyFigures, SlotStatus } from './party-start'
import { passEvents } from './pass-events'
import { phaseAt } from './phase-at'
import type { EngineEvent } from './protocol'
import { PATIENCE_MS, rehearsalCrew, type RehearsalOptions } from './rehearsal-crew'
import { Supervisor } from './supervisor'
import { measuredRow, modelledRow, TelemetryLog } from './telemetry-log'
import { worldStart } from './world-start'

export interface FlightOptions extends RehearsalOptions {
  emit: (event: EngineEvent) => void
}

export class Flight {
  private readonly environment: Environment
  private readonly pace: Pace
  private readonly telemetry: TelemetryLog
  private readonly supervisor: Supervisor
  private crew: Crew | null = null
  private phase: Phase | null = null
  private held = false
  private held_s = 0
  private aborted = false
  private extractable_bits = NaN
  /** The mission clock: the last instant worked off, so that no event is ahead of its telemetry. */
  private reached_ms: number

  constructor(private readonly options: FlightOptions) {
    const { plan, emit } = options
    this.environment = environmentOf(plan)
    this.reached_ms = plan.times.start_ms
    this.pace = new Pace(plan.times.start_ms, plan.speed)
    this.telemetry = new TelemetryLog(plan.contactId, (batch) => emit({ kind: 'telemetry', batch }))
    this.supervisor = new Supervisor(
      options.patience_ms ?? PATIENCE_MS,
      (party, spent_bits) => emit({ kind: 'authentication', party, spent_bits }),
      (phase, text) => this.log(`Tags of phase ${phase} agree: ${text}`, 'normal'),
    )
  }

  /** Closes or opens the receiver; the satellite flies on, and the gap stays a gap. */
  hold(held: boolean): void {
    this.held = held
    this.crew?.bob({ kind: 'held', held })
    this.options.emit({ kind: 'held', held, utc_ms: this.reached_ms })
    this.log(
      held ? 'Exchange held: receiver closed' : 'Exchange resumed',
      held ? 'caution' : undefined,
    )
  }

  setSpeed(speed: number | 'max'): void {
    this.pace.setSpeed(speed)
  }

  abort(): void {
    this.aborted = true
    this.supervisor.fail('aborted by the operator')
    this.pace.stop()
  }

  /** Flies to the end; every way it can end is an event. */
  async run(): Promise<void> {
    try {
      await this.flyRows(0, this.environment.epochRow)
      const figures = this.supervisor.failure ? null : await this.exchangeAndDistil()
      this.telemetry.flush()
      await this.conclude(figures)
    } catch (error) {
      this.supervisor.fail(error instanceof Error ? error.message : String(error))
      await this.conclude(null)
    } finally {
      await this.crew?.close()
    }
  }

  private async exchangeAndDistil(): Promise<PartyFigures | null> {
    this.crew = this.startCrew()
    this.enter('exchange')
    const slots = this.window_s
    for (let slot = 0; slot < slots && !this.supervisor.failure; slot += 1) await this.flySlot(slot)
    // One closed second more brings the tags that were still on their way.
    await this.exchangeSlot(slots, true)
    if (this.supervisor.failure) return null
    this.enter('distil')
    const done = this.supervisor.distillation()
    this.crew.bob({ kind: 'finish' })
    await this.flyRows(this.environment.epochRow + slots, this.environment.track.utc_ms.length)
    return done
  }

  /** Rows without exchange: geometry and models only. */
  private async flyRows(from: number, to: number): Promise<void> {
    const { utc_ms } = this.environment.track
    for (let row = from; row < to && !this.supervisor.failure; row += 1) {
      await this.reach(utc_ms[row])
      if (row < this.environment.epochRow) this.enter(phaseAt(this.options.plan.times, utc_ms[row]))
      const modelled = modelledRow(this.environment, row, this.phase ?? 'prepare')
      this.telemetry.push({ ...modelled, extractable_bits: this.extractable_bits })
    }
  }

  private async flySlot(slot: number): Promise<void> {
    const row = this.environment.epochRow + slot
    await this.reach(this.environment.track.utc_ms[row])
    const shutter = this.held
    const status = await this.exchangeSlot(slot, shutter)
    if (!status) return
    const held = shutter || status.held
    if (held) this.held_s += 1
    const modelled = modelledRow(this.environment, row, 'exchange')
    const expected = this.environment.expected[row].detections
    const whole = { ...modelled, detections_modelled: expected }
    const { payload } = this.options.plan
    this.extractable_bits = this.bound(status)
    this.telemetry.push({
      ...(held ? whole : measuredRow(whole, status, payload)),
      extractable_bits: this.extractable_bits,
    })
  }

  /** Lets the world advance to the end of a slot and waits until Bob has sifted it. */
  private exchangeSlot(slot: number, shutter: boolean): Promise<SlotStatus | null> {
    return this.supervisor.slot(slot, () =>
      this.crew?.world({ kind: 'advance', from_s: slot, to_s: slot + 1, shutter }),
    )
  }

  private bound(status: SlotStatus): number {
    const { payload, security } = this.options.plan
    return extractableNow(status.kept, status.error_rate, payload, security)
  }

  private startCrew(): Crew {
    const crew = rehearsalCrew(this.options, worldStart(this.options.plan, this.environment), {
      pulses: this.window_s * this.options.plan.payload.pulse_rate_Hz,
      now_ms: () => this.reached_ms,
      phase: () => this.phase ?? 'prepare',
      onChannel: (record) => this.options.emit({ kind: 'channel', record }),
      onParty: (party, report) => this.supervisor.heard(party, report),
      onLost: (who, why) => this.supervisor.fail(`${who} was lost: ${why}`),
    })
    if (this.held) crew.bob({ kind: 'held', held: true })
    return crew
  }

  /** Both ends or none: keys leave the engine only here. */
  private async conclude(figures: PartyFigures | null): Promise<void> {
    const { emit } = this.options
    const { failure, keys } = this.supervisor
    if (!figures || !this.crew || failure) {
      if (this.crew) await this.supervisor.bothSpent(2000)
      const reason = failure ?? 'ended without a key'
      this.log(`No key: ${reason}`, this.aborted ? 'serious' : 'critical')
      return emit({ kind: 'ended', outcome: this.aborted ? 'aborted' : 'failed', reason })
    }
    for (const key of keys) emit(key)
    const { messages, bytes, roundTrips } = this.crew.channel
    const channel = { messages, channel_bytes: bytes, round_trips: roundTrips }
    const exchange_s = this.window_s - this.held_s
    const pulses_sent = Math.round(this.options.plan.payload.pulse_rate_Hz * exchange_s)
    emit({ kind: 'distilled', distillation: { ...figures, ...channel, exchange_s, pulses_sent } })
    this.enter('done')
    emit({ kind: 'ended', outcome: 'complete' })
  }

  /** Whole seconds of the exchange window. */
  private get window_s(): number {
    const { exchangeFrom_ms, exchangeTo_ms } = this.options.plan.times
    return Math.floor((exchangeTo_ms - exchangeFrom_ms) / 1000)
  }

  private async reach(utc_ms: number): Promise<void> {
    await this.pace.until(utc_ms)
    this.reached_ms = utc_ms
    for (const entry of passEvents(this.options.plan.times, utc_ms))
      this.options.emit({ kind: 'log', entry })
  }

  private enter(phase: Phase): void {
    if (phase === this.phase) return
    this.phase = phase
    this.options.emit({ kind: 'phase', phase, utc_ms: this.reached_ms })
  }

  private log(text: string, status?: Status): void {
    const entry = { utc_ms: this.reached_ms, text, ...(status ? { status } : {}) }
    this.options.emit({ kind: 'log', entry })
  }
}
