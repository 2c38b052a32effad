/**
 * Layers of the ziggurat method for the normal and the exponential law.
 * Reference: Marsaglia & Tsang, J. Stat. Softw. 5(8) (2000), 256 layers of equal area v under the density f:
 *   x_1 = r, x_0 = v / f(r), f(x_{i+1}) = f(x_i) + v / x_i, x_256 = 0.
 * Index and value use different bits, after Doornik (2005). Nothing is approximated: the wedges and the tail are
 * drawn by rejection, and only the rounding of a uniform word limits a value's resolution.
 */

export const LAYERS = 256

export interface Ziggurat {
  /** Where the tail begins. */
  readonly r: number
  /** Right edges x_0 to x_256. */
  readonly edge: Float64Array
  /** Density at each edge; at x_0 it is not used. */
  readonly density: Float64Array
}

function layersOf(
  r: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
  tailArea: number,
): Ziggurat {
  const area = r * density(r) + tailArea
  const edge = new Float64Array(LAYERS + 1)
  edge[0] = area / density(r)
  edge[1] = r
  for (let i = 1; i < LAYERS - 1; i++)
    edge[i + 1] = inverse(Math.min(1, density(edge[i]) + area / edge[i]))
  return { r, edge, density: edge.map(density) }
}

const NORMAL_R = 3.654152885361009
/** Integral of exp(-x^2/2) from NORMAL_R on. */
const NORMAL_TAIL = 3.2339576466332173e-4
const EXPONENTIAL_R = 7.697117470131049

/** Half of the normal law, density exp(-x^2 / 2). */
export const normalLayers = layersOf(
  NORMAL_R,
  (x) => Math.exp((-x * x) / 2),
  (y) => Math.sqrt(-2 * Math.log(y)),
  NORMAL_TAIL,
)

/** Exponential law of mean 1. */
export const exponentialLayers = layersOf(
  EXPONENTIAL_R,
  (x) => Math.exp(-x),
  (y) => -Math.log(y),
  Math.exp(-EXPONENTIAL_R),
)
