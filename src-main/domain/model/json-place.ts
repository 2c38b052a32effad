/**
 * Where a JSON text breaks (RFC 8259). Engines word their parse errors differently and often leave
 * the place out; a user with a long file needs it.
 */

/** What may come next; `first` ones also allow the closing bracket. */
type Want = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'nothing'

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** Walks the tokens with an explicit stack, so that deep nesting cannot overflow. */
class Walk {
  at = 0
  private want: Want = 'value'
  private readonly open: ('{' | '[')[] = []
  constructor(private readonly text: string) {}

  /** Takes one token; false when it is not what may stand here. */
  step(): boolean {
    const sign = this.text.charAt(this.at)
    if (this.want === 'colon') return this.punctuation(sign === ':', 'value')
    if (this.want === 'comma') return this.separator(sign)
    if (this.want === 'key' || this.want === 'first key') return this.key(sign)
    if (this.want === 'nothing') return false
    return this.value(sign)
  }

  skipSpace(): void {
    this.at = matchEnd(SPACE, this.text, this.at)
  }

  private afterValue(): boolean {
    this.want = this.open.length > 0 ? 'comma' : 'nothing'
    return true
  }

  private punctuation(right: boolean, next: Want): boolean {
    if (!right) return false
    this.at += 1
    this.want = next
    return true
  }

  private close(): boolean {
    this.at += 1
    this.open.pop()
    return this.afterValue()
  }

  private separator(sign: string): boolean {
    const inside = this.open[this.open.length - 1]
    if (sign === (inside === '{' ? '}' : ']')) return this.close()
    return this.punctuation(sign === ',', inside === '{' ? 'key' : 'value')
  }

  private key(sign: string): boolean {
    if (sign === '}' && this.want === 'first key') return this.close()
    const end = matchEnd(STRING, this.text, this.at)
    if (end < 0) return false
    this.at = end
    this.want = 'colon'
    return true
  }

  private value(sign: string): boolean {
    if (sign === ']' && this.want === 'first value') return this.close()
    if (sign === '{' || sign === '[') {
      this.open.push(sign)
      return this.punctuation(true, sign === '{' ? 'first key' : 'first value')
    }
    const end = matchEnd(sign === '"' ? STRING : SCALAR, this.text, this.at)
    if (end < 0) return false
    this.at = end
    return this.afterValue()
  }
}

/**
 * Line and column, both from 1, of the first character that JSON does not allow there; the end of
 * the text when it stops too early.
 */
export function jsonBreak(text: string): { line: number; column: number } {
  const walk = new Walk(text)
  walk.skipSpace()
  while (walk.at < text.length && walk.step()) walk.skipSpace()
  const before = text.slice(0, walk.at).split('\n')
  return { line: before.length, column: (before[before.length - 1] ?? '').length + 1 }
}

/** The reason for a refused text, with the place and what stands there. */
export function brokenJsonReason(text: string): string {
  const { line, column } = jsonBreak(text)
  const found = (text.split('\n')[line - 1] ?? '').slice(column - 1, column + 19).trim()
  const what = found === '' ? 'the text ends too early' : `unexpected ${JSON.stringify(found)}`
  return `broken JSON at line ${line}, column ${column}: ${what}`
}
