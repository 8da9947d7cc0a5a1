/** Word vectors, one row a word, each row of length 1. */
export interface Vectors {
  readonly dimensions: number
  readonly rows: Float32Array
}

/** A repeatable source of whole numbers below a bound (xorshift32): the same seed gives the same model. */
export function randomBelow(seed: number): (bound: number) => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0 || 1
  return (bound) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return Math.floor((state / 4_294_967_296) * bound)
  }
}

/** Scales every row to length 1 (rows of zeros stay). */
export function normalise(rows: Float32Array, dimensions: number): void {
  for (let row = 0; row < rows.length; row += dimensions) {
    let square = 0
    for (let d = 0; d < dimensions; d++) square += rows[row + d] ** 2
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let d = 0; d < dimensions; d++) rows[row + d] = rows[row + d] * scale
  }
}

/** The nearest centre of each row by cosine; centres are rows of length 1. */
export function assign(vectors: Vectors, centres: Float32Array): Uint16Array {
  const { dimensions, rows } = vectors
  const count = centres.length / dimensions
  // dimension-major centres let the inner loop run along memory
  const byDimension = new Float32Array(centres.length)
  for (let k = 0; k < count; k++) {
    for (let d = 0; d < dimensions; d++) byDimension[d * count + k] = centres[k * dimensions + d]
  }
  const nearest = new Uint16Array(rows.length / dimensions)
  const score = new Float32Array(count)
  for (let i = 0; i < nearest.length; i++) {
    score.fill(0)
    for (let d = 0; d < dimensions; d++) {
      const value = rows[i * dimensions + d]
      const from = d * count
      for (let k = 0; k < count; k++) score[k] = score[k] + value * byDimension[from + k]
    }
    let best = 0
    for (let k = 1; k < count; k++) if (score[k] > score[best]) best = k
    nearest[i] = best
  }
  return nearest
}

/** Spherical k-means: `count` centres of length 1, begun from rows drawn at random. */
export function findCentres(vectors: Vectors, count: number, rounds: number, seed: number): Float32Array {
  const { dimensions, rows } = vectors
  const size = rows.length / dimensions
  const draw = randomBelow(seed)
  const centres = new Float32Array(count * dimensions)
  const restart = (k: number): void => {
    const from = draw(size) * dimensions
    centres.set(rows.subarray(from, from + dimensions), k * dimensions)
  }
  for (let k = 0; k < count; k++) restart(k)
  for (let round = 0; round < rounds; round++) {
    const nearest = assign(vectors, centres)
    const members = new Uint32Array(count)
    centres.fill(0)
    for (let i = 0; i < size; i++) {
      const k = nearest[i]
      members[k] = members[k] + 1
      for (let d = 0; d < dimensions; d++) {
        const at = k * dimensions + d
        centres[at] = centres[at] + rows[i * dimensions + d]
      }
    }
    for (let k = 0; k < count; k++) if (members[k] === 0) restart(k)
    normalise(centres, dimensions)
  }
  return centres
}
