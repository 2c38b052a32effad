/** Runs a whole mission in rehearsal time: contacts in order, relays, uses, and the report. */
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve as absolute } from 'node:path'
import type { MissionReport, PassReport, RelayReport, UseReport } from '../domain/model/report'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { parseUtc } from '../domain/model/time'
import type { Ledger } from '../keys/ledger'
import type { FlightPlan } from '../engine/protocol'
import { KeyError } from '../keys/key-error'
import { relayPair } from '../keys/relay'
import { ContactFlight, type FlightListener } from './contact-flight'
import { MissionError } from './desk'
import type { SpawnEngine } from './engine-process'
import { planContact, type PlannedContact } from './flight-plan'
import { freshPath } from './fresh-path'
import { openRehearsalLedger } from './ledger-vault'
import { contactsToFly } from './locked-contacts'
import { makeFolder } from './make-folder'
import { readPicture, sendPicture, useReport } from './picture-use'
import { compareWithPublished, readPublished } from './published'
import { relaySatellite } from './relay-satellite'

export interface RunOptions {
  resolved: ResolvedMission
  resourcesDir: string
  /** Folder of the mission file: relative pictures are looked up there first. */
  missionDir: string
  outDir: string
  seed: number
  speed: number | 'max'
  spawn: SpawnEngine
  say: (line: string) => void
}

/** A pass was flown and gave no result: the work failed, not its input. */
export class PassFailed extends MissionError {}

/**
 * Flies every contact and writes report.json, one recording a pass and the ledger.
 * @throws MissionError when a contact cannot be planned, PassFailed when one fails; what was flown stays recorded.
 */
export async function runMission(options: RunOptions): Promise<MissionReport> {
  for (const { file } of options.resolved.mission.uses)
    readPicture(picturePath(file, options.missionDir, options.resourcesDir))
  makeFolder(options.outDir)
  const ledger = openRehearsalLedger(options.outDir)
  try {
    const passes = await flyAll(options, ledger)
    const relays = relayAll(options, ledger)
    const uses = useAll(options, ledger)
    const report = assemble(options, passes, relays, uses)
    writeFileSync(join(options.outDir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    return report
  } finally {
    ledger.close()
  }
}

async function flyAll(options: RunOptions, ledger: Ledger): Promise<PassReport[]> {
  const contacts = contactsToFly(options.resolved).sort(
    (a, b) => parseUtc(a.near_utc) - parseUtc(b.near_utc),
  )
  const planned = contacts.map((request, i) =>
    planContact(options.resolved, request, { seed: options.seed + i, speed: options.speed }),
  )
  refuseOverlaps(planned)
  const reports: PassReport[] = []
  for (const contact of planned) {
    options.say(`flying ${contact.pass.id}`)
    const end = await new ContactFlight({
      contact,
      resolved: options.resolved,
      ledger,
      renewStartKey: true,
      recordingPath: freshPath(options.outDir, contact.pass.id, '.mcap'),
      spawn: options.spawn,
      listener: progress(options.say),
    }).run()
    if (end.outcome !== 'complete')
      throw new PassFailed({
        severity: 'critical',
        text: `Pass ${contact.pass.id} ${end.outcome}: ${end.reason.replace(/\.$/, '')}.`,
        wayOut: 'Its recording holds what happened until then.',
      })
    reports.push(end.report)
  }
  return reports
}

/** @throws MissionError when one satellite would exchange with two stations at once, or twice in one pass. */
function refuseOverlaps(planned: PlannedContact[]): void {
  planned.forEach(({ pass, plan }, i) => {
    const other = planned
      .slice(0, i)
      .find((earlier) => earlier.pass.satellite === pass.satellite && meet(earlier.plan, plan))
    if (!other) return
    throw new MissionError({
      severity: 'serious',
      text: `Contacts ${other.pass.id} and ${pass.id} overlap, the satellite serves one station at a time.`,
      wayOut: 'Remove one of them.',
    })
  })
}

const meet = ({ times: a }: FlightPlan, { times: b }: FlightPlan): boolean =>
  a.exchangeFrom_ms < b.exchangeTo_ms && b.exchangeFrom_ms < a.exchangeTo_ms

const progress = (say: (line: string) => void): FlightListener => ({
  phase: (phase) => say(`  phase ${phase}`),
  log: ({ text, utc_ms }) => say(`  ${new Date(utc_ms).toISOString().slice(11, 19)}Z ${text}`),
})

function relayAll({ resolved, say }: RunOptions, ledger: Ledger): RelayReport[] {
  const utc = resolved.mission.clock.end
  return resolved.mission.requests.flatMap(({ a, b, bits }) => {
    const satellite = relaySatellite(resolved, ledger, a, b)
    if (!satellite) {
      say(`no relay ${a}–${b}: no satellite holds key with both`)
      return []
    }
    try {
      const relay = relayPair(ledger, { satellite, a, b, utc })
      say(`relayed ${relay.secret_bits} bits ${a}–${b}, ${bits} requested`)
      return [relay]
    } catch (error) {
      // Too little to relay: what the passes yielded is still reported.
      if (!(error instanceof KeyError)) throw error
      say(`no relay ${a}–${b}: ${error.message}`)
      return []
    }
  })
}

function useAll(options: RunOptions, ledger: Ledger): UseReport[] {
  const { mission } = options.resolved
  return mission.uses.map(({ from, to, file }) => {
    const path = picturePath(file, options.missionDir, options.resourcesDir)
    return useReport(sendPicture(ledger, { from, to, path, utc: mission.clock.end }))
  })
}

/** Beside the mission first, then among the shipped pictures. */
export function picturePath(file: string, missionDir: string, resourcesDir: string): string {
  const own = absolute(missionDir, file)
  return existsSync(own) ? own : join(resourcesDir, 'pictures', file)
}

/** Folder that relative names of a mission file are looked up in. */
export const folderOf = (missionPath: string): string => dirname(absolute(missionPath))

function assemble(
  { resolved, resourcesDir, seed }: RunOptions,
  passes: PassReport[],
  relays: RelayReport[],
  uses: UseReport[],
): MissionReport {
  const published = readPublished(resourcesDir)
  return {
    mission: resolved.mission.mission,
    seed,
    proof: resolved.mission.security.proof,
    passes,
    relays,
    uses,
    published: passes.flatMap((report) => compareWithPublished(report, published)),
  }
}
