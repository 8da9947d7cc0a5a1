import {
  ADD,
  ADD_DOUBLES,
  DEMOTE,
  DIV,
  I32_ADD,
  I32_LOAD,
  I32_LOWER,
  I32_MUL,
  I32_SHL,
  LOAD,
  LOAD_PAIR,
  LOAD_SPLAT,
  LOAD_SPLAT_DOUBLE,
  MAX,
  MIN,
  MUL,
  MUL_DOUBLES,
  PROMOTE,
  SPLAT,
  STORE,
  STORE_PAIR,
  SUB,
  ZERO,
  assemble,
  code,
  countDown,
  f32,
  get,
  i32,
  loop,
  plus,
  set
} from './assembler.ts'

/*
 * What reads attributions in the worker, in WebAssembly SIMD: what a word puts in, a gated recurrent unit (Cho et al.
 * 2014, with the reset gate behind the product) over a window, and the scores of its states. How it is called stands at
 * `Recurrence`; the order of the weights at `packRecurrent` and `packScores` in net.ts.
 */

/** Hidden units that are worked out together: two vectors for each of the three gates, which fill the registers. */
const BLOCK = 8

const LIMIT = 4.97

/** tanh by its continued fraction (Lambert), exact to 1e-4, of the local, into it; `square` is overwritten. */
function tanh(x: number, square: number) {
  const times = (n: number) => [get(square), MUL, f32(n), SPLAT, ADD]
  return code(
    // Beyond the limits the fraction leaves -1 to 1.
    code(get(x), f32(LIMIT), SPLAT, MIN, f32(-LIMIT), SPLAT, MAX, set(x)),
    code(get(x), get(x), MUL, set(square)),
    code(get(square), f32(378), SPLAT, ADD, ...times(17325), ...times(135135), get(x), MUL),
    code(get(square), f32(28), SPLAT, MUL, f32(3150), SPLAT, ADD, ...times(62370), ...times(135135)),
    code(DIV, set(x))
  )
}

/** The logistic function of the local, into it. */
function logistic(x: number, square: number) {
  const half = [f32(0.5), SPLAT]
  return code(
    code(get(x), ...half, MUL, set(x), tanh(x, square)),
    code(get(x), ...half, MUL, ...half, ADD, set(x))
  )
}

/** The unit's state after each unit of a window, in one direction. */
function recur() {
  const [own, place, base, weights, bias, states, before, length, bytes, offset, step] = Array.from(
    { length: 11 },
    (_, i) => i
  )
  // Walk the rows of one unit, the state before it, the weights and their biases.
  const [a, b, c, state, stateEnd, out, weight, gateBias] = Array.from({ length: 8 }, (_, i) => 11 + i)
  const gates = Array.from({ length: 6 }, (_, i) => 19 + i)
  const [factor, square] = [25, 26]
  const [r0, r1, z0, z1, n0, n1] = gates
  /** What the unit's rows say for a gate, from `lane` bytes on. */
  const input = (gate: number, lane: number) => {
    const at = (row: number) =>
      gate === 0
        ? code(get(row), LOAD(lane))
        : code(get(row), get(bytes), i32(gate), I32_MUL, I32_ADD, LOAD(lane))
    return code(at(a), at(b), ADD, at(c), ADD)
  }
  const add = (gate: number, local: number, lane: number) =>
    code(get(local), input(gate, lane), ADD, set(local))
  const half = (r: number, z: number, n: number, lane: number) =>
    code(
      code(add(0, r, lane), logistic(r, square), add(1, z, lane), logistic(z, square)),
      code(get(n), get(r), MUL, input(2, lane), ADD, set(n), tanh(n, square)),
      // n + z * (before - n)
      code(get(out), get(n), get(z), get(state), LOAD(lane), get(n), SUB, MUL, ADD, STORE(lane))
    )
  const block = [
    ...gates.map((gate, i) => code(get(gateBias), LOAD(16 * i), set(gate))),
    code(get(before), set(stateEnd)),
    loop(
      [
        code(get(stateEnd), LOAD_SPLAT, set(factor)),
        ...gates.map((gate, i) =>
          code(get(gate), get(weight), LOAD(16 * i), get(factor), MUL, ADD, set(gate))
        ),
        code(plus(weight, 12 * BLOCK), plus(stateEnd, 4))
      ],
      [get(stateEnd), get(before), get(bytes), I32_ADD, I32_LOWER]
    ),
    code(half(r0, z0, n0, 0), half(r1, z1, n1, 16)),
    ...[a, b, c, state, out].map((local) => plus(local, 4 * BLOCK)),
    plus(gateBias, 12 * BLOCK)
  ]
  const move = (local: number, shift: number) =>
    code(get(local), get(step), i32(shift), I32_SHL, I32_ADD, set(local))
  return loop(
    [
      code(get(base), set(a), get(own), I32_LOAD, get(offset), I32_ADD, set(b)),
      code(get(place), I32_LOAD, get(offset), I32_ADD, set(c)),
      code(
        get(before),
        set(state),
        get(states),
        set(out),
        get(weights),
        set(weight),
        get(bias),
        set(gateBias)
      ),
      loop(block, [get(out), get(states), get(bytes), I32_ADD, I32_LOWER]),
      code(get(states), set(before), move(own, 2), move(place, 2)),
      // A row of states holds both directions.
      code(get(states), get(step), get(bytes), I32_MUL, i32(1), I32_SHL, I32_ADD, set(states))
    ],
    [countDown(length)]
  )
}

/** Twelve scores of each state: `out[u] = bias + states[u] · weights`. */
function score() {
  const [states, length, weights, bias, out, bytes] = [0, 1, 2, 3, 4, 5]
  const [end, weight] = [6, 7]
  const sums = [8, 9, 10]
  const factor = 11
  return loop(
    [
      code(get(states), get(bytes), I32_ADD, set(end), get(weights), set(weight)),
      ...sums.map((sum, i) => code(get(bias), LOAD(16 * i), set(sum))),
      loop(
        [
          code(get(states), LOAD_SPLAT, set(factor)),
          ...sums.map((sum, i) => code(get(sum), get(weight), LOAD(16 * i), get(factor), MUL, ADD, set(sum))),
          code(plus(weight, 48), plus(states, 4))
        ],
        [get(states), get(end), I32_LOWER]
      ),
      ...sums.map((sum, i) => code(get(out), get(sum), STORE(16 * i))),
      plus(out, 48)
    ],
    [countDown(length)]
  )
}

/** Pairs of sums that are worked out together: each waits for its own last step, and not for the others. */
const PAIRS = 8

/** `out[c] = vector · column c of the matrix`, each sum a float after each step, as a `Float32Array` makes it. */
function product() {
  const [vector, matrix, out, length, bytes] = [0, 1, 2, 3, 4]
  const [end, left, x, row] = [5, 6, 7, 8]
  const sums = Array.from({ length: PAIRS }, (_, i) => 9 + i)
  const factor = 9 + PAIRS
  return code(
    code(get(out), get(bytes), I32_ADD, set(end)),
    loop(
      [
        ...sums.map((sum) => code(ZERO, set(sum))),
        code(get(vector), set(x), get(matrix), set(row), get(length), set(left)),
        loop(
          [
            code(get(x), LOAD_SPLAT_DOUBLE, set(factor)),
            ...sums.map((sum, i) =>
              code(
                code(get(sum), PROMOTE, get(row), LOAD_PAIR(8 * i), PROMOTE),
                code(get(factor), MUL_DOUBLES, ADD_DOUBLES, DEMOTE, set(sum))
              )
            ),
            code(plus(x, 8), get(row), get(bytes), I32_ADD, set(row))
          ],
          [countDown(left)]
        ),
        ...sums.map((sum, i) => code(get(out), get(sum), STORE_PAIR(8 * i))),
        code(plus(out, 8 * PAIRS), plus(matrix, 8 * PAIRS))
      ],
      [get(out), get(end), I32_LOWER]
    )
  )
}

/** The bytes of `models/attribution.wasm`. */
export const assembleRecurrence = (): Uint8Array<ArrayBuffer> =>
  assemble([
    { name: 'recur', parameters: 11, locals: [8, 8], code: recur() },
    { name: 'score', parameters: 6, locals: [2, 4], code: score() },
    { name: 'product', parameters: 5, locals: [4, PAIRS + 1], code: product() }
  ])
