/** What the window's page cannot do, tried from the page itself in the real application. */
import { readFileSync } from 'node:fs'
import { expect, test } from './launch'

const commands = ['invoke', 'on', 'onTelemetry', 'pathOf']

test.use({
  // Without a device every request for one fails, which would prove nothing about permission.
  launchArguments: ['--use-fake-device-for-media-stream'],
})

test('the page has the functions of the contract and nothing of Node or Electron', async ({
  page,
}) => {
  const seen = await page.evaluate(() => ({
    api: Object.keys(Reflect.get(window, 'micius')).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter(
      (name) => Reflect.get(window, name) !== undefined,
    ),
  }))
  expect(seen).toEqual({ api: commands, node: [] })
})

test('a command that is not in the contract cannot be called', async ({ page }) => {
  const failure = await page.evaluate(async () => {
    const { invoke } = Reflect.get(window, 'micius')
    return Promise.resolve()
      .then(() => invoke('shell:run', { command: 'id' }))
      .then(
        () => 'answered',
        (error: unknown) => String(error),
      )
  })
  expect(failure).toContain('There is no shell:run in this application')
})

test('an argument of the wrong type is refused with the field and the way out', async ({
  page,
}) => {
  const reply = await page.evaluate(() =>
    Reflect.get(window, 'micius').invoke('contact:control', { action: 'speed', speed: 'fast' }),
  )
  expect(reply).toMatchObject({ ok: false, problem: { severity: 'serious' } })
  expect(reply.problem.text).toContain('contact:control was refused')
})

test('an unknown field of an argument is refused', async ({ page }) => {
  const reply = await page.evaluate(() =>
    Reflect.get(window, 'micius').invoke('mission:save', { saveAs: false, path: '/etc/passwd' }),
  )
  expect(reply.ok).toBe(false)
  expect(reply.problem.text).toContain('path')
})

test('navigation away from the page is refused', async ({ page }) => {
  const before = page.url()
  expect(before).toBe('app://ui/index.html')
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.com/'
    document.body.append(link)
    link.click()
    location.assign('app://ui/cesium/Workers/createGeometry.js')
  })
  await page.waitForTimeout(1000)
  expect(page.url()).toBe(before)
})

test('new windows are refused', async ({ page, micius }) => {
  expect(await page.evaluate(() => window.open('app://ui/index.html') === null)).toBe(true)
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
  expect(micius.windows()).toHaveLength(1)
})

test('an inline script is blocked by the content security policy', async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const blocked = new Promise<string>((done) =>
      document.addEventListener(
        'securitypolicyviolation',
        ({ effectiveDirective }) => done(effectiveDirective),
        { once: true },
      ),
    )
    const script = document.createElement('script')
    script.textContent = 'document.documentElement.dataset.inline = "ran"'
    document.body.append(script)
    return { directive: await blocked, ran: document.documentElement.dataset['inline'] ?? null }
  })
  expect(outcome).toEqual({ directive: 'script-src-elem', ran: null })
})

test('the network is out of reach', async ({ page }) => {
  const outcome = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      (error: unknown) => (error instanceof TypeError ? 'refused' : String(error)),
    ),
  )
  expect(outcome).toBe('refused')
})

test('camera and notifications are denied although a device is there', async ({ page }) => {
  const outcome = await page.evaluate(async () => ({
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
    ),
    notifications: await Notification.requestPermission(),
  }))
  expect(outcome).toEqual({ camera: 'NotAllowedError', notifications: 'denied' })
})

test('paths outside the built page are refused by its scheme', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    const paths = [
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/%00',
      '/no-such-file.js',
    ]
    const replies = await Promise.all(paths.map((path) => fetch(`app://ui${path}`)))
    return replies.map(({ status }) => status)
  })
  expect(codes).toEqual([404, 403, 403, 404])
})

test('the window is isolated and sandboxed', async ({ page, micius }) => {
  expect(page.url()).toMatch(/^app:/)
  const preferences = await micius.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const found = contents && Reflect.get(contents, 'getLastWebPreferences')?.call(contents)
    return found && [found.sandbox, found.contextIsolation, found.nodeIntegration, found.webviewTag]
  })
  expect(preferences).toEqual([true, true, false, false])
})

// Elsewhere the sandbox is not to be read from a file.
if (process.platform === 'linux') {
  test('the kernel filters the page’s system calls, except where root must run without the sandbox', async ({
    page,
    micius,
  }) => {
    expect(page.url()).toMatch(/^app:/)
    const pid = await micius.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    )
    const seccomp = /^Seccomp:\s*(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    expect(seccomp).toBe(process.getuid?.() === 0 ? '0' : '2')
  })
}
