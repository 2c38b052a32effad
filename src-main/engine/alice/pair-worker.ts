/** Worker of Alice's end of an entangled contact: nothing of hers is in any other thread's memory. */
import { parentPort } from 'node:worker_threads'
import type { PairAliceStart, PairControl } from '../pair-start'
import { loadPartyKernels } from '../party-kernels'
import type { PartyReport } from '../party-start'
import { PairAlice } from './pair-party'

const parent = parentPort
if (!parent) throw new Error('Alice runs as a worker thread of the engine.')
parent.once('message', (start: PairAliceStart) => {
  const alice = new PairAlice(start, loadPartyKernels(__dirname), (report: PartyReport) => {
    parent.postMessage(report)
    if (report.kind === 'key') report.key.fill(0)
  })
  parent.on('message', (control: PairControl) => alice.control(control))
  void alice.run()
  // The party has taken its own copy before it first waits.
  start.startKey.fill(0)
})
