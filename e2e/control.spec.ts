/** The operator's hand on a pass: hold, speed, abort, keyboard; in the real application. */
import type { ElectronApplication, Page } from '@playwright/test'
import {
  ask,
  contact,
  createLedger,
  flightEnd,
  flyFromPlan,
  PASSPHRASE,
  show,
  XINGLONG,
} from './desk'
import { end, expect, launch, test } from './launch'
import { longestHole } from './pixels'

const DETECTIONS = 'Detections, kcount/s'
const phase = (page: Page) => page.getByTestId('live-phase')
const clock_s = async (page: Page): Promise<number> =>
  Date.parse(`2016-12-19T${await page.getByTestId('utc-clock').innerText()}`) / 1000

/** Waits until the mission clock has gone on by so many seconds. */
async function missionSeconds(page: Page, seconds: number): Promise<void> {
  const from = await clock_s(page)
  await expect
    .poll(() => clock_s(page), { timeout: 30_000, intervals: [100] })
    .toBeGreaterThanOrEqual(from + seconds)
}

async function flyUntilExchange(page: Page): Promise<void> {
  await expect(phase(page)).toHaveText(/TRACK|EXCHANGE/)
  await page.getByTestId('live-speed-10').click()
  await expect(phase(page)).toHaveText('EXCHANGE', { timeout: 60_000 })
  await page.getByTestId('live-speed-5').click()
  await expect.poll(async () => (await contact(page)).speed).toBe(5)
  await missionSeconds(page, 12)
}

async function holdAndResume(page: Page): Promise<void> {
  expect(await longestHole(page, DETECTIONS)).toBeLessThan(0.02)
  await page.getByTestId('live-hold').click()
  await expect(phase(page)).toHaveText('HOLD')
  await missionSeconds(page, 30)
  await page.getByTestId('live-hold').click()
  await expect(phase(page)).toHaveText('EXCHANGE')
  await missionSeconds(page, 10)
  expect(await longestHole(page, DETECTIONS)).toBeGreaterThan(0.02)
}

async function secondFlightRefused(page: Page): Promise<void> {
  const order = { satellite: 41731, station: 'graz', near_utc: '2016-12-22T23:38:00Z', speed: 60 }
  await expect(ask(page, 'contact:fly', order)).rejects.toThrow(/A contact is under way: 41731-x/)
  await show(page, 1)
  await expect(page.getByTestId('fly')).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByTestId('fly')).toContainText('a contact is running')
}

/** The menu's Hold reaches the contact from the planner. */
async function holdByMenu(page: Page, micius: ElectronApplication): Promise<void> {
  const press = (): Promise<void> =>
    micius.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('live.hold')?.click())
  await press()
  await expect(page.getByTestId('live')).toBeVisible()
  await expect(phase(page)).toHaveText('HOLD')
  await press()
  await expect(phase(page)).toHaveText('EXCHANGE')
}

async function abort(page: Page): Promise<void> {
  await page.getByTestId('live-abort').click()
  await page.getByTestId('live-abort-no').click()
  expect((await contact(page)).outcome).toBe('running')
  await page.getByTestId('live-abort').click()
  await page.getByTestId('live-abort-yes').click()
  expect((await flightEnd(page)).outcome).toBe('aborted')
  await expect(phase(page)).toHaveText('ABORTED')
  expect((await ask(page, 'keys:ledger')).rows).toEqual([])
  await show(page, 4)
  await expect(page.getByTestId('keys')).toContainText('The ledger is empty')
}

/** What the held seconds left in the file: rows, and no value in them. */
async function readRecording(page: Page): Promise<string> {
  await show(page, 3)
  await page.getByTestId('replay-entry').click()
  await expect(page.getByTestId('distillation')).toContainText('ends before the key was distilled')
  const [entry] = await ask(page, 'recordings:list')
  if (!entry) throw new Error('There is no recording.')
  const counts = await page.evaluate(async (path) => {
    const reply = await Reflect.get(window, 'micius').invoke('recordings:open', { path })
    const { detections, utc_ms } = reply.value.telemetry
    const first = detections.findIndex((value: number) => !Number.isNaN(value))
    const inside: number[] = [...detections.slice(first)]
    const held = inside.filter((value) => Number.isNaN(value)).length
    return { rows: utc_ms.length, received: inside.length - held, held }
  }, entry.path)
  expect(counts.held).toBeGreaterThanOrEqual(25)
  expect(counts.received).toBeGreaterThanOrEqual(20)
  expect(await longestHole(page, DETECTIONS)).toBe(0)
  await page.keyboard.press('End')
  await expect.poll(() => longestHole(page, DETECTIONS)).toBeGreaterThan(0.02)
  return entry.path
}

test('an operator holds, resumes, slows and aborts a pass, and flies it again', async ({
  page,
  micius,
  profile,
}) => {
  test.setTimeout(240_000)
  await flyFromPlan(page, XINGLONG)
  await createLedger(page)
  await test.step('slow the clock in the exchange', () => flyUntilExchange(page))
  await test.step('hold leaves a hole in the curves', () => holdAndResume(page))
  await test.step('a second flight is refused meanwhile', () => secondFlightRefused(page))
  await test.step('the menu holds from another workspace', () => holdByMenu(page, micius))
  await test.step('abort asks first and leaves no key', () => abort(page))
  const path = await test.step('the recording is readable', () => readRecording(page))
  await test.step('the same pass flies again from its start', () => flyAgain(page))
  await test.step('the recording opens from the command line', async () => {
    await end(micius)
    const again = await launch(profile, [path])
    try {
      const window = await again.firstWindow()
      await expect(window.getByTestId('replay')).toBeVisible({ timeout: 60_000 })
      await expect(window.getByTestId('replay')).toContainText(`${XINGLONG}.mcap`)
      await expect(window.getByTestId('tab-replay')).toHaveAttribute('aria-selected', 'true')
    } finally {
      await end(again)
    }
  })
})

async function flyAgain(page: Page): Promise<void> {
  await show(page, 1)
  await flyFromPlan(page, XINGLONG)
  await expect(phase(page)).toHaveText(/PREPARE|SLEW|ACQUIRE/)
  await expect(page.getByTestId('hero-key').locator('.number').first()).toHaveText('–')
  await expect(page.getByTestId('live-countdown')).toHaveText(/^T− 0/)
  await abortByEscape(page)
  expect(await ask(page, 'recordings:list')).toHaveLength(2)
}

/** Esc aborts only when it is kept down. */
async function abortByEscape(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  expect((await contact(page)).outcome).toBe('running')
  await page.keyboard.down('Escape')
  await expect.poll(async () => (await contact(page)).outcome).toBe('aborted')
  await page.keyboard.up('Escape')
}

test('an operator flies by the keyboard alone', async ({ page }) => {
  await expect(page.getByTestId(`pass-${XINGLONG}`)).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('fly selected')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('passphrase')).toBeFocused()
  await page.keyboard.type(PASSPHRASE)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('live')).toBeVisible()
  await page.keyboard.press('-')
  await expect(page.getByTestId('live-speed-30')).toHaveAttribute('aria-pressed', 'true')
  await show(page, 4)
  await show(page, 2)
  await page.keyboard.press('-')
  await expect.poll(async () => (await contact(page)).speed).toBe(10)
  await page.keyboard.press('+')
  await expect.poll(async () => (await contact(page)).speed).toBe(30)
  await page.keyboard.press('h')
  await expect(phase(page)).toHaveText('HOLD')
  await page.keyboard.press('h')
  await expect(phase(page)).not.toHaveText('HOLD')
  await abortByEscape(page)
})
