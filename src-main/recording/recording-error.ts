/** A recording that cannot be read or written: what was wrong, and the way out. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'

  constructor(
    readonly what: string,
    readonly wayOut: string,
    options?: ErrorOptions,
  ) {
    super(`${what} ${wayOut}`, options)
  }
}
