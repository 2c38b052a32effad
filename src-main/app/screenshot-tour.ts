/** `--screenshots DIR`: flies the example mission in the window and takes a picture of each workspace at work. */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'
import type { ContactState, MissionState } from '../domain/model/ipc'
import { contactStations, type ContactRequest } from '../domain/model/mission'
import type { Desk } from '../mission/desk'
import { pageMounted } from './opened-files'
import { Camera, DESIGN_SIZE, type PictureSize, type Shot } from './screenshots'

export interface Tour {
  window: BrowserWindow
  desk: Desk
  /** The mission to fly; it must be open at the desk. */
  mission: MissionState
  /** Opens a recording in the Replay workspace. */
  openRecording: (path: string) => void
  /** Runs a command of the page's registry. */
  send: (id: string) => void
  folder: string
  secondSize: PictureSize | null
}

const LIMIT_MS = 240_000
const PICTURE_SPEED = 60
const TOP_SPEED = 1000
/** Changing the window's size takes a while, in which the pass must not be over. */
const RESIZING_SPEED = 10
const SLOW_BEFORE_TCA_S = 60
/** The pictures show the pass this long after TCA, mission seconds. */
const LIVE_AFTER_TCA_S = 45
const REPLAY_AFTER_TCA_S = 28

/**
 * Writes plan.png, live.png, replay.png and keys.png.
 * What fails is said in one line each, and what can still be drawn is written.
 * @returns the exit code: 0, or 1 when something failed
 */
export async function writeScreenshots(tour: Tour): Promise<number> {
  const camera = new Camera(tour.window, tour.folder, Date.now() + LIMIT_MS, tour.secondSize)
  let failed = 0
  const attempt = async <T>(step: () => Promise<T>): Promise<T | null> => {
    try {
      return await step()
    } catch (error) {
      failed += 1
      console.error(error instanceof Error ? error.message : String(error))
      return null
    }
  }
  await attempt(() => prepare(tour, camera))
  await attempt(() => picture(tour, camera, 'plan'))
  const first = await attempt(() => flyFirst(tour, camera))
  for (const contact of tour.mission.resolved.mission.contacts.slice(1))
    await attempt(() => flyWhole(tour, contact))
  await attempt(() => replay(tour, camera, first))
  await attempt(() => spend(tour, camera))
  await attempt(() => picture(tour, camera, 'keys'))
  return failed ? 1 : 0
}

async function prepare({ window, desk, folder }: Tour, camera: Camera): Promise<void> {
  await mkdir(folder, { recursive: true })
  await pageMounted(window.webContents)
  await camera.resize(DESIGN_SIZE)
  // The profile is a throw-away, and so is the passphrase of its ledger.
  await desk.unlockKeys(randomBytes(24).toString('base64'))
}

async function show({ send }: Tour, camera: Camera, name: Shot): Promise<void> {
  send(`screenshot.${name}`)
  await camera.until(`drawing the ${name} workspace`, `${DRAWN} === '${name}'`)
}

async function picture(tour: Tour, camera: Camera, name: Shot): Promise<void> {
  await show(tour, camera, name)
  await camera.take(name)
}

const DRAWN = 'document.documentElement.dataset.drawn'
const CLOCK = `document.querySelector('[data-testid="utc-clock"]')?.textContent ?? ''`
const present = (id: string): string => `document.querySelector('[data-testid="${id}"]') !== null`

/** The first contact, watched at 60x until its picture is taken, then brought to its end. */
async function flyFirst(tour: Tour, camera: Camera): Promise<ContactState> {
  const { desk, mission } = tour
  const [contact] = mission.resolved.mission.contacts
  if (!contact) throw new Error('Writing screenshots: the mission has no contact to fly.')
  await show(tour, camera, 'live')
  console.error(`flying ${contactStations(contact).join(' and ')} at ${PICTURE_SPEED}x`)
  const ended = end(desk)
  const { tca_utc } = await desk.fly({ ...contact, speed: PICTURE_SPEED, seed: 1 })
  const reach = (after_s: number): Promise<unknown> =>
    Promise.race([
      camera.until('the pass', clockReaches(Date.parse(tca_utc) + after_s * 1000)),
      ended,
    ])
  if (tour.secondSize) {
    await reach(-SLOW_BEFORE_TCA_S)
    desk.control({ action: 'speed', speed: RESIZING_SPEED })
  }
  await reach(LIVE_AFTER_TCA_S)
  await camera.take('live')
  if (isFlying(desk)) desk.control({ action: 'speed', speed: TOP_SPEED })
  return flown(await ended)
}

/** The status bar's clock is what the picture shows. */
const clockReaches = (utc_ms: number): string => {
  const day = new Date(utc_ms).toISOString().slice(0, 11)
  return `Date.parse('${day}' + (${CLOCK})) >= ${utc_ms}`
}

async function flyWhole({ desk }: Tour, contact: ContactRequest): Promise<void> {
  console.error(`flying ${contactStations(contact).join(' and ')} as fast as it goes`)
  const ended = end(desk)
  await desk.fly({ ...contact, speed: 'max', seed: 1 })
  flown(await ended)
}

const isFlying = (desk: Desk): boolean =>
  ['running', 'held'].includes(desk.contact()?.outcome ?? '')

/** Resolves with the contact that is flown next, once it has ended; fails when the tour's time is over. */
function end(desk: Desk): Promise<ContactState> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`Writing screenshots: the flight did not end.`))
    const timer = setTimeout(late, LIMIT_MS)
    const stop = desk.on('contactChanged', (state) => {
      if (state.outcome === 'running' || state.outcome === 'held') return
      clearTimeout(timer)
      stop()
      resolve(state)
    })
  })
}

function flown(state: ContactState): ContactState {
  if (state.outcome === 'complete') return state
  throw new Error(`Flying ${state.contactId}: ${state.outcome}, ${state.reason ?? 'no reason'}`)
}

/** The recording of the first contact with its playhead shortly after TCA. */
async function replay(tour: Tour, camera: Camera, first: ContactState | null): Promise<void> {
  await show(tour, camera, 'replay')
  if (first?.recording) {
    tour.openRecording(first.recording)
    await camera.until('opening the recording', present('replay-time'))
    const from_ms = Date.parse(first.exchange_from_utc)
    const steps = Math.round((Date.parse(first.tca_utc) - from_ms) / 1000) + REPLAY_AFTER_TCA_S
    for (let i = 0; i < Math.floor(steps / 10); i++) tour.send('replay.on')
    for (let i = 0; i < steps % 10; i++) tour.send('replay.stepOn')
  }
  await camera.until('drawing the recording', `${DRAWN} === 'replay'`)
  await camera.take('replay')
}

/** Relays and sends the picture by the page's own commands, so that the page knows what came of them. */
async function spend(tour: Tour, camera: Camera): Promise<void> {
  await show(tour, camera, 'keys')
  const blocks = tour.desk.ledger().rows.filter(({ left_bits }) => left_bits > 0)
  if (blocks.length < 2) return
  console.error('relaying and sending the picture')
  tour.send('keys.relay')
  await camera.until('the relay', present('relay-done'))
  tour.send('keys.sendPicture')
  await camera.until('the picture', present('picture-received'))
}
