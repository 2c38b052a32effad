/** Oracle: RFC 8259 and JSON.parse: the place is where one character more or other would be needed. */
import { describe, expect, it } from 'vitest'
import { brokenJsonReason, jsonBreak } from './json-place'

describe('place of a break in JSON', () => {
  it.each([
    ['[\n {"a": }\n]', 2, 8],
    ['{"a":1,}', 1, 8],
    ['[1,2', 1, 5],
    ['{"a" 1}', 1, 6],
    ['[1 2]', 1, 4],
    ['{"a":01}', 1, 7],
    ['["open]', 1, 2],
    ['{} x', 1, 4],
    ['\n\n{,', 3, 2],
    ['[1]]', 1, 4],
  ])('%j breaks at %d:%d', (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(jsonBreak(text)).toEqual({ line, column })
  })

  it('names what stands there or that the text ends', () => {
    expect(brokenJsonReason('[1,]')).toBe('broken JSON at line 1, column 4: unexpected "]"')
    expect(brokenJsonReason('[1,')).toBe('broken JSON at line 1, column 4: the text ends too early')
  })

  it('walks 200 000 open brackets without overflow', () => {
    expect(jsonBreak('['.repeat(200_000))).toEqual({ line: 1, column: 200_001 })
  })
})
