/** One entangled contact from preparation to key: two links, two stations (or one and the satellite), second by second. */
import type { Crew } from './crew'
import { FlightLog } from './flight-log'
import { Pace } from './pace'
import { pairCrew, pairParameters, type PairRehearsal } from './pair-crew'
import { endPairWithoutKey } from './pair-ending'
import { exchangeSeconds, pairEnvironment, type PairEnvironment } from './pair-environment'
import { PairLockLog } from './pair-lock-log'
import { PairProjection } from './pair-projection'
import { pairRow } from './pair-telemetry-row'
import type { PartyFigures, SlotStatus } from './party-start'
import { phaseAt } from './phase-at'
import type { EngineEvent, Party } from './protocol'
import { PATIENCE_MS } from './rehearsal-crew'
import { Supervisor } from './supervisor'
import { TelemetryLog } from './telemetry-log'
import { modelledRow } from './telemetry-row'
import { wholeFigures } from './whole-figures'

export interface PairFlightOptions extends PairRehearsal {
  /** Asked once, when the exchange begins; what it gives becomes the flight's own, which overwrites it. */
  startKeys: () => Promise<Record<Party, Uint8Array>>
  emit: (event: EngineEvent) => void
}

export class PairFlight {
  private readonly environment: PairEnvironment
  private readonly pace: Pace
  private readonly telemetry: TelemetryLog
  private readonly supervisor: Supervisor
  private readonly log: FlightLog
  private readonly projection: PairProjection
  private readonly lockLog: PairLockLog
  private readonly window_s: number
  private crew: Crew | null = null
  private held = false
  private held_s = 0
  private aborted = false
  private extractable_bits = NaN

  /** @throws PropagationError when SGP4 gives no position, Error when the protocol needs no pairs. */
  constructor(private readonly options: PairFlightOptions) {
    const { plan, emit } = options
    this.environment = pairEnvironment(plan)
    this.projection = new PairProjection(pairParameters(plan))
    this.log = new FlightLog(plan.times, emit)
    this.window_s = exchangeSeconds(plan)
    this.lockLog = new PairLockLog(this.log)
    this.pace = new Pace(plan.times.start_ms, plan.speed)
    this.telemetry = new TelemetryLog(plan.contactId, (batch) => emit({ kind: 'telemetry', batch }))
    this.supervisor = new Supervisor(options.patience_ms ?? PATIENCE_MS, (phase, text) =>
      this.log.write(`Tags of phase ${phase} agree: ${text}`, 'normal'),
    )
  }

  /** Closes or opens Bob's receiver; the satellite flies on, and the gap stays a gap. */
  hold(held: boolean): void {
    this.held = held
    this.crew?.bob({ kind: 'held', held })
    this.log.held(held)
  }

  /** Mission seconds per wall second from now on. */
  setSpeed(speed: number | 'max'): void {
    this.pace.setSpeed(speed)
    this.crew?.channel.setSpeed(speed)
  }

  /** Ends the contact without key; `run` resolves soon after. */
  abort(): void {
    this.aborted = true
    this.crew?.stop('aborted by the operator')
    this.supervisor.fail('aborted by the operator')
    this.pace.stop()
  }

  /** Flies to the end; every way it can end is an event. */
  async run(): Promise<void> {
    try {
      await this.flyRows(0, this.environment.shown.epochRow)
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
    this.crew = this.startCrew(await this.options.startKeys())
    this.log.enter('exchange')
    const slots = this.window_s
    for (let slot = 0; slot < slots && !this.supervisor.failure; slot += 1) await this.flySlot(slot)
    // One closed second more brings the tags that were still on their way.
    await this.exchangeSlot(slots, true)
    if (this.supervisor.failure) return null
    this.log.enter('distil')
    const done = this.supervisor.distillation()
    this.crew.bob({ kind: 'finish' })
    const { epochRow, utc_ms } = this.environment.shown
    await this.flyRows(epochRow + slots, utc_ms.length)
    return done
  }

  /** Rows without exchange: geometry and models only. */
  private async flyRows(from: number, to: number): Promise<void> {
    const { shown } = this.environment
    for (let row = from; row < to && !this.supervisor.failure; row += 1) {
      await this.reach(shown.utc_ms[row])
      if (row < shown.epochRow) this.log.enter(phaseAt(this.options.plan.times, shown.utc_ms[row]))
      const modelled = modelledRow(shown, row, this.log.phase)
      this.telemetry.push({ ...modelled, extractable_bits: this.extractable_bits })
    }
  }

  private async flySlot(slot: number): Promise<void> {
    const row = this.environment.shown.epochRow + slot
    await this.reach(this.environment.shown.utc_ms[row])
    const shutter = this.held
    const status = await this.exchangeSlot(slot, shutter)
    if (!status) return
    this.lockLog.note(status)
    const held = shutter || status.held
    if (held) this.held_s += 1
    this.extractable_bits = this.projection.after(status)
    const { pair_rate_Hz } = this.options.plan.source
    const whole = pairRow(this.environment, row, pair_rate_Hz, held ? null : status)
    this.telemetry.push({ ...whole, extractable_bits: this.extractable_bits })
  }

  /** Lets the world advance to the end of a slot and waits until Bob has sifted it. */
  private exchangeSlot(slot: number, shutter: boolean): Promise<SlotStatus | null> {
    return this.supervisor.slot(slot, () =>
      this.crew?.world({ kind: 'advance', from_s: slot, to_s: slot + 1, shutter }),
    )
  }

  private startCrew(startKeys: Record<Party, Uint8Array>): Crew {
    const { emit, patience_ms = PATIENCE_MS } = this.options
    const crew = pairCrew(this.options, this.environment, startKeys, {
      ...{ patience_ms, now_ms: () => this.log.reached_ms, phase: () => this.log.phase },
      onChannel: (record) => emit({ kind: 'channel', record }),
      onParty: (party, report) => this.supervisor.heard(party, report),
      onLost: (who, why) => this.supervisor.fail(`${who} was lost: ${why}`),
    })
    // Each party's worker has a copy of its own by now.
    for (const key of Object.values(startKeys)) key.fill(0)
    if (this.held) crew.bob({ kind: 'held', held: true })
    return crew
  }

  /** Both ends or none: keys leave the engine only here. */
  private async conclude(figures: PartyFigures | null): Promise<void> {
    const { failure, keys } = this.supervisor
    if (!figures || !this.crew || failure)
      return this.endWithoutKey(failure ?? 'ended without a key')
    const { emit, plan } = this.options
    for (const key of keys) emit(key)
    const open_s = this.window_s - this.held_s
    const { pair_rate_Hz } = plan.source
    const distillation = wholeFigures(figures, this.crew.channel, open_s, pair_rate_Hz)
    emit({ kind: 'distilled', distillation })
    this.log.enter('done')
    emit({ kind: 'ended', outcome: 'complete' })
  }

  private endWithoutKey(reason: string): Promise<void> {
    const { crew, supervisor, log } = this
    const ending = { ...this.options, crew, supervisor, log }
    return endPairWithoutKey(ending, reason, this.aborted ? 'aborted' : 'failed')
  }

  private async reach(utc_ms: number): Promise<void> {
    await this.pace.until(utc_ms)
    this.log.reach(utc_ms)
  }
}
