/** Bad usage or bad input: one line to standard error and exit code 2. */
export class UsageError extends Error {}

/** Prints one line without a stack trace and gives the exit code for bad input. */
export function refuse(text: string): number {
  process.stderr.write(`micius: ${text.replace(/\s*\n\s*/g, ' ')}\n`)
  return 2
}
