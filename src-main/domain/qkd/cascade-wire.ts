/**
 * Messages of Cascade. Bob asks in two ways: to open a pass (block count and permutation seed; the parities of
 * its blocks are wanted, but from the second pass on not the last one's, which follows from the total), or to
 * halve nodes of an open pass (the parity of each left half is wanted). Alice answers with packed parities, in
 * the order asked, and nothing else. The same bits disclosed are the leak.
 */
import { WireReader, WireWriter } from './wire'

const OPEN = 1
const HALVE = 2

export interface OpenRequest {
  kind: 'open'
  pass: number
  /** Length of the key, for Alice to compare with hers. */
  n: number
  blocks: number
  seed: Uint32Array
}

export interface HalveRequest {
  kind: 'halve'
  pass: number
  groups: NodeGroup[]
}

/** Nodes of one depth, ascending. */
export interface NodeGroup {
  depth: number
  nodes: number[]
}

export type CascadeRequest = OpenRequest | HalveRequest

/** Parities that an open request asks for. */
export const openParities = (pass: number, blocks: number): number =>
  pass === 0 ? blocks : blocks - 1

/** Parities that a request asks for, and so the bits that its answer discloses. */
export const requestedParities = (request: CascadeRequest): number =>
  request.kind === 'open'
    ? openParities(request.pass, request.blocks)
    : request.groups.reduce((sum, { nodes }) => sum + nodes.length, 0)

/** The bytes of a request; nodes go as differences, so they must ascend. */
export function encodeRequest(request: CascadeRequest): Uint8Array {
  const writer = new WireWriter()
  if (request.kind === 'open') {
    writer.number(OPEN).number(request.pass).number(request.n).number(request.blocks)
    for (const word of request.seed) writer.number(word)
    return writer.done()
  }
  writer.number(HALVE).number(request.pass).number(request.groups.length)
  for (const group of request.groups) encodeGroup(writer, group)
  return writer.done()
}

function encodeGroup(writer: WireWriter, { depth, nodes }: NodeGroup): void {
  writer.number(depth).number(nodes.length)
  let next = 0
  for (const node of nodes) {
    writer.number(node - next)
    next = node + 1
  }
}

/** @throws when the request is cut off, of no known kind, or announces more nodes than it carries. */
export function decodeRequest(bytes: Uint8Array): CascadeRequest {
  const reader = new WireReader(bytes, 'Cascade request')
  const kind = reader.number('its kind')
  if (kind === OPEN) return decodeOpen(reader)
  if (kind === HALVE) return decodeHalve(reader)
  return reader.refuse(`kind ${kind} is unknown`)
}

function decodeOpen(reader: WireReader): OpenRequest {
  const pass = reader.number('the pass')
  const n = reader.number('the key length')
  const blocks = reader.number('the block count')
  const seed = Uint32Array.from({ length: 4 }, () => reader.number('the seed', 2 ** 32 - 1))
  reader.end()
  return { kind: 'open', pass, n, blocks, seed }
}

function decodeHalve(reader: WireReader): HalveRequest {
  const pass = reader.number('the pass')
  const count = reader.number('the group count', reader.left)
  const groups = Array.from({ length: count }, () => decodeGroup(reader))
  reader.end()
  return { kind: 'halve', pass, groups }
}

function decodeGroup(reader: WireReader): NodeGroup {
  const depth = reader.number('the depth', 26)
  const count = reader.number('the node count', reader.left)
  const nodes: number[] = []
  let next = 0
  for (let i = 0; i < count; i++) {
    const node = next + reader.number('a node')
    nodes.push(node)
    next = node + 1
  }
  return { depth, nodes }
}
