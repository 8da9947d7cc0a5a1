/*
 * Three matrix kernels in WebAssembly SIMD, assembled here so that training needs no compiler and no package. Matrices
 * are float32, row by row; the number of columns divides by four. Plain JavaScript takes five times as long.
 */

export interface Kernel {
  /** `out[r] += matrix[r] · vector`. */
  readonly dot: (matrix: number, vector: number, out: number, rows: number, columns: number) => void
  /** `out += Σ factors[r] * matrix[r]`. */
  readonly axpy: (matrix: number, factors: number, out: number, rows: number, columns: number) => void
  /** `matrix[r] += factors[r] * vector`. */
  readonly ger: (matrix: number, factors: number, vector: number, rows: number, columns: number) => void
  /** Takes zeroed room for so many floats from the kernel's memory, aligned to sixteen bytes. */
  readonly floats: (length: number) => Float32Array
}

const I32 = 0x7f
const V128 = 0x7b
const EMPTY = 0x40
const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const constant = (n: number) => [0x41, n]
const plus = (local: number, bytes: number) => [...get(local), ...constant(bytes), 0x6a, ...set(local)]
const loop = (...body: number[][]) => [0x03, EMPTY, ...body.flat(), 0x0b]
const again = (...condition: number[][]) => [...condition.flat(), 0x0d, 0]
const load = (local: number) => [...get(local), 0xfd, 0x00, 4, 0]
const store = [0xfd, 0x0b, 4, 0]
const splat = (local: number) => [...get(local), 0x2a, 2, 0, 0xfd, 0x13]
const ADD = [0xfd, 0xe4, 0x01]
const MUL = [0xfd, 0xe6, 0x01]
const lane = (local: number, n: number) => [...get(local), 0xfd, 0x1f, n]
const F32_ADD = [0x92]

// Parameters: 0 matrix, 1 and 2 vectors, 3 rows, 4 columns. Locals: 5 walks a vector, 6 is its end, 7 holds four floats.
const endOf = (vector: number) => [...get(vector), ...get(4), ...constant(2), 0x74, 0x6a, ...set(6)]
const whileInside = again(get(5), get(6), [0x49])
const whileRows = again(get(3), constant(1), [0x6b, 0x22, 3])

const DOT = [
  ...endOf(1),
  ...loop(
    [0xfd, 0x0c, ...new Uint8Array(16), ...set(7)],
    get(1),
    set(5),
    loop(get(7), load(0), load(5), MUL, ADD, set(7), plus(0, 16), plus(5, 16), whileInside),
    get(2),
    [...get(2), 0x2a, 2, 0],
    lane(7, 0),
    lane(7, 1),
    F32_ADD,
    lane(7, 2),
    lane(7, 3),
    F32_ADD,
    F32_ADD,
    F32_ADD,
    [0x38, 2, 0],
    plus(2, 4),
    whileRows
  )
]
const AXPY = [
  ...endOf(2),
  ...loop(
    splat(1),
    set(7),
    get(2),
    set(5),
    loop(get(5), load(5), get(7), load(0), MUL, ADD, store, plus(0, 16), plus(5, 16), whileInside),
    plus(1, 4),
    whileRows
  )
]
const GER = [
  ...endOf(2),
  ...loop(
    splat(1),
    set(7),
    get(2),
    set(5),
    loop(get(0), load(0), get(7), load(5), MUL, ADD, store, plus(0, 16), plus(5, 16), whileInside),
    plus(1, 4),
    whileRows
  )
]

function unsigned(n: number): number[] {
  const out: number[] = []
  let left = n
  do {
    const byte = left & 0x7f
    left >>>= 7
    out.push(left > 0 ? byte | 0x80 : byte)
  } while (left > 0)
  return out
}

const vector = (items: readonly (readonly number[])[]) => [...unsigned(items.length), ...items.flat()]
const section = (id: number, body: readonly number[]) => [id, ...unsigned(body.length), ...body]
const named = (text: string) => vector([...Buffer.from(text)].map((byte) => [byte]))

/** The module's bytes; it asks for a memory `m.m` of at least one page. */
export function assembleKernel(): Uint8Array<ArrayBuffer> {
  const bodies = [DOT, AXPY, GER].map((code) => {
    const body = [
      ...vector([
        [2, I32],
        [1, V128]
      ]),
      ...code,
      0x0b
    ]
    return [...unsigned(body.length), ...body]
  })
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    0x01,
    0x00,
    0x00,
    0x00,
    ...section(1, vector([[0x60, ...vector([[I32], [I32], [I32], [I32], [I32]]), 0]])),
    ...section(2, vector([[...named('m'), ...named('m'), 0x02, 0x00, 1]])),
    ...section(3, vector([[0], [0], [0]])),
    ...section(7, vector(['dot', 'axpy', 'ger'].map((name, index) => [...named(name), 0x00, index]))),
    ...section(10, vector(bodies))
  ])
}

type Operation = Kernel['dot']
const isOperation = (value: unknown): value is Operation => typeof value === 'function'

/** Starts the kernels over a memory of so many megabytes. Throws where the engine lacks SIMD. */
export function startKernel(megabytes: number): Kernel {
  const pages = megabytes * 16
  const memory = new WebAssembly.Memory({ initial: pages })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assembleKernel()), { m: { m: memory } })
  const operation = (name: string): Operation => {
    const found: unknown = exports[name]
    if (!isOperation(found)) throw new Error(`kernel: no ${name}`)
    return found
  }
  let used = 16
  return {
    dot: operation('dot'),
    axpy: operation('axpy'),
    ger: operation('ger'),
    floats: (length) => {
      const room = new Float32Array(memory.buffer, used, length)
      used += Math.ceil((length * 4) / 16) * 16
      return room
    }
  }
}
