/** The compiled kernels of one party: instances of its own, in its own worker, so that no memory is shared. */
import type { CascadeKernel } from '../domain/qkd/cascade-kernel'
import type { ToeplitzKernel } from '../domain/qkd/toeplitz-kernel'
import { kernelDirOf, loadKernel } from './kernels'

export interface PartyKernels {
  /** The plain twins serve where a kernel is absent. */
  cascade?: CascadeKernel
  toeplitz?: ToeplitzKernel
}

/** @param workerDir folder of the built workers. @throws Error naming a kernel that cannot be loaded. */
export function loadPartyKernels(workerDir: string): PartyKernels {
  const dir = kernelDirOf(workerDir)
  return {
    cascade: loadKernel<CascadeKernel>(dir, 'cascade'),
    toeplitz: loadKernel<ToeplitzKernel>(dir, 'toeplitz'),
  }
}
