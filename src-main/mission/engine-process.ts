/** The engine's process as the mission layer sees it: a utility process in the window, a child process on the command line. */

export interface EngineProcess {
  post(message: unknown, transfer?: unknown[]): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

export type SpawnEngine = () => EngineProcess
