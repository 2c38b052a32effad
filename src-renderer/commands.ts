/**
 * The one list of commands: keys, palette, shortcut sheet and menu all run these records.
 * Key names: `Ctrl+K`, `Shift+ArrowLeft`, `Space`, `/`, single letters in capitals.
 */
import { onScopeDispose, shallowReactive } from 'vue'
import type { Workspace } from './workspaces'

export interface Command {
  /** Same ids as the application menu, e.g. `mission.open`. */
  id: string
  title: string
  keys?: string[]
  /** Only there in this workspace; everywhere when absent. */
  workspace?: Workspace
  enabled?: () => boolean
  run: () => void
}

const registered = shallowReactive(new Map<string, Command>())

export class CommandClash extends Error {}

/**
 * Adds commands until the calling component goes; outside one, until the returned function is called.
 * @throws CommandClash when an id is taken, or a key is taken in the same workspace.
 */
export function registerCommands(commands: Command[]): () => void {
  const added: string[] = []
  const remove = (): void => added.forEach((id) => registered.delete(id))
  for (const command of commands) {
    refuseClash(command)
    registered.set(command.id, command)
    added.push(command.id)
  }
  onScopeDispose(remove, true)
  return remove
}

function refuseClash(command: Command): void {
  if (registered.has(command.id)) throw new CommandClash(`Command ${command.id} exists already.`)
  for (const other of registered.values()) {
    const key = command.keys?.find((name) => other.keys?.includes(name))
    if (key && sharesPlace(command, other))
      throw new CommandClash(`Key ${key} of ${command.id} is taken by ${other.id}.`)
  }
}

const sharesPlace = (a: Command, b: Command): boolean =>
  !a.workspace || !b.workspace || a.workspace === b.workspace

export const allCommands = (): ReadonlyMap<string, Command> => registered

/** Commands to be had in a workspace now, by title. */
export const commandsFor = (workspace: Workspace): Command[] =>
  [...registered.values()]
    .filter((command) => !command.workspace || command.workspace === workspace)
    .sort((a, b) => a.title.localeCompare(b.title))

/** Runs a command by id; false when there is none, it is another workspace's, or it is disabled. */
export function runCommand(id: string, workspace: Workspace): boolean {
  const command = registered.get(id)
  if (!command || (command.workspace && command.workspace !== workspace)) return false
  if (command.enabled && !command.enabled()) return false
  command.run()
  return true
}

/** The name of a key press as commands spell it. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const base =
    event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const letterOrName = /^[A-Z]$/.test(base) || base.length > 1
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey && letterOrName ? 'Shift+' : '',
    base,
  ].join('')
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

/** A focused control keeps the keys that work it. */
const ownsKey = (target: EventTarget | null, name: string): boolean =>
  target instanceof HTMLElement &&
  (name === 'Space' || name === 'Enter') &&
  target.closest('button, a, summary, input, [role="button"], [role="tab"]') !== null

/** Listens for keys on the window; single keys rest while typing or while a dialog is open. */
export function listenForKeys(workspace: () => Workspace): () => void {
  const listener = (event: KeyboardEvent): void => {
    const name = keyName(event)
    const bare = !event.ctrlKey && !event.metaKey && !/^F\d+$/.test(name)
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if ((bare && typing(event.target)) || ownsKey(event.target, name)) return
    const command = commandsFor(workspace()).find((entry) => entry.keys?.includes(name))
    if (!command) return
    event.preventDefault()
    if (!event.repeat || name.includes('Arrow')) runCommand(command.id, workspace())
  }
  window.addEventListener('keydown', listener)
  return () => window.removeEventListener('keydown', listener)
}
