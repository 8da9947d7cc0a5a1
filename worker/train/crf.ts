import { randomBelow } from './clusters.ts'

/** An article as the trainer sees it: rows of the weight table for each token, gold labels, sentence token ranges. */
export interface Example {
  readonly offsets: Uint32Array
  readonly rows: Uint32Array
  readonly labels: Uint8Array
  readonly sentences: readonly { readonly first: number; readonly last: number }[]
  /** How much its sentences count; 1 for annotated text. */
  readonly weight: number
}

export interface Weights {
  readonly labels: number
  /** `table[row * labels + label]`. */
  readonly table: Float32Array
  /** `transitions[from * labels + to]`. */
  readonly transitions: Float32Array
  readonly starts: Float32Array
}

export interface Schedule {
  readonly bits: number
  readonly labels: number
  readonly epochs: number
  /** Weights are averaged over the epochs from this one on, counted from 0. */
  readonly averageFrom: number
  readonly rate: number
  readonly l2: number
  readonly seed: number
}

/** Gradients this small are left out: they cost time and, hashed, only add noise. */
const LEAST_GRADIENT = 1e-3

/** Maximum likelihood training of a linear-chain CRF by AdaGrad (Duchi, Hazan and Singer 2011), one sentence a step. */
export function trainCrf(examples: readonly Example[], schedule: Schedule): Weights {
  const { bits, labels: K, rate, l2 } = schedule
  const table = new Float32Array((1 << bits) * K)
  const edges = new Float32Array((K + 1) * K)
  const tableSquares = new Float32Array(table.length).fill(1e-3)
  const edgeSquares = new Float32Array(edges.length).fill(1e-3)
  const tableSum = new Float32Array(table.length)
  const edgeSum = new Float32Array(edges.length)
  const steps = examples.flatMap((example) =>
    example.sentences.map(({ first, last }) => ({ example, first, last: Math.min(last, first + 1000) }))
  )
  const draw = randomBelow(schedule.seed)
  const scores = new Float64Array(1000 * K)
  const forward = new Float64Array(1000 * K)
  const own = new Float64Array(1000 * K)
  const factor = new Float64Array(edges.length)
  const gradient = new Float64Array(K)

  const stepEdge = (at: number, slope: number): void => {
    if (Math.abs(slope) < LEAST_GRADIENT) return
    edgeSquares[at] += slope * slope
    edges[at] += (rate * slope) / Math.sqrt(edgeSquares[at])
  }

  for (let epoch = 0; epoch < schedule.epochs; epoch++) {
    for (let i = steps.length - 1; i > 0; i--) {
      const j = draw(i + 1)
      const held = steps[i]
      steps[i] = steps[j]
      steps[j] = held
    }
    for (const { example, first, last } of steps) {
      const { offsets, rows, labels: gold, weight } = example
      const size = last - first
      for (let at = 0; at < edges.length; at++) factor[at] = Math.exp(edges[at])
      scores.fill(0, 0, size * K)
      for (let i = 0; i < size; i++) {
        const at = i * K
        for (let f = offsets[first + i]; f < offsets[first + i + 1]; f++) {
          const row = rows[f] * K
          for (let k = 0; k < K; k++) scores[at + k] += table[row + k]
        }
        let highest = -Infinity
        for (let k = 0; k < K; k++) if (scores[at + k] > highest) highest = scores[at + k]
        let total = 0
        for (let to = 0; to < K; to++) {
          own[at + to] = Math.exp(scores[at + to] - highest)
          let sum = 0
          if (i === 0) sum = factor[K * K + to]
          else for (let k = 0; k < K; k++) sum += forward[at - K + k] * factor[k * K + to]
          forward[at + to] = sum * own[at + to]
          total += forward[at + to]
        }
        for (let k = 0; k < K; k++) forward[at + k] /= total
      }
      let backward = new Float64Array(K).fill(1)
      for (let i = size - 1; i >= 0; i--) {
        const at = i * K
        let total = 0
        for (let k = 0; k < K; k++) total += forward[at + k] * backward[k]
        for (let k = 0; k < K; k++) {
          gradient[k] = ((gold[first + i] === k ? 1 : 0) - (forward[at + k] * backward[k]) / total) * weight
        }
        for (let f = offsets[first + i]; f < offsets[first + i + 1]; f++) {
          const row = rows[f] * K
          for (let k = 0; k < K; k++) {
            const slope = gradient[k] - l2 * table[row + k]
            if (slope > LEAST_GRADIENT || slope < -LEAST_GRADIENT) {
              tableSquares[row + k] += slope * slope
              table[row + k] += (rate * slope) / Math.sqrt(tableSquares[row + k])
            }
          }
        }
        if (i === 0) {
          for (let k = 0; k < K; k++) stepEdge(K * K + k, gradient[k])
          continue
        }
        const earlier = new Float64Array(K)
        let reached = 0
        for (let from = 0; from < K; from++) {
          for (let to = 0; to < K; to++) earlier[from] += factor[from * K + to] * own[at + to] * backward[to]
          reached += earlier[from] * forward[at - K + from]
        }
        for (let from = 0; from < K; from++) {
          for (let to = 0; to < K; to++) {
            const share =
              (forward[at - K + from] * factor[from * K + to] * own[at + to] * backward[to]) / reached
            const wanted = gold[first + i - 1] === from && gold[first + i] === to ? 1 : 0
            stepEdge(from * K + to, (wanted - share) * weight)
          }
        }
        let sum = 0
        for (let k = 0; k < K; k++) sum += earlier[k]
        for (let k = 0; k < K; k++) earlier[k] /= sum
        backward = earlier
      }
    }
    if (epoch >= schedule.averageFrom) {
      for (let at = 0; at < table.length; at++) tableSum[at] += table[at]
      for (let at = 0; at < edges.length; at++) edgeSum[at] += edges[at]
    }
  }
  const averaged = schedule.epochs - schedule.averageFrom
  for (let at = 0; at < tableSum.length; at++) tableSum[at] /= averaged
  for (let at = 0; at < edgeSum.length; at++) edgeSum[at] /= averaged
  return { labels: K, table: tableSum, transitions: edgeSum.slice(0, K * K), starts: edgeSum.slice(K * K) }
}
