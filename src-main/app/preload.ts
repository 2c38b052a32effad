/** The bridge: named commands and events and the telemetry listener, and nothing else of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { IpcCommand, IpcCommands, IpcEvent, MiciusApi } from '../domain/model/ipc'
import type { TelemetryBatch } from '../domain/model/telemetry'

/** Spelled out with types so that the compiler notices a command that was added or dropped. */
const commands: Record<IpcCommand, true> = {
  'app:info': true,
  'mission:current': true,
  'mission:open': true,
  'mission:openText': true,
  'mission:update': true,
  'mission:save': true,
  'mission:shipped': true,
  'mission:openShipped': true,
  'catalogue:get': true,
  'catalogue:importElements': true,
  'catalogue:importStations': true,
  'contact:fly': true,
  'contact:control': true,
  'contact:state': true,
  'keys:status': true,
  'keys:unlock': true,
  'keys:ledger': true,
  'keys:relay': true,
  'keys:handOn': true,
  'links:exchange': true,
  'keys:sendPicture': true,
  'recordings:list': true,
  'recordings:open': true,
  'file:saveText': true,
}
const events: Record<IpcEvent, true> = {
  'contact:changed': true,
  'contact:log': true,
  'keys:changed': true,
  'links:progress': true,
  'mission:changed': true,
  'menu:command': true,
  'app:problem': true,
}

const telemetryListeners = new Set<(batch: TelemetryBatch) => void>()
let telemetryPort: MessagePort | undefined

function refuseUnknown(known: object, name: string): void {
  if (!Object.hasOwn(known, name)) throw new Error(`There is no ${name} in this application.`)
}

/** Every engine start brings a new port; the one before it is done. */
ipcRenderer.on('telemetry-port', (event) => {
  telemetryPort?.close()
  telemetryPort = event.ports[0]
  if (!telemetryPort) return
  telemetryPort.onmessage = ({ data }: MessageEvent<TelemetryBatch>) =>
    telemetryListeners.forEach((listener) => listener(data))
})

const api: MiciusApi = {
  invoke: <C extends IpcCommand>(command: C, argument: IpcCommands[C][0]) => {
    refuseUnknown(commands, command)
    return ipcRenderer.invoke(command, argument)
  },
  on: (event, listener) => {
    refuseUnknown(events, event)
    const relay = (_event: unknown, value: Parameters<typeof listener>[0]): void => listener(value)
    ipcRenderer.on(event, relay)
    return () => void ipcRenderer.off(event, relay)
  },
  pathOf: (file) => webUtils.getPathForFile(file as File),
  onTelemetry: (listener) => {
    telemetryListeners.add(listener)
    return () => void telemetryListeners.delete(listener)
  },
}

contextBridge.exposeInMainWorld('micius', api)
