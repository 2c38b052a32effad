/** Worker thread of the world of pairs. */
import { parentPort } from 'node:worker_threads'
import type { PairWorldControl } from '../pair-world-protocol'
import { runPairWorld } from './pair-world'
import type { AdvanceRequest, WorldReport } from './protocol'

const parent = parentPort
if (!parent) throw new Error('The world runs as a worker thread of the engine.')
let advance: ((request: AdvanceRequest) => void) | null = null

parent.on('message', (control: PairWorldControl) => {
  if (control.kind === 'start')
    advance = runPairWorld(control, (report: WorldReport) => parent.postMessage(report))
  else if (advance) advance(control)
  else throw new Error('The world was asked to advance before its start message.')
})
