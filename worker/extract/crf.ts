/*
 * Decoding of a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). Scores are laid out token by
 * token: the score of label `k` at token `i` is `scores[i * labels + k]`.
 */

export interface Chain {
  readonly labels: number
  /** `transitions[from * labels + to]`; -Infinity forbids. */
  readonly transitions: Float32Array
  /** Score of beginning a sentence with a label; -Infinity forbids. */
  readonly starts: Float32Array
}

/** The best labels of tokens `first` up to `last`, written to `out`. */
export function viterbi(
  chain: Chain,
  scores: Float32Array,
  first: number,
  last: number,
  out: Uint8Array
): void {
  const { labels, transitions, starts } = chain
  const back = new Uint8Array((last - first) * labels)
  let previous = new Float64Array(labels)
  let current = new Float64Array(labels)
  for (let i = first; i < last; i++) {
    const at = i * labels
    for (let to = 0; to < labels; to++) {
      let best = i === first ? starts[to] : -Infinity
      let from = 0
      if (i > first) {
        for (let k = 0; k < labels; k++) {
          const score = previous[k] + transitions[k * labels + to]
          if (score > best) {
            best = score
            from = k
          }
        }
      }
      current[to] = best + scores[at + to]
      back[(i - first) * labels + to] = from
    }
    const swap = previous
    previous = current
    current = swap
  }
  let label = 0
  for (let k = 1; k < labels; k++) if (previous[k] > previous[label]) label = k
  for (let i = last - 1; i >= first; i--) {
    out[i] = label
    label = back[(i - first) * labels + label]
  }
}

/** Probabilities of each label at tokens `first` up to `last` (forward-backward), written to `out` in the layout of `scores`. */
export function marginals(
  chain: Chain,
  scores: Float32Array,
  first: number,
  last: number,
  out: Float32Array
): void {
  const { labels, transitions, starts } = chain
  const size = last - first
  const factor = transitions.map(Math.exp)
  const own = new Float64Array(size * labels)
  const forward = new Float64Array(size * labels)
  for (let i = 0; i < size; i++) {
    const at = i * labels
    const from = (first + i) * labels
    let highest = -Infinity
    for (let k = 0; k < labels; k++) highest = Math.max(highest, scores[from + k])
    let total = 0
    for (let to = 0; to < labels; to++) {
      own[at + to] = Math.exp(scores[from + to] - highest)
      let sum = 0
      if (i === 0) sum = Math.exp(starts[to])
      else for (let k = 0; k < labels; k++) sum += forward[at - labels + k] * factor[k * labels + to]
      forward[at + to] = sum * own[at + to]
      total += forward[at + to]
    }
    // scaled at every token: products of many probabilities would underflow
    for (let k = 0; k < labels; k++) forward[at + k] /= total || 1
  }
  let backward = new Float64Array(labels).fill(1)
  for (let i = size - 1; i >= 0; i--) {
    const at = i * labels
    let total = 0
    for (let k = 0; k < labels; k++) total += forward[at + k] * backward[k]
    for (let k = 0; k < labels; k++)
      out[(first + i) * labels + k] = (forward[at + k] * backward[k]) / (total || 1)
    const earlier = new Float64Array(labels)
    let sum = 0
    for (let from = 0; from < labels; from++) {
      for (let to = 0; to < labels; to++)
        earlier[from] += factor[from * labels + to] * own[at + to] * backward[to]
      sum += earlier[from]
    }
    for (let k = 0; k < labels; k++) earlier[k] /= sum || 1
    backward = earlier
  }
}
