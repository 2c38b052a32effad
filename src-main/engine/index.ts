/** Entry of the engine's process: Electron's utility process in the window, a child process on the command line. */
import type { EngineCommand, EngineEvent, Party } from './protocol'
import { Flight } from './flight'
import { PairFlight } from './pair-flight'

interface TelemetryPort {
  postMessage(value: unknown): void
}
/** What Electron adds to a utility process; absent in a plain child process. */
interface UtilityParent {
  on(event: 'message', listener: (event: { data: unknown; ports: TelemetryPort[] }) => void): void
  postMessage(value: unknown): void
}

const utility = (process as { parentPort?: UtilityParent }).parentPort
const startKeys = new Map<Party, Uint8Array>()
let provisioned: ((keys: Record<Party, Uint8Array>) => void) | null = null
let telemetryPort: TelemetryPort | null = null
let flight: Flight | PairFlight | null = null

function emit(event: EngineEvent): void {
  if (event.kind === 'telemetry') telemetryPort?.postMessage(event.batch)
  if (utility) utility.postMessage(event)
  else process.send?.(event)
  // Both ways serialise at once, so that this copy has served.
  if (event.kind === 'key') event.key.fill(0)
}

function command(command: EngineCommand): void {
  if (command.kind === 'provision') provision(command.party, command.startKey)
  else if (command.kind === 'fly') fly(command)
  else if (command.kind === 'hold' || command.kind === 'resume')
    flight?.hold(command.kind === 'hold')
  else if (command.kind === 'speed') flight?.setSpeed(command.speed)
  else flight?.abort()
}

function fly({ plan }: Extract<EngineCommand, { kind: 'fly' }>): void {
  if (flight)
    return emit({ kind: 'ended', outcome: 'failed', reason: 'The engine flies one contact only.' })
  try {
    const common = { startKeys: askForKeys, workerDir: __dirname, emit }
    flight =
      plan.kind === 'pair' ? new PairFlight({ ...common, plan }) : new Flight({ ...common, plan })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return emit({ kind: 'ended', outcome: 'failed', reason })
  }
  void flight.run()
}

/** Keys are taken from the ledger only when the exchange begins: an earlier abort costs none. */
function askForKeys(): Promise<Record<Party, Uint8Array>> {
  return new Promise((resolve) => {
    provisioned = resolve
    emit({ kind: 'keys-wanted' })
  })
}

function provision(party: Party, startKey: Uint8Array): void {
  startKeys.set(party, startKey)
  const alice = startKeys.get('alice')
  const bob = startKeys.get('bob')
  if (!alice || !bob) return
  startKeys.clear()
  provisioned?.({ alice, bob })
}

if (utility)
  utility.on('message', ({ data, ports }) => {
    if (ports.length > 0) telemetryPort = ports[0]
    else command(data as EngineCommand)
  })
else {
  process.on('message', (message) => command(message as EngineCommand))
  process.on('disconnect', () => process.exit(0))
}
