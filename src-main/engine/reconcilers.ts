/** The two sides of the code that a contact uses. */
import { CascadeAlice } from '../domain/qkd/cascade-alice'
import { CascadeBob } from '../domain/qkd/cascade-bob'
import { LdpcAlice } from '../domain/qkd/ldpc/ldpc-alice'
import { LdpcBob } from '../domain/qkd/ldpc/ldpc-bob'
import type { AliceReconciler, BobReconciler } from '../domain/qkd/reconciler'
import { osRandom } from './os-random'
import type { PartyKernels } from './party-kernels'
import type { ReconciliationChoice } from './reconciliation-choice'

type Method = ReconciliationChoice['method']

/** @param bits one basis' sifted key, one bit a byte. */
export function aliceReconciler(
  method: Method,
  bits: Uint8Array,
  kernels: PartyKernels,
): AliceReconciler {
  if (method === 'ldpc') return new LdpcAlice(bits, kernels.codes(), osRandom)
  return new CascadeAlice(bits, kernels.cascade)
}

/** @param options the estimated error rate, and four words of public randomness. */
export function bobReconciler(
  method: Method,
  bits: Uint8Array,
  options: { errorRate: number; seed: Uint32Array },
  kernels: PartyKernels,
): BobReconciler {
  if (method === 'ldpc')
    return new LdpcBob(bits, { ...options, codes: kernels.codes() }, kernels.ldpc)
  return new CascadeBob(bits, options, kernels.cascade)
}
