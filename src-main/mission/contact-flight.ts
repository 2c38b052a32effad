/** Flies one contact: starts an engine, records what it says, and enters its key into the ledger. */
import type { LogEntry } from '../domain/model/alarm'
import type { Distillation, FibreReport, PassReport, StopLayer } from '../domain/model/report'
import type { Phase, TelemetryBatch } from '../domain/model/telemetry'
import type { EngineCommand, EngineEvent } from '../engine/protocol'
import { KeyError } from '../keys/key-error'
import type { Ledger } from '../keys/ledger'
import { PassRecorder } from '../recording/recorder'
import type { EngineProcess, SpawnEngine } from './engine-process'
import type { FlightTask } from './flight-task'
import {
  checkPassKeys,
  provisionPair,
  storePassKeys,
  takePassKeys,
  type EndKeys,
} from './pass-keys'
import { PASS_AUTHENTICATION_BITS } from '../engine/channel/party-keys'

export interface FlightListener {
  phase?(phase: Phase, utc_ms: number): void
  held?(held: boolean): void
  log?(entry: LogEntry): void
  telemetry?(batch: TelemetryBatch): void
}

export type FlightEnd<Report = PassReport> =
  | { outcome: 'complete'; report: Report }
  | { outcome: 'aborted' | 'failed'; reason: string; layer?: StopLayer }

export interface ContactFlightOptions<Report> {
  task: FlightTask<Report>
  ledger: Ledger
  /** A pair whose start key is used up gets another: once after a mission was opened. */
  renewStartKey: boolean
  recordingPath: string
  spawn: SpawnEngine
  listener: FlightListener
  /** Offered the engine's process before it starts, for the window's telemetry port. */
  onEngine?: (engine: EngineProcess) => void
}

/** Messages already under way are read before a lost engine counts as lost. */
const LAST_WORDS_MS = 300

export class ContactFlight<Report extends PassReport | FibreReport = PassReport> {
  private engine: EngineProcess | null = null
  private recorder: PassRecorder | null = null
  private readonly keys: Partial<EndKeys> = {}
  private distillation: Distillation | null = null
  /** Authentication key handed over for this contact, bits at each end. */
  private auth_bits = 0
  private settle: ((end: FlightEnd<Report>) => void) | null = null

  constructor(private readonly options: ContactFlightOptions<Report>) {}

  /** Resolves when the contact has ended, in whatever way. @throws RecordingError when nothing can be recorded. */
  async run(): Promise<FlightEnd<Report>> {
    this.recorder = PassRecorder.open(this.options.recordingPath, this.options.task.head)
    try {
      this.checkKeys()
      return await this.fly()
    } catch (error) {
      if (!(error instanceof KeyError)) throw error
      this.heard({ kind: 'log', entry: this.refusal(error) })
      return { outcome: 'failed', reason: error.message }
    } finally {
      this.engine?.kill()
      this.recorder.close()
      for (const { key } of Object.values(this.keys)) key.fill(0)
    }
  }

  /** @throws InsufficientKey when the pair can authenticate no more passes. */
  private checkKeys(): void {
    const { task, ledger } = this.options
    provisionPair(ledger, task, this.options.renewStartKey)
    checkPassKeys(ledger, task)
  }

  /** The exchange begins: what is handed over now is spent, however it ends. */
  private provision(): void {
    this.auth_bits = PASS_AUTHENTICATION_BITS
    const passKeys = takePassKeys(this.options.ledger, this.options.task)
    for (const party of ['alice', 'bob'] as const) {
      this.send({ kind: 'provision', party, startKey: passKeys[party] })
      // Posting serialises at once, so that this copy has served.
      passKeys[party].fill(0)
    }
  }

  private refusal({ message }: KeyError): LogEntry {
    const utc_ms = this.options.task.plan.times.start_ms
    return { utc_ms, text: `Not flown: ${message}`, status: 'critical' }
  }

  /** Steers the engine while there is one. */
  send(command: EngineCommand): void {
    this.engine?.post(command)
  }

  private fly(): Promise<FlightEnd<Report>> {
    return new Promise((resolve) => {
      this.settle = (end) => ((this.settle = null), resolve(end))
      const engine = this.options.spawn()
      this.engine = engine
      engine.onMessage((message) => this.take(message as EngineEvent))
      engine.onExit((code) => this.lost(code))
      this.options.onEngine?.(engine)
      this.send({ kind: 'fly', plan: this.options.task.plan })
    })
  }

  /** A full disk or a failing listener ends the contact in words; the engine is stopped with it. */
  private take(event: EngineEvent): void {
    try {
      this.heard(event)
    } catch (error) {
      this.settle?.({ outcome: 'failed', reason: reasonOf(error) })
    }
  }

  private heard(event: EngineEvent): void {
    const { listener } = this.options
    if (event.kind === 'telemetry') {
      this.recorder?.telemetry(event.batch.columns)
      listener.telemetry?.(event.batch)
    } else if (event.kind === 'keys-wanted') this.provision()
    else if (event.kind === 'channel')
      this.recorder?.channelMessage({ ...event.record, kind: event.record.message })
    else if (event.kind === 'log') {
      this.recorder?.log(event.entry)
      listener.log?.(event.entry)
    } else if (event.kind === 'phase') listener.phase?.(event.phase, event.utc_ms)
    else if (event.kind === 'held') listener.held?.(event.held)
    else if (event.kind === 'key') this.keys[event.party] = event
    else if (event.kind === 'distilled') this.distillation = event.distillation
    else if (event.kind === 'ended') this.ended(event)
  }

  private ended(event: Extract<EngineEvent, { kind: 'ended' }>): void {
    if (event.outcome !== 'complete' || !this.distillation)
      return this.settle?.({
        outcome: event.outcome === 'aborted' ? 'aborted' : 'failed',
        reason: event.reason ?? 'the engine gave no reason',
        ...(event.layer ? { layer: event.layer } : {}),
      })
    try {
      this.settle?.({ outcome: 'complete', report: this.conclude(this.distillation) })
    } catch (error) {
      this.settle?.({ outcome: 'failed', reason: reasonOf(error) })
    }
  }

  /** Both ends' keys enter the ledger together; a pass without key enters nothing. */
  private conclude(distillation: Distillation): Report {
    const { task, ledger, recordingPath } = this.options
    const { eps_sec, eps_cor } = task.plan.security
    const keys = this.endKeys(distillation.secret_bits)
    const added = keys ? storePassKeys(ledger, task, keys, eps_sec + eps_cor) : 0
    const auth = { spent: this.auth_bits, added }
    const report = task.reportOf(distillation, auth, recordingPath)
    this.recorder?.report(report)
    return report
  }

  /** @throws Error when an end handed over no key, or not the length that was distilled. */
  private endKeys(secret_bits: number): EndKeys | null {
    if (secret_bits === 0) return null
    const { alice, bob } = this.keys
    if (alice?.length_bits === secret_bits && bob?.length_bits === secret_bits)
      return { alice, bob }
    const [a, b] = [alice, bob].map((end) => end?.length_bits ?? 'no')
    throw new Error(
      `Storing the key: ${secret_bits} bits were distilled, ${this.options.task.ends[0]} handed over ${a}, ${this.options.task.ends[1]} ${b}; nothing was stored`,
    )
  }

  private lost(code: number | null): void {
    setTimeout(
      () =>
        this.settle?.({ outcome: 'failed', reason: `the engine process ended with code ${code}` }),
      LAST_WORDS_MS,
    )
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
