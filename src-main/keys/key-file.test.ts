import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRehearsalKey, readRehearsalKey } from './key-file'
import { BadKeyFile, WrongKey } from './key-error'
import { createPassphraseFile, openPassphraseFile, unwrapKey, wrapKey } from './passphrase'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'keyfile-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const path = (): string => join(folder, 'ledger.key')

describe('rehearsal key file', () => {
  it('is marked rehearsal, has mode 0600, reads back and is not overwritten', () => {
    const key = createRehearsalKey(path())
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect(readFileSync(path(), 'utf8')).toContain('"kind": "rehearsal"')
    expect(readRehearsalKey(path())).toEqual(key)
    expect(() => createRehearsalKey(path())).toThrow(BadKeyFile)
    expect(readRehearsalKey(path())).toEqual(key)
  })

  it('names the file and what is wrong with it', () => {
    expect(() => readRehearsalKey(path())).toThrow(/ledger\.key: there is no such file/)
    writeFileSync(path(), '{')
    expect(() => readRehearsalKey(path())).toThrow(/not readable JSON/)
    writeFileSync(path(), '{"kind":"operations","cipher":"aes256cbc","key_hex":"00"}')
    expect(() => readRehearsalKey(path())).toThrow(/field kind/)
  })
})

describe('passphrase (scrypt N = 2^17, AES-256-GCM)', () => {
  it('opens with its passphrase only; a wrong one changes nothing', async () => {
    const key = await createPassphraseFile(path(), 'Grüße aus Graz')
    const before = readFileSync(path())
    expect(before.includes(Buffer.from(key).toString('hex'))).toBe(false)
    await expect(openPassphraseFile(path(), 'Gruesse aus Graz')).rejects.toThrow(WrongKey)
    expect(readFileSync(path()).equals(before)).toBe(true)
    // The same letters in decomposed form, as some keyboards send them.
    expect(await openPassphraseFile(path(), 'Grüße aus Graz'.normalize('NFD'))).toEqual(key)
  })

  it('refuses altered headers, keys and truncated tags', async () => {
    const wrapped = await wrapKey(randomBytes(32), 'x')
    const { header, tag_hex, key_hex } = wrapped
    const turned = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
    for (const bad of [
      { ...wrapped, key_hex: turned(key_hex) },
      { ...wrapped, tag_hex: turned(tag_hex) },
      { ...wrapped, header: { ...header, iv_hex: turned(header.iv_hex) } },
    ])
      await expect(unwrapKey(bad, 'x')).rejects.toThrow(WrongKey)
    writeFileSync(path(), JSON.stringify({ ...wrapped, tag_hex: tag_hex.slice(0, 8) }))
    await expect(openPassphraseFile(path(), 'x')).rejects.toThrow(BadKeyFile)
    writeFileSync(path(), JSON.stringify({ ...wrapped, header: { ...header, n: 2 } }))
    await expect(openPassphraseFile(path(), 'x')).rejects.toThrow(/header\.n/)
    await expect(wrapKey(randomBytes(32), '')).rejects.toThrow(/empty/)
  })
})
