/** Starts every store with the window, so that nothing is missed while another workspace is in front. */
import { watchQber } from './live/qber-alarm'
import { useCandidates } from './plan/candidates-store'
import { useContact } from './stores/contact'
import { useKeys } from './stores/keys'
import { useLinks } from './stores/links'
import { useMission } from './stores/mission'
import { useProblems } from './stores/problems'
import { useReplay } from './stores/replay'

export interface StartedStores {
  mission: ReturnType<typeof useMission>
  keys: ReturnType<typeof useKeys>
  replay: ReturnType<typeof useReplay>
  stop: () => void
}

export function useStores(): StartedStores {
  const [mission, keys, replay] = [useMission(), useKeys(), useReplay()]
  const stops = [
    useProblems().start(),
    mission.start(),
    keys.start(),
    useLinks().start(),
    useContact().start(),
    watchQber(),
  ]
  useCandidates().start()
  void keys.refresh()
  return { mission, keys, replay, stop: () => stops.forEach((end) => end()) }
}
