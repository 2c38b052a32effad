/** Asks the track worker; one worker serves the whole window. */
import type { ContactTrack, TrackJob } from './contact-track'
import type { TrackAnswer, TrackQuestion } from './track.worker'

interface Waiting {
  resolve: (track: ContactTrack) => void
  reject: (reason: Error) => void
}

const waiting = new Map<number, Waiting>()
let worker: Worker | null = null
let lastId = 0

function take(answer: TrackAnswer): void {
  const asked = waiting.get(answer.id)
  waiting.delete(answer.id)
  if (answer.ok) asked?.resolve(answer.track)
  else asked?.reject(new Error(answer.reason))
}

function startWorker(): Worker {
  const made = new Worker(new URL('./track.worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = (event: MessageEvent<TrackAnswer>) => take(event.data)
  made.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message))
    waiting.clear()
  }
  return made
}

/** The track of a pass; rejects with the model's reason. The job is plain data. */
export function askTrack(job: TrackJob): Promise<ContactTrack> {
  worker ??= startWorker()
  const question: TrackQuestion = { id: (lastId += 1), job }
  const answered = new Promise<ContactTrack>((resolve, reject) =>
    waiting.set(question.id, { resolve, reject }),
  )
  worker.postMessage(JSON.parse(JSON.stringify(question)))
  return answered
}
