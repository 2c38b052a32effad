/** Factors of radix-4 transforms, level after level, grown in doubles. */

/** Bytes of the three factors of one butterfly. */
export const FACTORS: usize = 24

/** Bytes of the factors of all levels of a transform of `length` elements. */
export function twiddleBytes(length: usize): usize {
  let bytes: usize = 0
  for (let l = length; l > 4; l >>= 2) bytes += (l >> 2) * FACTORS
  return bytes
}

/** Factors exp(-2 pi i j k / L), k = 1, 2, 3, of every level from L = length down. */
export function fillTwiddles(at: usize, length: usize): void {
  if (length <= 4) return
  const angle = (-2 * Math.PI) / <f64>length
  const turnR = Math.cos(angle)
  const turnI = Math.sin(angle)
  let re: f64 = 1
  let im: f64 = 0
  const end = at + (length >> 2) * FACTORS
  for (let p = at; p < end; p += FACTORS) {
    const re2 = re * re - im * im
    const im2 = 2 * re * im
    store<f32>(p, <f32>re)
    store<f32>(p, <f32>im, 4)
    store<f32>(p, <f32>re2, 8)
    store<f32>(p, <f32>im2, 12)
    store<f32>(p, <f32>(re * re2 - im * im2), 16)
    store<f32>(p, <f32>(re * im2 + im * re2), 20)
    const next = re * turnR - im * turnI
    im = re * turnI + im * turnR
    re = next
  }
  thinTwiddles(at, length)
}

/** A level's factors are every fourth of the level above. */
function thinTwiddles(at: usize, length: usize): void {
  let from = at
  for (let l = length; l > 16; l >>= 2) {
    const to = from + (l >> 2) * FACTORS
    const count = l >> 4
    for (let j: usize = 0; j < count; j++) {
      memory.copy(to + j * FACTORS, from + 4 * j * FACTORS, FACTORS)
    }
    from = to
  }
}
