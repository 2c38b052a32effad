/** The world's worker thread: started by workerData or by a first message of kind 'start'. */
import { parentPort, workerData } from 'node:worker_threads'
import type { AdvanceRequest, WorldControl, WorldStart } from './protocol'
import { runWorld } from './world'

const parent = parentPort
if (!parent) throw new Error('The world runs as a worker thread of the engine.')

const begin = (start: WorldStart): ((request: AdvanceRequest) => void) =>
  runWorld(start, (message) => parent.postMessage(message))

const given = workerData as WorldStart | null | undefined
let advance = given?.alicePort ? begin(given) : null

parent.on('message', (control: WorldControl) => {
  if (control.kind === 'start') advance = begin(control)
  else if (advance) advance(control)
  else throw new Error('The world was asked to advance before its start message.')
})
