/** Bob's side of distilling an entangled pass: asks, checks Alice's hash, counts his errors, hashes with her seed. */
import { decodeAmplification, encodeErrorCounts } from '../../domain/qkd/distil-messages'
import type { PerBasis } from '../../domain/qkd/pairs/tally'
import type { BobReconciler } from '../../domain/qkd/reconciler'
import { amplify } from '../../domain/qkd/toeplitz-amplify'
import { VERIFICATION_LEAK_BITS, verifies } from '../../domain/qkd/verification'
import type { ChannelEnd } from '../channel/channel-end'
import { encodeJson } from '../channel/message'
import { osRandom } from '../os-random'
import { pairDistilledLengths } from '../pair-distilled-lengths'
import type { PairParameters } from '../pair-start'
import type { PartyKernels } from '../party-kernels'
import type { PartyFigures } from '../party-start'
import { bobReconciler } from '../reconcilers'
import { packKey } from '../sifted-key'
import type { BobPairSifting } from './pair-sifting'

/** More reconciliation attempts after a failed verification before the block is destroyed (design rule 5). */
const EXTRA_ATTEMPTS = 3

export class BobPairDistillation {
  private readonly raw: Uint8Array
  private readonly code: BobReconciler
  private verification_bits = 0
  private verified = false
  private round_trips = 0

  constructor(
    private readonly channel: ChannelEnd,
    private readonly sifting: BobPairSifting,
    private readonly parameters: PairParameters,
    private readonly kernels: PartyKernels,
  ) {
    this.raw = sifting.key.bits()
    const expected = (1 - parameters.source.visibility) / 2
    const errorRate = sifting.tally.errorRate(expected)
    const { method } = parameters.reconciliation
    this.code = bobReconciler(method, this.raw, { errorRate, seed: freshSeed() }, kernels)
  }

  /** Asks until no request is left. */
  async reconcile(): Promise<string> {
    for (let request = this.code.next(); request; request = this.code.next()) {
      this.channel.send('parity-request', request)
      const { body } = await this.channel.receive('parities')
      this.code.accept(body)
      this.round_trips += 1
    }
    this.channel.send('reconciled', new Uint8Array(0))
    return `${this.code.corrections} errors corrected`
  }

  /** Compares Alice's hash with his own; asks for at most three more attempts, then the block is destroyed. */
  async verify(): Promise<boolean> {
    for (let extra = 0; ; extra += 1) {
      const { body } = await this.channel.receive('verification')
      this.verified = verifies(this.code.corrected(), body)
      const again = !this.verified && extra < EXTRA_ATTEMPTS
      this.verification_bits += VERIFICATION_LEAK_BITS
      this.channel.send('verification-outcome', encodeJson({ ok: this.verified, again }))
      if (!again) return this.verified
      this.code.retry(freshSeed())
      await this.reconcile()
    }
  }

  /** Counts errors by basis, announces them, and derives the figures. */
  lengths(): PartyFigures {
    const errors = this.errors()
    this.channel.send(
      'error-counts',
      encodeErrorCounts({ x: [errors.x, 0, 0], z: [errors.z, 0, 0] }),
    )
    return pairDistilledLengths(this.parameters, this.sifting.tally, {
      errors,
      leak_bits: this.code.disclosed + this.verification_bits,
      verified: this.verified,
      round_trips: this.round_trips,
      frames: this.code.frames,
      blind_frames: this.code.blindFrames,
    })
  }

  /** @throws Error when Alice's length is not this side's. */
  async amplify({ secret_bits: own }: PartyFigures): Promise<Uint8Array> {
    const { body } = await this.channel.receive('seeds')
    const { m, seed } = decodeAmplification(body, { x: this.raw.length, z: 0 }).x
    if (m !== own) throw new Error(`Amplifying: ${m} bits there, ${own} bits here.`)
    const key =
      m > 0 ? amplify(this.code.corrected(), seed, m, this.kernels.toeplitz) : new Uint8Array(0)
    return packKey(key, new Uint8Array(0))
  }

  /** Overwrites his bits, raw and corrected. */
  erase(): void {
    this.raw.fill(0)
    this.code.erase()
  }

  private errors(): PerBasis {
    const corrected = this.code.corrected()
    const errors: PerBasis = { x: 0, z: 0 }
    this.raw.forEach((bit, i) => {
      if (bit !== corrected[i]) errors[this.sifting.key.basisAt(i)] += 1
    })
    return errors
  }
}

/** Public randomness of the permutations. */
function freshSeed(): Uint32Array {
  return new Uint32Array(osRandom(16).buffer)
}
