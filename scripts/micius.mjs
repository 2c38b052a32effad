/** `npm run micius`: the command line; sets up and builds only when that is missing. */
import { obtainBuild } from './setup/build.mjs'
import { obtainDependencies } from './setup/dependencies.mjs'
import { builtCli } from './setup/places.mjs'
import { run } from './setup/processes.mjs'
import { sayError } from './setup/progress.mjs'

try {
  await obtainDependencies()
  await obtainBuild()
  const args = [builtCli, ...process.argv.slice(2)]
  const { code } = await run(process.execPath, args, { stdio: 'inherit' })
  process.exitCode = code
} catch (error) {
  sayError(error)
  process.exitCode = 1
}
