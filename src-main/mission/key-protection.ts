/** How the ledger's data key is protected at rest. */

export interface KeyProtector {
  kind: 'os-key-store' | 'passphrase'
  /** Present with `os-key-store`. */
  wrap?(key: Uint8Array): Uint8Array
  unwrap?(wrapped: Uint8Array): Uint8Array
}
