/** Keeps the display awake while a contact runs. */
import { powerSaveBlocker } from 'electron'
import type { Desk } from '../mission/desk'

/** Follows the contact's outcome. @returns the unsubscribe, which also lets the display sleep again */
export function keepAwakeDuringContacts(desk: Pick<Desk, 'on'>): () => void {
  let blocker: number | null = null
  const release = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker)
    blocker = null
  }
  const stop = desk.on('contactChanged', ({ outcome }) => {
    const busy = outcome === 'running' || outcome === 'held'
    if (busy && blocker === null) blocker = powerSaveBlocker.start('prevent-display-sleep')
    if (!busy) release()
  })
  return () => {
    stop()
    release()
  }
}
