/** A planner moves the horizon and the limits in the window, and loses no change unasked. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { ask, problems } from './desk'
import { answerDialogs, drop, example } from './files'
import { expect, test } from './launch'

const SAVE = 0
const CANCEL = 2
const other = JSON.stringify({ ...example(), mission: 'Another evening' })

/** The answer to the next questions of the program, by the place of the button. */
const answerQuestions = (micius: ElectronApplication, button: number): Promise<void> =>
  micius.evaluate(({ dialog }, response) => {
    dialog.showMessageBox = () => Promise.resolve({ response, checkboxChecked: false })
  }, button)

test('the horizon moves, contacts outside it are released, and nothing is lost unasked', async ({
  page,
  micius,
  profile,
}) => {
  const name = page.getByTestId('mission-name')
  const dialog = page.getByTestId('limits-dialog')
  await expect(page.locator('tr[data-testid^="pass-"]').first()).toBeVisible()
  await test.step('a wrong time is refused in the dialog', async () => {
    await page.keyboard.press('l')
    await page.getByTestId('limit-start').fill('19.12.2016')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('limits-refusal')).toContainText('19.12.2016')
  })
  await test.step('a shorter horizon and another limit are taken', async () => {
    await page.getByTestId('limit-name').fill('One night')
    await page.getByTestId('limit-start').fill('2016-12-19')
    await page.getByTestId('limit-end').fill('2016-12-20 12:00')
    await page.getByTestId('limit-elevation').fill('20.5')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(name).toHaveText('One night')
    await expect(page.locator('tr[data-testid*="-graz-20161222"]')).toHaveCount(0)
    const { mission } = (await ask(page, 'mission:current')).resolved
    expect(mission.exchange.min_elevation_deg).toBe(20.5)
    expect(mission.contacts.map(({ station }) => station)).toEqual(['xinglong'])
  })
  await test.step('another mission does not replace it when the user cancels, nor does closing', async () => {
    await answerQuestions(micius, CANCEL)
    await drop(page, 'other.json', other)
    await micius.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect
      .poll(async () => (await ask(page, 'mission:current')).resolved.mission.mission)
      .toBe('One night')
    await expect(name).toHaveText('One night')
  })
  await test.step('saved first, then replaced', async () => {
    const file = join(profile, 'one night.json')
    await answerQuestions(micius, SAVE)
    await answerDialogs(micius, file)
    await drop(page, 'other.json', other)
    await expect(name).toHaveText('Another evening')
    expect(existsSync(file)).toBe(true)
    expect(await problems(page)).toEqual([])
  })
})
