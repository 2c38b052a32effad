/** Registers the commands of the contract: the sender is checked, the argument is validated, the answer is a value. */
import { ipcMain } from 'electron'
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import type { Answer, IpcCommand, IpcCommands } from '../domain/model/ipc'
import { answer } from '../mission/desk'
import { ipcSchemas } from './ipc-schemas'
import { PAGE_ORIGIN } from './protocol'

type Handler<C extends IpcCommand> = (
  argument: IpcCommands[C][0],
) => IpcCommands[C][1] | Promise<IpcCommands[C][1]>
export type Handlers = { [C in IpcCommand]: Handler<C> }

/**
 * Makes the commands callable from the window's main frame.
 * A channel that is not among the handlers does not exist: calling it fails in the page.
 */
export function registerCommands(handlers: Handlers, window: () => BrowserWindow | null): void {
  const names = Object.keys(handlers) as IpcCommand[]
  for (const command of names) register(command, handlers, window)
}

function register<C extends IpcCommand>(
  command: C,
  handlers: Handlers,
  window: () => BrowserWindow | null,
): void {
  ipcMain.handle(command, (event, argument: unknown): Promise<Answer<IpcCommands[C][1]>> => {
    if (!isOwnPage(event, window()))
      return refused(command, 'the call came from somewhere other than the window’s own page')
    const checked = ipcSchemas[command].safeParse(argument)
    if (!checked.success) return refused(command, wrongField(checked.error.issues[0]))
    const handler: Handler<C> = handlers[command]
    return answer<IpcCommands[C][1]>(() => handler(checked.data as IpcCommands[C][0]))
  })
}

function isOwnPage(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const { senderFrame } = event
  if (!senderFrame || !window || window.isDestroyed()) return false
  return senderFrame === window.webContents.mainFrame && senderFrame.origin === PAGE_ORIGIN
}

const wrongField = (issue: { path: PropertyKey[]; message: string } | undefined): string =>
  issue ? `${issue.path.map(String).join('.') || 'the argument'}: ${issue.message}` : 'its argument'

const refused = (command: string, why: string): Promise<Answer<never>> =>
  Promise.resolve({
    ok: false,
    problem: {
      severity: 'serious',
      text: `The command ${command} was refused: ${why}.`,
      wayOut: 'Nothing was changed; correct the value and try again.',
    },
  })
