/** What the window and the command line ask of the mission layer; everything they show comes through here. */
import type { LogEntry, Problem } from '../domain/model/alarm'
import type {
  Answer,
  Catalogue,
  ContactState,
  Imported,
  KeysStatus,
  MissionState,
  ShippedMission,
} from '../domain/model/ipc'
import type { LedgerView, PictureUse } from '../domain/model/ledger'
import type { Recording } from '../domain/model/recording'
import type { FibreReport, RelayReport } from '../domain/model/report'
import { KeyError } from '../keys/key-error'
import { RecordingError } from '../recording/recording-error'
import type { Served } from './serve-requests'

export interface DeskEvents {
  contactChanged: ContactState
  contactLog: { contactId: string; entry: LogEntry }
  keysChanged: KeysStatus
  linksProgress: { hop: string; done: number; total: number }
  missionChanged: MissionState
  problem: Problem
}

export interface Desk {
  current(): MissionState
  /** @throws MissionError with one clear line when the file cannot be used. */
  openFile(path: string): Promise<MissionState>
  openText(name: string, text: string): MissionState
  /** Validates and replaces the mission in memory. */
  update(mission: unknown): MissionState
  save(path: string): Promise<MissionState>
  /** Missions that come with the program. */
  shipped(): ShippedMission[]
  openShipped(id: string): MissionState
  catalogue(): Catalogue
  importElements(name: string, text: string): Imported
  importStations(name: string, text: string): Imported
  fly(request: {
    satellite: number
    station?: string
    stations?: [string, string]
    near_utc: string
    speed: number | 'max'
    seed?: number
  }): Promise<ContactState>
  control(
    command: { action: 'hold' | 'resume' | 'abort' } | { action: 'speed'; speed: number },
  ): ContactState
  contact(): ContactState | null
  /**
   * Hands a telemetry port to the running and every later engine: the window's end of a MessageChannel
   * sits in the renderer, this end goes to the engine process.
   */
  onEngineStarted(listener: (attach: (port: unknown) => void) => void): () => void
  keysStatus(): KeysStatus
  unlockKeys(passphrase: string): Promise<KeysStatus>
  ledger(): LedgerView
  relay(a: string, b: string): Promise<RelayReport>
  /** Relays between the stations and hands the key on to the cities. */
  handOn(a: string, b: string): Promise<Served>
  /** Exchanges key over every fibre hop. */
  exchangeLinks(): Promise<FibreReport[]>
  sendPicture(from: string, to: string, path?: string): Promise<PictureUse>
  recordings(): Promise<{ path: string; name: string }[]>
  openRecording(path: string): Promise<Recording>
  on<E extends keyof DeskEvents>(event: E, listener: (value: DeskEvents[E]) => void): () => void
  /** Ends engines and closes files; safe to call twice. */
  close(): Promise<void>
}

/** A failure with the words for the user; the border turns it into an exit code or a message in the window. */
export class MissionError extends Error {
  constructor(readonly problem: Problem) {
    const stop = problem.text.endsWith('.') ? '' : ';'
    super(`${problem.text}${stop} ${problem.wayOut}`)
  }
}

/** Runs a desk call for a border that answers with values instead of throwing. */
export async function answer<T>(call: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    if (error instanceof MissionError) return { ok: false, problem: error.problem }
    if (error instanceof KeyError || error instanceof RecordingError) {
      const { what, wayOut } = error
      return { ok: false, problem: { severity: 'serious', text: what, wayOut } }
    }
    const text = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      problem: {
        severity: 'serious',
        text,
        wayOut: 'Nothing was changed; try again or see the log.',
      },
    }
  }
}
