/**
 * The three workers of a rehearsal and the lines between them: world to Alice (photons leave), world to Bob
 * (time tags arrive), and the one classical channel. They are started by file name; no module here knows
 * what they hold.
 */
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { ClassicalChannel, type Tamper } from './channel/classical-channel'
import type { BobControl, BobStart, PartyReport, PartyStart, PublicParameters } from './party-start'
import type { ChannelRecord, Party } from './protocol'
import type { WorldControl, WorldReport, WorldSetup, WorldStart } from './world/protocol'

export interface CrewOptions {
  /** Folder of the built workers. */
  workerDir: string
  parameters: PublicParameters
  startKeys: Record<Party, Uint8Array>
  bob: Pick<BobStart, 'receiver' | 'pulses' | 'flight'>
  world: WorldSetup
  patience_ms: number
  now_ms: () => number
  phase: () => string
  onChannel: (record: ChannelRecord) => void
  onParty: (party: Party, report: PartyReport) => void
  onLost: (who: string, why: string) => void
  tamper?: Tamper
}

export class Crew {
  readonly channel: ClassicalChannel
  private readonly workers: Record<Party | 'world', Worker>
  private closing = false

  constructor(private readonly options: CrewOptions) {
    this.workers = {
      alice: this.start('alice'),
      bob: this.start('bob'),
      world: this.start('world'),
    }
    const classical = { alice: new MessageChannel(), bob: new MessageChannel() }
    const photons = new MessageChannel()
    const tags = new MessageChannel()
    this.channel = new ClassicalChannel({
      alice: classical.alice.port1,
      bob: classical.bob.port1,
      now_ms: options.now_ms,
      phase: options.phase,
      record: options.onChannel,
      ...(options.tamper ? { tamper: options.tamper } : {}),
    })
    this.begin('alice', classical.alice.port2, photons.port1)
    this.begin('bob', classical.bob.port2, tags.port1, options.bob)
    const world: WorldStart = { ...options.world, alicePort: photons.port2, bobPort: tags.port2 }
    const start: WorldControl = { kind: 'start', ...world }
    this.workers.world.postMessage(start, [photons.port2, tags.port2])
  }

  /** Steers the world. */
  world(control: WorldControl): void {
    this.workers.world.postMessage(control)
  }

  /** Steers Bob's receiver. */
  bob(control: BobControl): void {
    this.workers.bob.postMessage(control)
  }

  /** Ends every worker; the parties' memory goes with them. */
  async close(): Promise<void> {
    this.closing = true
    this.channel.close()
    await Promise.all(Object.values(this.workers).map((worker) => worker.terminate()))
  }

  private start(who: Party | 'world'): Worker {
    const worker = new Worker(join(this.options.workerDir, `${who}.js`))
    if (who === 'world') worker.on('message', (report: WorldReport) => this.worldSaid(report))
    else worker.on('message', (report: PartyReport) => this.options.onParty(who, report))
    worker.on('error', (error) => this.options.onLost(who, error.message))
    worker.on('exit', (code) => {
      if (!this.closing) this.options.onLost(who, `its worker ended with code ${code}`)
    })
    return worker
  }

  private worldSaid(report: WorldReport): void {
    if (report.kind === 'failed') this.options.onLost('world', report.reason)
  }

  private begin(
    party: Party,
    channel: PartyStart['channel'],
    device: PartyStart['device'],
    own: object = {},
  ): void {
    const { parameters, startKeys, patience_ms } = this.options
    const start = { parameters, startKey: startKeys[party], channel, device, patience_ms, ...own }
    this.workers[party].postMessage(start, [channel, device])
  }
}
