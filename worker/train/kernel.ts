import {
  ADD,
  F32_ADD,
  F32_LOAD,
  F32_STORE,
  I32_ADD,
  I32_LOWER,
  I32_SHL,
  LOAD,
  MUL,
  SPLAT,
  STORE,
  ZERO,
  assemble,
  code,
  countDown,
  get,
  i32,
  lane,
  loop,
  plus,
  set
} from './assembler.ts'

/*
 * Three matrix kernels in WebAssembly SIMD, for training. Matrices are float32, row by row; the number of columns divides by four. Plain JavaScript takes five times as long.
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

// Parameters: 0 matrix, 1 and 2 vectors, 3 rows, 4 columns. Locals: 5 walks a vector, 6 is its end, 7 holds four floats.
const endOf = (vector: number) => code(get(vector), get(4), i32(2), I32_SHL, I32_ADD, set(6))
const whileInside = [get(5), get(6), I32_LOWER]
const load = (local: number) => code(get(local), LOAD())
const forward = (...locals: number[]) => locals.flatMap((local) => plus(local, 16))

const DOT = code(
  endOf(1),
  loop(
    [
      code(ZERO, set(7), get(1), set(5)),
      loop([get(7), load(0), load(5), MUL, ADD, set(7), forward(0, 5)], whileInside),
      code(get(2), get(2), F32_LOAD),
      code(lane(7, 0), lane(7, 1), F32_ADD, lane(7, 2), lane(7, 3), F32_ADD, F32_ADD, F32_ADD),
      code(F32_STORE, plus(2, 4))
    ],
    [countDown(3)]
  )
)
/** `axpy` and `ger` differ in which of the two vectors is added up, and which scaled. */
const scaled = (sum: number, term: number) =>
  code(
    endOf(2),
    loop(
      [
        code(get(1), F32_LOAD, SPLAT, set(7), get(2), set(5)),
        loop([get(sum), load(sum), get(7), load(term), MUL, ADD, STORE(), forward(0, 5)], whileInside),
        plus(1, 4)
      ],
      [countDown(3)]
    )
  )

/** The module's bytes. */
const assembleKernel = () =>
  assemble(
    Object.entries({ dot: DOT, axpy: scaled(5, 0), ger: scaled(0, 5) }).map(([name, code]) => ({
      name,
      parameters: 5,
      locals: [2, 1],
      code
    }))
  )

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
