/** Files named from outside: on the command line, by a second start, by a double click on macOS. */
import { resolve } from 'node:path'
import { app } from 'electron'
import type { WebContents } from 'electron'
import type { Desk } from '../mission/desk'
import { answer } from '../mission/desk'
import type { SendEvent } from './events'

/** The mission and recording files among the arguments, as absolute paths. */
export function filesIn(argv: readonly string[], folder: string): string[] {
  const isFile = (argument: string): boolean =>
    !argument.startsWith('-') && /\.(json|mcap)$/i.test(argument)
  return argv
    .slice(1)
    .filter(isFile)
    .map((argument) => resolve(folder, argument))
}

/** Keeps what was named until the page can show it. */
export class OpenedFiles {
  private recording: string | null = null
  private early: string[] = []
  private open: ((path: string) => void) | null = null

  /** Listens for files from now on; they wait until {@link serve}. */
  constructor() {
    this.early = filesIn(process.argv, process.cwd())
    app.on('open-file', (event, path) => {
      event.preventDefault()
      this.take(path)
    })
    app.on('second-instance', (_event, argv, folder) =>
      filesIn(argv, folder).forEach((path) => this.take(path)),
    )
  }

  private take(path: string): void {
    if (this.open) this.open(path)
    else this.early.push(path)
  }

  /** Opens waiting and later files: missions at the desk, recordings by the page's own command. */
  serve(desk: Desk, contents: () => WebContents | null, send: SendEvent): void {
    this.open = (path) => {
      if (/\.mcap$/i.test(path)) void this.showRecording(path, contents(), send)
      else void openMission(desk, path, contents(), send)
    }
    this.early.splice(0).forEach(this.open)
  }

  /** The recording to show next; asked once. */
  takePendingRecording(): string | null {
    const path = this.recording
    this.recording = null
    return path
  }

  private async showRecording(path: string, contents: WebContents | null, send: SendEvent) {
    this.recording = path
    if (contents) await pageMounted(contents)
    send('menu:command', { id: 'recording.open' })
  }
}

async function openMission(
  desk: Desk,
  path: string,
  contents: WebContents | null,
  send: SendEvent,
): Promise<void> {
  const opened = await answer(() => desk.openFile(path))
  if (contents) await pageMounted(contents)
  if (opened.ok) send('mission:changed', opened.value)
  else send('app:problem', opened.problem)
}

const mounted = `document.querySelector('[data-testid]') !== null`

/** Waits until the page has drawn its first component and hence listens; gives up after a minute. */
export async function pageMounted(contents: WebContents): Promise<void> {
  for (let tries = 0; tries < 300 && !contents.isDestroyed(); tries++) {
    const ready: unknown = contents.isLoading() ? false : await contents.executeJavaScript(mounted)
    if (ready === true) return
    await new Promise((done) => setTimeout(done, 200))
  }
}
