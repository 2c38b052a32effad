/** Choosing passes: what a planner reads in the table and how; in the real application. */
import { figure, GRAZ, XINGLONG } from './desk'
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
