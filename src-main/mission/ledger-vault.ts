/** The ledger and its protection: OS key store, passphrase, or the marked rehearsal file of a scripted run. */
import { existsSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { KeysStatus } from '../domain/model/ipc'
import { KeyError } from '../keys/key-error'
import { createRehearsalKey, readRehearsalKey, writeNew } from '../keys/key-file'
import { openLedger, type Ledger } from '../keys/ledger'
import { createPassphraseFile, openPassphraseFile } from '../keys/passphrase'
import { MissionError } from './desk'
import { makeFolder } from './make-folder'
import type { KeyProtector } from './key-protection'

const LEDGER = 'ledger.db'
const REHEARSAL_KEY = 'ledger.rehearsal-key.json'
const PASSPHRASE_KEY = 'ledger.passphrase-key.json'
const STORE_KEY = 'ledger.os-key'

/** Opens or creates the ledger of a scripted rehearsal; its key lies beside it, mode 0600. */
export function openRehearsalLedger(dir: string): Ledger {
  makeFolder(dir)
  const path = join(dir, REHEARSAL_KEY)
  return inWords(() => {
    const key = existsSync(path) ? readRehearsalKey(path) : createRehearsalKey(path)
    return openLedger(join(dir, LEDGER), key)
  })
}

/** The window's ledger: locked until its key can be had. */
export class LedgerVault {
  private opened: Ledger | null = null

  constructor(
    private readonly dir: string,
    private readonly protector: KeyProtector,
  ) {
    makeFolder(dir)
  }

  /** How the ledger's key is kept, and whether the ledger is open. */
  status(): KeysStatus {
    const state = this.opened ? 'open' : existsSync(join(this.dir, LEDGER)) ? 'locked' : 'new'
    return { state, protection: this.protector.kind }
  }

  /** The open ledger. @throws MissionError when it is locked and only the user can unlock it. */
  ledger(): Ledger {
    if (this.opened) return this.opened
    if (this.protector.kind === 'os-key-store') return (this.opened = this.openByStore())
    throw new MissionError({
      severity: 'caution',
      text: 'The key ledger is locked.',
      wayOut: 'Enter its passphrase in the Keys workspace.',
    })
  }

  /** Opens with a passphrase, or sets it for a new ledger. @throws MissionError when it is wrong. */
  async unlock(passphrase: string): Promise<Ledger> {
    if (this.opened) return this.opened
    const path = join(this.dir, PASSPHRASE_KEY)
    const key = await inWordsAsync(() =>
      existsSync(path)
        ? openPassphraseFile(path, passphrase)
        : createPassphraseFile(path, passphrase),
    )
    return (this.opened = inWords(() => openLedger(join(this.dir, LEDGER), key)))
  }

  /** Closes the ledger when it is open. */
  close(): void {
    this.opened?.close()
    this.opened = null
  }

  private openByStore(): Ledger {
    const { wrap, unwrap } = this.protector
    if (!wrap || !unwrap) throw new Error('The key store offers no wrapping.')
    const path = join(this.dir, STORE_KEY)
    if (!existsSync(path))
      writeNew(path, Buffer.from(wrap(new Uint8Array(randomBytes(32)))).toString('base64'))
    return inWords(() => {
      const key = unwrap(Buffer.from(readFileSync(path, 'utf8'), 'base64'))
      return openLedger(join(this.dir, LEDGER), key)
    })
  }
}

/** Errors of the key room in the words of the mission layer. */
export function asMissionError(error: unknown): unknown {
  if (!(error instanceof KeyError)) return error
  return new MissionError({ severity: 'serious', text: error.what, wayOut: error.wayOut })
}

/** Runs a call of the key room and passes its errors on as MissionError. */
export function inWords<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw asMissionError(error)
  }
}

async function inWordsAsync<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw asMissionError(error)
  }
}
