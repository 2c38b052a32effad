/** Computes a contact's track off the window's thread. */
import { contactTrack, type ContactTrack, type TrackJob } from './contact-track'

export interface TrackQuestion {
  id: number
  job: TrackJob
}
export type TrackAnswer =
  { id: number; ok: true; track: ContactTrack } | { id: number; ok: false; reason: string }

function answer({ id, job }: TrackQuestion): TrackAnswer {
  try {
    return { id, ok: true, track: contactTrack(job) }
  } catch (cause) {
    return { id, ok: false, reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

self.onmessage = (event: MessageEvent<TrackQuestion>): void => self.postMessage(answer(event.data))
