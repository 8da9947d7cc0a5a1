import {
  FLOW_ROWS,
  LAYOUT_ROWS,
  PATH_ROWS,
  POSITION_ROWS,
  SHAPE_ROWS,
  type Columns
} from '../extract/attribution/columns.ts'
import { FIRST_WORD, SUFFIXES, UNKNOWN_ID } from '../extract/attribution/units.ts'
import { ENDS, LABELS, NEXT, STARTS, type NetTables, type TableName } from '../extract/attribution/net.ts'
import { shuffle } from './attribution-gate.ts'
import { startKernel, type Kernel } from './kernel.ts'

/** One window to learn from. */
export interface Instance {
  readonly columns: Columns
  /** The probability of each class; one of them is 1 where people annotated. */
  readonly classes: readonly [number, number, number]
  /** Labels of the units, or null where there is no cue to learn spans from. */
  readonly labels: Uint8Array | null
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
  /** Shares dropped in training: of a word's vector, of the hidden state, and of words read as unknown. */
  readonly dropVector: number
  readonly dropState: number
  readonly dropWord: number
  readonly random: () => number
  readonly log: (line: string) => void
}

/** A table of weights with its gradient and the two moments of Adam. Only rows that a batch touched are stepped. */
class Table {
  readonly w: Float32Array
  readonly g: Float32Array
  readonly #m: Float32Array
  readonly #v: Float32Array
  readonly average: Float64Array
  readonly width: number
  readonly #touched: Uint8Array
  readonly #rows: number[] = []

  constructor(kernel: Kernel, rows: number, width: number, spread: number, random: () => number) {
    this.width = width
    this.w = kernel.floats(rows * width)
    this.g = kernel.floats(rows * width)
    for (let i = 0; i < this.w.length; i++) this.w[i] = (random() * 2 - 1) * spread
    this.#m = new Float32Array(rows * width)
    this.#v = new Float32Array(rows * width)
    this.average = new Float64Array(rows * width)
    this.#touched = new Uint8Array(rows)
  }

  /** Addresses of a row's weights and gradient in the kernel's memory. */
  at(row: number): number {
    return this.w.byteOffset + row * this.width * 4
  }
  gradientAt(row: number): number {
    return this.g.byteOffset + row * this.width * 4
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
const BEFORE = NEXT.map((_, to) => NEXT.flatMap((next, from) => (next.includes(to) ? [from] : [])))
const IMPOSSIBLE = -1e9
const MAX = 176

/** tanh as the reader works it out, so that training and reading agree. */
function tanh(x: number): number {
  if (x > 4.97) return 1
  if (x < -4.97) return -1
  const y = x * x
  return (x * (135135 + y * (17325 + y * (378 + y)))) / (135135 + y * (62370 + y * (3150 + y * 28)))
}

const sigmoid = (x: number) => 0.5 + 0.5 * tanh(0.5 * x)

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
  readonly #k: Kernel
  #step = 0
  #averaged = 0
  // Work space of one batch: products of distinct words, by key.
  readonly #keys = new Map<number, number>()
  readonly #keyWord: number[] = []
  readonly #keySuffix: number[] = []
  readonly #vector: Float32Array
  readonly #scale: Float32Array
  readonly #product: Float32Array
  readonly #gradient: Float32Array
  readonly #dv: Float32Array
  readonly #one: Float32Array
  // Work space of one window: inputs to the gates, gates, states, states that dropout left.
  readonly #x: Float32Array
  readonly #dx: Float32Array
  readonly #r: Float32Array
  readonly #z: Float32Array
  readonly #n: Float32Array
  readonly #hn: Float32Array
  readonly #h: Float32Array
  readonly #left: Float32Array
  readonly #drop: Float32Array
  readonly #dh: Float32Array
  readonly #sums: Float32Array
  readonly #logits: Float32Array
  readonly #em: Float32Array
  readonly #dem: Float32Array
  readonly #alpha = new Float64Array(MAX * LABELS)
  readonly #beta = new Float64Array(MAX * LABELS)

  constructor(settings: NetSettings) {
    this.#s = settings
    const H = (this.#H = settings.hidden)
    const D = (this.#D = settings.dims)
    const G = (this.#G = 6 * H)
    const { random } = settings
    const most = (settings.batch + 1) * MAX
    const k = (this.#k = startKernel(Math.ceil((settings.words * D * 8 + most * (G * 8 + D * 8)) / 1e6) + 16))
    const t = (rows: number, width: number, spread: number) => new Table(k, rows, width, spread, random)
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
    const w = () => k.floats(MAX * 2 * H)
    this.#vector = k.floats(most * D)
    this.#scale = new Float32Array(most * D)
    this.#product = k.floats(most * G)
    this.#gradient = k.floats(most * G)
    this.#dv = k.floats(D)
    this.#one = k.floats(1)
    this.#one[0] = 1
    this.#x = k.floats(MAX * G)
    this.#dx = k.floats(MAX * G)
    this.#r = w()
    this.#z = w()
    this.#n = w()
    this.#hn = w()
    this.#h = w()
    this.#left = w()
    this.#drop = w()
    this.#dh = w()
    this.#sums = k.floats(3 * H)
    this.#logits = k.floats(3)
    this.#em = k.floats(MAX * LABELS)
    this.#dem = k.floats(MAX * LABELS)
  }

  /** Weights averaged over the last third of training, which generalise better than the last ones (Izmailov et al. 2018). */
  weights(): NetTables {
    const mean = (table: Table) =>
      this.#averaged > 0 ? Float32Array.from(table.average, (x) => x / this.#averaged) : table.w.slice()
    const t = this.tables
    return {
      word: mean(t.word),
      suffix: mean(t.suffix),
      wordIn: mean(t.wordIn),
      cueIn: mean(t.cueIn),
      shape: mean(t.shape),
      position: mean(t.position),
      path: mean(t.path),
      flow: mean(t.flow),
      layout: mean(t.layout),
      recurrent: mean(t.recurrent),
      recurrentBias: mean(t.recurrentBias),
      out: mean(t.out),
      outBias: mean(t.outBias),
      class: mean(t.class),
      classBias: mean(t.classBias),
      transition: mean(t.transition)
    }
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
        for (const table of Object.values(this.tables)) table.step(now, c1, c2)
        if (this.#step > total * 0.67 && this.#step % every === 0) {
          this.#averaged++
          for (const table of Object.values(this.tables))
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
    const { random, dropVector, dropWord } = this.#s
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
        keys[j] = this.#key(word >= FIRST_WORD && random() < dropWord ? UNKNOWN_ID : word, columns.suffix[j])
      }
      return keys
    })
    const words = this.#keyWord.length
    const cueKeys = members.map(({ columns }) =>
      this.#key(columns.word[columns.cue], columns.suffix[columns.cue])
    )
    const count = this.#keyWord.length
    const { word, suffix, wordIn, cueIn } = this.tables
    const v = this.#vector
    const scale = this.#scale
    const k = this.#k
    for (let key = 0; key < count; key++) {
      const a = this.#keyWord[key] * D
      const b = this.#keySuffix[key] * D
      for (let i = 0; i < D; i++) {
        const keep = random() < dropVector ? 0 : 1 / (1 - dropVector)
        scale[key * D + i] = keep
        v[key * D + i] = (word.w[a + i] + suffix.w[b + i]) * keep
      }
    }
    // The product of a key with the words' matrix stands in its own slot, that of the nth cue behind all keys.
    this.#product.fill(0, 0, (count + members.length) * G)
    this.#gradient.fill(0, 0, (count + members.length) * G)
    const vectorAt = (key: number) => v.byteOffset + key * D * 4
    const productAt = (slot: number) => this.#product.byteOffset + slot * G * 4
    const gradientAt = (slot: number) => this.#gradient.byteOffset + slot * G * 4
    for (let key = 0; key < words; key++) k.axpy(wordIn.at(0), vectorAt(key), productAt(key), D, G)
    cueKeys.forEach((key, n) => k.axpy(cueIn.at(0), vectorAt(key), productAt(count + n), D, G))
    let loss = 0
    members.forEach((member, n) => {
      loss += this.#window(member, unitKeys[n], count + n)
    })
    const dv = this.#dv
    const back = (key: number, matrix: Table, slot: number) => {
      dv.fill(0)
      k.dot(matrix.at(0), gradientAt(slot), dv.byteOffset, D, G)
      k.ger(matrix.gradientAt(0), vectorAt(key), gradientAt(slot), D, G)
      const a = this.#keyWord[key]
      const b = this.#keySuffix[key]
      word.touch(a)
      suffix.touch(b)
      for (let i = 0; i < D; i++) {
        const g = dv[i] * scale[key * D + i]
        word.g[a * D + i] += g
        suffix.g[b * D + i] += g
      }
    }
    for (let key = 0; key < words; key++) back(key, wordIn, key)
    cueKeys.forEach((key, n) => back(key, cueIn, count + n))
    return loss
  }

  #window(instance: Instance, keys: Int32Array, cueSlot: number): number {
    const { columns } = instance
    const { random, dropState } = this.#s
    const H2 = 2 * this.#H
    const G = this.#G
    const L = columns.length
    const T = this.tables
    const k = this.#k
    const one = this.#one.byteOffset
    const product = this.#product.byteOffset
    const gradient = this.#gradient.byteOffset
    this.#x.fill(0, 0, L * G)
    for (let j = 0; j < L; j++) {
      const x = this.#x.byteOffset + j * G * 4
      k.axpy(product + keys[j] * G * 4, one, x, 1, G)
      k.axpy(product + cueSlot * G * 4, one, x, 1, G)
      k.axpy(T.shape.at(columns.shape[j]), one, x, 1, G)
      k.axpy(T.position.at(columns.position[j]), one, x, 1, G)
      k.axpy(T.path.at(columns.path[j]), one, x, 1, G)
      k.axpy(T.flow.at(columns.flow[j]), one, x, 1, G)
      k.axpy(T.layout.at(columns.layout), one, x, 1, G)
    }
    this.#forward(L)
    const drop = this.#drop
    for (let i = 0; i < L * H2; i++) {
      drop[i] = random() < dropState ? 0 : 1 / (1 - dropState)
      this.#left[i] = this.#h[i] * drop[i]
    }
    const dh = this.#dh
    dh.fill(0, 0, L * H2)
    let loss = this.#classLoss(instance)
    if (instance.labels !== null) loss += this.#spanLoss(columns, instance.labels)
    for (let i = 0; i < L * H2; i++) dh[i] *= drop[i]
    this.#backward(L)
    T.layout.touch(columns.layout)
    for (let j = 0; j < L; j++) {
      T.shape.touch(columns.shape[j])
      T.position.touch(columns.position[j])
      T.path.touch(columns.path[j])
      T.flow.touch(columns.flow[j])
      const dx = this.#dx.byteOffset + j * G * 4
      k.axpy(dx, one, gradient + keys[j] * G * 4, 1, G)
      k.axpy(dx, one, gradient + cueSlot * G * 4, 1, G)
      k.axpy(dx, one, T.shape.gradientAt(columns.shape[j]), 1, G)
      k.axpy(dx, one, T.position.gradientAt(columns.position[j]), 1, G)
      k.axpy(dx, one, T.path.gradientAt(columns.path[j]), 1, G)
      k.axpy(dx, one, T.flow.gradientAt(columns.flow[j]), 1, G)
      k.axpy(dx, one, T.layout.gradientAt(columns.layout), 1, G)
    }
    return loss
  }

  #forward(L: number): void {
    const H = this.#H
    const G = this.#G
    const { dot } = this.#k
    const U = this.tables.recurrent
    const bias = this.tables.recurrentBias.w
    const X = this.#x
    const h = this.#h
    const R = this.#r
    const Z = this.#z
    const N = this.#n
    const HN = this.#hn
    const sums = this.#sums
    for (let d = 0; d < 2; d++) {
      for (let t = 0; t < L; t++) {
        const j = d ? L - 1 - t : t
        const p = ((d ? j + 1 : j - 1) * 2 + d) * H
        for (let k = 0; k < 3 * H; k++) sums[k] = bias[d * 3 * H + k]
        if (t > 0) dot(U.at(d * 3 * H), h.byteOffset + p * 4, sums.byteOffset, 3 * H, H)
        const x = j * G + d * 3 * H
        const o = (j * 2 + d) * H
        for (let k = 0; k < H; k++) {
          const r = sigmoid(X[x + k] + sums[k])
          const z = sigmoid(X[x + H + k] + sums[H + k])
          const n = tanh(X[x + 2 * H + k] + r * sums[2 * H + k])
          R[o + k] = r
          Z[o + k] = z
          N[o + k] = n
          HN[o + k] = sums[2 * H + k]
          h[o + k] = n + z * ((t > 0 ? h[p + k] : 0) - n)
        }
      }
    }
  }

  #backward(L: number): void {
    const H = this.#H
    const G = this.#G
    const { recurrent, recurrentBias } = this.tables
    const { axpy, ger } = this.#k
    const gBias = recurrentBias.g
    const h = this.#h
    const dh = this.#dh
    const dx = this.#dx
    const R = this.#r
    const Z = this.#z
    const N = this.#n
    const HN = this.#hn
    const ds = this.#sums
    for (let d = 0; d < 2; d++) {
      for (let t = L - 1; t >= 0; t--) {
        const j = d ? L - 1 - t : t
        const p = ((d ? j + 1 : j - 1) * 2 + d) * H
        const o = (j * 2 + d) * H
        const x = j * G + d * 3 * H
        for (let k = 0; k < H; k++) {
          const r = R[o + k]
          const z = Z[o + k]
          const n = N[o + k]
          const before = t > 0 ? h[p + k] : 0
          const g = dh[o + k]
          const dn = g * (1 - z) * (1 - n * n)
          const dz = g * (before - n) * z * (1 - z)
          const dr = dn * HN[o + k] * r * (1 - r)
          dx[x + k] = dr
          dx[x + H + k] = dz
          dx[x + 2 * H + k] = dn
          ds[k] = dr
          ds[H + k] = dz
          ds[2 * H + k] = dn * r
          if (t > 0) dh[p + k] += g * z
        }
        for (let k = 0; k < 3 * H; k++) gBias[d * 3 * H + k] += ds[k]
        if (t === 0) continue
        axpy(recurrent.at(d * 3 * H), ds.byteOffset, dh.byteOffset + p * 4, 3 * H, H)
        ger(recurrent.gradientAt(d * 3 * H), ds.byteOffset, h.byteOffset + p * 4, 3 * H, H)
      }
    }
  }

  #classLoss(instance: Instance): number {
    const H2 = 2 * this.#H
    const o = instance.columns.cue * H2
    const k = this.#k
    const weights = this.tables.class
    const bias = this.tables.classBias
    const logits = this.#logits
    logits.set(bias.w)
    k.dot(weights.at(0), this.#left.byteOffset + o * 4, logits.byteOffset, 3, H2)
    const top = Math.max(logits[0], logits[1], logits[2])
    let sum = 0
    for (let c = 0; c < 3; c++) sum += Math.exp(logits[c] - top)
    let loss = 0
    for (let c = 0; c < 3; c++) {
      const target = instance.classes[c]
      loss += target * (Math.log(sum) + top - logits[c])
      logits[c] = Math.exp(logits[c] - top) / sum - target
      bias.g[c] += logits[c]
    }
    k.axpy(weights.at(0), logits.byteOffset, this.#dh.byteOffset + o * 4, 3, H2)
    k.ger(weights.gradientAt(0), logits.byteOffset, this.#left.byteOffset + o * 4, 3, H2)
    return loss
  }

  /** Negative log-likelihood of the labels under the random field, by the forward-backward algorithm. */
  #spanLoss(columns: Columns, labels: Uint8Array): number {
    const L = columns.length
    const H2 = 2 * this.#H
    const { out, outBias, transition } = this.tables
    const k = this.#k
    const em = this.#em
    const dem = this.#dem
    const a = this.#alpha
    const b = this.#beta
    const tr = transition.w
    for (let j = 0; j < L; j++) {
      em.set(outBias.w, j * LABELS)
      k.dot(out.at(0), this.#left.byteOffset + j * H2 * 4, em.byteOffset + j * LABELS * 4, LABELS, H2)
      if (j === columns.cue) em.fill(IMPOSSIBLE, j * LABELS + 1, (j + 1) * LABELS)
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
          for (const p of BEFORE[l]) {
            const e = a[o - LABELS + p] + tr[p * LABELS + l] + em[o + l] + b[o + l] - z
            const q = (e > -30 ? Math.exp(e) : 0) - (labels[j - 1] === p && labels[j] === l ? 1 : 0)
            transition.g[p * LABELS + l] += q
          }
        }
        dem[o + l] = g
        outBias.g[l] += g
      }
      const from = dem.byteOffset + o * 4
      k.axpy(out.at(0), from, this.#dh.byteOffset + j * H2 * 4, LABELS, H2)
      k.ger(out.gradientAt(0), from, this.#left.byteOffset + j * H2 * 4, LABELS, H2)
    }
    return z - gold
  }
}
