/** The engine as a child process of the command line. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { SpawnEngine } from '../mission/engine-process'

/** @param outDir folder of the built engine. */
export function childEngine(outDir: string): SpawnEngine {
  return () => {
    const child = fork(join(outDir, 'engine.js'), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    return {
      post: (message) => void (child.connected && child.send(message as never)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill(),
    }
  }
}
