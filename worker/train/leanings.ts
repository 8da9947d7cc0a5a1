import { LEANING_CLASSES } from '../extract/names/lexicon.ts'
import { randomBelow } from './clusters.ts'
import type { Vectors } from './clusters.ts'

const EPOCHS = 12
const RATE = 0.1
const L2 = 1e-4
/** Vectors of length 1 have small coordinates; stretched, the steps suit them. */
const STRETCH = 4
/** Steps of certainty of the likeliest class. */
const SURE = [0.6, 0.85]
/** A word counts by the root of its occurrences, up to this: else a few frequent names are all that is learned. */
const MOST_WEIGHT = 3

/**
 * Learns from annotated words what a vector is likely to name (multinomial logistic regression, AdaGrad), and says it
 * for every vector, as the codes of `leaningOf`.
 *
 * @param counts for some rows of `vectors`: how often the word, capitalised, was outside names (0) or in one of each type
 */
export function learnLeanings(vectors: Vectors, counts: ReadonlyMap<number, Float32Array>): Uint8Array {
  const { dimensions, rows } = vectors
  const width = dimensions + 1
  const weights = new Float32Array(LEANING_CLASSES * width)
  const squares = new Float32Array(weights.length).fill(1e-6)
  const chances = new Float64Array(LEANING_CLASSES)
  const judge = (row: number): void => {
    let total = 0
    for (let k = 0; k < LEANING_CLASSES; k++) {
      let score = weights[k * width + dimensions]
      for (let d = 0; d < dimensions; d++)
        score += weights[k * width + d] * rows[row * dimensions + d] * STRETCH
      chances[k] = Math.exp(Math.min(50, score))
      total += chances[k]
    }
    for (let k = 0; k < LEANING_CLASSES; k++) chances[k] /= total
  }
  const items = [...counts]
  const draw = randomBelow(1)
  for (let step = EPOCHS * items.length; step > 0; step--) {
    const [row, count] = items[draw(items.length)]
    const total = count.reduce((sum, n) => sum + n)
    const weight = Math.min(MOST_WEIGHT, Math.sqrt(total))
    judge(row)
    for (let k = 0; k < LEANING_CLASSES; k++) {
      const slope = weight * (count[k] / total - chances[k])
      for (let d = 0; d < width; d++) {
        const at = k * width + d
        const value = d < dimensions ? rows[row * dimensions + d] * STRETCH : 1
        const gradient = slope * value - L2 * weights[at]
        squares[at] += gradient * gradient
        weights[at] += (RATE * gradient) / Math.sqrt(squares[at])
      }
    }
  }
  const codes = new Uint8Array(rows.length / dimensions)
  for (let row = 0; row < codes.length; row++) {
    judge(row)
    const order = Array.from(chances.keys()).toSorted((a, b) => chances[b] - chances[a])
    const [first, second] = order
    // a runner-up says much only where the likeliest class is in doubt; leaving it out elsewhere halves the plane
    const sure = SURE.filter((least) => chances[first] > least).length
    codes[row] =
      sure === 0
        ? 1 + first * LEANING_CLASSES + second
        : 1 + LEANING_CLASSES * (LEANING_CLASSES + sure - 1) + first
  }
  return codes
}
