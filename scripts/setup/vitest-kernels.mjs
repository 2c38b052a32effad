/** Vitest's global set-up: tests compare the kernels with their twins, so the kernels must be there. */
import { obtainKernels } from './kernels.mjs'

export default obtainKernels
