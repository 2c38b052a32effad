/**
 * Blocks of pulses whose intensity classes Alice announces so that Bob can find where his clock stands. An announced
 * pulse is out of the key for good: its class is public before Bob says what he detected.
 */
import { packClasses } from '../../domain/qkd/sync/pulse-number'
import { decodeJson } from '../channel/message'
import type { Preparation } from './preparation'

/** The largest block, and all that she announces in one pass. */
const MOST_PULSES = 2 ** 25
const MOST_ANNOUNCED = 2 ** 26

interface Block {
  first: number
  count: number
}

export class AnnouncedBlocks {
  private readonly blocks: Block[] = []
  private announced = 0

  constructor(private readonly preparation: Preparation) {}

  /**
   * Answers a request for the classes of a block, two bits a pulse.
   * @param detected the last pulse that Bob said he detected: blocks begin behind it.
   * @throws Error when the block is no block, or more is asked for than a clock needs.
   */
  answer(body: Uint8Array, detected: number): Uint8Array {
    const { first, count } = blockOf(body)
    if (first <= detected)
      throw new Error(`Announcing pulses from ${first}: pulse ${detected} was detected already.`)
    this.announced += count
    if (this.announced > MOST_ANNOUNCED)
      throw new Error(
        `Announcing pulses: ${this.announced} were asked for, ${MOST_ANNOUNCED} at most.`,
      )
    this.blocks.push({ first, count })
    const classes = new Uint8Array(count)
    for (let i = 0; i < count; i += 1) classes[i] = this.preparation.intensityOf(first + i)
    return packClasses(classes)
  }

  /** @throws Error when one of the ascending pulses lies in an announced block. */
  refuseAny(pulses: Float64Array): void {
    for (const { first, count } of this.blocks) {
      const inside = pulses.find((pulse) => pulse >= first && pulse < first + count)
      if (inside !== undefined)
        throw new Error(`Sifting: pulse ${inside} was detected, but its class was announced.`)
    }
  }
}

function blockOf(body: Uint8Array): Block {
  const { first, count } = decodeJson('pattern-request', body) as Record<string, unknown>
  const sound = Number.isSafeInteger(first) && Number.isInteger(count)
  if (sound && Number(first) >= 0 && Number(count) > 0 && Number(count) <= MOST_PULSES)
    return { first: Number(first), count: Number(count) }
  throw new Error(`Reading pattern-request: ${String(first)} and ${String(count)} are no block.`)
}
