/** Compiles every kernel that is missing or older than its sources. */
export function obtainKernels(): Promise<void>
/** Folder of the compiled kernels. */
export const kernelDir: string
