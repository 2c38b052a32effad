/**
 * The world at run time: draws slots one after another, asks Alice over her port, hands Bob his tags.
 * It holds a slot only between the question and the answer, and tells its parent nothing but the slot's number.
 */
import type { MessagePort } from 'node:worker_threads'
import { beginSlot, createWorld, endSlot } from './generator'
import type {
  AdvanceRequest,
  PreparedReply,
  PrepareRequest,
  TagsMessage,
  WorldReport,
  WorldStart,
} from './protocol'
import { slotNumber } from './slot-draw'

type Port = Pick<MessagePort, 'postMessage' | 'on' | 'off'>

/** Asks Alice and waits for the answer to this slot; there is no time limit, her closed port ends the engine. */
function askAlice(port: Port, request: PrepareRequest): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const listen = (reply: PreparedReply): void => {
      if (reply.kind !== 'prepared' || reply.slot !== request.slot) return
      port.off('message', listen)
      resolve(reply.bits)
    }
    port.on('message', listen)
    port.postMessage(request)
  })
}

function sendTags(port: Port, message: TagsMessage): void {
  port.postMessage(message, [
    message.channel.buffer as ArrayBuffer,
    message.time_ps.buffer as ArrayBuffer,
  ])
}

/**
 * Starts a world.
 * @param report tells the parent that a slot's tags are with Bob, or why they are not.
 * @returns the handler of advance requests; they are worked off in order.
 * @throws RangeError when the profile has no two rows.
 */
export function runWorld(
  start: WorldStart,
  report: (message: WorldReport) => void,
): (request: AdvanceRequest) => void {
  const state = createWorld(start)
  let last = Promise.resolve()
  const advance = async (request: AdvanceRequest): Promise<void> => {
    const draw = beginSlot(state, request)
    const bits = await askAlice(start.alicePort, draw.request)
    sendTags(start.bobPort, {
      kind: 'tags',
      slot: draw.request.slot,
      ...endSlot(state, draw, bits),
    })
    report({ kind: 'advanced', slot: draw.request.slot })
  }
  return (request) => {
    last = last
      .then(() => advance(request))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        report({ kind: 'failed', slot: slotNumber(request), reason })
      })
  }
}
