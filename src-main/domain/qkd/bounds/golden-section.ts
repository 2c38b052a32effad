/** Deterministic one-dimensional maxima of functions that rise and then fall. */

const RATIO = (Math.sqrt(5) - 1) / 2

/** Place of the maximum between two ends, to about the square root of the machine's precision. */
export function goldenMaximum(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  let [x1, x2] = [b - RATIO * (b - a), a + RATIO * (b - a)]
  let [f1, f2] = [f(x1), f(x2)]
  for (let i = 0; i < 80 && b - a > 1e-12 * Math.abs(b); i += 1) {
    if (f1 >= f2) {
      ;[b, x2, f2] = [x2, x1, f1]
      x1 = b - RATIO * (b - a)
      f1 = f(x1)
    } else {
      ;[a, x1, f1] = [x1, x2, f2]
      x2 = a + RATIO * (b - a)
      f2 = f(x2)
    }
  }
  return (a + b) / 2
}

/** Zero of a falling function near a place, by bisection in its neighbourhood; the place itself without a sign change. */
export function polishedZero(falling: (x: number) => number, near: number, width: number): number {
  let [a, b] = [near - width, near + width]
  if (!(falling(a) > 0 && falling(b) < 0)) return near
  for (let i = 0; i < 80; i += 1) {
    const middle = (a + b) / 2
    if (falling(middle) > 0) a = middle
    else b = middle
  }
  return (a + b) / 2
}

/** Whole number at which a function that rises and then falls is largest. */
export function wholeMaximum(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  while (b - a > 2) {
    const left = Math.floor((a + b) / 2)
    if (f(left) < f(left + 1)) a = left + 1
    else b = left
  }
  let best = a
  for (let x = a + 1; x <= b; x += 1) if (f(x) > f(best)) best = x
  return best
}
