import {
  FLOW_ROWS,
  LAYOUT_ROWS,
  PATH_ROWS,
  POSITION_ROWS,
  SHAPE_ROWS,
  type Columns
} from '../extract/attribution-columns.ts'
import { FIRST_WORD, SUFFIXES, UNKNOWN_ID } from '../extract/attribution-units.ts'
import { LABELS, NO_CUE } from './attribution-gold.ts'
import { shuffle } from './attribution-gate.ts'

/** One window to learn from. `labels` count only where `class` is a cue. */
export interface Instance {
  readonly columns: Columns
  readonly class: number
  readonly labels: Uint8Array
}

export interface NetSettings {
  /** Hidden units of each direction. */
  readonly hidden: number
  /** Length of a word's vector. */
  readonly dims: number
  readonly words: number
  readonly epochs: number
  readonly rate: number
  readonly batch: number
  readonly random: () => number
  readonly log: (line: string) => void
}

/** A table of weights with its gradient and the two moments of Adam. Only rows that a batch touched are stepped. */
class Table {
  readonly w: Float64Array
  readonly g: Float64Array
  readonly #m: Float64Array
  readonly #v: Float64Array
  readonly average: Float64Array
  readonly width: number
  readonly #touched: Uint8Array
  readonly #rows: number[] = []

  constructor(rows: number, width: number, spread: number, random: () => number) {
    this.width = width
    this.w = new Float64Array(rows * width)
    for (let i = 0; i < this.w.length; i++) this.w[i] = (random() * 2 - 1) * spread
    this.g = new Float64Array(rows * width)
    this.#m = new Float64Array(rows * width)
    this.#v = new Float64Array(rows * width)
    this.average = new Float64Array(rows * width)
    this.#touched = new Uint8Array(rows)
  }

  touch(row: number): void {
    if (this.#touched[row]) return
    this.#touched[row] = 1
    this.#rows.push(row)
  }

  touchAll(): void {
    for (let row = 0; row < this.#touched.length; row++) this.touch(row)
  }

  /** One step of Adam (Kingma and Ba 2015); `c1` and `c2` correct the moments' bias. */
  step(rate: number, c1: number, c2: number): void {
    const { w, g, width } = this
    const m = this.#m
    const v = this.#v
    for (const row of this.#rows) {
      this.#touched[row] = 0
      for (let i = row * width; i < (row + 1) * width; i++) {
        const x = g[i]
        m[i] += 0.1 * (x - m[i])
        v[i] += 0.001 * (x * x - v[i])
        w[i] -= (rate * m[i]) / c1 / (Math.sqrt(v[i] / c2) + 1e-8)
        g[i] = 0
      }
    }
    this.#rows.length = 0
  }
}

export type Tables = Readonly<Record<TableName, Table>>
export type TableName =
  | 'word'
  | 'suffix'
  | 'wordIn'
  | 'cueIn'
  | 'shape'
  | 'position'
  | 'path'
  | 'flow'
  | 'layout'
  | 'recurrent'
  | 'recurrentBias'
  | 'out'
  | 'outBias'
  | 'class'
  | 'classBias'
  | 'transition'

/** The weights of a trained net by table, row by row. */
export type NetWeights = Readonly<Record<TableName, Float64Array>>

/** Labels that may follow each label: a span once begun goes on or ends. */
export const NEXT: readonly (readonly number[])[] = Array.from({ length: LABELS }, (_, from) =>
  from === 1 || from === 2 ? [2, 3] : from === 5 || from === 6 ? [6, 7] : [0, 1, 4, 5, 8]
)
export const STARTS = [0, 1, 4, 5, 8]
export const ENDS = [0, 3, 4, 7, 8]
const IMPOSSIBLE = -1e9
const MAX = 176

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/**
 * A bidirectional gated recurrent net (Cho et al. 2014) over the units of one cue's window, with a linear-chain
 * conditional random field on top (Lafferty et al. 2001) and a three-way class read at the cue.
 */
export class NetTrainer {
  readonly tables: Tables
  readonly #s: NetSettings
  readonly #H: number
  readonly #D: number
  readonly #G: number
  #step = 0
  #averaged = 0
  // Work space of one batch: products of distinct words, by key.
  readonly #keys = new Map<number, number>()
  readonly #keyWord: number[] = []
  readonly #keySuffix: number[] = []
  #vector = new Float64Array(0)
  #scale = new Float64Array(0)
  #product = new Float64Array(0)
  #productGradient = new Float64Array(0)
  // Work space of one window.
  readonly #x: Float64Array
  readonly #dx: Float64Array
  readonly #r: Float64Array
  readonly #z: Float64Array
  readonly #n: Float64Array
  readonly #hn: Float64Array
  readonly #h: Float64Array
  readonly #drop: Float64Array
  readonly #dh: Float64Array
  readonly #em = new Float64Array(MAX * LABELS)
  readonly #alpha = new Float64Array(MAX * LABELS)
  readonly #beta = new Float64Array(MAX * LABELS)

  constructor(settings: NetSettings) {
    this.#s = settings
    const H = (this.#H = settings.hidden)
    const D = (this.#D = settings.dims)
    const G = (this.#G = 6 * H)
    const { random } = settings
    const t = (rows: number, width: number, spread: number) => new Table(rows, width, spread, random)
    this.tables = {
      word: t(settings.words, D, 0.1),
      suffix: t(SUFFIXES, D, 0.1),
      wordIn: t(D, G, Math.sqrt(3 / D)),
      cueIn: t(D, G, Math.sqrt(3 / D) * 0.5),
      shape: t(SHAPE_ROWS, G, 0.1),
      position: t(POSITION_ROWS, G, 0.1),
      path: t(PATH_ROWS, G, 0.1),
      flow: t(FLOW_ROWS, G, 0.1),
      layout: t(LAYOUT_ROWS, G, 0.1),
      recurrent: t(6 * H, H, Math.sqrt(3 / H) * 0.7),
      recurrentBias: t(1, G, 0),
      out: t(LABELS, 2 * H, 0.2),
      outBias: t(1, LABELS, 0),
      class: t(3, 2 * H, 0.2),
      classBias: t(1, 3, 0),
      transition: t(LABELS, LABELS, 0)
    }
    const w = () => new Float64Array(MAX * 2 * H)
    this.#x = new Float64Array(MAX * G)
    this.#dx = new Float64Array(MAX * G)
    this.#r = w()
    this.#z = w()
    this.#n = w()
    this.#hn = w()
    this.#h = w()
    this.#drop = w()
    this.#dh = w()
  }

  /** Weights averaged over the last third of training, which generalise better than the last ones (Izmailov et al. 2018). */
  weights(): NetWeights {
    const out: Partial<Record<TableName, Float64Array>> = {}
    for (const [name, table] of this.#entries()) {
      out[name] = this.#averaged > 0 ? table.average.map((x) => x / this.#averaged) : table.w.slice()
    }
    return out as NetWeights
  }

  #entries(): [TableName, Table][] {
    return Object.entries(this.tables) as [TableName, Table][]
  }

  train(instances: readonly Instance[]): void {
    const { epochs, batch, rate, random, log } = this.#s
    const order = instances.map((_, i) => i)
    const total = Math.ceil(instances.length / batch) * epochs
    const every = Math.max(1, Math.floor(total / epochs / 4))
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random)
      const started = performance.now()
      let loss = 0
      for (let at = 0; at < order.length; at += batch) {
        const members: Instance[] = []
        for (let k = at; k < Math.min(order.length, at + batch); k++) members.push(instances[order[k]])
        loss += this.#batch(members)
        this.#step++
        const now = rate * Math.max(0.02, 1 - this.#step / total)
        const c1 = 1 - Math.pow(0.9, this.#step)
        const c2 = 1 - Math.pow(0.999, this.#step)
        for (const name of [
          'wordIn',
          'cueIn',
          'recurrent',
          'recurrentBias',
          'out',
          'outBias',
          'class',
          'classBias',
          'transition'
        ] as const) {
          this.tables[name].touchAll()
        }
        for (const [, table] of this.#entries()) table.step(now, c1, c2)
        if (this.#step > total * 0.67 && this.#step % every === 0) {
          this.#averaged++
          for (const [, table] of this.#entries())
            for (let i = 0; i < table.w.length; i++) table.average[i] += table.w[i]
        }
      }
      log(
        `epoch ${epoch + 1} loss ${(loss / order.length).toFixed(4)} ${((performance.now() - started) / 1000).toFixed(0)}s`
      )
    }
  }

  #key(word: number, suffix: number): number {
    const key = word * SUFFIXES + suffix
    let at = this.#keys.get(key)
    if (at === undefined) {
      at = this.#keyWord.length
      this.#keys.set(key, at)
      this.#keyWord.push(word)
      this.#keySuffix.push(suffix)
    }
    return at
  }

  #batch(members: readonly Instance[]): number {
    const { random } = this.#s
    const D = this.#D
    const G = this.#G
    this.#keys.clear()
    this.#keyWord.length = 0
    this.#keySuffix.length = 0
    // Now and then a word is read as unknown, so that the net learns what to do with those.
    const unitKeys = members.map(({ columns }) => {
      const keys = new Int32Array(columns.length)
      for (let j = 0; j < columns.length; j++) {
        const word = columns.word[j]
        keys[j] = this.#key(word >= FIRST_WORD && random() < 0.06 ? UNKNOWN_ID : word, columns.suffix[j])
      }
      return keys
    })
    const words = this.#keyWord.length
    // Products with the cue's matrix stand behind those with the words'.
    const cueKeys = members.map(({ columns }) =>
      this.#key(columns.word[columns.cue], columns.suffix[columns.cue])
    )
    const count = this.#keyWord.length
    if (this.#vector.length < count * D) {
      this.#vector = new Float64Array(count * D * 2)
      this.#scale = new Float64Array(count * D * 2)
    }
    if (this.#product.length < count * G * 2) {
      this.#product = new Float64Array(count * G * 4)
      this.#productGradient = new Float64Array(count * G * 4)
    }
    const { word, suffix, wordIn, cueIn } = this.tables
    const v = this.#vector
    const scale = this.#scale
    for (let k = 0; k < count; k++) {
      const a = this.#keyWord[k] * D
      const b = this.#keySuffix[k] * D
      for (let i = 0; i < D; i++) {
        const keep = random() < 0.15 ? 0 : 1 / 0.85
        scale[k * D + i] = keep
        v[k * D + i] = (word.w[a + i] + suffix.w[b + i]) * keep
      }
    }
    const usesCue = new Uint8Array(count)
    for (const k of cueKeys) usesCue[k] = 1
    const multiply = (k: number, matrix: Table, slot: number) => {
      const o = slot * G
      this.#product.fill(0, o, o + G)
      this.#productGradient.fill(0, o, o + G)
      for (let i = 0; i < D; i++) {
        const x = v[k * D + i]
        if (x === 0) continue
        const m = matrix.w
        for (let g = 0, at = i * G; g < G; g++) this.#product[o + g] += x * m[at + g]
      }
    }
    for (let k = 0; k < count; k++) {
      if (k < words) multiply(k, wordIn, k)
      if (usesCue[k]) multiply(k, cueIn, count + k)
    }
    let loss = 0
    members.forEach((member, at) => {
      loss += this.#window(member, unitKeys[at], count + cueKeys[at])
    })
    const dv = new Float64Array(D)
    const back = (k: number, matrix: Table, slot: number) => {
      const o = slot * G
      const d = this.#productGradient
      for (let i = 0; i < D; i++) {
        const x = v[k * D + i]
        const at = i * G
        let sum = 0
        for (let g = 0; g < G; g++) sum += d[o + g] * matrix.w[at + g]
        if (x !== 0) for (let g = 0; g < G; g++) matrix.g[at + g] += x * d[o + g]
        dv[i] += sum
      }
    }
    for (let k = 0; k < count; k++) {
      dv.fill(0)
      if (k < words) back(k, wordIn, k)
      if (usesCue[k]) back(k, cueIn, count + k)
      const a = this.#keyWord[k]
      const b = this.#keySuffix[k]
      word.touch(a)
      suffix.touch(b)
      for (let i = 0; i < D; i++) {
        const g = dv[i] * scale[k * D + i]
        word.g[a * D + i] += g
        suffix.g[b * D + i] += g
      }
    }
    return loss
  }

  #window(instance: Instance, keys: Int32Array, cueSlot: number): number {
    const { columns } = instance
    const { random } = this.#s
    const H = this.#H
    const G = this.#G
    const L = columns.length
    const T = this.tables
    const X = this.#x
    const P = this.#product
    for (let j = 0; j < L; j++) {
      const o = j * G
      const a = keys[j] * G
      const b = cueSlot * G
      const c = columns.shape[j] * G
      const d = columns.position[j] * G
      const e = columns.path[j] * G
      const f = columns.flow[j] * G
      const l = columns.layout * G
      for (let g = 0; g < G; g++) {
        X[o + g] =
          P[a + g] +
          P[b + g] +
          T.shape.w[c + g] +
          T.position.w[d + g] +
          T.path.w[e + g] +
          T.flow.w[f + g] +
          T.layout.w[l + g]
      }
    }
    this.#forward(L)
    const drop = this.#drop
    for (let i = 0; i < L * 2 * H; i++) drop[i] = random() < 0.2 ? 0 : 1.25
    const dh = this.#dh
    dh.fill(0, 0, L * 2 * H)
    let loss = this.#classLoss(instance)
    if (instance.class !== NO_CUE) loss += this.#spanLoss(instance)
    for (let i = 0; i < L * 2 * H; i++) dh[i] *= drop[i]
    this.#backward(L)
    const dx = this.#dx
    const dP = this.#productGradient
    for (let j = 0; j < L; j++) {
      const o = j * G
      const a = keys[j] * G
      const b = cueSlot * G
      T.shape.touch(columns.shape[j])
      T.position.touch(columns.position[j])
      T.path.touch(columns.path[j])
      T.flow.touch(columns.flow[j])
      T.layout.touch(columns.layout)
      const c = columns.shape[j] * G
      const d = columns.position[j] * G
      const e = columns.path[j] * G
      const f = columns.flow[j] * G
      const l = columns.layout * G
      for (let g = 0; g < G; g++) {
        const x = dx[o + g]
        dP[a + g] += x
        dP[b + g] += x
        T.shape.g[c + g] += x
        T.position.g[d + g] += x
        T.path.g[e + g] += x
        T.flow.g[f + g] += x
        T.layout.g[l + g] += x
      }
    }
    return loss
  }

  #forward(L: number): void {
    const H = this.#H
    const G = this.#G
    const U = this.tables.recurrent.w
    const bias = this.tables.recurrentBias.w
    const h = this.#h
    const sums = new Float64Array(3 * H)
    for (let d = 0; d < 2; d++) {
      for (let t = 0; t < L; t++) {
        const j = d ? L - 1 - t : t
        const p = ((d ? j + 1 : j - 1) * 2 + d) * H
        for (let k = 0; k < 3 * H; k++) {
          let sum = bias[d * 3 * H + k]
          if (t > 0) {
            const row = (d * 3 * H + k) * H
            for (let i = 0; i < H; i++) sum += U[row + i] * h[p + i]
          }
          sums[k] = sum
        }
        const x = j * G + d * 3 * H
        const o = (j * 2 + d) * H
        for (let k = 0; k < H; k++) {
          const r = sigmoid(this.#x[x + k] + sums[k])
          const z = sigmoid(this.#x[x + H + k] + sums[H + k])
          const n = Math.tanh(this.#x[x + 2 * H + k] + r * sums[2 * H + k])
          this.#r[o + k] = r
          this.#z[o + k] = z
          this.#n[o + k] = n
          this.#hn[o + k] = sums[2 * H + k]
          h[o + k] = n + z * ((t > 0 ? h[p + k] : 0) - n)
        }
      }
    }
  }

  #backward(L: number): void {
    const H = this.#H
    const G = this.#G
    const { recurrent, recurrentBias } = this.tables
    const U = recurrent.w
    const gU = recurrent.g
    const h = this.#h
    const dh = this.#dh
    const dx = this.#dx
    const ds = new Float64Array(3 * H)
    for (let d = 0; d < 2; d++) {
      for (let t = L - 1; t >= 0; t--) {
        const j = d ? L - 1 - t : t
        const p = ((d ? j + 1 : j - 1) * 2 + d) * H
        const o = (j * 2 + d) * H
        const x = j * G + d * 3 * H
        for (let k = 0; k < H; k++) {
          const r = this.#r[o + k]
          const z = this.#z[o + k]
          const n = this.#n[o + k]
          const before = t > 0 ? h[p + k] : 0
          const g = dh[o + k]
          const dn = g * (1 - z) * (1 - n * n)
          const dz = g * (before - n) * z * (1 - z)
          const dr = dn * this.#hn[o + k] * r * (1 - r)
          dx[x + k] = dr
          dx[x + H + k] = dz
          dx[x + 2 * H + k] = dn
          ds[k] = dr
          ds[H + k] = dz
          ds[2 * H + k] = dn * r
          if (t > 0) dh[p + k] += g * z
        }
        for (let k = 0; k < 3 * H; k++) {
          const g = ds[k]
          recurrentBias.g[d * 3 * H + k] += g
          if (t === 0 || g === 0) continue
          const row = (d * 3 * H + k) * H
          for (let i = 0; i < H; i++) {
            dh[p + i] += g * U[row + i]
            gU[row + i] += g * h[p + i]
          }
        }
      }
    }
  }

  #classLoss(instance: Instance): number {
    const H2 = 2 * this.#H
    const o = instance.columns.cue * H2
    const w = this.tables.class
    const b = this.tables.classBias
    const logits = [0, 1, 2].map((c) => {
      let sum = b.w[c]
      for (let i = 0; i < H2; i++) sum += w.w[c * H2 + i] * this.#h[o + i] * this.#drop[o + i]
      return sum
    })
    const top = Math.max(...logits)
    const exps = logits.map((x) => Math.exp(x - top))
    const sum = exps[0] + exps[1] + exps[2]
    for (let c = 0; c < 3; c++) {
      const g = exps[c] / sum - (c === instance.class ? 1 : 0)
      b.g[c] += g
      for (let i = 0; i < H2; i++) {
        w.g[c * H2 + i] += g * this.#h[o + i] * this.#drop[o + i]
        this.#dh[o + i] += g * w.w[c * H2 + i]
      }
    }
    return -Math.log(exps[instance.class] / sum)
  }

  /** Negative log-likelihood of the labels under the random field, by the forward-backward algorithm. */
  #spanLoss(instance: Instance): number {
    const { columns, labels } = instance
    const L = columns.length
    const H2 = 2 * this.#H
    const { out, outBias, transition } = this.tables
    const em = this.#em
    const a = this.#alpha
    const b = this.#beta
    const tr = transition.w
    for (let j = 0; j < L; j++) {
      for (let l = 0; l < LABELS; l++) {
        let sum = outBias.w[l]
        const row = l * H2
        for (let i = 0; i < H2; i++) sum += out.w[row + i] * this.#h[j * H2 + i] * this.#drop[j * H2 + i]
        em[j * LABELS + l] = j === columns.cue && l !== 0 ? IMPOSSIBLE : sum
      }
    }
    a.fill(IMPOSSIBLE, 0, L * LABELS)
    b.fill(IMPOSSIBLE, 0, L * LABELS)
    for (const l of STARTS) a[l] = em[l]
    for (let j = 1; j < L; j++) {
      const o = j * LABELS
      for (let p = 0; p < LABELS; p++) {
        const from = a[o - LABELS + p]
        if (from < -1e8) continue
        for (const l of NEXT[p]) {
          const x = from + tr[p * LABELS + l] + em[o + l]
          const y = a[o + l]
          a[o + l] = y > x ? y + Math.log1p(Math.exp(x - y)) : x + Math.log1p(Math.exp(y - x))
        }
      }
    }
    const end = (L - 1) * LABELS
    let z = IMPOSSIBLE
    for (const l of ENDS) {
      b[end + l] = 0
      const x = a[end + l]
      z = z > x ? z + Math.log1p(Math.exp(x - z)) : x + Math.log1p(Math.exp(z - x))
    }
    for (let j = L - 2; j >= 0; j--) {
      const o = j * LABELS
      for (let p = 0; p < LABELS; p++) {
        let sum = IMPOSSIBLE
        for (const l of NEXT[p]) {
          const x = tr[p * LABELS + l] + em[o + LABELS + l] + b[o + LABELS + l]
          sum = sum > x ? sum + Math.log1p(Math.exp(x - sum)) : x + Math.log1p(Math.exp(sum - x))
        }
        b[o + p] = sum
      }
    }
    let gold = 0
    for (let j = 0; j < L; j++) {
      gold += em[j * LABELS + labels[j]] + (j > 0 ? tr[labels[j - 1] * LABELS + labels[j]] : 0)
    }
    for (let j = 0; j < L; j++) {
      const o = j * LABELS
      for (let l = 0; l < LABELS; l++) {
        const lp = a[o + l] + b[o + l] - z
        const g = (lp > -30 ? Math.exp(lp) : 0) - (labels[j] === l ? 1 : 0)
        if (j > 0) {
          // Expected transitions.
          for (let p = 0; p < LABELS; p++) {
            if (!NEXT[p].includes(l)) continue
            const e = a[o - LABELS + p] + tr[p * LABELS + l] + em[o + l] + b[o + l] - z
            const q = (e > -30 ? Math.exp(e) : 0) - (labels[j - 1] === p && labels[j] === l ? 1 : 0)
            transition.g[p * LABELS + l] += q
          }
        }
        if (Math.abs(g) < 1e-7) continue
        outBias.g[l] += g
        const row = l * H2
        for (let i = 0; i < H2; i++) {
          out.g[row + i] += g * this.#h[j * H2 + i] * this.#drop[j * H2 + i]
          this.#dh[j * H2 + i] += g * out.w[row + i]
        }
      }
    }
    return z - gold
  }
}
