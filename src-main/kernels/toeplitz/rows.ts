/** Reading out: the last level of every group's transform, and span by span the rows of all streams. */
import { crossGroups } from './cross'
import { ELEMENT } from './lanes'
import * as at from './layout'
import { emitParities } from './parities'
import { joinFour } from './radix4'
import { RUN } from './residues'
import { FACTORS } from './twiddles'

/** Rows of the product; `offset` is added to every sum. Spans of all groups are read while they are in the cache. */
export function readRows(offset: f32): void {
  const quarter = at.length >> 2
  const span = min(RUN, quarter)
  memory.fill(at.seen, 0, ELEMENT)
  for (let i: usize = 0; i < quarter; i += span) {
    joinGroups(i, span)
    for (let j = i; j < at.length; j += quarter) readSpan(j, j + span, offset)
  }
}

/** Last level back, of a span of each quarter. */
function joinGroups(from: usize, span: usize): void {
  const bytes = at.length * ELEMENT
  const end = at.residues + at.groups * bytes
  const factors = at.twiddles + from * FACTORS
  for (let a = at.residues + from * ELEMENT; a < end; a += bytes) {
    joinFour(a, bytes >> 2, factors, span * ELEMENT)
  }
}

function readSpan(from: usize, end: usize, offset: f32): void {
  const stride = at.length >> 3
  for (let j = from; j < end; j += 4) {
    crossGroups(
      at.residues,
      at.groups,
      at.length,
      j,
      at.fine,
      at.coarse,
      at.crossFactors,
      at.crossed,
    )
    emitParities(
      at.crossed,
      at.groups,
      at.firstStream,
      at.lastStream,
      at.streamFactors,
      offset,
      (j & 4) == 0,
      at.rows + (j >> 3),
      stride,
      at.seen,
    )
  }
}
