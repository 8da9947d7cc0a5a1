import type { Stretch } from '../extract/names/crf.ts'
import { randomBelow } from './clusters.ts'

/** An article as the trainer sees it: rows of the weight table for each token, gold labels, what is decoded together. */
export interface Example {
  readonly offsets: Uint32Array
  readonly rows: Uint32Array
  readonly labels: Uint8Array
  readonly stretches: readonly Stretch[]
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

/** The examples without rows that stand in fewer than `least` of them. */
export function keepCommonRows(examples: readonly Example[], bits: number, least: number): Example[] {
  const standsIn = new Uint16Array(1 << bits)
  const lastSeen = new Int32Array(1 << bits).fill(-1)
  examples.forEach(({ rows }, i) => {
    for (const row of rows) {
      if (lastSeen[row] === i) continue
      lastSeen[row] = i
      standsIn[row]++
    }
  })
  return examples.map((example) => {
    const rows = new Uint32Array(example.rows.length)
    const offsets = new Uint32Array(example.offsets.length)
    let kept = 0
    for (let token = 0; token + 1 < offsets.length; token++) {
      for (let f = example.offsets[token]; f < example.offsets[token + 1]; f++) {
        if (standsIn[example.rows[f]] >= least) rows[kept++] = example.rows[f]
      }
      offsets[token + 1] = kept
    }
    return { ...example, rows: rows.subarray(0, kept), offsets }
  })
}

/** Gradients this small are left out: they cost time and, hashed, only add noise. */
const LEAST_GRADIENT = 1e-3

/** Maximum likelihood training of a linear-chain CRF by AdaGrad (Duchi, Hazan and Singer 2011), one stretch a step. */
export function trainCrf(examples: readonly Example[], schedule: Schedule): Weights {
  const { bits, labels: K, rate, l2 } = schedule
  const table = new Float32Array((1 << bits) * K)
  const edges = new Float32Array((K + 1) * K)
  const tableSquares = new Float32Array(table.length).fill(1e-3)
  const edgeSquares = new Float32Array(edges.length).fill(1e-3)
  const tableSum = new Float32Array(table.length)
  const edgeSum = new Float32Array(edges.length)
  const steps = examples.flatMap((example) => example.stretches.map((stretch) => ({ example, stretch })))
  const longest = steps.reduce((most, { stretch }) => Math.max(most, stretch.last - stretch.first), 1)
  const draw = randomBelow(schedule.seed)
  const scores = new Float64Array(longest * K)
  const forward = new Float64Array(longest * K)
  const own = new Float64Array(longest * K)
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
    for (const { example, stretch } of steps) {
      const { offsets, rows, labels: gold } = example
      const { first, last, opens, closes } = stretch
      const startAt = opens ? K * K : 0
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
          if (i === 0) sum = factor[startAt + to]
          else for (let k = 0; k < K; k++) sum += forward[at - K + k] * factor[k * K + to]
          forward[at + to] = sum * own[at + to]
          total += forward[at + to]
        }
        for (let k = 0; k < K; k++) forward[at + k] /= total
      }
      let backward = Float64Array.from({ length: K }, (_, k) => (closes ? 1 : factor[k * K]))
      for (let i = size - 1; i >= 0; i--) {
        const at = i * K
        let total = 0
        for (let k = 0; k < K; k++) total += forward[at + k] * backward[k]
        for (let k = 0; k < K; k++) {
          gradient[k] = (gold[first + i] === k ? 1 : 0) - (forward[at + k] * backward[k]) / total
        }
        if (i === size - 1 && !closes) for (let k = 0; k < K; k++) stepEdge(k * K, gradient[k])
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
          for (let k = 0; k < K; k++) stepEdge(startAt + k, gradient[k])
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
            stepEdge(from * K + to, wanted - share)
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
