import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BasisCounts, Distillation } from '../domain/model/report'
import { randomBytes } from 'node:crypto'
import { PASS_AUTHENTICATION_BITS } from '../engine/channel/party-keys'
import type { EngineCommand, EngineEvent, Party } from '../engine/protocol'
import { openLedger, type Ledger } from '../keys/ledger'
import { readRecording } from '../recording/reader'
import { CatalogueStore } from './catalogue'
import { ContactFlight, type FlightEnd } from './contact-flight'
import type { EngineProcess } from './engine-process'
import { planContact } from './flight-plan'
import { passTask } from './flight-task'
import { readMission } from './mission-file'
import { resolveMission } from './resolve-mission'

const resources = join(import.meta.dirname, '../../resources')
const example = readFileSync(join(resources, 'missions/xinglong-graz-2016.json'), 'utf8')
const { resolved } = resolveMission(
  readMission(example, 'example'),
  new CatalogueStore(resources).view(),
)
const contact = planContact(resolved, resolved.mission.contacts[0], { seed: 1, speed: 'max' })

const zero: BasisCounts = { x: [0, 0, 0], z: [0, 0, 0] }
const term = { s0: 0, s1: 0, phase_error: 0.5, leak_bits: 0, secret_bits: 0 }
const reconciliation = {
  ...({ method: 'cascade', why: 'asked for', frames: 1, blind_frames: 0 } as const),
  ...{ round_trips: 0, waiting_s: 0 },
}
const distilled = (secret_bits: number): EngineEvent => ({
  kind: 'distilled',
  distillation: {
    ...({ pulses_sent: 1, exchange_s: 1, detections: 0, sifted_bits: 0, sample_bits: 0 } as const),
    ...({ key_bits_in: 0, qber: 0, leak_bits: 0, efficiency_f: 0, verified: true } as const),
    ...({ counts: zero, errors: zero, terms: { x: term, z: term }, messages: 0 } as const),
    ...({ channel_bytes: 0, round_trips: 0, secret_bits, proof: 'lim2014', bounds: [] } as const),
    epsilon_shares: [],
    reconciliation,
  } satisfies Distillation,
})
const keyOf = (party: Party, key: Uint8Array, length_bits = key.length * 8): EngineEvent => ({
  ...{ kind: 'key', party, key: key.slice(), length_bits },
})
const complete: EngineEvent = { kind: 'ended', outcome: 'complete' }

let dir: string
let ledger: Ledger
let flights = 0
let provisioned: Uint8Array[] = []
beforeEach(() => {
  provisioned = []
  dir = mkdtempSync(join(tmpdir(), 'micius-flight-'))
  ledger = openLedger(join(dir, 'ledger.db'), new Uint8Array(32).fill(7))
})
afterEach(() => {
  ledger.close()
  rmSync(dir, { recursive: true, force: true })
})

const recordingPath = (): string => join(dir, `${flights}.mcap`)

/** Flies against an engine that says what it is told to, once it has been asked to fly. */
function fly(events: EngineEvent[], exit?: number, renew = false, exchanges = true) {
  flights += 1
  const engine: EngineProcess & { hear: (message: unknown) => void; end: (code: number) => void } =
    {
      hear: () => undefined,
      end: () => undefined,
      post: (message) => {
        const command = message as EngineCommand
        if (command.kind === 'provision') provisioned.push(command.startKey)
        if (command.kind !== 'fly') return
        queueMicrotask(() => {
          if (exchanges) engine.hear({ kind: 'keys-wanted' })
          events.forEach((event) => engine.hear(event))
          if (exit !== undefined) engine.end(exit)
        })
      },
      onMessage: (listener) => (engine.hear = listener),
      onExit: (listener) => (engine.end = listener),
      kill: () => undefined,
    }
  const options = {
    task: passTask(contact, resolved),
    ledger,
    recordingPath: recordingPath(),
    listener: {},
  }
  const renewStartKey = renew
  return new ContactFlight({ ...options, renewStartKey, spawn: () => engine }).run()
}

const blocks = (): number => ledger.view().rows.length
const authLeft = (): number => ledger.view().stock[0].auth_left_bits

describe('a contact and the ledger (design rules 5 and 8: both ends or none)', () => {
  const key = new Uint8Array(randomBytes(500))

  it('enters the key at both ends, its front into the authentication pools', async () => {
    const end = await fly([keyOf('alice', key), keyOf('bob', key), distilled(4000), complete])
    expect(end.outcome).toBe('complete')
    const [row] = ledger.view().rows
    expect(row.left_bits).toBe(4000 - PASS_AUTHENTICATION_BITS)
    expect(ledger.view().holders[row.id]).toEqual({ Micius: 'knows', xinglong: 'knows' })
    expect(authLeft()).toBe(4096)
    const [a, b] = [ledger.store('Micius'), ledger.store('xinglong')]
    expect(a.spend('xinglong', 2464).bits).toEqual(b.spend('Micius', 2464).bits)
  })

  it.each<[string, EngineEvent[]]>([
    ['only one end handed its key over', [keyOf('alice', key), distilled(4000), complete]],
    [
      'the lengths differ',
      [keyOf('alice', key), keyOf('bob', key.slice(0, 499)), distilled(4000), complete],
    ],
    [
      'the second store refuses its copy',
      [keyOf('alice', key), keyOf('bob', key.slice(0, 400), 4000), distilled(4000), complete],
    ],
    [
      'the engine failed after one key',
      [keyOf('bob', key), { kind: 'ended', outcome: 'failed', reason: 'alice was lost' }],
    ],
  ])('stores nothing at either end when %s', async (_, events) => {
    const end = await fly(events)
    expect(end.outcome).toBe('failed')
    expect(blocks()).toBe(0)
    expect(authLeft()).toBe(4096 - PASS_AUTHENTICATION_BITS)
  })

  it('keeps no copy of what it handed to the engine or was handed', async () => {
    const handed = [keyOf('alice', key), keyOf('bob', key)]
    await fly([...handed, distilled(4000), complete])
    const copies = handed.flatMap((event) => (event.kind === 'key' ? [event.key] : []))
    expect(provisioned.map(({ length }) => length * 8)).toEqual([1536, 1536])
    for (const copy of [...provisioned, ...copies])
      expect(copy.every((byte) => byte === 0)).toBe(true)
  })

  it('tells a lost engine', async () => {
    const end = await fly([], 3)
    expect(end).toEqual({ outcome: 'failed', reason: 'the engine process ended with code 3' })
  })

  it('ends in words when an event cannot be recorded', async () => {
    const broken = { kind: 'telemetry', batch: { contactId: 'x' } } as unknown as EngineEvent
    expect((await fly([broken])).outcome).toBe('failed')
  })
})

describe('start key of 4096 bits (1536 a pass)', () => {
  it('flies two passes without key; the third is refused, says why, and its recording too', async () => {
    for (let pass = 0; pass < 2; pass += 1)
      expect((await fly([distilled(0), complete])).outcome).toBe('complete')
    const end = await fly([distilled(0), complete])
    expect(end.outcome === 'failed' && end.reason).toMatch(
      /authentication key between Micius and xinglong: 768 bits asked, 512 bits left.*new start key/,
    )
    const { log } = await readRecording(recordingPath())
    expect(log.at(-1)).toMatchObject({ status: 'critical' })
    expect(authLeft()).toBe(1024)
  })

  it('is followed by another when a mission was opened anew, and only when it is short', async () => {
    const renew = (): Promise<FlightEnd> => fly([distilled(0), complete], undefined, true)
    for (let pass = 0; pass < 2; pass += 1) await renew()
    expect(authLeft()).toBe(1024)
    expect((await renew()).outcome).toBe('complete')
    expect(authLeft()).toBe(1024 + 4096 - PASS_AUTHENTICATION_BITS)
  })

  it('costs nothing to abort before the exchange begins', async () => {
    const aborted: EngineEvent = { kind: 'ended', outcome: 'aborted', reason: 'by the operator' }
    for (let contacts = 0; contacts < 4; contacts += 1)
      expect((await fly([aborted], undefined, false, false)).outcome).toBe('aborted')
    expect(authLeft()).toBe(4096)
  })

  it('is filled from the stock of the pair, alike at both ends, while there is one', async () => {
    const key = new Uint8Array(randomBytes(1000))
    await fly([keyOf('alice', key), keyOf('bob', key), distilled(8000), complete])
    for (let pass = 0; pass < 4; pass += 1)
      expect((await fly([distilled(0), complete])).outcome).toBe('complete')
    const [a, b] = [ledger.store('Micius'), ledger.store('xinglong')]
    const left_bits = a.left('xinglong')
    expect(left_bits).toBeLessThan(8000 - PASS_AUTHENTICATION_BITS)
    expect(b.left('Micius')).toBe(left_bits)
    const [sent, heard] = [a.authPool('xinglong'), b.authPool('Micius')]
    expect(sent.take('send', 256).bits).toEqual(heard.take('receive', 256).bits)
  })
})
