/** Calls to the main process: plain values in, `Answer` out; nothing is thrown at the caller. */
import type { Answer, IpcCommand, IpcCommands, IpcEvent, IpcEvents } from '@domain/model/ipc'
import type { TelemetryBatch } from '@domain/model/telemetry'
import { messages } from './messages'

/** The bridge copies by structured clone, which refuses Vue's proxies; arguments are plain data. */
const plain = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)

/** Asks the main process; a broken call is answered with a problem as well. */
export async function ask<C extends IpcCommand>(
  command: C,
  argument: IpcCommands[C][0],
): Promise<Answer<IpcCommands[C][1]>> {
  try {
    return await window.micius.invoke(command, plain(argument))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const text = messages.problems.unexpected(command, reason)
    return {
      ok: false,
      problem: { severity: 'serious', text, wayOut: messages.problems.unexpectedWayOut },
    }
  }
}

/** Listens to an event of the main process; returns the unsubscribe. */
export const listen = <E extends IpcEvent>(
  event: E,
  listener: (value: IpcEvents[E]) => void,
): (() => void) => window.micius.on(event, listener)

/** Listens to telemetry; returns the unsubscribe. */
export const listenToTelemetry = (listener: (batch: TelemetryBatch) => void): (() => void) =>
  window.micius.onTelemetry(listener)
