import type { MiciusApi } from '@domain/model/ipc'

declare global {
  interface Window {
    /** Put there by the preload; the window's only way out. */
    readonly micius: MiciusApi
  }
}
