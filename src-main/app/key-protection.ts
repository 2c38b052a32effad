/** The ledger's data key under the operating system's key store, where there is a real one. */
import { safeStorage } from 'electron'
import type { KeyProtector } from '../mission/key-protection'

/**
 * Chooses the protection of this machine; to be asked once the application is ready.
 * On Linux `basic_text` is a fixed password in the program, hence no protection: a passphrase is asked instead.
 */
export function keyProtection(): KeyProtector {
  if (!hasKeyStore()) return { kind: 'passphrase' }
  return {
    kind: 'os-key-store',
    wrap: (key) => new Uint8Array(safeStorage.encryptString(Buffer.from(key).toString('base64'))),
    unwrap: (wrapped) =>
      new Uint8Array(Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64')),
  }
}

function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  if (process.platform !== 'linux') return true
  const backend = safeStorage.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}
