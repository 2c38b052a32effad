/** Alice's side of distillation: answers parity requests, proves her key by a hash, chooses the seeds. */
import { unpackBits } from '../../domain/qkd/bits'
import { CascadeAlice } from '../../domain/qkd/cascade-alice'
import { decodeErrorCounts, encodeAmplification, seedBits } from '../../domain/qkd/distil-messages'
import { toeplitzHash } from '../../domain/qkd/toeplitz'
import { VERIFICATION_LEAK_BITS, verificationMessage } from '../../domain/qkd/verification'
import type { ChannelEnd } from '../channel/channel-end'
import { decodeJson, encodeJson } from '../channel/message'
import { distilledLengths, type Distilled, type Leak } from '../distilled-lengths'
import { osRandom } from '../os-random'
import type { PublicParameters } from '../party-start'
import { bases, packKey, type Basis } from '../sifted-key'
import type { AliceSifting } from './sifting'

export class AliceDistillation {
  private readonly cascade: Record<Basis, CascadeAlice>
  /** Verification tags and outcomes disclosed so far. */
  private readonly verification: Leak = { x: 0, z: 0 }
  private readonly verified: Record<Basis, boolean> = { x: false, z: false }

  constructor(
    private readonly channel: ChannelEnd,
    private readonly sifting: AliceSifting,
    private readonly parameters: PublicParameters,
  ) {
    this.cascade = {
      x: new CascadeAlice(sifting.key.bitsOf('x')),
      z: new CascadeAlice(sifting.key.bitsOf('z')),
    }
  }

  /** Answers parity requests until Bob says that this basis is done. */
  async reconcile(basis: Basis): Promise<void> {
    for (;;) {
      const message = await this.channel.receive('parity-request', 'reconciled')
      if (message.kind === 'reconciled') return
      this.channel.send('parities', this.cascade[basis].answer(message.body))
    }
  }

  /** Sends the hash of a basis; Bob may ask for more parities up to three times before it is destroyed. */
  async verify(basis: Basis): Promise<boolean> {
    for (;;) {
      this.sendVerification(basis)
      const message = await this.channel.receive('verification-outcome')
      const { ok, again } = decodeJson(message.kind, message.body) as Record<string, unknown>
      this.verified[basis] = ok === true
      if (ok === true || again !== true) return this.verified[basis]
      await this.reconcile(basis)
    }
  }

  /** Lengths from Bob's error counts; then seeds, and the key. */
  async lengths(): Promise<Distilled> {
    const { body } = await this.channel.receive('error-counts')
    const errors = decodeErrorCounts(body, this.sifting.tally.kept)
    const verified = bases.every((basis) => this.verified[basis])
    return distilledLengths(this.parameters, this.sifting.tally, errors, this.leak(), verified)
  }

  /** Draws and sends the Toeplitz seeds, both bases in one message, and hashes. */
  amplify(distilled: Distilled): Uint8Array {
    const x = this.fresh('x', distilled)
    const z = this.fresh('z', distilled)
    this.channel.send('seeds', encodeAmplification({ x, z }))
    const keys = bases.map((basis) => {
      const { m, seed } = basis === 'x' ? x : z
      return m > 0 ? toeplitzHash(this.sifting.key.bitsOf(basis), seed, m) : new Uint8Array(0)
    })
    return packKey(keys[0], keys[1])
  }

  /** Overwrites what was computed from the sifted key. */
  erase(): void {
    for (const basis of bases) this.cascade[basis].erase()
  }

  private fresh(basis: Basis, distilled: Distilled) {
    const n = this.sifting.key.bitsOf(basis).length
    const m = distilled.terms[basis].secret_bits
    const bits = seedBits(n, m)
    const bytes = Math.ceil(bits / 8)
    return { n, m, seed: unpackBits(osRandom(bytes), 8 * bytes).subarray(0, bits) }
  }

  private sendVerification(basis: Basis): void {
    const bits = this.sifting.key.bitsOf(basis)
    this.channel.send('verification', verificationMessage(bits, osRandom))
    this.verification[basis] += VERIFICATION_LEAK_BITS
  }

  private leak(): Leak {
    return {
      x: this.cascade.x.disclosed + this.verification.x,
      z: this.cascade.z.disclosed + this.verification.z,
    }
  }
}

/** The first message of the conversation: what Alice is about to do. */
export const helloBody = (parameters: PublicParameters): Uint8Array => encodeJson(parameters)
