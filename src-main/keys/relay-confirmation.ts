/**
 * After a relay the two stations make sure that they hold the same key: A sends a Wegman-Carter tag of the key
 * itself, made with authentication key that came with it; B checks it against its own copy and answers under seal.
 * The tag is masked by a one-time pad, so that it tells a listener nothing; a key that differs in one bit passes
 * with probability below (blocks + 1) / 2^128.
 * Limit: a satellite that announced something false and also sits between the stations knows both keys and could
 * forge this exchange too. It is trusted by premise: the check catches lies and faults in what it announces.
 */
import type { HolderStore } from './holder-store'
import { checkSeal, seal } from './authenticated'
import { RefusedMessage } from './key-error'

const confirmed = (id: string): Uint8Array => new TextEncoder().encode(`relay ${id} confirmed`)

/** @returns whether both stations hold the same block; @throws InsufficientKey when their pool is too short. */
export function confirmRelay(a: HolderStore, b: HolderStore, id: string): boolean {
  const tag = a.withBlock(b.holder, id, (key) => seal(a, b.holder, key))
  try {
    b.withBlock(a.holder, id, (key) => checkSeal(b, a.holder, key, tag))
    checkSeal(a, b.holder, confirmed(id), seal(b, a.holder, confirmed(id)))
    return true
  } catch (error) {
    if (error instanceof RefusedMessage) return false
    throw error
  }
}
