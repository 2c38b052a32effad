/** Detected photons in columns that grow while a slot is drawn. */

/** What the eavesdropper knows of a photon's bit. */
export const eveKnows = {
  nothing: 0,
  /** She measured it in X or in Z and sent her result on. */
  x: 1,
  z: 2,
  /** She keeps a photon of the same pulse and measures it once the bases are announced. */
  photon: 3,
} as const

/** Detected photons in order of pulses; columns, one row a photon. */
export interface Photons {
  pulse: Float64Array
  /** Intensity class, Alice's basis, Bob's basis, error flag and eveKnows in one byte: see stateOf. */
  state: Uint8Array
}

/** Fields of a photon's state byte. */
export interface PhotonState {
  /** 0 signal, 1 decoy, 2 vacuum. */
  intensity: number
  /** Alice's basis: 0 X, 1 Z. */
  basis: number
  /** Bob's basis: 0 X, 1 Z. */
  bobBasis: number
  /** 1 when the photon ends in the wrong state of its basis. */
  error: number
}

/** The byte of a photon that nobody touched. */
export const stateOf = ({ intensity, basis, bobBasis, error }: PhotonState): number =>
  intensity | (basis << 2) | (bobBasis << 3) | (error << 4)

export const intensityOf = (state: number): number => state & 3
export const basisOf = (state: number): number => (state >> 2) & 1
export const bobBasisOf = (state: number): number => (state >> 3) & 1
export const errorOf = (state: number): number => (state >> 4) & 1
/** eveKnows of a photon. */
export const eveOf = (state: number): number => state >> 5
/** The state with what the eavesdropper knows, which was nothing before. */
export const knownToEve = (state: number, eve: number): number => state | (eve << 5)

export class PhotonList {
  private pulse = new Float64Array(0)
  private state = new Uint8Array(0)
  private used = 0

  /** Room for this many photons more, so that growing is rare. */
  reserve(more: number): void {
    if (this.used + more > this.pulse.length) this.grow(this.used + more)
  }

  add(pulse: number, state: number): void {
    if (this.used === this.pulse.length) this.grow(2 * this.used + 16)
    this.pulse[this.used] = pulse
    this.state[this.used++] = state
  }

  /** The photons so far; they share the list's memory. */
  photons(): Photons {
    return {
      pulse: this.pulse.subarray(0, this.used),
      state: this.state.subarray(0, this.used),
    }
  }

  private grow(capacity: number): void {
    const { pulse, state } = this
    this.pulse = new Float64Array(capacity)
    this.state = new Uint8Array(capacity)
    this.pulse.set(pulse)
    this.state.set(state)
  }
}
