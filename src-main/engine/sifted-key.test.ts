import { describe, expect, it } from 'vitest'
import { packKey, SiftedKey } from './sifted-key'

describe('sifted key and what is made of it (exact, by hand)', () => {
  it('packs X before Z, most significant bit first, and overwrites both', () => {
    const [x, z] = [Uint8Array.of(1, 0, 1), Uint8Array.of(1, 1)]
    expect(packKey(x, z)).toEqual(Uint8Array.of(0b1011_1000))
    expect([...x, ...z]).toEqual([0, 0, 0, 0, 0])
  })

  it('is overwritten where it stood', () => {
    const key = new SiftedKey()
    key.add('z', 1, 2)
    const [bits, intensities] = [key.bitsOf('z'), key.intensitiesOf('z')]
    expect([...bits, ...intensities]).toEqual([1, 2])
    key.erase()
    expect([...bits, ...intensities]).toEqual([0, 0])
    expect(key.bitsOf('z')).toHaveLength(0)
  })
})
