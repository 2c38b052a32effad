/** Where things are in the checkout. */
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** A path inside an installed package. */
export const packageFile = (...parts) => join(root, 'node_modules', ...parts)
/** The built command line. */
export const builtCli = join(root, 'out', 'main', 'cli.js')
