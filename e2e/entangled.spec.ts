/** Entangled pairs to two stations at once: the Bell test, and honestly no key; in the real application. */
import type { Page } from '@playwright/test'
import type { ChshReport } from '../src-main/domain/model/report'
import {
  chosenPass,
  createLedger,
  flightEnd,
  flyRow,
  fullSpeed,
  noKeyInLedger,
  openShipped,
} from './desk'
import { expect, test } from './launch'

const PAIR = /Delingha.*Nanshan|Nanshan.*Delingha/
/** Slow enough that a busy machine still shows the contact before its exchange. */
const FIRST_SPEED = 10

async function fly(page: Page): Promise<void> {
  await expect(chosenPass(page).locator('td.station')).toHaveText(PAIR)
  await flyRow(page, chosenPass(page), FIRST_SPEED)
  await createLedger(page)
  await expect(page.getByTestId('live-hero')).toHaveText(PAIR)
  await expect(page.getByTestId('live-phase')).toHaveText(/PREPARE|SLEW|ACQUIRE|TRACK|EXCHANGE/)
  await fullSpeed(page)
}

/** S with its error and the four correlations stand on screen as the report has them. */
async function seeBellTest(page: Page, chsh: ChshReport): Promise<void> {
  const bell = page.getByTestId('bell-test')
  await expect(bell.locator('.head')).toContainText(chsh.S.toFixed(3))
  await expect(bell.locator('.head')).toContainText(`± ${chsh.sigma_S.toFixed(3)}`)
  const sigmas = (chsh.S - 2) / chsh.sigma_S
  await expect(bell.locator('.head .verdict')).toHaveText(
    sigmas >= 1 ? `${sigmas.toFixed(1)} σ above 2` : 'not above 2 by more than its error',
  )
  await expect(bell.getByRole('img')).toHaveAccessibleName(new RegExp(chsh.S.toFixed(3)))
  const shown = await bell.locator('.correlations .number').allInnerTexts()
  expect(shown.map((text) => Number(text.replace('−', '-')))).toEqual(
    chsh.E.map((E) => Number(E.toFixed(3))),
  )
}

test('two stations share pairs of one pass: the Bell test is shown, and why there is no key', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await test.step('open the Bell test of 2018', () =>
    openShipped(page, 'e91-delingha-nanshan', 'E91: Delingha–Nanshan 2018'))
  await test.step('fly it over both stations', () => fly(page))
  const { report, outcome } = await test.step('wait for its end', () => flightEnd(page))
  expect(outcome).toBe('complete')
  const { chsh, no_key_reason = '', secret_bits } = report ?? {}
  if (!chsh) throw new Error('The report has no Bell test.')
  await test.step('S and its error are shown', () => seeBellTest(page, chsh))
  await test.step('no key, and why', async () => {
    expect(secret_bits).toBe(0)
    expect(no_key_reason).not.toBe('')
    await expect(page.getByTestId('key-verdict')).toContainText(`no key: ${no_key_reason}`)
    await noKeyInLedger(page)
  })
})
