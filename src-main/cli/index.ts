/** `micius COMMAND …`: the mission layer without a window. */
import { MissionError } from '../mission/desk'
import { amplifyCommand } from './amplify'
import { authenticateCommand } from './authenticate'
import { benchCommand } from './bench'
import { chshCommand } from './chsh'
import { keylengthCommand } from './keylength'
import { optimiseCommand } from './optimise'
import { passesCommand } from './passes'
import { relayCommand } from './relay'
import { replayCommand } from './replay'
import { runCommand } from './run'
import { refuse, UsageError } from './usage'

const help = `micius COMMAND … [--json] [--help]
  passes        passes of satellites over stations
  run           a whole mission in rehearsal time
  replay        summary, check and export of a recording
  keylength     finite-key length of counts, by a named bound
  optimise      best source parameters for a pass
  amplify       privacy amplification of given bits
  authenticate  Wegman-Carter tags of given messages
  chsh          CHSH value of coincidence counts
  relay         what a trusted relay announces
  bench         rates of the engine's kernels
`

const commands: Record<string, (argv: string[]) => Promise<number>> = {
  passes: passesCommand,
  run: runCommand,
  replay: replayCommand,
  keylength: keylengthCommand,
  optimise: optimiseCommand,
  amplify: amplifyCommand,
  authenticate: authenticateCommand,
  chsh: chshCommand,
  relay: relayCommand,
  bench: benchCommand,
}

async function main([name, ...argv]: string[]): Promise<number> {
  if (name === undefined) return refuse(`a command is needed: ${Object.keys(commands).join(', ')}`)
  if (name === '--help' || name === 'help') {
    process.stdout.write(help)
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command)
    return refuse(`there is no command ${name}; known are ${Object.keys(commands).join(', ')}`)
  return command(argv)
}

/** Bad input is 2; anything unforeseen is 1, in one line. */
function codeOf(error: unknown): number {
  const parseError = String((error as { code?: unknown } | null)?.code).startsWith('ERR_PARSE_ARGS')
  const text = error instanceof Error ? error.message : String(error)
  // Of a refused option the first sentence says what is wrong; the rest is about shells.
  if (parseError) return refuse(`${text.split('. ')[0]}; micius --help names the commands`)
  if (error instanceof UsageError || error instanceof MissionError) return refuse(text)
  refuse(text)
  return 1
}

void main(process.argv.slice(2))
  .catch(codeOf)
  .then((code) => (process.exitCode = code))
