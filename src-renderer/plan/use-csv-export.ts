/** Writes the table as it is sorted and filtered; the user says where. */
import type { ComputedRef } from 'vue'
import type { Candidate } from '@domain/model/pass'
import { messages } from '../messages'
import { useMission } from '../stores/mission'
import { useProblems } from '../stores/problems'
import { useCandidates } from './candidates-store'
import { passCsv } from './pass-csv'

export function useCsvExport(rows: ComputedRef<Candidate[]>): () => Promise<void> {
  const [mission, problems, store] = [useMission(), useProblems(), useCandidates()]
  return async () => {
    const suggestedName = messages.plan.csv.name(mission.mission?.mission ?? '')
    const text = passCsv(rows.value, store.chosen, mission.satelliteName)
    await problems.request('file:saveText', { suggestedName, text })
  }
}
