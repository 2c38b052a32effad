/** Bob's side of distillation: asks for parities, checks Alice's hash, counts his errors, hashes with her seeds. */
import { CascadeBob } from '../../domain/qkd/cascade-bob'
import {
  decodeAmplification,
  encodeErrorCounts,
  type Amplification,
} from '../../domain/qkd/distil-messages'
import { toeplitzHash } from '../../domain/qkd/toeplitz'
import { VERIFICATION_LEAK_BITS, verifies } from '../../domain/qkd/verification'
import type { BasisCounts, Counts } from '../../domain/model/report'
import type { ChannelEnd } from '../channel/channel-end'
import { encodeJson } from '../channel/message'
import { distilledLengths, type Distilled, type Leak } from '../distilled-lengths'
import { osRandom } from '../os-random'
import type { PublicParameters } from '../party-start'
import { bases, packKey, type Basis } from '../sifted-key'
import type { BobSifting } from './sifting'

/** More reconciliation passes after a failed verification before the block is destroyed (design rule 5). */
const EXTRA_PASSES = 3

export class BobDistillation {
  private readonly cascade: Record<Basis, CascadeBob>
  private readonly leak: Leak = { x: 0, z: 0 }
  private readonly verified: Record<Basis, boolean> = { x: false, z: false }

  constructor(
    private readonly channel: ChannelEnd,
    private readonly sifting: BobSifting,
    private readonly parameters: PublicParameters,
  ) {
    const errorRate = sifting.tally.sampleErrorRate(parameters.payload.polarisation_error)
    const start = (basis: Basis): CascadeBob =>
      new CascadeBob(sifting.key.bitsOf(basis), { errorRate, seed: freshSeed() })
    this.cascade = { x: start('x'), z: start('z') }
  }

  /** Asks until no request is left; every parity that comes back is counted as disclosed. */
  async reconcile(basis: Basis): Promise<string> {
    const cascade = this.cascade[basis]
    for (let request = cascade.next(); request; request = cascade.next()) {
      this.channel.send('parity-request', request)
      const { body } = await this.channel.receive('parities')
      cascade.accept(body)
    }
    this.channel.send('reconciled', new Uint8Array(0))
    return `${basis.toUpperCase()}: ${cascade.corrections} errors corrected`
  }

  /** Compares Alice's hash with his own; asks for at most three more passes, then the block is destroyed. */
  async verify(basis: Basis): Promise<boolean> {
    for (let extra = 0; ; extra += 1) {
      const { body } = await this.channel.receive('verification')
      const ok = verifies(this.cascade[basis].corrected(), body)
      const again = !ok && extra < EXTRA_PASSES
      this.leak[basis] += VERIFICATION_LEAK_BITS
      this.channel.send('verification-outcome', encodeJson({ ok, again }))
      this.verified[basis] = ok
      if (!again) return ok
      this.cascade[basis].extraPasses(1, freshSeed())
      await this.reconcile(basis)
    }
  }

  /** Counts errors by basis and intensity, announces them, and derives the lengths. */
  lengths(): Distilled {
    const errors: BasisCounts = { x: this.errorsOf('x'), z: this.errorsOf('z') }
    this.channel.send('error-counts', encodeErrorCounts(errors))
    const verified = bases.every((basis) => this.verified[basis])
    const leak = {
      x: this.leak.x + this.cascade.x.disclosed,
      z: this.leak.z + this.cascade.z.disclosed,
    }
    return distilledLengths(this.parameters, this.sifting.tally, errors, leak, verified)
  }

  /** @throws Error when Alice's lengths are not this side's. */
  async amplify(distilled: Distilled): Promise<Uint8Array> {
    const { body } = await this.channel.receive('seeds')
    const n = { x: this.sifting.key.bitsOf('x').length, z: this.sifting.key.bitsOf('z').length }
    const seeds = decodeAmplification(body, n)
    const keys = bases.map((basis) => this.hashed(basis, seeds[basis], distilled))
    return packKey(keys[0], keys[1])
  }

  /** Overwrites Bob's corrected key and what was computed from it. */
  erase(): void {
    for (const basis of bases) this.cascade[basis].erase()
  }

  private hashed(basis: Basis, { m, seed }: Amplification, distilled: Distilled): Uint8Array {
    const own = distilled.terms[basis].secret_bits
    if (m !== own) throw new Error(`Amplifying ${basis}: ${m} bits there, ${own} bits here.`)
    return m > 0 ? toeplitzHash(this.cascade[basis].corrected(), seed, m) : new Uint8Array(0)
  }

  private errorsOf(basis: Basis): Counts {
    const raw = this.sifting.key.bitsOf(basis)
    const corrected = this.cascade[basis].corrected()
    const intensities = this.sifting.key.intensitiesOf(basis)
    const errors: Counts = [0, 0, 0]
    for (let i = 0; i < raw.length; i += 1) if (raw[i] !== corrected[i]) errors[intensities[i]] += 1
    return errors
  }
}

/** Public randomness of the permutations. */
function freshSeed(): Uint32Array {
  return new Uint32Array(osRandom(16).buffer)
}
