/** Loads the WebAssembly kernels and hands them to the domain, which can name no WebAssembly. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of the compiled kernels, beside the folder of the built engine. */
export const kernelDirOf = (workerDir: string): string => join(workerDir, '..', 'kernels')

/**
 * Instantiates one kernel; each instance has its own memory.
 * @throws Error naming the file when it is missing or no WebAssembly.
 */
export function loadKernel<Exports>(kernelDir: string, name: string): Exports {
  const path = join(kernelDir, `${name}.wasm`)
  try {
    const module = new WebAssembly.Module(readFileSync(path))
    return new WebAssembly.Instance(module, { env: { abort: aborted } }).exports as Exports
  } catch (error) {
    throw new Error(`Loading the kernel ${path}: ${String(error)}. Build the project again.`, {
      cause: error,
    })
  }
}

/** AssemblyScript's way out of a failed assertion. */
function aborted(_message: number, _file: number, line: number, column: number): never {
  throw new Error(`A kernel stopped at line ${line}, column ${column} of its source.`)
}
