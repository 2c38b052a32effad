import { describe, expect, it } from 'vitest'
import { shortName } from './place-name'

describe('Short names of stations, by the names of the shipped catalogue', () => {
  it('drops what stands in brackets or behind a slash', () => {
    expect(shortName('Xinglong (Hebei, NAOC)', 'xinglong')).toBe('Xinglong')
    expect(shortName('Nanshan / Urumqi (Xinjiang)', 'nanshan')).toBe('Nanshan')
  })

  it('ends with the id where the name begins with it as a whole word', () => {
    expect(shortName('Graz Lustbuehel (AT)', 'graz')).toBe('Graz')
    expect(shortName('La Silla Paranal', 'la')).toBe('La')
    expect(shortName('Grazerberg', 'graz')).toBe('Grazerberg')
  })

  it('keeps a name that has no relation to the id', () => {
    expect(shortName('Mount Wilson', 'mw')).toBe('Mount Wilson')
  })
})
