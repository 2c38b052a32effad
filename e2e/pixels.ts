/** What is really painted: colours counted in pictures of the window and in its canvases. */
import type { Locator, Page } from '@playwright/test'

export interface Painted {
  /** Distinct colours, each channel to 4 bits. */
  colours: number
  /** Share of pixels brighter than the panels, 0 to 1. */
  lit: number
}

/** Counts colours in a picture of an element as the window shows it. */
export async function painted(page: Page, element: Locator): Promise<Painted> {
  const picture = (await element.screenshot()).toString('base64')
  return page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('This page has no 2D canvas.')
    pen.drawImage(image, 0, 0)
    const { data } = pen.getImageData(0, 0, image.width, image.height)
    const colours = new Set<number>()
    let lit = 0
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
      colours.add(((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4))
      if (Math.max(red, green, blue) > 60) lit += 1
    }
    return { colours: colours.size, lit: lit / (data.length / 4) }
  }, picture)
}

/** Pixels of the measured curve's colour in the chart with this title. */
export function measuredInk(page: Page, title: string): Promise<number> {
  return page.locator(`figure[aria-label="${title}"] canvas`).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('The chart has no canvas.')
    const token = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()
    const wanted = [1, 3, 5].map((at) => parseInt(token.slice(at, at + 2), 16))
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    let count = 0
    for (let at = 0; pixels && at < pixels.length; at += 4)
      if (wanted.every((value, channel) => Math.abs((pixels[at + channel] ?? 0) - value) < 24))
        count += 1
    return count
  })
}

/** Starts measuring the longest time between two frames, ms; read it with {@link longestGap}. */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = { longest: 0, frames: 0 }
    let last = performance.now()
    const frame = (now: number): void => {
      seen.longest = Math.max(seen.longest, now - last)
      seen.frames += 1
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    Reflect.set(window, 'framesSeen', seen)
  })

/** The longest time without a frame since {@link watchFrames}, ms, and the frames counted. */
export const longestGap = (page: Page): Promise<{ longest: number; frames: number }> =>
  page.evaluate(() => Reflect.get(window, 'framesSeen'))

/**
 * The longest stretch without the measured curve between its first and its last pixel, as a share of
 * the chart's width: the hole that a hold leaves.
 */
export function longestHole(page: Page, title: string): Promise<number> {
  return page.locator(`figure[aria-label="${title}"] canvas`).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('The chart has no canvas.')
    const { width, height } = canvas
    const token = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()
    const wanted = [1, 3, 5].map((at) => parseInt(token.slice(at, at + 2), 16))
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data
    const inked = (x: number): boolean =>
      Array.from({ length: height }, (_, y) => 4 * (y * width + x)).some((at) =>
        wanted.every((value, channel) => Math.abs((pixels?.[at + channel] ?? 0) - value) < 60),
      )
    const columns = Array.from({ length: width }, (_, x) => x).filter(inked)
    const holes = columns.slice(1).map((x, index) => x - (columns[index] ?? x) - 1)
    return Math.max(0, ...holes) / width
  })
}
