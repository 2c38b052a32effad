/** The track of the contact on screen, computed once per contact. */
import { shallowRef, watch, type Ref } from 'vue'
import type { ResolvedMission } from '@domain/model/resolved-mission'
import type { ContactTrack, TrackJob } from '../workers/contact-track'
import { askTrack } from '../workers/track-client'
import type { ContactFrame } from './contact-frame'

function jobOf(frame: ContactFrame | null, resolved: ResolvedMission | null): TrackJob | null {
  const satellite = resolved?.satellites.find(({ noradId }) => noradId === frame?.satellite)
  const station = resolved?.stations.find(({ id }) => id === frame?.station)
  if (!frame || !satellite || !station) return null
  const { aos_ms, tca_ms, los_ms } = frame
  const { payload, record } = satellite
  return { elements: record.elements, payload, station, aos_ms, tca_ms, los_ms }
}

/** Follows a contact; `track` is null until it is there, `problem` says why it is not. */
export function useTrack(frame: Ref<ContactFrame | null>, resolved: Ref<ResolvedMission | null>) {
  const track = shallowRef<ContactTrack | null>(null)
  const problem = shallowRef('')
  const key = (): string => JSON.stringify(jobOf(frame.value, resolved.value))
  watch(
    key,
    async (asked) => {
      track.value = null
      problem.value = ''
      const job = jobOf(frame.value, resolved.value)
      if (!job) return
      try {
        const found = await askTrack(job)
        if (asked === key()) track.value = found
      } catch (cause) {
        problem.value = cause instanceof Error ? cause.message : String(cause)
      }
    },
    { immediate: true },
  )
  return { track, problem }
}
