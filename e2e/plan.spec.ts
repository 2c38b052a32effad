/** Choosing passes: what a planner reads in the table and how; in the real application. */
import { ask, figure, GRAZ, XINGLONG } from './desk'
import { expect, test } from './launch'

test('a planner reads the passes, filters them, and lets the program choose the best night pair', async ({
  page,
}) => {
  const rows = page.locator('tr[data-testid^="pass-"]')
  for (const pass of [page.getByTestId(`pass-${XINGLONG}`), page.getByTestId(GRAZ)]) {
    await expect(pass.getByRole('checkbox')).toBeChecked()
    expect(figure(await pass.locator('td.key .number').innerText())).toBeGreaterThan(50)
  }
  const all = await rows.count()
  await expect(rows.filter({ hasText: /Sun/ }).locator('.why').first()).toHaveText(/Sun .*°/)

  await page.keyboard.press('/')
  await page.keyboard.type('graz night')
  await expect.poll(() => rows.count()).toBeLessThan(all)
  for (const row of await rows.all()) await expect(row.locator('td.station')).toHaveText(/^Graz/)
  await page.keyboard.press('Escape')
  await expect(rows).toHaveCount(all)

  await page.getByTestId(`choose-${XINGLONG}`).uncheck()
  await expect(rows.locator('input:checked')).toHaveCount(1)
  await page.keyboard.press('b')
  await expect(rows.locator('input:checked')).toHaveCount(2)
  const chosen = rows.filter({ has: page.locator('input:checked') })
  await expect(chosen.filter({ hasText: 'Graz' })).toHaveCount(1)
  await expect(chosen.filter({ hasText: 'Xinglong' })).toHaveCount(1)
  for (const key of await chosen.locator('td.key .number').allInnerTexts())
    expect(figure(key)).toBeGreaterThan(50)
})

test('a planner chooses the proof, and the expected key follows', async ({ page }) => {
  const key = page.getByTestId(`pass-${XINGLONG}`).locator('td.key .number')
  const proof = page.getByTestId('proof')
  await expect(proof).toHaveValue('lim2014')
  const published = await key.innerText()

  await proof.selectOption('eur-variable-2d')
  await expect(key).not.toHaveText(published)
  expect(figure(await key.innerText())).toBeGreaterThan(50)
  expect((await ask(page, 'mission:current')).resolved.mission.security.proof).toBe(
    'eur-variable-2d',
  )

  await proof.selectOption('lim2014')
  await expect(key).toHaveText(published)
})
