/** The contact under way at the desk: starts it, follows it, steers it; one at a time. */
import { existsSync } from 'node:fs'
import type { ContactState } from '../domain/model/ipc'
import { satelliteName } from '../domain/model/elements'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { formatUtc } from '../domain/model/time'
import type { Ledger } from '../keys/ledger'
import { ContactFlight, type FlightEnd } from './contact-flight'
import { MissionError, type DeskEvents } from './desk'
import type { EngineProcess, SpawnEngine } from './engine-process'
import { planContact, type PlannedContact } from './flight-plan'
import { passTask } from './flight-task'
import { asMissionError } from './ledger-vault'

export type Emit = <E extends keyof DeskEvents>(event: E, value: DeskEvents[E]) => void

export interface FlyRequest {
  satellite: number
  station?: string
  /** Both ends of an entangled contact. */
  stations?: [string, string]
  near_utc: string
  speed: number | 'max'
  seed?: number
}

export interface ContactDeskOptions {
  spawn: SpawnEngine
  recordingPath: (contactId: string) => string
  emit: Emit
  onEngine: (engine: EngineProcess) => void
}

export class ContactDesk {
  private state: ContactState | null = null
  private flight: ContactFlight | null = null
  private running: Promise<unknown> = Promise.resolve()
  /** Pairs that may not get another start key until a mission is opened. */
  private readonly provisioned = new Set<string>()

  constructor(private readonly options: ContactDeskOptions) {}

  /** A mission opened anew may hand its pairs another start key. */
  missionOpened(): void {
    this.provisioned.clear()
  }

  /** The contact under way or the last one. */
  current(): ContactState | null {
    return this.state
  }

  /** @throws MissionError when a contact is under way or this one cannot be flown. */
  fly(resolved: ResolvedMission, ledger: Ledger, request: FlyRequest): ContactState {
    if (this.flight)
      throw new MissionError({
        severity: 'serious',
        text: `A contact is under way: ${this.state?.contactId ?? ''}.`,
        wayOut: 'Wait for its end or abort it.',
      })
    const seed = request.seed ?? 1
    const contact = planContact(resolved, request, { seed, speed: request.speed })
    this.state = initialState(contact, request.speed, seed)
    const recordingPath = this.options.recordingPath(contact.plan.contactId)
    this.flight = this.createFlight(contact, resolved, ledger, recordingPath)
    this.running = this.follow(this.flight, recordingPath)
    // Announced at once: the operator may steer before the engine has said its first word.
    this.options.emit('contactChanged', this.state)
    return this.state
  }

  /** @throws MissionError when nothing is under way. */
  control(
    command: { action: 'hold' | 'resume' | 'abort' } | { action: 'speed'; speed: number },
  ): ContactState {
    if (!this.flight || !this.state)
      throw new MissionError({
        severity: 'caution',
        text: `There is no contact under way to ${command.action}.`,
        wayOut: 'Fly a contact first.',
      })
    if (command.action === 'speed') {
      this.flight.send({ kind: 'speed', speed: command.speed })
      return this.change({ speed: command.speed })
    }
    this.flight.send({ kind: command.action })
    return this.state
  }

  /** Aborts what is under way and waits until it has been put away. */
  async close(): Promise<void> {
    this.flight?.send({ kind: 'abort' })
    await Promise.race([this.running, new Promise((resolve) => setTimeout(resolve, 5000).unref())])
  }

  private createFlight(
    contact: PlannedContact,
    resolved: ResolvedMission,
    ledger: Ledger,
    recordingPath: string,
  ): ContactFlight {
    const { contactId } = contact.plan
    const pair = contact.ends.join(' ')
    const renewStartKey = !this.provisioned.has(pair)
    this.provisioned.add(pair)
    return new ContactFlight({
      task: passTask(contact, resolved),
      ledger,
      renewStartKey,
      recordingPath,
      spawn: this.options.spawn,
      onEngine: this.options.onEngine,
      listener: {
        phase: (phase, utc_ms) => {
          const phaseStarted_ms = { ...this.state?.phaseStarted_ms, [phase]: utc_ms }
          this.change({ phase, phaseStarted_ms })
        },
        held: (held) => void this.change({ outcome: held ? 'held' : 'running' }),
        log: (entry) => this.options.emit('contactLog', { contactId, entry }),
      },
    })
  }

  private async follow(flight: ContactFlight, recording: string): Promise<void> {
    let end: FlightEnd
    try {
      end = await flight.run()
    } catch (error) {
      const known = asMissionError(error)
      end = { outcome: 'failed', reason: known instanceof Error ? known.message : String(known) }
    }
    this.flight = null
    if (end.outcome === 'complete')
      this.change({ outcome: 'complete', report: end.report, recording: end.report.recording })
    else {
      const recorded = existsSync(recording) ? { recording } : {}
      const stopped = end.layer ? { stopped_by: end.layer } : {}
      this.change({ outcome: end.outcome, reason: end.reason, ...stopped, ...recorded })
    }
  }

  private change(part: Partial<ContactState>): ContactState {
    if (!this.state) throw new Error('There is no contact.')
    this.state = { ...this.state, ...part }
    this.options.emit('contactChanged', this.state)
    return this.state
  }
}

function initialState(
  { pass, plan, satellite, station, ends }: PlannedContact,
  speed: number | 'max',
  seed: number,
): ContactState {
  return {
    contactId: plan.contactId,
    satellite: pass.satellite,
    satelliteName: satelliteName(satellite.record),
    station: station.id,
    stationName: station.name,
    ...(plan.kind === 'pair' ? { ends } : {}),
    ...(plan.attacks.length > 0 ? { attacks: plan.attacks.map(({ kind }) => kind) } : {}),
    aos_utc: pass.aos.utc,
    tca_utc: pass.tca.utc,
    los_utc: pass.los.utc,
    exchange_from_utc: formatUtc(plan.times.exchangeFrom_ms),
    exchange_to_utc: formatUtc(plan.times.exchangeTo_ms),
    phase: 'prepare',
    phaseStarted_ms: { prepare: plan.times.start_ms },
    outcome: 'running',
    speed: speed === 'max' ? 1000 : speed,
    seed,
  }
}
