/** Bob's side of distillation: asks for parities, checks Alice's hash, counts his errors, hashes with her seeds. */
import { amplify } from '../../domain/qkd/toeplitz-amplify'
import {
  decodeAmplification,
  encodeErrorCounts,
  type Amplification,
} from '../../domain/qkd/distil-messages'
import type { BobReconciler } from '../../domain/qkd/reconciler'
import { VERIFICATION_LEAK_BITS, verifies } from '../../domain/qkd/verification'
import type { BasisCounts, Counts, ReconciliationReport } from '../../domain/model/report'
import type { ChannelEnd } from '../channel/channel-end'
import { encodeJson } from '../channel/message'
import { distilledLengths, type Distilled, type Leak } from '../distilled-lengths'
import { osRandom } from '../os-random'
import { decodePaired, encodePaired, type Paired } from '../paired-message'
import type { PartyKernels } from '../party-kernels'
import type { PublicParameters } from '../party-start'
import { bobReconciler } from '../reconcilers'
import { bases, packKey, type Basis } from '../sifted-key'
import type { BobSifting } from './sifting'

/** More reconciliation passes after a failed verification before the block is destroyed (design rule 5). */
const EXTRA_PASSES = 3

export class BobDistillation {
  private readonly codes: Record<Basis, BobReconciler>
  private readonly leak: Leak = { x: 0, z: 0 }
  private readonly verified: Record<Basis, boolean> = { x: false, z: false }
  private roundTrips = 0

  constructor(
    private readonly channel: ChannelEnd,
    private readonly sifting: BobSifting,
    private readonly parameters: PublicParameters,
    private readonly kernels: PartyKernels,
  ) {
    const { method } = parameters.reconciliation
    const errorRate = sifting.tally.sampleErrorRate(parameters.payload.polarisation_error)
    const start = (basis: Basis): BobReconciler =>
      bobReconciler(method, sifting.key.bitsOf(basis), { errorRate, seed: freshSeed() }, kernels)
    this.codes = { x: start('x'), z: start('z') }
  }

  /** Asks about both bases in one message a round, until no request is left. */
  async reconcile(): Promise<string> {
    for (;;) {
      const requests = { x: this.codes.x.next(), z: this.codes.z.next() }
      if (!requests.x && !requests.z) break
      this.roundTrips += 1
      this.channel.send('parity-request', encodePaired(requests))
      const { body } = await this.channel.receive('parities')
      this.accept(requests, decodePaired(body, 'Parities'))
    }
    this.channel.send('reconciled', new Uint8Array(0))
    const corrected = bases.map((basis) => this.codes[basis].corrections)
    return `${corrected.join(' and ')} errors corrected in X and Z`
  }

  /** Compares Alice's hash with his own; asks for at most three more passes, then the block is destroyed. */
  async verify(basis: Basis): Promise<boolean> {
    for (let extra = 0; ; extra += 1) {
      const { body } = await this.channel.receive('verification')
      const ok = verifies(this.codes[basis].corrected(), body)
      const again = !ok && extra < EXTRA_PASSES
      this.leak[basis] += VERIFICATION_LEAK_BITS
      this.channel.send('verification-outcome', encodeJson({ ok, again }))
      this.verified[basis] = ok
      if (!again) return ok
      this.codes[basis].retry(freshSeed())
      await this.reconcile()
    }
  }

  /** Counts errors by basis and intensity, announces them, and derives the lengths. */
  lengths(): Distilled {
    const errors: BasisCounts = { x: this.errorsOf('x'), z: this.errorsOf('z') }
    this.channel.send('error-counts', encodeErrorCounts(errors))
    const verified = bases.every((basis) => this.verified[basis])
    const leak = {
      x: this.leak.x + this.codes.x.disclosed,
      z: this.leak.z + this.codes.z.disclosed,
    }
    const { tally } = this.sifting
    return distilledLengths(
      ...([this.parameters, tally, errors, leak, verified] as const),
      this.reconciliation(),
    )
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
    for (const basis of bases) this.codes[basis].erase()
  }

  private hashed(basis: Basis, { m, seed }: Amplification, distilled: Distilled): Uint8Array {
    const own = distilled.terms[basis].secret_bits
    if (m !== own) throw new Error(`Amplifying ${basis}: ${m} bits there, ${own} bits here.`)
    return m > 0
      ? amplify(this.codes[basis].corrected(), seed, m, this.kernels.toeplitz)
      : new Uint8Array(0)
  }

  private reconciliation(): ReconciliationReport {
    const { x, z } = this.codes
    return {
      ...this.parameters.reconciliation,
      frames: x.frames + z.frames,
      blind_frames: x.blindFrames + z.blindFrames,
      requested_bits: x.requested + z.requested,
      round_trips: this.roundTrips,
      waiting_s: 0,
    }
  }

  private accept(asked: Paired, answers: Paired): void {
    for (const basis of bases) {
      const answer = answers[basis]
      if ((asked[basis] === null) !== (answer === null))
        throw new Error(`Reading parities: those of basis ${basis} do not fit the request.`)
      if (answer) this.codes[basis].accept(answer)
    }
  }

  private errorsOf(basis: Basis): Counts {
    const raw = this.sifting.key.bitsOf(basis)
    const corrected = this.codes[basis].corrected()
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
