/** The engine as a utility process of Electron. */
import { utilityProcess } from 'electron'
import type { MessagePortMain } from 'electron'
import type { EngineProcess, SpawnEngine } from '../mission/engine-process'

const isPort = (value: unknown): value is MessagePortMain =>
  typeof value === 'object' && value !== null && 'postMessage' in value && 'start' in value

/**
 * Starts engines from a built script.
 * @param script absolute path of the engine's entry
 */
export function utilityEngine(script: string): SpawnEngine {
  return (): EngineProcess => {
    const child = utilityProcess.fork(script, [], {
      serviceName: 'Micius engine',
      stdio: 'inherit',
    })
    return {
      post: (message, transfer = []) => child.postMessage(message, transfer.filter(isPort)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill(),
    }
  }
}
