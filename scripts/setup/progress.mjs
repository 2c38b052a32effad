/** What the set-up says while it works: one line a step, a sign of life on long ones. */

/** Prints one line; progress goes to standard error so that standard output stays the program's. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Steps under way, innermost last: it alone gives the sign of life. */
const underWay = []

/**
 * Runs a long step and says every ten seconds that it still runs.
 * @param {string} title what is being done
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} the work's result; its error passes through
 * @template T
 */
export async function step(title, work) {
  const start = Date.now()
  const seconds = () => Math.round((Date.now() - start) / 1000)
  const mark = Symbol(title)
  underWay.push(mark)
  say(`> ${title}`)
  const pulse = setInterval(() => {
    if (underWay.at(-1) === mark) say(`  ... ${title}: ${seconds()} s`)
  }, 10_000)
  try {
    return await work()
  } finally {
    clearInterval(pulse)
    underWay.splice(underWay.indexOf(mark), 1)
  }
}

/** A failure whose message alone is shown: it says what was being done, the value and the way out. */
export class SetupError extends Error {}

/** Shows an error as one line for set-up failures, with its stack for programming errors. */
export function sayError(error) {
  say(error instanceof SetupError ? error.message : String(error?.stack ?? error))
}
