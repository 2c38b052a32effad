/** What a user does again and again, by the window's own controls; every wait has a limit. */
import type { Locator, Page } from '@playwright/test'
import type { ContactState, IpcCommand, IpcCommands } from '../src-main/domain/model/ipc'
import { expect } from './launch'

export const PASSPHRASE = 'seven quiet photons'
export const XINGLONG = '41731-xinglong-20161219T165213Z'
export const GRAZ = /^pass-41731-graz-20161222T2338/
/** From pressing Fly to the verified key, a pass at 60x with its distillation; only ends what hangs. */
export const FLIGHT_LIMIT_MS = 100_000

type Result<C extends IpcCommand> = IpcCommands[C][1]

/** Asks the main process as the window does. @throws Error with the problem's words when it refuses */
export async function ask<C extends IpcCommand>(
  page: Page,
  command: C,
  argument?: IpcCommands[C][0],
): Promise<Result<C>> {
  const reply = await page.evaluate(
    ([name, given]) => Reflect.get(window, 'micius').invoke(name, given),
    [command, argument] as const,
  )
  if (reply.ok) return reply.value
  throw new Error(`${command}: ${reply.problem.text} ${reply.problem.wayOut}`)
}

/** The contact under way or flown last. @throws Error when none was flown */
export async function contact(page: Page): Promise<ContactState> {
  const state = await ask(page, 'contact:state')
  if (!state) throw new Error('No contact was flown.')
  return state
}

/** Brings a workspace to the front by its key. */
export async function show(page: Page, number: 1 | 2 | 3 | 4): Promise<void> {
  const name = ['plan', 'live', 'replay', 'keys'][number - 1] ?? ''
  await page.keyboard.press(`Control+${number}`)
  await expect(page.getByTestId(`tab-${name}`)).toHaveAttribute('aria-selected', 'true')
}

/** Answers the dialog that makes a new ledger. */
export async function createLedger(page: Page): Promise<void> {
  const dialog = page.getByTestId('passphrase-dialog')
  await page.getByTestId('passphrase').fill(PASSPHRASE)
  await page.getByTestId('passphrase-repeat').fill(PASSPHRASE)
  await page.getByTestId('passphrase-submit').click()
  await expect(dialog).toBeHidden()
}

/** Selects a pass of the plan's table and flies it at a speed; the Live workspace comes to the front. */
export async function flyFromPlan(page: Page, pass: string | RegExp, speed = 60): Promise<void> {
  await flyRow(page, page.getByTestId(typeof pass === 'string' ? `pass-${pass}` : pass), speed)
}

/** The one pass that the mission names, by its row in the plan's table. */
export const chosenPass = (page: Page): Locator =>
  page.locator('tr[data-testid^="pass-"]').filter({ has: page.locator('input:checked') })

/** As {@link flyFromPlan}, with a row of the table. */
export async function flyRow(page: Page, row: Locator, speed = 60): Promise<void> {
  await row.locator('td.station').click()
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await page.getByTestId(`speed-${speed}`).click()
  await page.getByTestId('fly').click()
}

/** Lets the contact under way run as fast as the window offers. */
export async function fullSpeed(page: Page): Promise<void> {
  await page.getByTestId('live-speed-60').click()
  await expect.poll(async () => (await contact(page)).speed).toBe(60)
}

/** Opens a mission that comes with the program, by keys alone; its one pass is then in the table. */
export async function openShipped(page: Page, id: string, name: string): Promise<void> {
  const list = page.getByTestId('missions-dialog')
  const wanted = page.getByTestId(`shipped-${id}`)
  await page.keyboard.press('Control+Shift+M')
  await expect(list).toBeFocused()
  await expect(wanted).toHaveText(new RegExp(`^${name}`))
  const ids = await list.getByRole('option').evaluateAll((all) => all.map((entry) => entry.id))
  await page.keyboard.press('Home')
  for (let at = ids.indexOf(`shipped-${id}`); at > 0; at -= 1)
    await page.keyboard.press('ArrowDown')
  await expect(wanted).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(list).toBeHidden()
  await expect(page.getByTestId('mission-name')).toHaveText(name)
  await expect(chosenPass(page)).toHaveCount(1)
}

/** No key came of what was flown, and the Keys workspace says so. */
export async function noKeyInLedger(page: Page): Promise<void> {
  expect((await ask(page, 'keys:ledger')).rows).toEqual([])
  await show(page, 4)
  await expect(page.getByTestId('keys')).toContainText('The ledger is empty')
}

/** Waits for the end of the contact, however it ends. */
export async function flightEnd(page: Page): Promise<ContactState> {
  await expect
    .poll(async () => (await contact(page)).outcome, { timeout: FLIGHT_LIMIT_MS })
    .not.toMatch(/running|held/)
  return contact(page)
}

/** The digits of a figure as a number: `325 118 bit` is 325118, a dash is NaN. */
export function figure(text: string | null): number {
  const digits = (text ?? '').replace(/[^\d.]/g, '')
  return digits === '' ? NaN : Number(digits)
}

/** Words of every problem on screen. */
export const problems = (page: Page): Promise<string[]> =>
  page.getByTestId('problem').locator('.words').allInnerTexts()
