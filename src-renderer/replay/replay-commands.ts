/** The keys of the replay workspace. */
import type { Command } from '../commands'
import { liveMessages } from '../messages'
import type { useReplay } from '../stores/replay'

/** Space plays, arrows step a second, with Shift ten; Home and End go to the ends. */
export function replayCommands(replay: ReturnType<typeof useReplay>): Command[] {
  const words = liveMessages.replay
  const commands: [string, string, string, () => void][] = [
    ['replay.play', `${words.play} / ${words.pause}`, 'Space', () => replay.toggle()],
    ['replay.stepBack', words.stepBack, 'ArrowLeft', () => replay.step(-1)],
    ['replay.stepOn', words.stepOn, 'ArrowRight', () => replay.step(1)],
    ['replay.back', words.back, 'Shift+ArrowLeft', () => replay.step(-10)],
    ['replay.on', words.on, 'Shift+ArrowRight', () => replay.step(10)],
    ['replay.start', words.toStart, 'Home', () => replay.seek(replay.from_ms)],
    ['replay.end', words.toEnd, 'End', () => replay.seek(replay.to_ms)],
  ]
  return commands.map(([id, title, key, run]) => ({
    id,
    title,
    keys: [key],
    workspace: 'replay',
    enabled: () => replay.recording !== null,
    run,
  }))
}
