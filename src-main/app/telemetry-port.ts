/** Telemetry's short way: a message channel from each engine straight to the window's page. */
import { MessageChannelMain } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Desk } from '../mission/desk'

/**
 * Joins every engine that starts with the window that is open then.
 * @returns the unsubscribe
 */
export function connectTelemetry(
  desk: Pick<Desk, 'onEngineStarted'>,
  window: () => BrowserWindow | null,
): () => void {
  return desk.onEngineStarted((attach) => {
    const target = window()
    if (!target || target.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    attach(port1)
    target.webContents.postMessage('telemetry-port', null, [port2])
  })
}
