/** Takes the pictures of `--screenshots DIR`: waits until the page says that it is drawn, then writes a PNG. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'

export type Shot = 'plan' | 'live' | 'replay' | 'keys'

/** Content size of a window, CSS pixels. */
export interface PictureSize {
  width: number
  height: number
}

export const DESIGN_SIZE: PictureSize = { width: 1440, height: 900 }
const POLL_MS = 50
/** Charts, canvas and globe follow a new size within this time, software rendering included. */
const RESIZE_MS = 1500

/** Two frames pass first, so that what was just laid out is also on the surface. */
const twoFrames = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`

/**
 * Reads `--screenshots-size=WIDTHxHEIGHT`.
 * @returns null without the switch
 * @throws Error naming the value when it is no size
 */
export function readPictureSize(value: string | null): PictureSize | null {
  if (value === null) return null
  const [, width, height] = /^(\d{3,5})x(\d{3,5})$/.exec(value) ?? []
  if (width && height) return { width: Number(width), height: Number(height) }
  throw new Error(`--screenshots-size is ${value}; give WIDTHxHEIGHT, for instance 1280x800.`)
}

export class Camera {
  constructor(
    private readonly window: BrowserWindow,
    private readonly folder: string,
    /** Wall clock at which waiting ends, POSIX ms. */
    private readonly deadline_ms: number,
    private readonly secondSize: PictureSize | null,
  ) {}

  /** Evaluates an expression in the page. */
  async read(expression: string): Promise<unknown> {
    return this.window.webContents.executeJavaScript(expression)
  }

  /**
   * Waits until an expression is true in the page.
   * @throws Error naming what was waited for, once the deadline is over
   */
  async until(what: string, expression: string): Promise<void> {
    while (Date.now() < this.deadline_ms) {
      if ((await this.read(expression)) === true) return
      await pause(POLL_MS)
    }
    throw new Error(
      `Writing screenshots: ${what} did not happen in time; open the application without ` +
        '--screenshots to see why.',
    )
  }

  /** Sets the size that the pictures have. */
  async resize({ width, height }: PictureSize): Promise<void> {
    this.window.setContentSize(width, height)
    await this.read(twoFrames)
  }

  /** Writes NAME.png, and NAME-WIDTHxHEIGHT.png where a second size was asked for. */
  async take(name: Shot): Promise<void> {
    await this.write(join(this.folder, `${name}.png`))
    if (!this.secondSize) return
    const { width, height } = this.secondSize
    await this.resize(this.secondSize)
    await pause(RESIZE_MS)
    await this.write(join(this.folder, `${name}-${width}x${height}.png`))
    await this.resize(DESIGN_SIZE)
    await pause(RESIZE_MS)
  }

  private async write(path: string): Promise<void> {
    await this.read(twoFrames)
    const picture = await this.window.webContents.capturePage()
    if (picture.isEmpty())
      throw new Error(
        `Writing ${path}: the window gave an empty picture; /dev/shm must be writable.`,
      )
    await writeFile(path, picture.toPNG())
    console.error(`wrote ${path}`)
  }
}

const pause = (time_ms: number): Promise<void> => new Promise((done) => setTimeout(done, time_ms))
