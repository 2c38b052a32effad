/** Nothing is lost unasked: changes of the mission and a running contact are asked about before they go. */
import { isDeepStrictEqual } from 'node:util'
import { dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Mission } from '../domain/model/mission'
import type { Desk } from '../mission/desk'

export interface LeaveGuard {
  /** The desk, watched for what is on disk and what is not. */
  desk: Desk
  /** Whether the open mission may be replaced; `save` is the user's own way of saving it. */
  mayReplace(window: BrowserWindow, save: () => Promise<unknown>): Promise<boolean>
  /** Asks before the window closes, and closes it once the user agrees. */
  watch(window: BrowserWindow, save: () => Promise<unknown>): void
}

/** Watches a desk; a mission just opened or saved holds no changes. */
export function guardLeaving(desk: Desk): LeaveGuard {
  const missionNow = (): Mission => desk.current().resolved.mission
  let kept = missionNow()
  const keeping = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    kept = missionNow()
    return done
  }
  const mayReplace: LeaveGuard['mayReplace'] = async (window, save) => {
    if (isDeepStrictEqual(kept, missionNow())) return true
    const choice = await askAboutChanges(window, kept.mission)
    if (choice === 'save') await save()
    return choice === 'discard' || isDeepStrictEqual(kept, missionNow())
  }
  const isFlying = (): boolean => /^(running|held)$/.test(desk.contact()?.outcome ?? '')
  return {
    desk: {
      ...desk,
      openFile: (path) => keeping(desk.openFile(path)),
      openText: (name, text) => keepingNow(() => desk.openText(name, text)),
      save: (path) => keeping(desk.save(path)),
    },
    mayReplace,
    watch: (window, save) => {
      const mayClose = async (): Promise<boolean> =>
        (!isFlying() || (await askAboutContact(window))) && (await mayReplace(window, save))
      askBeforeClosing(window, () => isFlying() || !isDeepStrictEqual(kept, missionNow()), mayClose)
    },
  }

  function keepingNow<T>(work: () => T): T {
    const done = work()
    kept = missionNow()
    return done
  }
}

function askBeforeClosing(
  window: BrowserWindow,
  needed: () => boolean,
  mayClose: () => Promise<boolean>,
): void {
  let asking = false
  let agreed = false
  window.on('close', (event) => {
    if (agreed || !needed()) return
    event.preventDefault()
    if (asking) return
    asking = true
    void mayClose()
      .catch((error: unknown) => console.error(`Saving before closing failed: ${String(error)}`))
      .then((yes) => {
        asking = false
        agreed = yes === true
        if (agreed && !window.isDestroyed()) window.close()
      })
  })
}

const CHANGES = ['save', 'discard', 'stay'] as const

async function askAboutChanges(
  window: BrowserWindow,
  name: string,
): Promise<(typeof CHANGES)[number]> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `Save the changes of "${name}"?`,
    detail: 'Chosen contacts, satellites, stations and limits changed since it was saved.',
    buttons: ['Save', 'Discard changes', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  })
  return CHANGES[response] ?? 'stay'
}

async function askAboutContact(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'A contact is under way.',
    detail: 'Closing aborts it: no key comes of it, its recording stays.',
    buttons: ['Keep flying', 'Abort and close'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
