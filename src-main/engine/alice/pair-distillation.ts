/** Alice's side of distilling an entangled pass: one block, both bases; she answers, proves her key and draws the seed. */
import type { AliceReconciler } from '../../domain/qkd/reconciler'
import { unpackBits } from '../../domain/qkd/bits'
import { decodeErrorCounts, encodeAmplification, seedBits } from '../../domain/qkd/distil-messages'
import { amplify } from '../../domain/qkd/toeplitz-amplify'
import { VERIFICATION_LEAK_BITS, verificationMessage } from '../../domain/qkd/verification'
import type { ChannelEnd } from '../channel/channel-end'
import { decodeJson } from '../channel/message'
import { osRandom } from '../os-random'
import { pairDistilledLengths } from '../pair-distilled-lengths'
import type { PairParameters } from '../pair-start'
import type { PartyKernels } from '../party-kernels'
import type { PartyFigures } from '../party-start'
import { aliceReconciler } from '../reconcilers'
import { packKey } from '../sifted-key'
import type { AlicePairSifting } from './pair-sifting'

const NO_BITS = { n: 0, m: 0, seed: new Uint8Array(0) }

export class AlicePairDistillation {
  private readonly bits: Uint8Array
  private readonly code: AliceReconciler
  private verification_bits = 0
  private verified = false
  private round_trips = 0

  constructor(
    private readonly channel: ChannelEnd,
    private readonly sifting: AlicePairSifting,
    private readonly parameters: PairParameters,
    private readonly kernels: PartyKernels,
  ) {
    this.bits = sifting.key.bits()
    this.code = aliceReconciler(parameters.reconciliation.method, this.bits, kernels)
  }

  /** Answers requests until Bob says that he is done. */
  async reconcile(): Promise<void> {
    for (;;) {
      const message = await this.channel.receive('parity-request', 'reconciled')
      if (message.kind === 'reconciled') return
      this.round_trips += 1
      this.channel.send('parities', this.code.answer(message.body))
    }
  }

  /** Sends the hash of her bits; Bob may ask for another attempt up to three times before the block is destroyed. */
  async verify(): Promise<boolean> {
    for (;;) {
      this.channel.send('verification', verificationMessage(this.bits, osRandom))
      this.verification_bits += VERIFICATION_LEAK_BITS
      const message = await this.channel.receive('verification-outcome')
      const { ok, again } = decodeJson(message.kind, message.body) as Record<string, unknown>
      this.verified = ok === true
      if (ok === true || again !== true) return this.verified
      await this.reconcile()
    }
  }

  /** Figures from Bob's error counts and the counted leak. */
  async lengths(): Promise<PartyFigures> {
    const { body } = await this.channel.receive('error-counts')
    const { tally } = this.sifting
    const errors = decodeErrorCounts(body, tally.counts)
    return pairDistilledLengths(this.parameters, tally, {
      errors: { x: errors.x[0], z: errors.z[0] },
      leak_bits: this.code.disclosed + this.verification_bits,
      verified: this.verified,
      round_trips: this.round_trips,
    })
  }

  /** Draws and sends the Toeplitz seed, and hashes. */
  amplify({ secret_bits: m }: PartyFigures): Uint8Array {
    const n = this.bits.length
    const length = seedBits(n, m)
    const bytes = Math.ceil(length / 8)
    const seed = unpackBits(osRandom(bytes), 8 * bytes).subarray(0, length)
    this.channel.send('seeds', encodeAmplification({ x: { n, m, seed }, z: NO_BITS }))
    const key = m > 0 ? amplify(this.bits, seed, m, this.kernels.toeplitz) : new Uint8Array(0)
    return packKey(key, new Uint8Array(0))
  }

  /** Overwrites her bits and what was computed from them. */
  erase(): void {
    this.bits.fill(0)
    this.code.erase()
  }
}
