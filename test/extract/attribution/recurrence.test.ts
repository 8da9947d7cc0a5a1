import { describe, expect, it } from 'vitest'
import { openRecurrence } from '../../../worker/extract/attribution/recurrence.ts'
import compiled from '../../../worker/extract/models/attribution.wasm'

const HIDDEN = 16
const UNITS = 5
const BYTES = HIDDEN * 4
const module = openRecurrence(compiled, 20_000)

let seed = 7
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 31 - 1
}
const numbers = (length: number): Float32Array => {
  const room = module.floats(length)
  for (let i = 0; i < length; i++) room[i] = random()
  return room
}
const logistic = (x: number) => 1 / (1 + Math.exp(-x))

describe('recur', () => {
  // Reset, update and new gate of a unit; weights in blocks of eight units, of each column eight numbers a gate.
  const base = numbers(3 * HIDDEN)
  const rows = Array.from({ length: 2 * UNITS }, () => numbers(3 * HIDDEN))
  const weights = numbers(3 * HIDDEN * HIDDEN)
  const bias = numbers(3 * HIDDEN)
  const rest = module.floats(HIDDEN)
  const addresses = (from: number) => {
    const room = module.floats(UNITS)
    const list = new Int32Array(room.buffer, room.byteOffset, UNITS)
    // They are given less the offset that the call adds.
    for (let u = 0; u < UNITS; u++) list[u] = rows[from + u].byteOffset - 48
    return list.byteOffset
  }
  const own = addresses(0)
  const place = addresses(UNITS)

  function expected(order: readonly number[]): number[][] {
    const states: number[][] = []
    let before = Array.from({ length: HIDDEN }, () => 0)
    for (const u of order) {
      const product = (k: number, gate: number) => {
        const block = Math.floor(k / 8)
        let sum = bias[block * 24 + gate * 8 + (k % 8)]
        for (let i = 0; i < HIDDEN; i++)
          sum += weights[(block * HIDDEN + i) * 24 + gate * 8 + (k % 8)] * before[i]
        return sum
      }
      const input = (k: number, gate: number) =>
        base[gate * HIDDEN + k] + rows[u][gate * HIDDEN + k] + rows[UNITS + u][gate * HIDDEN + k]
      const state = before.map((old, k) => {
        const r = logistic(input(k, 0) + product(k, 0))
        const z = logistic(input(k, 1) + product(k, 1))
        const n = Math.tanh(input(k, 2) + r * product(k, 2))
        return n + z * (old - n)
      })
      states[u] = state
      before = state
    }
    return states
  }

  it.each([
    ['forwards', 1],
    ['backwards', -1]
  ])('reads a window %s as plain arithmetic does', (_, step) => {
    const states = module.floats(UNITS * 2 * HIDDEN)
    const first = step === 1 ? 0 : UNITS - 1
    module.recur(
      own + first * 4,
      place + first * 4,
      base.byteOffset,
      weights.byteOffset,
      bias.byteOffset,
      states.byteOffset + first * 2 * BYTES,
      rest.byteOffset,
      UNITS,
      BYTES,
      48,
      step
    )
    const order = [0, 1, 2, 3, 4]
    const wanted = expected(step === 1 ? order : order.toReversed())
    for (let u = 0; u < UNITS; u++)
      for (let k = 0; k < HIDDEN; k++) {
        expect(states[u * 2 * HIDDEN + k]).toBeCloseTo(wanted[u][k], 3)
        // The other half of a row is the other direction's.
        expect(states[(u * 2 + 1) * HIDDEN + k]).toBe(0)
      }
  })

  it('keeps to -1 and 1 where sums are far beyond', () => {
    const far = module.floats(3 * HIDDEN)
    for (let i = 0; i < far.length; i++) far[i] = i % 2 === 0 ? 1e6 : -1e6
    const states = module.floats(2 * HIDDEN)
    const { byteOffset } = weights
    module.recur(
      own,
      place,
      far.byteOffset,
      byteOffset,
      bias.byteOffset,
      states.byteOffset,
      rest.byteOffset,
      1,
      BYTES,
      48,
      1
    )
    for (let k = 0; k < HIDDEN; k++) expect(Math.abs(states[k])).toBeLessThanOrEqual(1.001)
  })
})

describe('score', () => {
  it('gives twelve sums a row', () => {
    const states = numbers(3 * HIDDEN)
    const weights = numbers(12 * HIDDEN)
    const bias = numbers(12)
    const out = module.floats(3 * 12)
    module.score(states.byteOffset, 3, weights.byteOffset, bias.byteOffset, out.byteOffset, BYTES)
    for (let u = 0; u < 3; u++)
      for (let s = 0; s < 12; s++) {
        let sum = bias[s]
        for (let i = 0; i < HIDDEN; i++) sum += states[u * HIDDEN + i] * weights[i * 12 + s]
        expect(out[u * 12 + s]).toBeCloseTo(sum, 4)
      }
  })
})

describe('product', () => {
  it('gives to the bit what plain JavaScript does', () => {
    const length = 5
    const width = 3 * HIDDEN
    const room = module.floats(2 * length)
    const vector = new Float64Array(room.buffer, room.byteOffset, length)
    for (let i = 0; i < length; i++) vector[i] = random()
    const matrix = numbers(length * width)
    const out = module.floats(width)
    module.product(vector.byteOffset, matrix.byteOffset, out.byteOffset, length, width * 4)
    const wanted = new Float32Array(width)
    for (let i = 0; i < length; i++)
      for (let c = 0; c < width; c++) wanted[c] += vector[i] * matrix[i * width + c]
    expect([...out]).toEqual([...wanted])
  })
})
