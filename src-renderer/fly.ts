/** Flying a pass from any workspace: unlock the ledger, arm the contact, show it live. */
import type { ContactState } from '@domain/model/ipc'
import { useKeys } from './stores/keys'
import { useProblems } from './stores/problems'

export interface FlightOrder {
  satellite: number
  station?: string
  /** Both ends of an entangled contact. */
  stations?: [string, string]
  near_utc: string
  speed: number
  seed?: number
}

export const flightSpeeds = [1, 10, 60] as const

/** @returns the armed contact, or null when it was refused (the reason is on screen) or unlocking was cancelled. */
export async function fly(order: FlightOrder): Promise<ContactState | null> {
  if (!(await useKeys().ensureOpen())) return null
  return (await useProblems().request('contact:fly', order)) ?? null
}
