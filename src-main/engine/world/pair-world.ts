/** The world of pairs at run time: slot after slot it hands each end its own tags, and keeps nothing. */
import type { MessagePort } from 'node:worker_threads'
import type { TagBatch } from '../../domain/model/tags'
import { OsRandomStream } from '../os-random'
import { createPairWorld, generatePairSlot } from './pair-generator'
import type { PairWorldStart } from '../pair-world-protocol'
import type { AdvanceRequest, TagsMessage, WorldReport } from './protocol'

type Port = Pick<MessagePort, 'postMessage'>

function sendTags(port: Port, slot: number, { channel, time_ps }: TagBatch): void {
  const message: TagsMessage = { kind: 'tags', slot, channel, time_ps }
  port.postMessage(message, [channel.buffer as ArrayBuffer, time_ps.buffer as ArrayBuffer])
}

/**
 * Starts a world of pairs. Outcomes are drawn from the operating system: they become key.
 * @param report tells the parent that a slot's tags are with both ends, or why they are not.
 * @returns the handler of advance requests. @throws RangeError when a profile has no two rows.
 */
export function runPairWorld(
  start: PairWorldStart,
  report: (message: WorldReport) => void,
): (request: AdvanceRequest) => void {
  const world = createPairWorld(start)
  const outcomes = new OsRandomStream()
  return (request) => {
    const slot = Math.floor(request.from_s)
    try {
      const { alice, bob } = generatePairSlot(world, request, () => outcomes.bit())
      sendTags(start.alicePort, slot, alice)
      sendTags(start.bobPort, slot, bob)
      report({ kind: 'advanced', slot })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      report({ kind: 'failed', slot, reason })
    }
  }
}
