/**
 * The contract between the window and the main process: one entry a command, one type a direction.
 * Main checks the sender of every call and validates every argument; the preload exposes these and no other.
 */
import type { LogEntry, Problem } from './alarm'
import type { AttackKind } from './conditions'
import type { ElementsRecord, Rejected } from './elements'
import type { LedgerView, PictureUse } from './ledger'
import type { Mission, Protocol } from './mission'
import type { PairSource, Payload } from './payload'
import type { Recording } from './recording'
import type { FibreReport, ForwardReport, PassReport, RelayReport, StopLayer } from './report'
import type { ResolvedMission } from './resolved-mission'
import type { Station } from './station'
import type { PassOutcome, Phase, TelemetryBatch } from './telemetry'

/** Every command answers with a value or a problem that says the way out; it never throws into the window. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export interface MissionState {
  /** File on disk; absent for a mission never saved. */
  path?: string
  resolved: ResolvedMission
  /** What the user should know of it: old elements, re-entered satellite, ignored fields. */
  notices: Problem[]
}

export interface Catalogue {
  elements: ElementsRecord[]
  stations: Station[]
  payloads: (Payload | PairSource)[]
  /** Receiver and site of a station that names none of its own. */
  stationDefaults: Pick<Station, 'receiver' | 'site'>
}

/** A mission file of the program, told by what it flies. */
export interface ShippedMission {
  id: string
  mission: string
  protocol: Protocol
  attacks: AttackKind[]
  /** It has fibre links, or faults and a poor channel to live with. */
  links: boolean
  faults: boolean
}

export interface Imported {
  /** Ids of the accepted records in the catalogue. */
  accepted: string[]
  rejected: Rejected[]
  catalogue: Catalogue
}

/** The contact being flown, or flown last. */
export interface ContactState {
  contactId: string
  satellite: number
  satelliteName: string
  station: string
  stationName: string
  /** Both ends of an entangled contact; the first is a station or the satellite itself. */
  ends?: [string, string]
  aos_utc: string
  tca_utc: string
  los_utc: string
  exchange_from_utc: string
  exchange_to_utc: string
  phase: Phase
  /** When each phase began, mission time. */
  phaseStarted_ms: Partial<Record<Phase, number>>
  outcome: PassOutcome
  reason?: string
  /** The layer that stopped it, when one did. */
  stopped_by?: StopLayer
  /** The drill that is flown with it. */
  attacks?: AttackKind[]
  speed: number
  seed: number
  report?: PassReport
  recording?: string
}

export interface AppInfo {
  version: string
  electron: string
  chromium: string
  /** True when the globe must be cheap (software rendering). */
  softwareRendering: boolean
  /** Set when the application was started to write screenshots. */
  screenshots: boolean
}

export type KeysProtection = 'os-key-store' | 'passphrase' | 'rehearsal-file'
export interface KeysStatus {
  state: 'locked' | 'new' | 'open'
  protection: KeysProtection
}

/** Command name -> [argument, answer]. */
export interface IpcCommands {
  'app:info': [void, AppInfo]
  'mission:current': [void, MissionState]
  /** Without a path the user is asked for one. */
  'mission:open': [{ path?: string }, MissionState | null]
  /** A dropped mission file. */
  'mission:openText': [{ name: string; text: string }, MissionState]
  /** Replaces the mission in memory after validation. */
  'mission:update': [{ mission: Mission }, MissionState]
  'mission:save': [{ saveAs: boolean }, MissionState | null]
  /** Missions that come with the program: protocols, drills, the example. */
  'mission:shipped': [void, ShippedMission[]]
  'mission:openShipped': [{ id: string }, MissionState]
  'catalogue:get': [void, Catalogue]
  /** Without text the user is asked for a file. */
  'catalogue:importElements': [{ name?: string; text?: string }, Imported | null]
  'catalogue:importStations': [{ name?: string; text?: string }, Imported | null]
  /** Arms and flies a contact; telemetry then arrives on the port. */
  'contact:fly': [
    {
      satellite: number
      station?: string
      /** Both ends of an entangled contact. */
      stations?: [string, string]
      near_utc: string
      speed: number
      seed?: number
    },
    ContactState,
  ]
  'contact:control': [
    { action: 'hold' | 'resume' | 'abort' } | { action: 'speed'; speed: number },
    ContactState,
  ]
  'contact:state': [void, ContactState | null]
  'keys:status': [void, KeysStatus]
  'keys:unlock': [{ passphrase: string }, KeysStatus]
  'keys:ledger': [void, LedgerView]
  'keys:relay': [{ a: string; b: string }, RelayReport]
  /** Hands key on to cities through trusted fibre nodes; relays first what a satellite can. */
  'keys:handOn': [{ a: string; b: string }, { relays: RelayReport[]; forwards: ForwardReport[] }]
  /** Exchanges key over every fibre hop of the mission, one after another. */
  'links:exchange': [void, FibreReport[]]
  'keys:sendPicture': [{ from: string; to: string; file?: string }, PictureUse]
  'recordings:list': [void, { path: string; name: string }[]]
  'recordings:open': [{ path?: string }, Recording | null]
  'file:saveText': [{ suggestedName: string; text: string }, { path: string } | null]
}
export type IpcCommand = keyof IpcCommands

/** Main -> window. */
export interface IpcEvents {
  'contact:changed': ContactState
  'contact:log': { contactId: string; entry: LogEntry }
  'keys:changed': KeysStatus
  /** A fibre hop began (`done` hops are finished), or all are done. */
  'links:progress': { hop: string; done: number; total: number }
  'mission:changed': MissionState
  /** A menu item or accelerator was used; the renderer's command registry runs it. */
  'menu:command': { id: string }
  'app:problem': Problem
}
export type IpcEvent = keyof IpcEvents

/** What the preload puts on `window.micius`. */
export interface MiciusApi {
  invoke<C extends IpcCommand>(
    command: C,
    argument: IpcCommands[C][0],
  ): Promise<Answer<IpcCommands[C][1]>>
  /** Returns the unsubscribe. */
  on<E extends IpcEvent>(event: E, listener: (value: IpcEvents[E]) => void): () => void
  /** Telemetry straight from the engine over a MessagePort; returns the unsubscribe. */
  onTelemetry(listener: (batch: TelemetryBatch) => void): () => void
  /** Where a file dropped on the window lies on disk (a recording is read by main); empty when it lies nowhere. */
  pathOf(file: object): string
}
