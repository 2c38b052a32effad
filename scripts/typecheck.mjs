/** Type check of every room with the types that it may know. */
import { packageFile, root } from './setup/places.mjs'
import { run } from './setup/processes.mjs'
import { say } from './setup/progress.mjs'

const LIMIT_S = 300
const tsc = packageFile('typescript', 'bin', 'tsc')
const vueTsc = packageFile('vue-tsc', 'bin', 'vue-tsc.js')

/** Room -> checker; `domain` alone is compiled without Node and DOM types. */
const rooms = [
  ['src-main/domain', tsc],
  ['src-main', tsc],
  ['e2e', tsc],
  ['src-renderer', vueTsc],
]

let failed = false
for (const [room, checker] of rooms) {
  say(`  types of ${room}`)
  const args = [checker, '--noEmit', '-p', `${room}/tsconfig.json`]
  const { code } = await run(process.execPath, args, { cwd: root, limit_s: LIMIT_S })
  failed ||= code !== 0
}
process.exitCode = failed ? 1 : 0
