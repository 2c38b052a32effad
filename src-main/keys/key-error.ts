/** What can go wrong with keys: each error says what was being done, the value, and the way out. */

export class KeyError extends Error {
  constructor(
    readonly what: string,
    readonly wayOut: string,
    options?: ErrorOptions,
  ) {
    super(`${what} ${wayOut}`, options)
    this.name = new.target.name
  }
}

/** The ledger, a key file or a wrapped key does not open with what was given. */
export class WrongKey extends KeyError {}

/** A file of the key room is missing, unreadable, damaged or not what it should be. */
export class BadKeyFile extends KeyError {}

/** A pair of holders has less key than asked for; nothing was spent. */
export class InsufficientKey extends KeyError {
  constructor(
    readonly pair: readonly [string, string],
    readonly asked_bits: number,
    readonly left_bits: number,
    purpose: 'key' | 'authentication key',
  ) {
    super(
      `Not enough ${purpose} between ${pair[0]} and ${pair[1]}: ${asked_bits} bits asked, ${left_bits} bits left, nothing was spent.`,
      purpose === 'key'
        ? `Fly another pass or relay more key between ${pair[0]} and ${pair[1]}.`
        : `Without it nothing between ${pair[0]} and ${pair[1]} can be trusted: relay key between them, or hand both a new start key (in a rehearsal, opening the mission again draws one).`,
    )
  }
}

/** A range of key was named that is already gone: a bit serves once. */
export class ReusedKey extends KeyError {}

/** A message between holders was refused; the refuser's key stays as it was. */
export class RefusedMessage extends KeyError {}
