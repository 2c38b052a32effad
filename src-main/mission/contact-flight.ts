/** Flies one contact: starts an engine, records what it says, and enters its key into the ledger. */
import type { LogEntry } from '../domain/model/alarm'
import type { RecordingHead } from '../domain/model/recording'
import type { PassReport } from '../domain/model/report'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import type { Phase, TelemetryBatch } from '../domain/model/telemetry'
import { formatUtc } from '../domain/model/time'
import type { Distillation, EngineCommand, EngineEvent, Party } from '../engine/protocol'
import type { Ledger } from '../keys/ledger'
import { PassRecorder } from '../recording/recorder'
import type { EngineProcess, SpawnEngine } from './engine-process'
import type { PlannedContact } from './flight-plan'
import { provisionPair, storePassKeys, takePassKeys, type EndKeys } from './pass-keys'
import { passReport } from './pass-report'
import { PASS_AUTHENTICATION_BITS } from '../engine/channel/party-keys'

export interface FlightListener {
  phase?(phase: Phase, utc_ms: number): void
  held?(held: boolean): void
  log?(entry: LogEntry): void
  telemetry?(batch: TelemetryBatch): void
}

export type FlightEnd =
  { outcome: 'complete'; report: PassReport } | { outcome: 'aborted' | 'failed'; reason: string }

export interface ContactFlightOptions {
  contact: PlannedContact
  resolved: ResolvedMission
  ledger: Ledger
  recordingPath: string
  spawn: SpawnEngine
  listener: FlightListener
  /** Offered the engine's process before it starts, for the window's telemetry port. */
  onEngine?: (engine: EngineProcess) => void
}

/** Messages already under way are read before a lost engine counts as lost. */
const LAST_WORDS_MS = 300

export class ContactFlight {
  private engine: EngineProcess | null = null
  private recorder: PassRecorder | null = null
  private readonly keys: Partial<EndKeys> = {}
  private distillation: Distillation | null = null
  private settle: ((end: FlightEnd) => void) | null = null

  constructor(private readonly options: ContactFlightOptions) {}

  /** Resolves when the contact has ended, in whatever way; only set-up errors throw. */
  async run(): Promise<FlightEnd> {
    const { contact, ledger } = this.options
    provisionPair(ledger, contact)
    const passKeys = takePassKeys(ledger, contact)
    this.recorder = PassRecorder.open(this.options.recordingPath, headOf(this.options))
    try {
      return await this.fly(passKeys)
    } finally {
      this.recorder.close()
      this.engine?.kill()
    }
  }

  send(command: EngineCommand): void {
    this.engine?.post(command)
  }

  private fly(passKeys: Record<Party, Uint8Array>): Promise<FlightEnd> {
    return new Promise((resolve) => {
      this.settle = (end) => ((this.settle = null), resolve(end))
      const engine = this.options.spawn()
      this.engine = engine
      engine.onMessage((message) => this.heard(message as EngineEvent))
      engine.onExit((code) => this.lost(code))
      this.options.onEngine?.(engine)
      for (const party of ['alice', 'bob'] as const)
        this.send({ kind: 'provision', party, startKey: passKeys[party] })
      this.send({ kind: 'fly', plan: this.options.contact.plan })
    })
  }

  private heard(event: EngineEvent): void {
    const { listener } = this.options
    if (event.kind === 'telemetry') {
      this.recorder?.telemetry(event.batch.columns)
      listener.telemetry?.(event.batch)
    } else if (event.kind === 'channel')
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
      })
    try {
      this.settle?.({ outcome: 'complete', report: this.conclude(this.distillation) })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.settle?.({ outcome: 'failed', reason })
    }
  }

  /** Both ends' keys enter the ledger together; a pass without key enters nothing. */
  private conclude(distillation: Distillation): PassReport {
    const { contact, ledger, recordingPath } = this.options
    const { alice, bob } = this.keys
    const { eps_sec, eps_cor } = contact.plan.security
    const added =
      distillation.secret_bits > 0 && alice && bob
        ? storePassKeys(ledger, contact, { alice, bob }, eps_sec + eps_cor)
        : 0
    const auth = { spent: PASS_AUTHENTICATION_BITS, added }
    const report = passReport(contact, distillation, auth, recordingPath)
    this.recorder?.report(report)
    return report
  }

  private lost(code: number | null): void {
    setTimeout(
      () =>
        this.settle?.({ outcome: 'failed', reason: `the engine process ended with code ${code}` }),
      LAST_WORDS_MS,
    )
  }
}

function headOf({ contact, resolved }: ContactFlightOptions): RecordingHead {
  const { pass, plan } = contact
  return {
    contactId: pass.id,
    mission: resolved.mission.mission,
    seed: plan.seed,
    satellite: pass.satellite,
    station: pass.station,
    aos_utc: pass.aos.utc,
    tca_utc: pass.tca.utc,
    los_utc: pass.los.utc,
    exchange_from_utc: formatUtc(plan.times.exchangeFrom_ms),
    exchange_to_utc: formatUtc(plan.times.exchangeTo_ms),
    simulated: true,
    resolved,
  }
}
