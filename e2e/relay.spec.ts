/** Two cities get one key over the satellite and spend it on a picture; in the real application. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import type { KeyRow } from '../src-main/domain/model/ledger'
import { ask, createLedger, figure, flightEnd, flyFromPlan, GRAZ, show, XINGLONG } from './desk'
import { expect, test } from './launch'

const PICTURE_BITS = 8 * statSync(resolve(__dirname, '../resources/pictures/picture.png')).size
/** The front of a relayed key becomes the two stations' authentication pool; half of it confirms the relay. */
const RELAY_AUTH_BITS = 1024
/** Each message is authenticated with a fresh tag; a short pool is topped up from the key. */
const TAG_KEY_BITS = 256
const TOP_UP_BITS = 1024
/** A relayed key of two passes is at most a few hundred kbit: more sends would mean that none is spent. */
const MOST_SENDS = 12

const block = async (page: Page, id: string): Promise<KeyRow> => {
  const row = (await ask(page, 'keys:ledger')).rows.find((entry) => entry.id === id)
  if (!row) throw new Error(`The ledger has no block ${id}.`)
  return row
}

async function flyBoth(page: Page): Promise<void> {
  await flyFromPlan(page, XINGLONG)
  await createLedger(page)
  expect(await flightEnd(page)).toMatchObject({ outcome: 'complete', station: 'xinglong' })
  await show(page, 1)
  await flyFromPlan(page, GRAZ)
  await expect(page.getByTestId('live-hero')).toContainText('Graz')
  expect(await flightEnd(page)).toMatchObject({ outcome: 'complete', station: 'graz' })
}

async function relay(page: Page): Promise<KeyRow> {
  await show(page, 4)
  const passes = [await block(page, 'S-1'), await block(page, 'S-2')]
  const least = Math.min(...passes.map(({ left_bits }) => left_bits))
  await page.getByTestId('relay').click()
  const done = page.getByTestId('relay-done')
  await expect(done.locator('.digest')).toHaveText(/^[0-9a-f]{64}$/)
  expect(figure(await done.locator('.number').innerText())).toBe(least - RELAY_AUTH_BITS)
  const shared = (await ask(page, 'keys:ledger')).rows.find(({ kind }) => kind === 'relay')
  if (!shared) throw new Error('The ledger has no relayed block.')
  const length_bits = least - RELAY_AUTH_BITS
  expect(shared).toMatchObject({ length_bits, left_bits: length_bits })
  await expect(page.getByTestId('shared-key')).toContainText(shared.id)
  return shared
}

const source = (page: Page, id: string): Promise<string | null> =>
  page.getByTestId(`picture-${id}`).getAttribute('src')

async function sendFirst(page: Page, shared: KeyRow): Promise<void> {
  await page.getByTestId('send-picture').click()
  const result = page.getByTestId('picture-result')
  await expect(result).toContainText('spent at both ends')
  const [sent, wire, received] = [
    await source(page, 'sent'),
    await source(page, 'wire'),
    await source(page, 'received'),
  ]
  expect(sent).toMatch(/^data:image\/png;base64,/)
  expect(received).toBe(sent)
  expect(wire).not.toBe(sent)
  for (const id of ['sent', 'wire', 'received'])
    expect(
      await page
        .getByTestId(`picture-${id}`)
        .evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
    ).toBeGreaterThan(10)
  expect(figure(await result.locator('p').first().innerText())).toBe(PICTURE_BITS)
  const { left_bits } = await block(page, shared.id)
  expect(left_bits).toBe(shared.left_bits - PICTURE_BITS)
}

/** Key and authentication key that the two stations hold together, bits. */
async function held(page: Page): Promise<{ left_bits: number; all_bits: number }> {
  const { stock } = await ask(page, 'keys:ledger')
  const pair = stock.find(({ ends }) => ends.includes('xinglong') && ends.includes('graz'))
  if (!pair) throw new Error('The ledger has no stock of Xinglong and Graz.')
  return { left_bits: pair.left_bits, all_bits: pair.left_bits + pair.auth_left_bits }
}

async function sendUntilRefused(page: Page): Promise<void> {
  const refusal = page.getByTestId('picture-result').locator('.refusal')
  for (let sends = 0; sends < MOST_SENDS && !(await refusal.isVisible()); sends += 1) {
    const before = await held(page)
    await page.getByTestId('send-picture').click()
    const enough = before.left_bits >= PICTURE_BITS + TOP_UP_BITS
    if (!enough) await expect(refusal).toBeVisible()
    const spent = enough ? PICTURE_BITS + TAG_KEY_BITS : 0
    await expect.poll(async () => (await held(page)).all_bits).toBe(before.all_bits - spent)
  }
  await expect(refusal).toContainText(/refused/)
  await expect(refusal).toContainText(/key/i)
  await expect(refusal).toContainText(/Relay|pass|Fly/)
  expect(await source(page, 'received')).toBe(await source(page, 'sent'))
}

test('two stations receive one key over the satellite and spend it on a picture until it is used up', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await test.step('fly Xinglong and Graz', () => flyBoth(page))
  const shared = await test.step('relay', () => relay(page))
  await test.step('send the picture', () => sendFirst(page, shared))
  await test.step('send until the key is used up', () => sendUntilRefused(page))
})
