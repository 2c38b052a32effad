/** What no page may do here, whatever it asks: leave, open windows, attach guests, use devices, reach the network. */
import { app, session } from 'electron'
import type { Session, WebContents } from 'electron'
import { PAGE_URL } from './protocol'

const localSchemes = /^(app|blob|data|devtools):/

/** Refuses navigation, windows and guests for every web contents, from its creation. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents))
}

function guard(contents: WebContents): void {
  contents.on('will-navigate', (details) => {
    if (details.url !== PAGE_URL) details.preventDefault()
  })
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) details.preventDefault()
  })
  contents.on('will-redirect', (details) => details.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Denies every permission and every request that would leave the machine. */
export function guardSession(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
  target.webRequest.onBeforeRequest((details, decide) =>
    decide({ cancel: !localSchemes.test(details.url) }),
  )
  target.on('will-download', (event) => event.preventDefault())
}
