/** The one globe of the window, made when first shown and let go with the page. */
import { Globe } from './globe'

let shared: Globe | null = null
let owner: symbol | null = null

/** Takes the globe for a panel; another panel that had it is left without. */
export function takeGlobe(cheap: boolean, by: symbol): Globe {
  if (!shared) {
    shared = new Globe(cheap)
    window.addEventListener('pagehide', () => shared?.dispose(), { once: true })
  }
  owner = by
  return shared
}

/** Gives the globe back, unless another panel has taken it meanwhile. */
export function returnGlobe(by: symbol): void {
  if (owner !== by) return
  owner = null
  shared?.detach()
}
