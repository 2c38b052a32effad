/** Commands that are there in every workspace; ids are those of the application menu. */
import { registerCommands } from './commands'
import type { Command } from './commands'
import { messages, missionMessages } from './messages'
import { useMission } from './stores/mission'
import { useProblems } from './stores/problems'
import { workspaces } from './workspaces'
import type { Workspace } from './workspaces'

/** Dialogs that any workspace can open. */
export type ShellDialog = 'palette' | 'shortcuts' | 'missions' | 'comparison'

export interface ShellActions {
  show: (workspace: Workspace) => void
  openRecording: () => void
  openDialog: (name: ShellDialog) => void
  hasMission: () => boolean
}

export function registerShellCommands(shell: ShellActions): void {
  registerCommands([...workspaceCommands(shell), ...fileCommands(shell), ...helpCommands(shell)])
}

const workspaceCommands = ({ show }: ShellActions): Command[] =>
  workspaces.map((name, index) => ({
    id: `workspace.${name}`,
    title: messages.commands.show(messages.workspaces[name]),
    keys: [`Ctrl+${index + 1}`],
    run: () => show(name),
  }))

function fileCommands({ openRecording, openDialog, hasMission }: ShellActions): Command[] {
  const mission = useMission()
  const { commands } = messages
  const needsMission = { enabled: hasMission }
  return [
    { id: 'mission.open', title: commands.open, keys: ['Ctrl+O'], run: () => void mission.open() },
    {
      id: 'mission.shipped',
      title: missionMessages.shipped.command,
      keys: ['Ctrl+Shift+M'],
      run: () => openDialog('missions'),
    },
    {
      id: 'mission.save',
      title: commands.save,
      keys: ['Ctrl+S'],
      ...needsMission,
      run: () => void mission.save(false),
    },
    {
      id: 'mission.saveAs',
      title: commands.saveAs,
      keys: ['Ctrl+Shift+S'],
      ...needsMission,
      run: () => void mission.save(true),
    },
    {
      id: 'elements.import',
      title: commands.importElements,
      keys: ['Ctrl+I'],
      run: () => void mission.importRecords('elements'),
    },
    {
      id: 'stations.import',
      title: commands.importStations,
      keys: ['Ctrl+Shift+I'],
      run: () => void mission.importRecords('stations'),
    },
    {
      id: 'recording.open',
      title: commands.openRecording,
      keys: ['Ctrl+Shift+O'],
      run: openRecording,
    },
  ]
}

function helpCommands({ openDialog }: ShellActions): Command[] {
  const problems = useProblems()
  return [
    {
      id: 'help.palette',
      title: messages.commands.palette,
      keys: ['Ctrl+K'],
      run: () => openDialog('palette'),
    },
    {
      id: 'help.shortcuts',
      title: messages.commands.shortcuts,
      keys: ['F1', '?'],
      run: () => openDialog('shortcuts'),
    },
    {
      id: 'links.comparison',
      title: missionMessages.comparison.command,
      run: () => openDialog('comparison'),
    },
    {
      id: 'problems.dismissAll',
      title: messages.commands.dismissAll,
      enabled: () => problems.open.length > 0,
      run: () => problems.dismissAll(),
    },
  ]
}
