/** Where the bits of a frame stand: punctured, shortened and key positions of a lifted code. */
import type { CodeTable } from './code-table'
import type { FrameShape } from './frame-plan'
import { LiftedCode } from './lifted-code'

/** A frame of the block with its places; frames of one shape share code and positions. */
export interface Frame {
  shape: FrameShape
  code: LiftedCode
  punctured: Int32Array
  /** Position of each key bit, ascending. */
  key: Int32Array
  /** First of its key bits in the permuted block. */
  start: number
}

/** The frames of a plan, with codes lifted once each. */
export function layFrames(shapes: FrameShape[], table: CodeTable): Frame[] {
  const codes = new Map<string, LiftedCode>()
  const known = new Map<FrameShape, Omit<Frame, 'start'>>()
  let start = 0
  return shapes.map((shape) => {
    const name = `${shape.code}/${shape.lifting}`
    const code = codes.get(name) ?? new LiftedCode(table.codes[shape.code], shape.lifting)
    codes.set(name, code)
    const places = known.get(shape) ?? placesOf(shape, code)
    known.set(shape, places)
    start += shape.keyBits
    return { ...places, start: start - shape.keyBits }
  })
}

function placesOf(shape: FrameShape, code: LiftedCode): Omit<Frame, 'start'> {
  const punctured = code.punctured(shape.punctured)
  const taken = new Uint8Array(code.length)
  for (const place of punctured) taken[place] = 1
  return { shape, code, punctured, key: keyPlaces(taken, shape) }
}

/** Shortened positions are spread evenly over all that are not punctured; the others hold the key. */
function keyPlaces(taken: Uint8Array, { keyBits, shortened }: FrameShape): Int32Array {
  const key = new Int32Array(keyBits)
  const open = keyBits + shortened
  let seen = 0
  let filled = 0
  for (let place = 0; place < taken.length; place++) {
    if (taken[place]) continue
    seen++
    if (Math.floor((seen * keyBits) / open) > filled) key[filled++] = place
  }
  return key
}
