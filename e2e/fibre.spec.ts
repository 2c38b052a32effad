/** Key over fibre: the comparison with the satellite, and an exchange over one link; in the real application. */
import type { Page } from '@playwright/test'
import { ask, createLedger, figure, FLIGHT_LIMIT_MS, show } from './desk'
import { drop, example } from './files'
import { expect, test } from './launch'

/** Lossy enough that its minute of exchange is soon computed: detections, and with them the work, follow the loss. */
const LINK = { a: 'xinglong', b: 'beijing', length_km: 100, attenuation_dB_km: 0.2, nodes: 0 }
const HOP = 'Xinglong → Beijing'

/** One station, one contact, one fibre without nodes. */
function oneFibre(): string {
  const { contacts, ...rest } = example()
  const [first] = Array.isArray(contacts) ? contacts : []
  const only = { stations: ['xinglong'], contacts: [first], links: [LINK], requests: [], uses: [] }
  return JSON.stringify({ ...rest, ...only, mission: 'One fibre' })
}

async function openKeys(page: Page): Promise<void> {
  await drop(page, 'one-fibre.json', oneFibre())
  await expect(page.getByTestId('mission-name')).toHaveText('One fibre')
  await show(page, 4)
  await page.getByTestId('unlock').click()
  await createLedger(page)
}

async function seeComparison(page: Page): Promise<void> {
  await page.getByTestId('comparison-open').click()
  const comparison = page.getByTestId('comparison')
  const curves = comparison.locator('svg .label')
  await expect(curves).toHaveText([
    'direct fibre',
    'repeaterless bound (PLOB)',
    'fibre with trusted nodes',
    'trusted satellite',
  ])
  for (const path of await comparison.locator('svg .curve').all())
    expect((await path.boundingBox())?.width ?? 0).toBeGreaterThan(50)
  await expect(page.getByTestId('comparison-crossing')).toHaveText(/From about \d+ km/)
  await expect(comparison.getByRole('heading')).toHaveText(/Assumptions\s+modelled/)
  const assumptions = comparison.getByRole('listitem')
  expect(await assumptions.count()).toBeGreaterThan(2)
  await expect(assumptions.filter({ hasText: 'dB/km' }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(comparison).toBeHidden()
}

/** Everything that a line of text says from now on; what is shown briefly is not missed. */
const listen = (page: Page, id: string): Promise<void> =>
  page.getByTestId(id).evaluate((line) => {
    const said: string[] = []
    Reflect.set(window, 'said', said)
    new MutationObserver(() => said.push(line.textContent)).observe(line, {
      characterData: true,
      childList: true,
      subtree: true,
    })
  })
const said = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...Reflect.get(window, 'said')])

async function exchange(page: Page): Promise<void> {
  const links = page.getByTestId('fibre-links')
  const left = links.getByRole('row', { name: HOP }).locator('.number').last()
  expect(figure(await left.innerText())).toBe(0)
  await listen(page, 'links-note')
  await page.keyboard.press('x')
  await expect(page.getByTestId('links-note')).toHaveText(/^1 hops? exchanged/, {
    timeout: FLIGHT_LIMIT_MS,
  })
  expect(await said(page)).toContain(`hop 1 of 1: ${HOP}`)
  await expect(page.getByTestId('exchange-links')).toHaveText(/^Exchange over fibre/)
}

/** What stands on screen is what the ledger holds, and more than nothing. */
async function seeStock(page: Page): Promise<void> {
  const { stock, rows } = await ask(page, 'keys:ledger')
  const hop = stock.find(({ ends }) => ends.includes('xinglong') && ends.includes('beijing'))
  const left_bits = hop?.left_bits ?? 0
  expect(left_bits).toBeGreaterThan(0)
  expect(rows.map(({ length_bits }) => length_bits)).toEqual([left_bits])
  const row = page.getByTestId('fibre-links').getByRole('row', { name: HOP })
  expect(figure(await row.locator('.number').last().innerText())).toBe(left_bits)
  await expect(page.getByTestId('stock')).toContainText(/Xinglong.*Beijing|Beijing.*Xinglong/)
}

test('an analyst compares satellite and fibre, and exchanges key over one link', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await test.step('open a mission with one fibre, and its ledger', () => openKeys(page))
  await test.step('satellite or fibre', () => seeComparison(page))
  await test.step('exchange over the link', () => exchange(page))
  await test.step('the hop has key', () => seeStock(page))
})
