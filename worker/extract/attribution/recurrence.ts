const PAGE_BYTES = 65_536

/**
 * The recurrent part of the nets in WebAssembly SIMD (`models/attribution.wasm`, made by `worker/train/recurrence.ts`)
 * over a memory of its own. Arguments are addresses in bytes unless they say otherwise, and divide by sixteen.
 */
export interface Recurrence {
  /**
   * The states of a gated recurrent unit over a window. What a unit of the window puts in is the sum of the row `base`
   * and of the rows at the addresses in `own` and `place` (each plus `offset`): reset, update and new gate, `bytes`
   * each.
   *
   * @param own address of the first unit's entry: the last one's where `step` is -1
   * @param states row of the first unit's state; one unit later it lies `2 * step * bytes` on
   * @param before state before the first unit
   * @param length in units
   * @param bytes of a state: hidden units, which divide by eight, times four
   * @param step 1 to read forwards, -1 backwards
   */
  readonly recur: (
    own: number,
    place: number,
    base: number,
    weights: number,
    bias: number,
    states: number,
    before: number,
    length: number,
    bytes: number,
    offset: number,
    step: number
  ) => void
  /** Twelve scores of each of `length` rows of states, `bytes` each. */
  readonly score: (
    states: number,
    length: number,
    weights: number,
    bias: number,
    out: number,
    bytes: number
  ) => void
  /**
   * The product of a vector of `length` doubles with a matrix of as many rows, of `bytes` each, which divide by 64. Sums
   * are rounded to a float at each step, as plain JavaScript over a `Float32Array` does.
   */
  readonly product: (vector: number, matrix: number, out: number, length: number, bytes: number) => void
  /** Zeroed room for so many floats, aligned to sixteen bytes. */
  readonly floats: (length: number) => Float32Array
}

const isFunction = (value: unknown): value is (...addresses: number[]) => void => typeof value === 'function'

/**
 * Starts the module over a memory that holds so many floats; pages that are never written cost nothing.
 * Throws where the module is another one.
 */
export function openRecurrence(module: WebAssembly.Module, floats: number): Recurrence {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((floats * 4) / PAGE_BYTES) + 1 })
  const { recur, score, product } = new WebAssembly.Instance(module, { m: { m: memory } }).exports
  if (!isFunction(recur) || !isFunction(score) || !isFunction(product))
    throw new Error('attribution module: lacks a function')
  let used = 16
  return {
    recur,
    score,
    product,
    floats: (length) => {
      const room = new Float32Array(memory.buffer, used, length)
      used += Math.ceil((length * 4) / 16) * 16
      return room
    }
  }
}
