/** WebAssembly kernels: AssemblyScript in `src-main/kernels`, compiled with SIMD into `out/kernels`. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { root } from './places.mjs'

const sources = join(root, 'src-main', 'kernels')
/** Where the engine looks for kernels, beside the other parts of the build. */
export const kernelDir = join(root, 'out', 'kernels')
const flags = ['-O3', '--noAssert', '--converge', '--runtime', 'stub', '--enable', 'simd']

/** Names of the kernels: one source file each. */
const kernelNames = () =>
  readdirSync(sources)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3))

/** Compiles every kernel that is missing or older than its source. @throws Error naming the kernel. */
export async function obtainKernels() {
  mkdirSync(kernelDir, { recursive: true })
  for (const name of kernelNames()) if (!isFresh(name)) await compile(name)
}

/** Kernels share modules, so that any newer source makes all of them old. */
function isFresh(name) {
  const built = join(kernelDir, `${name}.wasm`)
  const newest = Math.max(...sourceFiles().map((file) => statSync(join(sources, file)).mtimeMs))
  return existsSync(built) && statSync(built).mtimeMs >= newest
}

const sourceFiles = () =>
  readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('.ts'))

async function compile(name) {
  const files = new Map()
  const { error, stderr } = await asc.main([`${name}.ts`, ...flags, '--outFile', `${name}.wasm`], {
    readFile: (file) => readSource(file),
    writeFile: (file, content) => void files.set(file, content),
    listFiles: () => [],
  })
  if (error) throw new Error(`Compiling the kernel ${name}: ${stderr.toString() || error.message}`)
  // Whole or not at all: another process may be reading.
  const part = join(kernelDir, `${name}.${process.pid}.part`)
  writeFileSync(part, files.get(`${name}.wasm`))
  renameSync(part, join(kernelDir, `${name}.wasm`))
}

/** Sources come from the kernels' folder; the compiler brings its own library. */
function readSource(file) {
  const path = join(sources, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
