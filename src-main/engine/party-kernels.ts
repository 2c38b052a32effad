/**
 * What one party computes with: compiled kernels, instances of its own in its own worker, so that no memory is shared;
 * and the public table of LDPC codes, the same at both ends.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CascadeKernel } from '../domain/qkd/cascade-kernel'
import { readCodeTable, type CodeTable } from '../domain/qkd/ldpc/code-table'
import type { LdpcKernel } from '../domain/qkd/ldpc/kernel-decoder'
import type { ToeplitzKernel } from '../domain/qkd/toeplitz-kernel'
import { kernelDirOf, loadKernel } from './kernels'

export interface PartyKernels {
  /** The plain twins serve where a kernel is absent. */
  cascade?: CascadeKernel
  ldpc?: LdpcKernel
  toeplitz?: ToeplitzKernel
  /** Read when it is first needed. */
  codes: () => CodeTable
}

/**
 * @param workerDir folder of the built workers; kernels and resources lie beside it.
 * @throws Error naming a kernel that cannot be loaded.
 */
export function loadPartyKernels(workerDir: string): PartyKernels {
  const dir = kernelDirOf(workerDir)
  const table = join(workerDir, '..', '..', 'resources', 'codes', 'ldpc.json')
  return {
    cascade: loadKernel<CascadeKernel>(dir, 'cascade'),
    ldpc: loadKernel<LdpcKernel>(dir, 'ldpc'),
    toeplitz: loadKernel<ToeplitzKernel>(dir, 'toeplitz'),
    codes: () => readCodeTable(JSON.parse(readFileSync(table, 'utf8'))),
  }
}
