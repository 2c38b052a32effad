/** Worker of Bob's end of an entangled contact: nothing of his is in any other thread's memory. */
import { parentPort } from 'node:worker_threads'
import type { PairControl, PairPartyStart } from '../pair-start'
import { loadPartyKernels } from '../party-kernels'
import type { PartyReport } from '../party-start'
import { PairBob } from './pair-party'

const parent = parentPort
if (!parent) throw new Error('Bob runs as a worker thread of the engine.')
parent.once('message', (start: PairPartyStart) => {
  const bob = new PairBob(start, loadPartyKernels(__dirname), (report: PartyReport) => {
    parent.postMessage(report)
    if (report.kind === 'key') report.key.fill(0)
  })
  parent.on('message', (control: PairControl) => bob.control(control))
  void bob.run()
  // The party has taken its own copy before it first waits.
  start.startKey.fill(0)
})
