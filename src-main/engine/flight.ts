/** One contact from preparation to key: the pass state machine, second by second on the mission clock. */
import { randomFillSync } from 'node:crypto'
import { extractableNow } from '../domain/qkd/projected'
import type { Crew } from './crew'
import { environmentOf, type Environment } from './environment'
import { fibreEnvironment } from './fibre-environment'
import { FlightLog } from './flight-log'
import { Pace } from './pace'
import type { PartyFigures, SlotStatus } from './party-start'
import { phaseAt } from './phase-at'
import type { EngineEvent, Party } from './protocol'
import { chooseReconciliation } from './reconciliation-choice'
import { PATIENCE_MS, rehearsalCrew, type RehearsalOptions } from './rehearsal-crew'
import { Supervisor } from './supervisor'
import { TelemetryLog } from './telemetry-log'
import { exchangeRow, measuredRow, modelledRow } from './telemetry-row'
import { wholeFigures } from './whole-figures'
import { worldStart } from './world-start'

/** How long a contact without key waits for both parties to overwrite what they hold, wall ms. */
const ERASE_PATIENCE_MS = 2000

export interface FlightOptions extends RehearsalOptions {
  /** Asked once, when the exchange begins; what it gives becomes the flight's own, which overwrites it. */
  startKeys: () => Promise<Record<Party, Uint8Array>>
  emit: (event: EngineEvent) => void
}

export class Flight {
  private readonly environment: Environment
  private readonly pace: Pace
  private readonly telemetry: TelemetryLog
  private readonly supervisor: Supervisor
  private readonly log: FlightLog
  private crew: Crew | null = null
  private held = false
  private held_s = 0
  private aborted = false
  private extractable_bits = NaN

  constructor(private readonly options: FlightOptions) {
    const { plan, emit } = options
    this.environment = plan.kind === 'fibre' ? fibreEnvironment(plan) : environmentOf(plan)
    this.log = new FlightLog(plan.times, emit)
    this.pace = new Pace(plan.times.start_ms, plan.speed)
    this.telemetry = new TelemetryLog(plan.contactId, (batch) => emit({ kind: 'telemetry', batch }))
    this.supervisor = new Supervisor(options.patience_ms ?? PATIENCE_MS, (phase, text) =>
      this.log.write(`Tags of phase ${phase} agree: ${text}`, 'normal'),
    )
  }

  /** Closes or opens the receiver; the satellite flies on, and the gap stays a gap. */
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
    const startKeys = await this.options.startKeys()
    this.crew = this.startCrew(startKeys)
    this.log.enter('exchange')
    this.logReconciliation()
    const slots = this.window_s
    for (let slot = 0; slot < slots && !this.supervisor.failure; slot += 1) await this.flySlot(slot)
    // One closed second more brings the tags that were still on their way.
    await this.exchangeSlot(slots, true)
    if (this.supervisor.failure) return null
    this.log.enter('distil')
    const done = this.supervisor.distillation()
    this.crew.bob({ kind: 'finish' })
    await this.flyRows(this.environment.epochRow + slots, this.environment.utc_ms.length)
    return done
  }

  private logReconciliation(): void {
    const { exchange, channel } = this.options.plan
    const { method, why } = chooseReconciliation(exchange.reconciliation, channel)
    const name = method === 'ldpc' ? 'LDPC' : 'Cascade'
    this.log.write(`Errors will be corrected by ${name}: ${why}`)
  }

  /** Rows without exchange: geometry and models only. */
  private async flyRows(from: number, to: number): Promise<void> {
    const { utc_ms } = this.environment
    for (let row = from; row < to && !this.supervisor.failure; row += 1) {
      await this.reach(utc_ms[row])
      if (row < this.environment.epochRow)
        this.log.enter(phaseAt(this.options.plan.times, utc_ms[row]))
      const modelled = modelledRow(this.environment, row, this.log.phase)
      this.telemetry.push({ ...modelled, extractable_bits: this.extractable_bits })
    }
  }

  private async flySlot(slot: number): Promise<void> {
    const row = this.environment.epochRow + slot
    await this.reach(this.environment.utc_ms[row])
    const shutter = this.held
    const status = await this.exchangeSlot(slot, shutter)
    if (!status) return
    const held = shutter || status.held
    if (held) this.held_s += 1
    const { payload, security } = this.options.plan
    this.extractable_bits = extractableNow(status.kept, status.error_rate, payload, security)
    const modelled = exchangeRow(this.environment, row)
    const whole = held ? modelled : measuredRow(modelled, status, payload)
    this.telemetry.push({ ...whole, extractable_bits: this.extractable_bits })
  }

  /** Lets the world advance to the end of a slot and waits until Bob has sifted it. */
  private exchangeSlot(slot: number, shutter: boolean): Promise<SlotStatus | null> {
    return this.supervisor.slot(slot, () =>
      this.crew?.world({ kind: 'advance', from_s: slot, to_s: slot + 1, shutter }),
    )
  }

  private startCrew(startKeys: Record<Party, Uint8Array>): Crew {
    if (this.options.plan.attacks.some(({ kind }) => kind === 'fake-station'))
      randomFillSync(startKeys.bob)
    const world = worldStart(this.options.plan, this.environment)
    const crew = rehearsalCrew(this.options, startKeys, world, {
      pulses: this.window_s * this.options.plan.payload.pulse_rate_Hz,
      now_ms: () => this.log.reached_ms,
      phase: () => this.log.phase,
      onChannel: (record) => this.options.emit({ kind: 'channel', record }),
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
    const { emit } = this.options
    for (const key of keys) emit(key)
    const { pulse_rate_Hz } = this.options.plan.payload
    const open_s = this.window_s - this.held_s
    const distillation = wholeFigures(figures, this.crew.channel, open_s, pulse_rate_Hz)
    emit({ kind: 'distilled', distillation })
    this.log.enter('done')
    emit({ kind: 'ended', outcome: 'complete' })
  }

  private async endWithoutKey(reason: string): Promise<void> {
    if (this.crew) await this.supervisor.bothErased(ERASE_PATIENCE_MS)
    for (const { key } of this.supervisor.keys) key.fill(0)
    const layer = this.supervisor.layerIn(this.options.plan)
    const stopped = layer ? `Stopped by ${layer}. ` : ''
    const why = this.supervisor.failure ?? reason
    this.log.write(`${stopped}No key: ${why}`, this.aborted ? 'serious' : 'critical')
    const outcome = this.aborted ? 'aborted' : 'failed'
    this.options.emit({ kind: 'ended', outcome, reason: why, ...(layer ? { layer } : {}) })
  }

  /** Whole seconds of the exchange window. */
  private get window_s(): number {
    const { exchangeFrom_ms, exchangeTo_ms } = this.options.plan.times
    return Math.floor((exchangeTo_ms - exchangeFrom_ms) / 1000)
  }

  private async reach(utc_ms: number): Promise<void> {
    await this.pace.until(utc_ms)
    this.log.reach(utc_ms)
  }
}
