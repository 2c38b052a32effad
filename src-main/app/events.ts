/** Carries what happens at the desk to the window. */
import type { BrowserWindow } from 'electron'
import type { IpcEvent, IpcEvents } from '../domain/model/ipc'
import type { Desk } from '../mission/desk'

export type SendEvent = <E extends IpcEvent>(event: E, value: IpcEvents[E]) => void

/** A sender to the window that is open at the time; without one the event is dropped. */
export function eventSender(window: () => BrowserWindow | null): SendEvent {
  return (event, value) => {
    const target = window()
    if (target && !target.isDestroyed()) target.webContents.send(event, value)
  }
}

/** Forwards every event of the desk. */
export function forwardEvents(desk: Pick<Desk, 'on'>, send: SendEvent): void {
  desk.on('contactChanged', (value) => send('contact:changed', value))
  desk.on('contactLog', (value) => send('contact:log', value))
  desk.on('keysChanged', (value) => send('keys:changed', value))
  desk.on('linksProgress', (value) => send('links:progress', value))
  desk.on('missionChanged', (value) => send('mission:changed', value))
  desk.on('problem', (value) => send('app:problem', value))
}
