/** File names that overwrite nothing. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** `dir/name.ext`, or with the first free number: `dir/name-2.ext`. */
export function freshPath(dir: string, name: string, extension: string): string {
  for (let n = 1; ; n += 1) {
    const path = join(dir, `${name}${n === 1 ? '' : `-${n}`}${extension}`)
    if (!existsSync(path)) return path
  }
}
