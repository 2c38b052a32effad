/**
 * Alice's side of Cascade (Brassard, Salvail 1993): she answers with parities of her own bits and changes none.
 * She learns nothing of Bob's bits but where he asks. Every parity she gives counts as disclosed, asked twice or
 * not. The requests are checked before anything is computed from the key.
 */
import { MAX_CASCADE_BITS, MAX_PASSES, PassBlocks } from './cascade-blocks'
import { decodeRequest, openParities, type HalveRequest, type OpenRequest } from './cascade-wire'
import { packBits } from './bits'

interface OpenPass {
  layout: PassBlocks
  prefix: Uint8Array
}

export class CascadeAlice {
  readonly #bits: Uint8Array
  readonly #passes: OpenPass[] = []
  #disclosed = 0

  /** @param bits her sifted key as a bit array; @throws when it is longer than 2^26 bits. */
  constructor(bits: Uint8Array) {
    if (bits.length > MAX_CASCADE_BITS) {
      throw new Error(`Cascade: ${bits.length} bits are too many; split at ${MAX_CASCADE_BITS}`)
    }
    this.#bits = bits
  }

  /** Parities given so far, in bits: the leak of reconciliation. */
  get disclosed(): number {
    return this.#disclosed
  }

  /** Answers one request with packed parities; @throws when the request is not sound. */
  answer(request: Uint8Array): Uint8Array {
    const asked = decodeRequest(request)
    const parities = asked.kind === 'open' ? this.#open(asked) : this.#halve(asked)
    this.#disclosed += parities.length
    return packBits(parities)
  }

  /** Overwrites what was computed from the key; the bits themselves are the caller's. */
  erase(): void {
    for (const { prefix } of this.#passes) prefix.fill(0)
  }

  #open({ pass, n, blocks, seed }: OpenRequest): Uint8Array {
    const own = this.#bits.length
    if (n !== own) refuse(`it is for ${n} bits, the key has ${own}`)
    if (pass !== this.#passes.length) refuse(`pass ${pass} is out of order`)
    if (pass >= MAX_PASSES) refuse(`pass ${pass} is beyond the limit of ${MAX_PASSES}`)
    if (blocks < 1 || blocks > own) refuse(`${blocks} blocks cannot be cut from ${own} bits`)
    const layout = new PassBlocks(own, blocks, pass, seed)
    const prefix = layout.prefixParities(this.#bits)
    this.#passes.push({ layout, prefix })
    return Uint8Array.from(
      { length: openParities(pass, blocks) },
      (_, block) => prefix[layout.start(0, block)] ^ prefix[layout.start(0, block + 1)],
    )
  }

  #halve({ pass, groups }: HalveRequest): Uint8Array {
    const open = this.#passes[pass]
    if (!open) refuse(`pass ${pass} is not open`)
    const parities = new Uint8Array(groups.reduce((sum, { nodes }) => sum + nodes.length, 0))
    let at = 0
    for (const { depth, nodes } of groups) {
      for (const node of nodes) parities[at++] = leftParity(open, depth, node)
    }
    return parities
  }
}

function leftParity({ layout, prefix }: OpenPass, depth: number, node: number): number {
  const start = layout.start(depth, node)
  const end = layout.start(depth, node + 1)
  if (end > layout.n) refuse(`node ${node} at depth ${depth} lies outside the key`)
  if (end - start < 2) refuse(`node ${node} at depth ${depth} has no halves`)
  return prefix[start] ^ prefix[layout.start(depth + 1, 2 * node + 1)]
}

function refuse(why: string): never {
  throw new Error(`Cascade request refused: ${why}`)
}
