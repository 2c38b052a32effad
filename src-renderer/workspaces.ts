/** The four workspaces, and how one says that it is drawn. */
import { inject } from 'vue'
import type { InjectionKey } from 'vue'

export const workspaces = ['plan', 'live', 'replay', 'keys'] as const
export type Workspace = (typeof workspaces)[number]

/** The workspace that a command's id belongs to: `live.hold` is of Live, the pass table's CSV of Plan. */
export const workspaceOf = (command: string): Workspace | undefined =>
  command === 'export.csv' ? 'plan' : workspaces.find((name) => command.startsWith(`${name}.`))

export type ReportDrawn = (workspace: Workspace) => void
export const reportDrawnKey: InjectionKey<ReportDrawn> = Symbol('reportDrawn')

/** The function by which a workspace says that all of its content, globe included, is on screen. */
export const useReportDrawn = (): ReportDrawn => inject(reportDrawnKey, () => undefined)

export type ShowWorkspace = (workspace: Workspace) => void
export const showWorkspaceKey: InjectionKey<ShowWorkspace> = Symbol('showWorkspace')
/** The function that brings another workspace to the front. */
export const useShowWorkspace = (): ShowWorkspace => inject(showWorkspaceKey, () => undefined)
