/** Alice's worker: nothing of hers is in any other thread's memory. */
import { parentPort } from 'node:worker_threads'
import type { PartyReport, PartyStart } from '../party-start'
import { runAlice } from './party'

const parent = parentPort
if (!parent) throw new Error('Alice runs as a worker thread of the engine.')
parent.once('message', (start: PartyStart) => {
  void runAlice(start, (report: PartyReport) => {
    parent.postMessage(report)
    if (report.kind === 'key') report.key.fill(0)
  })
  // The party has taken its own copy before it first waits.
  start.startKey.fill(0)
})
