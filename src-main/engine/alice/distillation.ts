/** Alice's side of distillation: answers parity requests, proves her key by a hash, chooses the seeds. */
import { unpackBits } from '../../domain/qkd/bits'
import { amplify } from '../../domain/qkd/toeplitz-amplify'
import { decodeErrorCounts, encodeAmplification, seedBits } from '../../domain/qkd/distil-messages'
import type { AliceReconciler } from '../../domain/qkd/reconciler'
import { VERIFICATION_LEAK_BITS, verificationMessage } from '../../domain/qkd/verification'
import type { ChannelEnd } from '../channel/channel-end'
import { decodeJson, encodeJson } from '../channel/message'
import { distilledLengths, type Distilled, type Leak } from '../distilled-lengths'
import { osRandom } from '../os-random'
import { decodePaired, encodePaired } from '../paired-message'
import type { PartyKernels } from '../party-kernels'
import type { PublicParameters } from '../party-start'
import { aliceReconciler } from '../reconcilers'
import { bases, packKey, type Basis } from '../sifted-key'
import type { AliceSifting } from './sifting'

export class AliceDistillation {
  private readonly codes: Record<Basis, AliceReconciler>
  /** Verification tags and outcomes disclosed so far. */
  private readonly verification: Leak = { x: 0, z: 0 }
  private readonly verified: Record<Basis, boolean> = { x: false, z: false }
  private roundTrips = 0

  constructor(
    private readonly channel: ChannelEnd,
    private readonly sifting: AliceSifting,
    private readonly parameters: PublicParameters,
    private readonly kernels: PartyKernels,
  ) {
    const { method } = parameters.reconciliation
    const start = (basis: Basis): AliceReconciler =>
      aliceReconciler(method, sifting.key.bitsOf(basis), kernels)
    this.codes = { x: start('x'), z: start('z') }
  }

  /** Answers requests about both bases at once until Bob says that he has no more. */
  async reconcile(): Promise<void> {
    for (;;) {
      const message = await this.channel.receive('parity-request', 'reconciled')
      if (message.kind === 'reconciled') return
      const asked = decodePaired(message.body, 'Request for parities')
      const answer = (basis: Basis): Uint8Array | null => {
        const request = asked[basis]
        return request && this.codes[basis].answer(request)
      }
      this.roundTrips += 1
      this.channel.send('parities', encodePaired({ x: answer('x'), z: answer('z') }))
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
      await this.reconcile()
    }
  }

  /** Lengths from Bob's error counts; then seeds, and the key. */
  async lengths(): Promise<Distilled> {
    const { body } = await this.channel.receive('error-counts')
    const errors = decodeErrorCounts(body, this.sifting.tally.kept)
    const verified = bases.every((basis) => this.verified[basis])
    const { tally } = this.sifting
    const { method, why } = this.parameters.reconciliation
    // Frames and what they needed are Bob's to know.
    const reconciliation = { method, why, frames: 0, blind_frames: 0, round_trips: this.roundTrips }
    return distilledLengths(...([this.parameters, tally, errors, this.leak(), verified] as const), {
      ...reconciliation,
      waiting_s: 0,
    })
  }

  /** Draws and sends the Toeplitz seeds, both bases in one message, and hashes. */
  amplify(distilled: Distilled): Uint8Array {
    const x = this.fresh('x', distilled)
    const z = this.fresh('z', distilled)
    this.channel.send('seeds', encodeAmplification({ x, z }))
    const keys = bases.map((basis) => {
      const { m, seed } = basis === 'x' ? x : z
      const bits = this.sifting.key.bitsOf(basis)
      return m > 0 ? amplify(bits, seed, m, this.kernels.toeplitz) : new Uint8Array(0)
    })
    return packKey(keys[0], keys[1])
  }

  /** Overwrites what was computed from the sifted key. */
  erase(): void {
    for (const basis of bases) this.codes[basis].erase()
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
      x: this.codes.x.disclosed + this.verification.x,
      z: this.codes.z.disclosed + this.verification.z,
    }
  }
}

/** The first message of the conversation: what Alice is about to do. */
export const helloBody = (parameters: PublicParameters): Uint8Array => encodeJson(parameters)
