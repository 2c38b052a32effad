/** Runs a whole mission in rehearsal time: contacts in order, relays, uses, and the report. */
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve as absolute } from 'node:path'
import { defaultProof } from '../domain/model/proof'
import type { FibreReport, MissionReport, PassReport, UseReport } from '../domain/model/report'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { parseUtc } from '../domain/model/time'
import type { Ledger } from '../keys/ledger'
import { PASS_AUTHENTICATION_BITS } from '../engine/channel/party-keys'
import type { FlightPlan } from '../engine/protocol'
import { ContactFlight, type FlightListener } from './contact-flight'
import { MissionError } from './desk'
import type { SpawnEngine } from './engine-process'
import { planFibreHops, readFibreEquipment } from './fibre-plan'
import { planContact, type PlannedContact } from './flight-plan'
import { fibreTask, passTask, type FlightTask } from './flight-task'
import { freshPath } from './fresh-path'
import { openRehearsalLedger } from './ledger-vault'
import { contactsToFly } from './locked-contacts'
import { makeFolder } from './make-folder'
import { readPicture, sendPicture, useReport } from './picture-use'
import { compareWithPublished, isAsPublished, readPublished } from './published'
import { missionEpsilon, pooledReports } from './pooled-report'
import { serveRequests } from './serve-requests'
import { stoppedReport } from './stopped-report'

/** Seeds of fibre hops begin this far behind those of the passes. */
const FIBRE_SEED = 1000

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
    const fibres = await flyFibres(options, ledger)
    const { relays, forwards } = serveRequests(options.resolved, ledger, options.say)
    const uses = useAll(options, ledger)
    const report = assemble(options, { passes, fibres, relays, forwards, uses })
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
  for (const contact of planned) reports.push(await flyContact(options, ledger, contact))
  return reports
}

/** @throws PassFailed when it gives no result, unless that is the end of an attack drill. */
async function flyContact(
  options: RunOptions,
  ledger: Ledger,
  contact: PlannedContact,
): Promise<PassReport> {
  const task = passTask(contact, options.resolved)
  const { end, recordingPath } = await flyTask(options, ledger, task)
  if (end.outcome === 'complete') return end.report
  if (contact.plan.attacks.length === 0 || !end.layer) throw failed(task.id, end)
  return stoppedReport(contact, end.layer, end.reason, PASS_AUTHENTICATION_BITS, recordingPath)
}

/** Fibre hops one after another; each is a flight of its own. */
async function flyFibres(options: RunOptions, ledger: Ledger): Promise<FibreReport[]> {
  const { resolved, resourcesDir, seed, speed } = options
  if (resolved.mission.links.length === 0) return []
  const equipment = readFibreEquipment(resourcesDir)
  const reports: FibreReport[] = []
  for (const hop of planFibreHops(resolved, equipment, { seed: seed + FIBRE_SEED, speed })) {
    const task = fibreTask(hop, resolved)
    const { end } = await flyTask(options, ledger, task)
    if (end.outcome !== 'complete') throw failed(task.id, end)
    reports.push(end.report)
  }
  return reports
}

async function flyTask<Report extends PassReport | FibreReport>(
  { outDir, say, spawn }: RunOptions,
  ledger: Ledger,
  task: FlightTask<Report>,
) {
  say(`flying ${task.id}`)
  const recordingPath = freshPath(outDir, task.id, '.mcap')
  const listener = progress(say)
  const flight = { task, ledger, renewStartKey: true, recordingPath, spawn, listener }
  return { end: await new ContactFlight(flight).run(), recordingPath }
}

const failed = (id: string, end: { outcome: string; reason: string }): PassFailed =>
  new PassFailed({
    severity: 'critical',
    text: `Pass ${id} ${end.outcome}: ${end.reason.replace(/\.$/, '')}.`,
    wayOut: 'Its recording holds what happened until then.',
  })

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

type Results = Pick<MissionReport, 'passes' | 'fibres' | 'relays' | 'forwards' | 'uses'>

function assemble({ resolved, resourcesDir, seed }: RunOptions, results: Results): MissionReport {
  const { mission } = resolved
  const published = readPublished(resourcesDir)
  const [first] = results.passes
  return {
    mission: mission.mission,
    seed,
    proof: first?.proof ?? mission.security.proof ?? defaultProof(mission.exchange.protocol),
    ...results,
    pooled: pooledReports(resolved, results.passes),
    chain_epsilon: missionEpsilon(results.passes, results.fibres),
    published: isAsPublished(mission)
      ? results.passes.flatMap((report) => compareWithPublished(report, published))
      : [],
  }
}
