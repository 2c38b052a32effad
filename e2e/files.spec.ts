/** Files in and out: missions, elements, stations, recordings, good and broken; in the real application. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, createLedger, PASSPHRASE, problems, show, XINGLONG } from './desk'
import { answerDialogs, drop, EXAMPLE, example, OMM, oneProblem, TLE_WITH_ONE_BAD } from './files'
import { end, expect, launch, test } from './launch'

const name = (page: Page) => page.getByTestId('mission-name')
const rows = (page: Page) => page.locator('tr[data-testid^="pass-"]')

test('a mission, elements and stations dropped on the window are taken', async ({ page }) => {
  await expect(rows(page).first()).toBeVisible()
  await test.step('mission', async () => {
    await drop(page, 'mine.json', JSON.stringify({ ...example(), mission: 'My evening' }))
    await expect(name(page)).toHaveText('My evening')
  })
  await test.step('two-line elements with one bad record', async () => {
    await drop(page, 'two.tle', TLE_WITH_ONE_BAD)
    const dialog = page.getByTestId('import-dialog')
    await expect(dialog).toContainText('1 accepted')
    await expect(dialog).toContainText('1 rejected')
    await expect(page.getByTestId('import-rejected')).toHaveText(/checksum/i)
    await expect(dialog.getByRole('button', { name: /Use/ })).toHaveCount(1)
    await page.keyboard.press('Escape')
  })
  await test.step('another satellite by OMM, used in the mission', async () => {
    await drop(page, 'omm.json', OMM)
    const dialog = page.getByTestId('import-dialog')
    await expect(dialog).toContainText('2 accepted')
    const other = dialog.locator('li', { hasText: 'SIX DIGIT EXAMPLE' })
    await other.getByRole('button').click()
    await expect(other.getByRole('button')).toHaveText('in mission')
    await page.keyboard.press('Escape')
    await expect(page.locator('tr[data-testid^="pass-100041-"]').first()).toBeVisible()
  })
  await test.step('a station, used in the mission', async () => {
    const ny = { id: 'tenerife', name: 'Tenerife', lat_deg: 28.3, lon_deg: -16.5, alt_m: 2400 }
    await drop(page, 'stations.json', JSON.stringify([ny, { ...ny, id: 'north', lat_deg: 128 }]))
    await expect(page.getByTestId('import-rejected')).toContainText('lat_deg is 128')
    await page.getByTestId('import-use-tenerife').click()
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('station-tenerife')).toBeVisible()
    await expect(page.locator('tr[data-testid*="-tenerife-"]').first()).toBeVisible()
  })
})

test('a mission with imported records is saved, and opened by a program that never saw them', async ({
  page,
  micius,
  profile,
}) => {
  test.setTimeout(180_000)
  const file = join(profile, 'other satellite.json')
  await expect(rows(page).first()).toBeVisible()
  await drop(page, 'omm.json', OMM)
  const other = page.getByTestId('import-dialog').locator('li', { hasText: 'SIX DIGIT' })
  await other.getByRole('button').click()
  await expect(other.getByRole('button')).toHaveText('in mission')
  await page.keyboard.press('Escape')

  await answerDialogs(micius, null)
  await page.keyboard.press('Control+s')
  await expect.poll(() => ask(page, 'mission:current')).not.toHaveProperty('path')
  expect(existsSync(file)).toBe(false)
  await answerDialogs(micius, file)
  await page.getByTestId('mission-save').click()
  await expect.poll(() => existsSync(file)).toBe(true)
  expect(await problems(page)).toEqual([])
  await end(micius)

  const again = await launch(join(profile, 'second'), [file])
  try {
    const window = await again.firstWindow()
    await expect(window.locator('tr[data-testid^="pass-100041-"]').first()).toBeVisible()
    expect(await ask(window, 'mission:current')).toMatchObject({ path: file })
    const wider = { ...JSON.parse(readFileSync(file, 'utf8')), mission: 'Again' }
    writeFileSync(file, JSON.stringify(wider))
    await answerDialogs(again, file)
    await window.keyboard.press('Control+o')
    await expect(name(window)).toHaveText('Again')
  } finally {
    await end(again)
  }
})

test('broken files are refused with one message and its way out, and the mission stays', async ({
  page,
  micius,
  profile,
}) => {
  await expect(rows(page).first()).toBeVisible()
  const before = await ask(page, 'mission:current')
  const mission = readFileSync(EXAMPLE, 'utf8')
  await drop(page, 'cut.json', mission.slice(0, 200))
  await oneProblem(page, /cut\.json is not valid JSON: .*(line|position|end)/i, /Correct the file/)
  const misspelt = mission.replace('"exchange"', '"exchnage"')
  await drop(page, 'misspelt.json', misspelt)
  await oneProblem(page, /misspelt\.json.*exchnage/, /"exchange"/)
  await drop(
    page,
    'wrong.json',
    mission.replace('"min_elevation_deg": 10', '"min_elevation_deg": "x"'),
  )
  await oneProblem(page, /wrong\.json.*min_elevation_deg/, /\S/)
  await drop(page, 'lost.json', mission.replace('micius-2016-12-19', 'micius-2016-12-91'))
  await oneProblem(page, /micius-2016-12-91/, /Did you mean "micius-2016-12-/)
  await drop(page, 'letter.doc', 'Dear Bob')
  await oneProblem(page, /letter\.doc is neither/, /Drop a mission/)
  await drop(page, 'empty.json', '')
  await oneProblem(page, /empty\.json is empty/, /content/)
  await answerDialogs(micius, join(profile, 'missing.json'))
  await page.keyboard.press('Control+o')
  await oneProblem(page, /missing\.json.*no such file/, /Choose a file that exists/)
  await answerDialogs(micius, join(profile, 'missing.tle'))
  await page.keyboard.press('Control+i')
  await oneProblem(page, /missing\.tle/, /Choose a file that exists/)
  expect(await ask(page, 'mission:current')).toEqual(before)
  await expect(rows(page).first()).toBeVisible()
})

test('a file that is no recording is refused on the replay desk with its way out', async ({
  page,
  micius,
  profile,
}) => {
  const desk = page.getByTestId('replay-problem')
  await show(page, 3)
  const files: [string, string, RegExp][] = [
    ['empty.mcap', '', /empty\.mcap.*empty/],
    ['letter.mcap', 'Dear Bob, this is not MCAP.', /letter\.mcap.*not.*MCAP/],
  ]
  for (const [file, content, words] of files) {
    const path = join(profile, file)
    writeFileSync(path, content)
    await answerDialogs(micius, path)
    await page.getByTestId('replay-open').click()
    await expect(desk).toHaveText(words)
    await expect(desk).toHaveText(/Choose|Open/)
  }
  await drop(page, 'floating.mcap', '')
  await oneProblem(page, /place of floating\.mcap is not known/, /Open recording/)
})

test('a wrong passphrase opens nothing and loses nothing', async ({ page, micius, profile }) => {
  test.setTimeout(180_000)
  await show(page, 4)
  await page.getByTestId('unlock').click()
  await test.step('a short one and two different ones are not taken', async () => {
    const refusal = page.getByTestId('passphrase-refusal')
    await page.getByTestId('passphrase').fill('short')
    await page.getByTestId('passphrase-submit').click()
    await expect(refusal).toHaveText(/8 characters/)
    await page.getByTestId('passphrase').fill(PASSPHRASE)
    await page.getByTestId('passphrase-repeat').fill(`${PASSPHRASE}!`)
    await page.getByTestId('passphrase-submit').click()
    await expect(refusal).toHaveText(/differ/)
  })
  await createLedger(page)
  await expect(page.getByTestId('keys')).toBeVisible()
  await end(micius)
  const again = await launch(profile)
  try {
    const window = await again.firstWindow()
    await window.getByTestId(`pass-${XINGLONG}`).waitFor()
    await show(window, 4)
    await expect(window.getByTestId('keys-locked')).toContainText('locked')
    await window.getByTestId('unlock').click()
    await window.getByTestId('passphrase').fill('another passphrase')
    await window.getByTestId('passphrase-submit').click()
    await expect(window.getByTestId('passphrase-refusal')).toHaveText(/does not fit.*Enter/)
    expect((await ask(window, 'keys:status')).state).toBe('locked')
    await window.getByTestId('passphrase').fill(PASSPHRASE)
    await window.getByTestId('passphrase-submit').click()
    await expect(window.getByTestId('passphrase-dialog')).toBeHidden()
    await expect(window.getByTestId('keys')).toBeVisible()
  } finally {
    await end(again)
  }
})
