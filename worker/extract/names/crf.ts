/*
 * Decoding of a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). Scores are laid out token by
 * token: the score of label `k` at token `i` is `scores[i * labels + k]`. Label 0 is "outside".
 */

export interface Chain {
  readonly labels: number
  /** `transitions[from * labels + to]`; -Infinity forbids. */
  readonly transitions: Float32Array
  /** Score of beginning a sentence with a label; -Infinity forbids. */
  readonly starts: Float32Array
}

/** Tokens `first` up to `last` that are decoded together; the tokens around them are outside by construction. */
export interface Stretch {
  readonly first: number
  readonly last: number
  /** It begins, or ends, a sentence: no outside token stands on that side. */
  readonly opens: boolean
  readonly closes: boolean
}

/** The stretches of tokens that are not `outside`, by sentence. */
export function stretchesOf(
  sentences: readonly { readonly first: number; readonly last: number }[],
  outside: Uint8Array
): Stretch[] {
  const stretches: Stretch[] = []
  for (const sentence of sentences) {
    for (let first = sentence.first; first < sentence.last; first++) {
      if (outside[first]) continue
      let last = first + 1
      while (last < sentence.last && !outside[last]) last++
      stretches.push({ first, last, opens: first === sentence.first, closes: last === sentence.last })
      first = last
    }
  }
  return stretches
}

/**
 * The allowed transitions that lead `into` each label, or else out of it: the label at the other side, the score and what
 * it multiplies chances by, those of label `k` from `ends[k]` up to `ends[k + 1]`. Two of five are forbidden and would only
 * add noughts to every sum.
 */
function allowedSteps(
  { labels, transitions }: Chain,
  into: boolean
): {
  readonly other: Uint8Array
  readonly scores: Float32Array
  readonly factors: Float32Array
  readonly ends: Uint8Array
} {
  const other: number[] = []
  const scores: number[] = []
  const ends = new Uint8Array(labels + 1)
  for (let label = 0; label < labels; label++) {
    for (let o = 0; o < labels; o++) {
      const index = into ? o * labels + label : label * labels + o
      if (transitions[index] === -Infinity) continue
      other.push(o)
      scores.push(transitions[index])
    }
    ends[label + 1] = other.length
  }
  return {
    other: Uint8Array.from(other),
    scores: Float32Array.from(scores),
    factors: Float32Array.from(scores, Math.exp),
    ends
  }
}

export type ChainDecoder = ReturnType<typeof chainDecoder>

/** Decodes stretches one after the other, with memory that grows to the longest. */
export function chainDecoder(chain: Chain) {
  const { labels, transitions, starts } = chain
  const factor = transitions.map(Math.exp)
  const startFactor = starts.map(Math.exp)
  const into = allowedSteps(chain, true)
  const outOf = allowedSteps(chain, false)
  let own = new Float64Array(0)
  let forward = new Float64Array(0)
  let back = new Uint8Array(0)
  let previous = new Float64Array(labels)
  let current = new Float64Array(labels)
  const backward = new Float64Array(labels)
  const earlier = new Float64Array(labels)
  const reserve = (size: number): void => {
    if (forward.length >= size * labels) return
    own = new Float64Array(size * labels * 2)
    forward = new Float64Array(size * labels * 2)
    back = new Uint8Array(size * labels * 2)
  }

  return {
    /** The best labels of the stretch, written to `out` by token. */
    best({ first, last, opens, closes }: Stretch, scores: Float32Array, out: Uint8Array): void {
      reserve(last - first)
      for (let i = first; i < last; i++) {
        const at = (i - first) * labels
        for (let to = 0; to < labels; to++) {
          let best = -Infinity
          let from = 0
          if (i === first) best = opens ? starts[to] : transitions[to]
          else {
            for (let s = into.ends[to]; s < into.ends[to + 1]; s++) {
              const score = previous[into.other[s]] + into.scores[s]
              if (score > best) {
                best = score
                from = into.other[s]
              }
            }
          }
          current[to] = best + scores[i * labels + to]
          back[at + to] = from
        }
        const swap = previous
        previous = current
        current = swap
      }
      let label = 0
      for (let k = 0; k < labels; k++) {
        if (!closes) previous[k] += transitions[k * labels]
        if (previous[k] > previous[label]) label = k
      }
      for (let i = last - 1; i >= first; i--) {
        out[i] = label
        label = back[(i - first) * labels + label]
      }
    },

    /** The probability of each label at each token (forward-backward), written to `out` in the layout of the scores. */
    chances({ first, last, opens, closes }: Stretch, scores: Float32Array, out: Float32Array): void {
      const size = last - first
      reserve(size)
      for (let i = 0; i < size; i++) {
        const at = i * labels
        const from = (first + i) * labels
        let highest = -Infinity
        for (let k = 0; k < labels; k++) if (scores[from + k] > highest) highest = scores[from + k]
        let total = 0
        for (let to = 0; to < labels; to++) {
          own[at + to] = Math.exp(scores[from + to] - highest)
          let sum = 0
          if (i === 0) sum = opens ? startFactor[to] : factor[to]
          else {
            for (let s = into.ends[to]; s < into.ends[to + 1]; s++)
              sum += forward[at - labels + into.other[s]] * into.factors[s]
          }
          forward[at + to] = sum * own[at + to]
          total += forward[at + to]
        }
        // scaled at every token: products of many probabilities would underflow
        for (let k = 0; k < labels; k++) forward[at + k] /= total || 1
      }
      for (let k = 0; k < labels; k++) backward[k] = closes ? 1 : factor[k * labels]
      for (let i = size - 1; i >= 0; i--) {
        const at = i * labels
        let total = 0
        for (let k = 0; k < labels; k++) total += forward[at + k] * backward[k]
        for (let k = 0; k < labels; k++)
          out[(first + i) * labels + k] = (forward[at + k] * backward[k]) / (total || 1)
        let sum = 0
        for (let from = 0; from < labels; from++) {
          let reached = 0
          for (let s = outOf.ends[from]; s < outOf.ends[from + 1]; s++)
            reached += outOf.factors[s] * own[at + outOf.other[s]] * backward[outOf.other[s]]
          earlier[from] = reached
          sum += reached
        }
        for (let k = 0; k < labels; k++) backward[k] = earlier[k] / (sum || 1)
      }
    }
  }
}
