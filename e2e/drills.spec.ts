/** Attack drills: chosen, flown, and the layer that stopped each named on screen; in the real application. */
import type { Page } from '@playwright/test'
import type { AttackKind } from '../src-main/domain/model/conditions'
import type { ContactState } from '../src-main/domain/model/ipc'
import type { StopLayer } from '../src-main/domain/model/report'
import {
  chosenPass,
  createLedger,
  flightEnd,
  flyRow,
  fullSpeed,
  noKeyInLedger,
  openShipped,
  problems,
  show,
} from './desk'
import { expect, test } from './launch'

/** Slow enough that a busy machine still shows the contact before its exchange. */
const FIRST_SPEED = 10

interface Drill {
  kind: AttackKind
  name: string
  layer: StopLayer
}

const INTERCEPT: Drill = {
  kind: 'intercept-resend',
  name: 'Intercept and resend',
  layer: 'error rate',
}
const BLINDING: Drill = {
  kind: 'detector-blinding',
  name: 'Detector blinding',
  layer: 'detector monitoring',
}

/** The band names the drill while it is flown, and nothing of its outcome yet. */
async function bandWhileFlying(page: Page, { name }: Drill): Promise<void> {
  await expect(page.getByTestId('live-phase')).toHaveText(/PREPARE|SLEW|ACQUIRE|TRACK|EXCHANGE/)
  await expect(page.getByTestId('drill-band')).toContainText(`DRILL: ${name}`)
  await expect(page.getByTestId('drill-outcome')).toHaveCount(0)
  await fullSpeed(page)
}

/** The layer stands in the band and in the alarm list once the contact has ended. */
async function stoppedBy(page: Page, { kind, name, layer }: Drill): Promise<ContactState> {
  const ended = await flightEnd(page)
  expect(ended).toMatchObject({ attacks: [kind] })
  expect(ended.report?.secret_bits ?? 0).toBe(0)
  await expect(page.getByTestId('drill-outcome')).toHaveText(`Stopped by: ${layer}.`)
  await expect(page.getByTestId('drill-band')).toContainText(`DRILL: ${name}`)
  await expect.poll(() => problems(page)).toContainEqual(expect.stringContaining(layer))
  return ended
}

async function setDrill(page: Page, { kind, name }: Drill): Promise<void> {
  await show(page, 1)
  await page.keyboard.press('d')
  await page.getByTestId(`drill-${kind}`).check()
  await page.getByTestId('drill-apply').click()
  await expect(page.getByTestId('drill-dialog')).toBeHidden()
  await expect(page.getByTestId('drill')).toContainText(`Drill: ${name}`)
}

test('a trainer flies two drills, and each is stopped by a layer that the screen names', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await test.step('choose a drill among the shipped missions', () =>
    openShipped(page, 'drill-intercept-resend', 'Drill: intercept and resend'))
  await test.step('fly it', async () => {
    await flyRow(page, chosenPass(page), FIRST_SPEED)
    await createLedger(page)
    await bandWhileFlying(page, INTERCEPT)
  })
  await test.step('the error rate stops it', async () => {
    await stoppedBy(page, INTERCEPT)
    await noKeyInLedger(page)
  })
  await test.step('set another drill and fly it', async () => {
    await setDrill(page, BLINDING)
    await flyRow(page, chosenPass(page), FIRST_SPEED)
    await bandWhileFlying(page, BLINDING)
  })
  await test.step('the monitoring of the detectors stops it', async () => {
    await stoppedBy(page, BLINDING)
    await noKeyInLedger(page)
  })
})
