import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { PrepareRequest, TagsMessage, WorldReport } from './protocol'
import { referencePass } from './reference-pass'
import { runWorld } from './world'

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

function channel(): [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  return [port1, port2]
}

/** Flies slots through real ports; Alice answers zeros. */
async function flyThroughPorts(slots: number) {
  const [alicePort, alice] = channel()
  const [bobPort, bob] = channel()
  const asked: PrepareRequest[] = []
  const tags: TagsMessage[] = []
  const reports: WorldReport[] = []
  alice.on('message', (request: PrepareRequest) => {
    asked.push(request)
    const bits = new Uint8Array(request.pulses.length)
    alice.postMessage({ kind: 'prepared', slot: request.slot, bits })
  })
  bob.on('message', (message: TagsMessage) => tags.push(message))
  const start = { ...referencePass(20, 3), alicePort, bobPort }
  await new Promise<void>((resolve) => {
    const advance = runWorld(start, (report) => {
      reports.push(report)
      if (reports.length === slots) resolve()
    })
    for (let s = 0; s < slots; s++)
      advance({ kind: 'advance', from_s: s, to_s: s + 1, shutter: false })
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  return { asked, tags, reports }
}

describe('world through its ports', () => {
  it('asks Alice once a slot, in order, and hands Bob the tags', async () => {
    const { asked, tags, reports } = await flyThroughPorts(4)
    expect(asked.map(({ slot }) => slot)).toEqual([0, 1, 2, 3])
    expect(tags.map(({ slot }) => slot)).toEqual([0, 1, 2, 3])
    expect(reports).toEqual([0, 1, 2, 3].map((slot) => ({ kind: 'advanced', slot })))
    expect(tags.every(({ time_ps }) => time_ps.length > 10_000)).toBe(true)
  })

  it('lets no truth out: Bob has tags and his monitor only, Alice classes of her own pulses, the parent a number', async () => {
    const { asked, tags, reports } = await flyThroughPorts(2)
    for (const message of tags)
      expect(Object.keys(message).sort()).toEqual(['channel', 'kind', 'monitor', 'slot', 'time_ps'])
    for (const request of asked)
      expect(Object.keys(request).sort()).toEqual(['basis', 'intensity', 'kind', 'pulses', 'slot'])
    for (const report of reports) expect(Object.keys(report).sort()).toEqual(['kind', 'slot'])
  })

  it('says why a slot cannot be flown', async () => {
    const [alicePort] = channel()
    const [bobPort] = channel()
    const start = { ...referencePass(20, 3), alicePort, bobPort }
    const report = await new Promise<WorldReport>((resolve) => {
      runWorld(start, resolve)({ kind: 'advance', from_s: 50, to_s: 51, shutter: false })
    })
    expect(report).toMatchObject({ kind: 'failed', slot: 50 })
    expect('reason' in report && report.reason).toMatch(/profile covers 0 to 20 s/)
  })
})
