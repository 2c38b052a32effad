/** Spends relayed key on a picture: one-time pad from one station to the other, tag checked, both ends spent. */
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { PictureUse } from '../domain/model/ledger'
import type { UseReport } from '../domain/model/report'
import { KeyError } from '../keys/key-error'
import type { Ledger } from '../keys/ledger'
import { receiveByOneTimePad, sendByOneTimePad } from '../keys/one-time-pad'
import { wirePicture } from '../keys/picture'
import { MissionError } from './desk'

export interface PictureRequest {
  from: string
  to: string
  path: string
  utc: string
}

/**
 * Sends a picture; a refusal is a result with its reason, entered in the ledger, and spends nothing.
 * @throws MissionError when the file cannot be read.
 */
export function sendPicture(ledger: Ledger, request: PictureRequest): PictureUse {
  const { from, to, path, utc } = request
  const bytes = readPicture(path)
  const use: UseReport = {
    kind: 'otp',
    from,
    to,
    file: basename(path),
    bits_consumed: 0,
    ok: false,
  }
  try {
    const [ciphertext, received] = ledger.transaction(() => {
      const message = sendByOneTimePad(ledger.store(from), to, bytes, { utc })
      return [message.ciphertext, receiveByOneTimePad(ledger.store(to), from, message)] as const
    })
    const done = { ...use, bits_consumed: bytes.length * 8, ok: true }
    ledger.recordUse(done, utc)
    return {
      ...done,
      sent: dataUrl(bytes, path),
      wire: dataUrl(wirePicture(ciphertext), 'wire.png'),
      received: dataUrl(received, path),
    }
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    const refused = { ...use, reason: error.message }
    ledger.recordUse(refused, utc)
    return { ...refused, sent: dataUrl(bytes, path), wire: '', received: '' }
  }
}

/** What the report keeps of a use. */
export const useReport = ({
  from,
  to,
  file,
  bits_consumed,
  ok,
  reason,
}: PictureUse): UseReport => ({
  kind: 'otp',
  ...{ from, to, file, bits_consumed, ok },
  ...(reason === undefined ? {} : { reason }),
})

/** The bytes of a picture. @throws MissionError when the file cannot be read. */
export function readPicture(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (error) {
    throw new MissionError({
      severity: 'serious',
      text: `Reading the picture ${path} failed: ${error instanceof Error ? error.message : String(error)}.`,
      wayOut:
        'Name a picture that is there; relative names are looked up beside the mission and among the shipped pictures.',
    })
  }
}

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
}

function dataUrl(bytes: Uint8Array, path: string): string {
  const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream'
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
