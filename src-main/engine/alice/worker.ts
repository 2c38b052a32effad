/** Alice's worker: nothing of hers is in any other thread's memory. */
import { parentPort } from 'node:worker_threads'
import { loadPartyKernels } from '../party-kernels'
import type { PartyReport, PartyStart, StopControl } from '../party-start'
import { Alice } from './party'

const parent = parentPort
if (!parent) throw new Error('Alice runs as a worker thread of the engine.')
parent.once('message', (start: PartyStart) => {
  const alice = new Alice(start, loadPartyKernels(__dirname), (report: PartyReport) => {
    parent.postMessage(report)
    if (report.kind === 'key') report.key.fill(0)
  })
  parent.on('message', (control: StopControl) => alice.control(control))
  void alice.run()
  // The party has taken its own copy before it first waits.
  start.startKey.fill(0)
})
