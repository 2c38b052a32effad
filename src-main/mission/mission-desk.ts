/** The desk behind the window: one mission, one catalogue, one ledger, one contact at a time. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { readdir, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Problem } from '../domain/model/alarm'
import type { MissionState } from '../domain/model/ipc'
import type { Mission } from '../domain/model/mission'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { readRecording } from '../recording/reader'
import { RecordingError } from '../recording/recording-error'
import { CatalogueStore } from './catalogue'
import { ContactDesk } from './contact-desk'
import { MissionError, type Desk, type DeskEvents } from './desk'
import type { EngineProcess, SpawnEngine } from './engine-process'
import { freshPath } from './fresh-path'
import type { KeyProtector } from './key-protection'
import { inWords, LedgerVault } from './ledger-vault'
import { LinkDesk } from './link-desk'
import { makeFolder } from './make-folder'
import { readMission, validateMission } from './mission-file'
import { folderOf, picturePath } from './mission-run'
import { sendPicture } from './picture-use'
import { resolveMission } from './resolve-mission'
import { relayBetween, servePair } from './serve-requests'
import { readShipped, shippedMission } from './shipped-missions'

export interface DeskOptions {
  resourcesDir: string
  /** Profile folder: ledger and recordings. */
  dataDir: string
  /** Folder of the built workers. */
  outDir: string
  protectKey: KeyProtector
  spawnEngine: SpawnEngine
}

/** The mission that a first start opens. */
const EXAMPLE = 'missions/xinglong-graz-2016.json'

/** Creates the desk with the example mission open. @throws MissionError when the installation is damaged. */
export function createDesk(options: DeskOptions): Desk {
  const events = new EventEmitter()
  const emit = <E extends keyof DeskEvents>(event: E, value: DeskEvents[E]): void =>
    void events.emit(event, value)
  const catalogue = new CatalogueStore(options.resourcesDir)
  const vault = new LedgerVault(options.dataDir, options.protectKey)
  const recordingsDir = join(options.dataDir, 'recordings')
  makeFolder(recordingsDir)

  let state: MissionState
  const settle = (mission: Mission, path: string | undefined): MissionState => {
    const { resolved, notices } = resolveMission(mission, catalogue.view())
    state = { resolved, notices, ...(path === undefined ? {} : { path }) }
    emit('missionChanged', state)
    return state
  }
  const open = (name: string, text: string, path?: string): MissionState => {
    const opened = settle(readMission(text, name), path)
    contacts.missionOpened()
    return opened
  }
  const examplePath = join(options.resourcesDir, EXAMPLE)
  state = settle(readMission(readText(examplePath), basename(examplePath)), undefined)

  const contacts = new ContactDesk({
    spawn: options.spawnEngine,
    recordingPath: (contactId) => freshPath(recordingsDir, contactId, '.mcap'),
    emit: (event, value) => {
      emit(event, value)
      if (event === 'contactChanged') emit('keysChanged', vault.status())
    },
    onEngine: (engine) => events.emit('engineStarted', engine),
  })

  const now = (): string => lastInstant(state.resolved, contacts.current()?.los_utc)
  const links = new LinkDesk({
    spawn: options.spawnEngine,
    resourcesDir: options.resourcesDir,
    recordingPath: (id) => freshPath(recordingsDir, id, '.mcap'),
    emit,
  })

  return {
    current: () => state,
    openFile: async (path) => open(basename(path), readText(path), path),
    openText: (name, text) => open(name, text),
    update: (mission) => settle(validateMission(mission, 'the mission'), state.path),
    shipped: () => readShipped(options.resourcesDir).map(({ about }) => about),
    openShipped: (id) => {
      const opened = settle(shippedMission(options.resourcesDir, id), undefined)
      contacts.missionOpened()
      return opened
    },
    save: async (path) => {
      await writeWhole(path, `${JSON.stringify(state.resolved.mission, null, 2)}\n`)
      state = { ...state, path }
      emit('missionChanged', state)
      return state
    },
    catalogue: () => catalogue.view(),
    importElements: (name, text) => catalogue.importElements(name, text),
    importStations: (name, text) => catalogue.importStations(name, text),
    fly: async (request) => contacts.fly(state.resolved, vault.ledger(), request),
    control: (command) => contacts.control(command),
    contact: () => contacts.current(),
    onEngineStarted: (listener) => {
      const started = (engine: EngineProcess): void =>
        listener((port) => engine.post({ kind: 'telemetry-port' }, [port]))
      events.on('engineStarted', started)
      return () => events.off('engineStarted', started)
    },
    keysStatus: () => vault.status(),
    unlockKeys: async (passphrase) => {
      await vault.unlock(passphrase)
      emit('keysChanged', vault.status())
      return vault.status()
    },
    ledger: () => vault.ledger().view(),
    relay: async (a, b) => {
      const relay = inWords(() => relayBetween(state.resolved, vault.ledger(), [a, b], now()))
      if (!relay) throw nothingToRelay(a, b)
      emit('keysChanged', vault.status())
      return relay
    },
    handOn: async (a, b) => {
      const served = inWords(() => servePair(state.resolved, vault.ledger(), [a, b], now()))
      emit('keysChanged', vault.status())
      return served
    },
    exchangeLinks: async () => {
      const reports = await links.exchange(state.resolved, vault.ledger())
      emit('keysChanged', vault.status())
      return reports
    },
    sendPicture: async (from, to, path) => {
      const folder = state.path ? folderOf(state.path) : options.resourcesDir
      const file = picturePath(path ?? 'picture.png', folder, options.resourcesDir)
      const use = inWords(() => sendPicture(vault.ledger(), { from, to, path: file, utc: now() }))
      emit('keysChanged', vault.status())
      return use
    },
    recordings: async () =>
      (await readdir(recordingsDir))
        .filter((name) => name.endsWith('.mcap'))
        .sort()
        .map((name) => ({ path: join(recordingsDir, name), name })),
    openRecording: async (path) => readRecording(path).catch(refuseRecording),
    on: (event, listener) => {
      events.on(event, listener)
      return () => events.off(event, listener)
    },
    close: async () => {
      links.close()
      await contacts.close()
      vault.close()
    },
  }
}

/** Mission time for what happens after a contact: never the system clock. */
const lastInstant = ({ mission }: ResolvedMission, los_utc: string | undefined): string =>
  los_utc ?? mission.clock.start

function refuseRecording(error: unknown): never {
  if (!(error instanceof RecordingError)) throw error
  const { what, wayOut } = error
  throw new MissionError({ severity: 'serious', text: what, wayOut })
}

const nothingToRelay = (a: string, b: string): MissionError =>
  new MissionError({
    severity: 'caution',
    text: `There is nothing to relay: no satellite of this mission holds key with both ${a} and ${b}.`,
    wayOut: 'Fly a pass over each of them first.',
  })

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new MissionError(fileProblem('Reading', path, error))
  }
}

/** Writes beside and renames, so that a crash never leaves half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.part`, text)
    await rename(`${path}.part`, path)
  } catch (error) {
    throw new MissionError(fileProblem('Writing', path, error))
  }
}

function fileProblem(doing: string, path: string, error: unknown): Problem {
  const missing = (error as { code?: string }).code === 'ENOENT'
  const why = missing ? 'there is no such file or folder' : String(error)
  return {
    severity: 'serious',
    text: `${doing} ${path} failed: ${why}.`,
    wayOut: doing === 'Reading' ? 'Choose a file that exists.' : 'Choose another folder.',
  }
}
