import { describe, expect, it } from 'vitest'
import table from '../vectors/flagship-loss.json'
import { publishedLoss_dB } from './published-loss'

describe('published flagship loss (digitised table of Liao et al. 2017)', () => {
  it.each(table.rows)('gives the row of %d km', (range_km, loss_dB) => {
    expect(publishedLoss_dB(range_km * 1000)).toBeCloseTo(loss_dB, 10)
  })

  it('is linear between rows and no number outside the table', () => {
    expect(publishedLoss_dB(725e3)).toBeCloseTo((30.78 + 31.16) / 2, 10)
    expect(publishedLoss_dB(600e3)).toBeNaN()
    expect(publishedLoss_dB(1300e3)).toBeNaN()
  })
})
