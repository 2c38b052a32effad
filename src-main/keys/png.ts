/** A grey picture as PNG (W3C PNG, third edition): 8 bits a pixel, one IDAT chunk, no filter. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([8, 0, 0, 0, 0], 8)
  return data
}

/** Encodes `width * height` grey values, row by row. @throws RangeError when their number differs. */
export function greyPng(grey: Uint8Array, width: number, height: number): Uint8Array {
  if (grey.length !== width * height)
    throw new RangeError(`PNG of ${width} x ${height} from ${grey.length} pixels.`)
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++)
    rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const chunks = [
    chunk('IHDR', header(width, height)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]
  return Uint8Array.from(Buffer.concat([SIGNATURE, ...chunks]))
}
