/**
 * The three workers of a rehearsal and the lines between them: world to Alice (photons leave), world to Bob
 * (time tags arrive), and the one classical channel. They are started by file name; no module here knows
 * what they hold.
 */
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { ClassicalChannel, type Tamper } from './channel/classical-channel'
import type { LinkConditions } from './channel/link-conditions'
import type {
  BobControl,
  BobStart,
  PartyReport,
  PartyStart,
  PublicParameters,
  StopControl,
} from './party-start'
import type { PairAliceStart, PairParameters } from './pair-start'
import type { ChannelRecord, Party } from './protocol'
import type { PairWorldSetup } from './pair-world-protocol'
import type { AdvanceRequest, WorldReport, WorldSetup } from './world/protocol'

export interface CrewOptions {
  /** Folder of the built workers. */
  workerDir: string
  parameters: PublicParameters | PairParameters
  startKeys: Record<Party, Uint8Array>
  /** What either party is given of its own beside the common start. */
  alice?: Pick<PairAliceStart, 'flights'>
  bob?: Pick<BobStart, 'receiver' | 'pulses' | 'flight'>
  world: WorldSetup | PairWorldSetup
  patience_ms: number
  now_ms: () => number
  phase: () => string
  onChannel: (record: ChannelRecord) => void
  onParty: (party: Party, report: PartyReport) => void
  onLost: (who: string, why: string) => void
  tamper?: Tamper
  conditions?: LinkConditions
  /** Mission seconds a wall second, for the channel's delays. */
  speed?: number | 'max'
  /** File names of the workers; those of weak pulses without it. */
  names?: Record<Party | 'world', string>
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
      ...(options.conditions ? { conditions: options.conditions } : {}),
      ...(options.speed ? { speed: options.speed } : {}),
      onDead: (why) => options.onLost('the classical channel', why),
    })
    this.begin('alice', classical.alice.port2, photons.port1, options.alice)
    this.begin('bob', classical.bob.port2, tags.port1, options.bob)
    const ports = { alicePort: photons.port2, bobPort: tags.port2 }
    const start = { kind: 'start', ...options.world, ...ports } as const
    this.workers.world.postMessage(start, [photons.port2, tags.port2])
  }

  /** Steers the world. */
  world(control: AdvanceRequest): void {
    this.workers.world.postMessage(control)
  }

  /** Steers Bob's receiver. */
  bob(control: BobControl): void {
    this.workers.bob.postMessage(control)
  }

  /** Tells both parties to give up and overwrite what they hold. */
  stop(reason: string): void {
    const control: StopControl = { kind: 'stop', reason }
    for (const party of ['alice', 'bob'] as const) this.workers[party].postMessage(control)
  }

  /** Ends every worker; the parties' memory goes with them. */
  async close(): Promise<void> {
    this.closing = true
    this.channel.close()
    await Promise.all(Object.values(this.workers).map((worker) => worker.terminate()))
  }

  private start(who: Party | 'world'): Worker {
    const { workerDir, names } = this.options
    const worker = new Worker(join(workerDir, `${names?.[who] ?? who}.js`))
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
