/** The application menu; items of the program's own go to the page, whose command registry runs them. */
import { app, Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

type Item = MenuItemConstructorOptions
type Send = (id: string) => void

const separator: Item = { type: 'separator' }

/** Builds and sets the menu. @param send tells the page the id of the chosen command */
export function setMenu(send: Send): void {
  const item = (label: string, id: string, accelerator?: string): Item => ({
    id,
    label,
    ...(accelerator && { accelerator }),
    click: () => send(id),
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
      fileMenu(item),
      { role: 'editMenu' },
      viewMenu(item),
      passMenu(item),
      { role: 'windowMenu' },
      helpMenu(item),
    ]),
  )
}

type MakeItem = (label: string, id: string, accelerator?: string) => Item

const fileMenu = (item: MakeItem): Item => ({
  label: '&File',
  submenu: [
    item('&Open mission…', 'mission.open', 'CmdOrCtrl+O'),
    item('Shipped &missions…', 'mission.shipped', 'CmdOrCtrl+Shift+M'),
    item('&Save mission', 'mission.save', 'CmdOrCtrl+S'),
    item('Save mission &as…', 'mission.saveAs', 'CmdOrCtrl+Shift+S'),
    separator,
    item('Import &elements…', 'elements.import', 'CmdOrCtrl+I'),
    item('Import s&tations…', 'stations.import', 'CmdOrCtrl+Shift+I'),
    item('&Horizon and limits…', 'plan.limits'),
    separator,
    item('Open &recording…', 'recording.open', 'CmdOrCtrl+Shift+O'),
    item('Export &CSV…', 'export.csv', 'CmdOrCtrl+E'),
    separator,
    { role: process.platform === 'darwin' ? 'close' : 'quit' },
  ],
})

const viewMenu = (item: MakeItem): Item => ({
  label: '&View',
  submenu: [
    item('&Plan', 'workspace.plan', 'CmdOrCtrl+1'),
    item('&Live', 'workspace.live', 'CmdOrCtrl+2'),
    item('&Replay', 'workspace.replay', 'CmdOrCtrl+3'),
    item('&Keys', 'workspace.keys', 'CmdOrCtrl+4'),
    separator,
    item('Satellite or &fibre…', 'links.comparison'),
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen', accelerator: 'F11' },
    ...(app.isPackaged ? [] : [separator, { role: 'toggleDevTools' } as const]),
  ],
})

const passMenu = (item: MakeItem): Item => ({
  label: '&Pass',
  submenu: [
    item('&Drill…', 'plan.drill'),
    item('&Best source…', 'plan.bestSource'),
    separator,
    item('&Hold', 'live.hold'),
    item('&Abort', 'live.abort'),
  ],
})

const helpMenu = (item: MakeItem): Item => ({
  label: '&Help',
  role: 'help',
  submenu: [item('&Keyboard shortcuts', 'help.shortcuts', 'F1')],
})
