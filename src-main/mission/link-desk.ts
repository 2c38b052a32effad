/** Fibre hops at the desk: each is a flight without a satellite; one round at a time. */
import type { FibreReport } from '../domain/model/report'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import type { Ledger } from '../keys/ledger'
import type { Emit } from './contact-desk'
import { ContactFlight } from './contact-flight'
import { MissionError } from './desk'
import type { SpawnEngine } from './engine-process'
import { planFibreHops, readFibreEquipment, type FibreHop } from './fibre-plan'
import { fibreTask } from './flight-task'

export interface LinkDeskOptions {
  spawn: SpawnEngine
  resourcesDir: string
  recordingPath: (id: string) => string
  emit: Emit
}

export class LinkDesk {
  private flight: ContactFlight<FibreReport> | null = null

  constructor(private readonly options: LinkDeskOptions) {}

  /** @throws MissionError when there is no link, a round is under way, or a hop gives no result. */
  async exchange(resolved: ResolvedMission, ledger: Ledger): Promise<FibreReport[]> {
    if (this.flight) throw refuse('they are being exchanged already', 'Wait for the end.')
    const equipment = readFibreEquipment(this.options.resourcesDir)
    const hops = planFibreHops(resolved, equipment, { seed: 1, speed: 'max' })
    if (hops.length === 0) throw refuse('this mission has none', 'Add "links" to the mission.')
    const reports: FibreReport[] = []
    try {
      for (const hop of hops) {
        const progress = { hop: hop.ends.join(' to '), done: reports.length, total: hops.length }
        this.options.emit('linksProgress', progress)
        reports.push(await this.fly(hop, resolved, ledger))
      }
    } finally {
      this.flight = null
      this.options.emit('linksProgress', { hop: '', done: hops.length, total: hops.length })
    }
    return reports
  }

  /** Ends what is under way. */
  close(): void {
    this.flight?.send({ kind: 'abort' })
  }

  private async fly(hop: FibreHop, resolved: ResolvedMission, ledger: Ledger) {
    const { spawn, recordingPath } = this.options
    const task = fibreTask(hop, resolved)
    const flight = new ContactFlight({
      ...{ task, ledger, spawn, renewStartKey: true, listener: {} },
      recordingPath: recordingPath(task.id),
    })
    this.flight = flight
    const end = await flight.run()
    if (end.outcome === 'complete') return end.report
    throw refuse(`${hop.ends.join(' to ')} ${end.outcome}: ${end.reason}`, 'Try again.')
  }
}

const refuse = (why: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text: `Exchanging key over fibre: ${why}.`, wayOut })
