/** Room for the recurrent weights and states of a few small nets. */
const PAGES = 32
const PAGE_BYTES = 65_536

/** Products of a matrix with a vector, in a memory of their own. */
export interface Matrix {
  /** `out[r] += matrix[r] · vector`, float32; arguments are addresses in bytes, `columns` divides by four. */
  readonly dot: (matrix: number, vector: number, out: number, rows: number, columns: number) => void
  /** Zeroed room for so many floats, aligned to sixteen bytes. Throws RangeError where none is left. */
  readonly floats: (length: number) => Float32Array
}

const isDot = (value: unknown): value is Matrix['dot'] => typeof value === 'function'

/**
 * Opens a memory with its product. With the compiled module (`models/matrix.wasm`, made by `worker/train/kernel.ts`) it
 * runs on four numbers at once; without it, where a runtime hands none over, in plain JavaScript, three times slower.
 */
export function openMatrix(module: WebAssembly.Module | undefined): Matrix {
  if (module === undefined) {
    const buffer = new ArrayBuffer(PAGES * PAGE_BYTES)
    return { dot: plainDot(new Float32Array(buffer)), floats: allocator(buffer) }
  }
  const memory = new WebAssembly.Memory({ initial: PAGES })
  const { dot } = new WebAssembly.Instance(module, { m: { m: memory } }).exports
  if (!isDot(dot)) throw new Error('matrix module: no dot')
  return { dot, floats: allocator(memory.buffer) }
}

function allocator(buffer: ArrayBuffer): Matrix['floats'] {
  let used = 16
  return (length) => {
    const room = new Float32Array(buffer, used, length)
    used += Math.ceil((length * 4) / 16) * 16
    return room
  }
}

function plainDot(memory: Float32Array): Matrix['dot'] {
  return (matrix, vector, out, rows, columns) => {
    const from = vector >> 2
    for (let r = 0, m = matrix >> 2, o = out >> 2; r < rows; r++, o++) {
      let a = 0
      let b = 0
      for (let i = 0; i < columns; i += 2) {
        a += memory[m++] * memory[from + i]
        b += memory[m++] * memory[from + i + 1]
      }
      memory[o] += a + b
    }
  }
}
