/** An operator's evening: fly, see the key, replay the recording; in the real application. */
import type { Page } from '@playwright/test'
import type { ContactState } from '../src-main/domain/model/ipc'
import {
  ask,
  contact,
  createLedger,
  figure,
  FLIGHT_LIMIT_MS,
  flyFromPlan,
  PASSPHRASE,
  show,
  XINGLONG,
} from './desk'
import { end, expect, launch, test } from './launch'
import { longestGap, measuredInk, painted, watchFrames } from './pixels'

const DETECTIONS = 'Detections, kcount/s'

/** What an operator sees change from Fly to the end. */
interface Seen {
  phases: Set<string>
  countdowns: Set<string>
  sifted: Set<string>
  extractable: Set<string>
  detections: Set<string>
  ink: number[]
}

const text = (page: Page, id: string): Promise<string> =>
  page.getByTestId(id).locator('.number').first().innerText()

async function look(page: Page, seen: Seen): Promise<string> {
  const phase = await page.getByTestId('live-phase').innerText()
  seen.phases.add(phase)
  seen.countdowns.add(await page.getByTestId('live-countdown').innerText())
  seen.sifted.add(await text(page, 'hero-sifted'))
  seen.extractable.add(await text(page, 'hero-key'))
  seen.detections.add(await text(page, 'value-detections'))
  seen.ink.push(await measuredInk(page, DETECTIONS))
  return phase
}

async function watchFlight(page: Page): Promise<Seen> {
  const empty = (): Set<string> => new Set()
  const seen: Seen = {
    phases: empty(),
    countdowns: empty(),
    sifted: empty(),
    extractable: empty(),
    detections: empty(),
    ink: [],
  }
  await expect
    .poll(() => look(page, seen), { timeout: FLIGHT_LIMIT_MS, intervals: [50] })
    .toMatch(/COMPLETE|FAILED|ABORTED/)
  return seen
}

async function flyAndWatch(page: Page): Promise<ContactState> {
  await flyFromPlan(page, XINGLONG)
  await createLedger(page)
  await watchFrames(page)
  await expect(page.getByTestId('live')).toBeVisible()
  const seen = await watchFlight(page)
  expect([...seen.phases]).toEqual(expect.arrayContaining(['EXCHANGE', 'DISTIL', 'COMPLETE']))
  expect(seen.countdowns.size).toBeGreaterThan(10)
  for (const values of [seen.sifted, seen.extractable, seen.detections])
    expect(values.size).toBeGreaterThan(3)
  expect(Math.max(...seen.ink)).toBeGreaterThan(2 * (seen.ink[0] ?? NaN) + 100)
  const { longest, frames } = await longestGap(page)
  const description = `${Math.round(longest)} ms at most between ${frames} frames`
  test.info().annotations.push({ type: 'responsiveness', description })
  expect(frames).toBeGreaterThan(20)
  expect(longest, 'longest time without a frame, ms').toBeLessThan(2000)
  return contact(page)
}

async function seeGlobe(page: Page): Promise<void> {
  const globe = page.getByTestId('globe')
  await expect(globe).toHaveAttribute('data-globe', 'ready', { timeout: 60_000 })
  const { colours, lit } = await painted(page, globe)
  expect(colours).toBeGreaterThan(150)
  expect(lit).toBeGreaterThan(0.1)
}

async function seeKey(page: Page, { report }: ContactState): Promise<void> {
  const secret = report?.secret_bits ?? NaN
  const terms = await page.getByTestId('pass-result').locator('td.secret').allInnerTexts()
  expect(terms.map(figure).reduce((sum, bits) => sum + bits, 0)).toBe(secret)
  expect(await text(page, 'hero-key')).toBe(String(Math.round(secret / 1000)))
  await show(page, 4)
  const block = page.getByTestId('block-S-1')
  const added = report?.auth_bits_added ?? NaN
  expect(figure(await block.locator('td.number').first().locator('.number').innerText())).toBe(
    secret - added,
  )
  await expect(block.locator('td').nth(2)).toHaveText(/Micius.*Xinglong|Xinglong.*Micius/)
}

async function scrub(page: Page, tca_utc: string): Promise<void> {
  const [time, rate] = [page.getByTestId('replay-time'), page.getByTestId('replay-detections')]
  const strip = page.getByTestId('scrub')
  await page.keyboard.press('Home')
  const start = await time.innerText()
  const atStart = await rate.innerText()
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('ArrowLeft')
  const seconds = (clock: string): number => Date.parse(`2016-12-19T${clock}`) / 1000
  expect(seconds(await time.innerText()) - seconds(start)).toBe(29)

  const box = await strip.boundingBox()
  const [span, tca] = await strip.evaluate(
    (element, at) => [Number(element.ariaValueMax), at] as const,
    Date.parse(tca_utc) / 1000 - seconds(start),
  )
  if (!box) throw new Error('The scrub strip is not on screen.')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + 4, y)
  await page.mouse.down()
  await page.mouse.move(box.x + (box.width * tca) / span, y, { steps: 5 })
  await page.mouse.up()
  expect(Math.abs(seconds(await time.innerText()) - Date.parse(tca_utc) / 1000)).toBeLessThan(3)
  await expect(rate).not.toHaveText(atStart)
  expect(figure(await rate.innerText())).toBeGreaterThan(1)
}

async function play(page: Page): Promise<void> {
  const time = page.getByTestId('replay-time')
  const before = await time.innerText()
  await page.getByTestId('replay-speed-10').click()
  await page.getByTestId('scrub').focus()
  await page.keyboard.press('Space')
  await expect(page.getByTestId('replay-play')).toHaveText(/Pause/)
  await expect(time).not.toHaveText(before)
  await page.keyboard.press('Space')
  await expect(page.getByTestId('replay-play')).toHaveText(/Play/)
}

/** A later start knows the key once its passphrase is given. */
async function keyAfterRestart(profile: string, { report }: ContactState): Promise<void> {
  const later = await launch(profile)
  try {
    const page = await later.firstWindow()
    await page.getByTestId(`pass-${XINGLONG}`).waitFor()
    await show(page, 4)
    await page.getByTestId('unlock').click()
    await page.getByTestId('passphrase').fill(PASSPHRASE)
    await page.getByTestId('passphrase-submit').click()
    await expect(page.getByTestId('block-S-1')).toBeVisible()
    const [row] = (await ask(page, 'keys:ledger')).rows
    const length_bits = (report?.secret_bits ?? NaN) - (report?.auth_bits_added ?? NaN)
    expect(row).toMatchObject({ id: 'S-1', length_bits, left_bits: length_bits })
  } finally {
    await end(later)
  }
}

test('an operator flies Xinglong, watches the key come, and replays the pass', async ({
  page,
  micius,
  profile,
}) => {
  test.setTimeout(240_000)
  const flown = await test.step('fly at 60x and watch', () => flyAndWatch(page))
  expect(flown).toMatchObject({ outcome: 'complete', report: { verified: true } })
  await test.step('the globe is painted', () => seeGlobe(page))
  await test.step('the key stands in the result and in the ledger', () => seeKey(page, flown))
  await test.step('the recording opens where the pass ended', async () => {
    await show(page, 2)
    await page.getByTestId('open-replay').click()
    await expect(page.getByTestId('replay')).toBeVisible()
    await expect(page.getByTestId('replay-verdict')).toHaveText(/verified at both ends/)
  })
  await test.step('scrub by keyboard and by drag', () => scrub(page, flown.tca_utc))
  await test.step('play', () => play(page))
  await test.step('the globe is painted here as well', () => seeGlobe(page))
  await end(micius)
  await test.step('the key is still there after a restart', () => keyAfterRestart(profile, flown))
})
