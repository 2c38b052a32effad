/** Bob's worker: nothing of his is in any other thread's memory. */
import { parentPort } from 'node:worker_threads'
import { loadPartyKernels } from '../party-kernels'
import type { BobControl, BobStart, PartyReport } from '../party-start'
import { Bob } from './party'

const parent = parentPort
if (!parent) throw new Error('Bob runs as a worker thread of the engine.')
parent.once('message', (start: BobStart) => {
  const bob = new Bob(start, loadPartyKernels(__dirname), (report: PartyReport) => {
    parent.postMessage(report)
    if (report.kind === 'key') report.key.fill(0)
  })
  parent.on('message', (control: BobControl) => bob.control(control))
  void bob.run()
  // The party has taken its own copy before it first waits.
  start.startKey.fill(0)
})
