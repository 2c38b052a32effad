import { describe, expect, it } from 'vitest'
import { CommandClash, commandsFor, keyName, registerCommands, runCommand } from './commands'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey', boolean>> = {}): string =>
  keyName({ key, ctrlKey: false, shiftKey: false, metaKey: false, altKey: false, ...held })

describe('key names', () => {
  it('spell letters in capitals, the space bar in words, and leave the shift of a sign out', () => {
    expect(press('k', { ctrlKey: true })).toBe('Ctrl+K')
    expect(press(' ')).toBe('Space')
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft')
    expect(press('S', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+S')
  })
})

describe('the command registry', () => {
  const command = (id: string, key: string, workspace?: 'plan' | 'live') => ({
    id,
    title: id,
    keys: [key],
    workspace,
    run: () => undefined,
  })

  it('refuses a key twice in one workspace, and allows it in two', () => {
    const remove = registerCommands([command('a', 'H', 'live')])
    expect(() => registerCommands([command('b', 'H', 'live')])).toThrow(CommandClash)
    expect(() => registerCommands([command('c', 'H')])).toThrow(/Key H of c is taken by a/)
    const removeOther = registerCommands([command('d', 'H', 'plan')])
    expect(commandsFor('plan').map(({ id }) => id)).toEqual(['d'])
    remove()
    removeOther()
  })

  it('runs only what is enabled and of this workspace', () => {
    let runs = 0
    const run = (): void => void (runs += 1)
    const remove = registerCommands([
      { id: 'on', title: 'on', workspace: 'plan', run },
      { id: 'off', title: 'off', enabled: () => false, run },
    ])
    expect(runCommand('on', 'live')).toBe(false)
    expect(runCommand('off', 'plan')).toBe(false)
    expect(runCommand('on', 'plan')).toBe(true)
    expect(runs).toBe(1)
    remove()
    expect(runCommand('on', 'plan')).toBe(false)
  })
})
