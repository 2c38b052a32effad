/** The odds of a photon's state: intensity class, both bases and error flag, drawn from one word. */
import type { Payload } from '../../domain/model/payload'
import { AliasTable } from './alias-table'
import { basisOf, bobBasisOf, errorOf, intensityOf, stateOf } from './photon-list'
import type { Random } from './random'

const STATES = 32

/** A basis with the payload's odds: 0 X, 1 Z. */
export const drawBasis = (payload: Payload, random: Random): number =>
  random.chance(payload.basis_x_probability) ? 0 : 1

/** Probability of each state byte, given the classes' weights. */
function stateWeights(payload: Payload, classes: ArrayLike<number>): Float64Array {
  const bases = [payload.basis_x_probability, 1 - payload.basis_x_probability]
  const errors = [1 - payload.polarisation_error, payload.polarisation_error]
  return Float64Array.from(
    { length: STATES },
    (_, state) =>
      (classes[intensityOf(state)] ?? 0) *
      bases[basisOf(state)] *
      bases[bobBasisOf(state)] *
      errors[errorOf(state)],
  )
}

/** The first photon of pulses whose classes have the given weights, not all zero. */
export const stateTable = (payload: Payload, classes: ArrayLike<number>): AliasTable =>
  new AliasTable(stateWeights(payload, classes))

/** Another photon of the same pulse: Bob's basis and the error are its own. */
export const siblingState = (payload: Payload, state: number, random: Random): number =>
  stateOf({
    intensity: intensityOf(state),
    basis: basisOf(state),
    bobBasis: drawBasis(payload, random),
    error: random.chance(payload.polarisation_error) ? 1 : 0,
  })

/** The first photon of a pulse whose class is known. */
export const firstState = (payload: Payload, intensity: number, random: Random): number =>
  siblingState(
    payload,
    stateOf({ intensity, basis: drawBasis(payload, random), bobBasis: 0, error: 0 }),
    random,
  )
