/** Files of the tests, and the two ways by which a user hands them over: a drop, or a file dialog. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from './launch'

const root = resolve(__dirname, '..')
export const EXAMPLE = resolve(root, 'resources/missions/xinglong-graz-2016.json')
export const example = (): Record<string, unknown> => JSON.parse(readFileSync(EXAMPLE, 'utf8'))

/** Two OMM of 2016-12-19: Micius, and an invented object 100041. */
export const OMM = readFileSync(
  resolve(root, 'src-main/domain/vectors/omm-examples/numbers.json'),
  'utf8',
)

/** One good two-line set of Micius, and one whose second line has a wrong checksum. */
export const TLE_WITH_ONE_BAD = [
  '1 41731U 16051A   16265.18836584  .00002131  00000-0  92039-4 0  9996',
  '2 41731  97.3662 180.3101 0014761 131.4081 334.7715 15.23488551  5559',
  '1 41731U 16051A   16265.18836584  .00002131  00000-0  92039-4 0  9996',
  '2 41731  97.3662 180.3101 0014761 131.4081 334.7715 15.23488551  5550',
].join('\n')

/** Drops a file on the window as a file manager would; Chromium gives such a file no place on disk. */
export const drop = (page: Page, name: string, text: string): Promise<void> =>
  page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName))
      const init = { dataTransfer, bubbles: true, cancelable: true }
      document.body.dispatchEvent(new DragEvent('dragover', init))
      document.body.dispatchEvent(new DragEvent('drop', init))
    },
    [name, text] as const,
  )

/** The user's answer to the next file dialogs; null cancels them. */
export const answerDialogs = (micius: ElectronApplication, path: string | null): Promise<void> =>
  micius.evaluate(({ dialog }, chosen) => {
    const canceled = chosen === null
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled, filePaths: chosen === null ? [] : [chosen] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: chosen ?? '' })
  }, path)

/** Waits for exactly one problem on screen with these words and a way out, and dismisses it. */
export async function oneProblem(page: Page, words: RegExp, wayOut: RegExp): Promise<void> {
  const problem = page.getByTestId('problem')
  await expect(problem).toHaveCount(1)
  await expect(problem.locator('.text')).toHaveText(words)
  await expect(problem.locator('.out')).toHaveText(wayOut)
  await page.getByTestId('problem-dismiss').click()
  await expect(problem).toHaveCount(0)
}
