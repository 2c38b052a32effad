/** A display to draw on: the user's, or a virtual one that ends with this process. */
import { signalGroup, start } from './processes.mjs'
import { say, SetupError } from './progress.mjs'
import { hasCommand } from './system-packages.mjs'

const START_LIMIT_MS = 20_000

/** True when this machine draws on X or Wayland and neither is announced. */
export function needsVirtualDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY
}

/**
 * Starts a virtual display when there is none.
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>} variables for the child, and the end
 * @throws SetupError when Xvfb is missing or does not start
 */
export async function obtainDisplay() {
  if (!needsVirtualDisplay()) return { env: {}, stop: async () => {} }
  if (!hasCommand('Xvfb')) {
    throw new SetupError(
      'There is no display and no Xvfb to make one: sudo apt-get install --no-install-recommends xvfb, ' +
        'or use --headless.',
    )
  }
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp']
  const server = start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const end = () => signalGroup(server, 'SIGTERM')
  process.on('exit', end)
  const number = await announced(server)
  say(`No display: a virtual one is used (:${number}).`)
  return { env: { DISPLAY: `:${number}` }, stop: () => stop(server, end) }
}

/** Xvfb writes the number of the free display it took once it accepts clients. */
function announced(server) {
  return new Promise((resolve, reject) => {
    let text = ''
    const refuse = (why) => reject(new SetupError(`Starting the virtual display failed: ${why}.`))
    const timer = setTimeout(() => {
      signalGroup(server, 'SIGKILL')
      refuse(`Xvfb said nothing for ${START_LIMIT_MS / 1000} s`)
    }, START_LIMIT_MS)
    server.on('error', (error) => refuse(error.message))
    server.on('exit', (code) => {
      clearTimeout(timer)
      refuse(`Xvfb exited with ${code}; its socket folder (.X11-unix) must be writable`)
    })
    server.stdio[3].on('data', (chunk) => {
      text += chunk
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve(Number(text.trim()))
    })
  })
}

async function stop(server, end) {
  process.off('exit', end)
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise((done) => server.once('exit', done))
  const kill = setTimeout(() => signalGroup(server, 'SIGKILL'), 5000)
  end()
  await gone
  clearTimeout(kill)
}
