/** Child processes of the set-up: started in their own group, ended by pid, none left behind. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const posix = process.platform !== 'win32'

/** Sends a signal to a child's whole process group; silent when it is gone. */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    if (posix && child.ownGroup) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // the group has ended already
  }
}

/**
 * Starts a child in its own process group.
 * @returns the child, marked with `ownGroup` for {@link signalGroup}
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: posix, windowsHide: true, ...options })
  child.ownGroup = posix
  return child
}

function passSignals(child) {
  const relay = (signal) => signalGroup(child, signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, relay)
  return () => signals.forEach((signal) => process.off(signal, relay))
}

function limit(child, limit_s) {
  if (!limit_s) return { clear: () => {}, hit: () => false }
  let hit = false
  const timers = []
  const end = (signal, after_s) => setTimeout(() => signalGroup(child, signal), after_s * 1000)
  timers.push(setTimeout(() => (hit = true), limit_s * 1000))
  timers.push(end('SIGTERM', limit_s), end('SIGKILL', limit_s + 5))
  return { clear: () => timers.forEach(clearTimeout), hit: () => hit }
}

/**
 * Runs a command to its end; signals to this process are passed on, and what is left of the group is killed.
 * @param {object} options spawn options, and `limit_s`, `capture` (collects standard output)
 * @returns {Promise<{ code: number, stdout: string, timedOut: boolean }>} 127 when it cannot be started
 */
export function run(command, args, { limit_s, capture = false, ...options } = {}) {
  const stdio = ['ignore', capture ? 'pipe' : 'inherit', 'inherit']
  const child = start(command, args, { stdio, ...options })
  const quiet = passSignals(child)
  const kill = limit(child, limit_s)
  let stdout = ''
  child.stdout?.on('data', (chunk) => (stdout += chunk))
  return new Promise((resolve) => {
    let settled = false
    const finish = (code) => {
      if (settled) return
      settled = true
      quiet()
      kill.clear()
      signalGroup(child, 'SIGKILL')
      resolve({ code, stdout, timedOut: kill.hit() })
    }
    child.on('error', () => finish(127))
    child.on('exit', (code, signal) => {
      if (!capture) return finish(code ?? exitCodeOf(signal))
      child.on('close', () => finish(code ?? exitCodeOf(signal)))
    })
  })
}

const exitCodeOf = (signal) =>
  128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 6)

/** The npm that runs this script, or the one on the path, as [command, leading arguments, options]. */
export function npmCommand() {
  const own = process.env.npm_execpath
  if (own && /npm-cli\.[cm]?js$/.test(own) && existsSync(own)) return [process.execPath, [own], {}]
  return posix ? ['npm', [], {}] : ['npm.cmd', [], { shell: true }]
}

/** The environment for a nested npm: without what the outer npm put there for its own script. */
export function cleanNpmEnvironment(extra = {}) {
  const kept = /^npm_config_(registry|cache|userconfig|globalconfig|.*proxy|cafile|strict_ssl)$/i
  const drop = (name) => /^npm_(config|package|lifecycle)_/i.test(name) && !kept.test(name)
  const entries = Object.entries(process.env).filter(([name]) => !drop(name))
  return { ...Object.fromEntries(entries), ...extra }
}
