import { GATE_FEATURES, GATE_ROWS, gateFeatures, mayBeCue } from '../extract/attribution/gate.ts'
import type { Units, Vocabulary } from '../extract/attribution/units.ts'
import { NO_CUE } from './attribution-gold.ts'

/** One article for the gate: its units and the class of each token that heads a cue; `ignored` tokens teach nothing. */
export interface GateArticle {
  readonly units: Units
  readonly classes: ReadonlyMap<number, number>
  readonly ignored: ReadonlySet<number>
}

/** The three class probabilities of a cue candidate. */
export function gateProbabilities(
  weights: Float32Array,
  units: Units,
  token: number,
  features: Int32Array
): [number, number, number] {
  const k = gateFeatures(units, token, features)
  let a = 0
  let b = 0
  let c = 0
  for (let f = 0; f < k; f++) {
    const row = features[f] * 3
    a += weights[row]
    b += weights[row + 1]
    c += weights[row + 2]
  }
  const top = Math.max(a, b, c)
  const ea = Math.exp(a - top)
  const eb = Math.exp(b - top)
  const ec = Math.exp(c - top)
  const sum = ea + eb + ec
  return [ea / sum, eb / sum, ec / sum]
}

/** Trains the linear gate: softmax regression over hashed features with AdaGrad (Duchi et al. 2011). */
export function trainGate(
  articles: readonly GateArticle[],
  vocabulary: Vocabulary,
  random: () => number,
  epochs = 5,
  rate = 0.15
): Float32Array {
  const weights = new Float32Array(GATE_ROWS * 3)
  const squares = new Float32Array(GATE_ROWS * 3)
  const features = new Int32Array(GATE_FEATURES)
  const order = articles.map((_, i) => i)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const at of order) {
      const { units, classes, ignored } = articles[at]
      for (let i = 0; i < units.hash.length; i++) {
        if (!mayBeCue(units, vocabulary, i) || ignored.has(i)) continue
        const gold = classes.get(i) ?? NO_CUE
        const p = gateProbabilities(weights, units, i, features)
        if (p[gold] > 0.995) continue
        for (let label = 0; label < 3; label++) {
          const gradient = p[label] - (label === gold ? 1 : 0)
          if (Math.abs(gradient) < 1e-3) continue
          for (let f = 0; f < GATE_FEATURES; f++) {
            const o = features[f] * 3 + label
            squares[o] += gradient * gradient
            weights[o] -= (rate * gradient) / Math.sqrt(squares[o] + 1)
          }
        }
      }
    }
  }
  return weights
}

export function shuffle<T>(list: T[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = list[i]
    list[i] = list[j]
    list[j] = kept
  }
}

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let a = seed | 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
