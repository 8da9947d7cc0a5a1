/*
 * As much of an assembler for WebAssembly with SIMD (https://webassembly.github.io/spec/core/binary/) as the kernels
 * here need, so that building them takes no compiler and no package. Code is a list of bytes.
 */

type Code = readonly number[]

export const I32 = 0x7f
export const V128 = 0x7b

const unsigned = (n: number): number[] => (n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(n >>> 7)])
const signed = (n: number): number[] =>
  n >= -0x40 && n < 0x40 ? [n & 0x7f] : [(n & 0x7f) | 0x80, ...signed(n >> 7)]

export const get = (local: number): Code => [0x20, local]
export const set = (local: number): Code => [0x21, local]
export const i32 = (n: number): Code => [0x41, ...signed(n)]
export const f32 = (x: number): Code => [0x43, ...new Uint8Array(new Float32Array([x]).buffer)]
export const I32_ADD: Code = [0x6a]
export const I32_SUB: Code = [0x6b]
export const I32_MUL: Code = [0x6c]
export const I32_SHL: Code = [0x74]
export const I32_LOWER: Code = [0x49]
export const F32_ADD: Code = [0x92]
export const F32_LOAD: Code = [0x2a, 2, 0]
export const F32_STORE: Code = [0x38, 2, 0]
export const I32_LOAD: Code = [0x28, 2, 0]
/** Four floats in the four lanes of one value. */
export const ZERO: Code = [0xfd, 0x0c, ...new Uint8Array(16)]
export const SPLAT: Code = [0xfd, 0x13]
export const ADD: Code = [0xfd, 0xe4, 0x01]
export const SUB: Code = [0xfd, 0xe5, 0x01]
export const MUL: Code = [0xfd, 0xe6, 0x01]
export const DIV: Code = [0xfd, 0xe7, 0x01]
export const MIN: Code = [0xfd, 0xea, 0x01]
export const MAX: Code = [0xfd, 0xeb, 0x01]
/** The address lies `offset` bytes behind the one on the stack. */
export const LOAD = (offset = 0): Code => [0xfd, 0x00, 4, ...unsigned(offset)]
export const LOAD_SPLAT: Code = [0xfd, 0x09, 2, 0]
export const STORE = (offset = 0): Code => [0xfd, 0x0b, 4, ...unsigned(offset)]
/** Two floats in the low lanes of one value, to and from memory; as doubles, and back. */
export const LOAD_PAIR = (offset = 0): Code => [0xfd, 0x5d, 2, ...unsigned(offset)]
export const STORE_PAIR = (offset = 0): Code => [0xfd, 0x5b, 2, ...unsigned(offset), 0]
export const PROMOTE: Code = [0xfd, 0x5f]
export const DEMOTE: Code = [0xfd, 0x5e]
/** Of two doubles. */
export const LOAD_SPLAT_DOUBLE: Code = [0xfd, 0x0a, 3, 0]
export const ADD_DOUBLES: Code = [0xfd, 0xf0, 0x01]
export const MUL_DOUBLES: Code = [0xfd, 0xf2, 0x01]
export const lane = (local: number, n: number): Code => [...get(local), 0xfd, 0x1f, n]

/** Adds to a local of 32 bits. */
export const plus = (local: number, bytes: number): Code => [
  ...get(local),
  ...i32(bytes),
  ...I32_ADD,
  ...set(local)
]
export const code = (...parts: readonly Code[]): Code => parts.flat()
const LOOP: Code = [0x03, 0x40]
const AGAIN: Code = [0x0d, 0]
const END: Code = [0x0b]

/** Repeats its body as long as the condition at its end holds. */
export const loop = (body: readonly Code[], condition: readonly Code[]): Code => [
  ...LOOP,
  ...body.flat(),
  ...condition.flat(),
  ...AGAIN,
  ...END
]
/** Takes one off a local; true while it is not nought. */
export const countDown = (local: number): Code => [...get(local), ...i32(1), ...I32_SUB, 0x22, local]

/** A function of 32-bit parameters that returns nothing; its locals follow the parameters in number. */
export interface Routine {
  readonly name: string
  readonly parameters: number
  /** Number of locals of 32 bits, and behind them of vectors. */
  readonly locals: readonly [integers: number, vectors: number]
  readonly code: Code
}

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()]
const section = (id: number, body: Code): Code => [id, ...unsigned(body.length), ...body]
const named = (text: string): Code => vector([...text].map((char) => [char.charCodeAt(0)]))

const MAGIC: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** A module's bytes; it asks for a memory `m.m` of at least one page. */
export function assemble(routines: readonly Routine[]): Uint8Array<ArrayBuffer> {
  const bodies = routines.map(({ locals: [integers, vectors], code }) => {
    const body = [
      ...vector([
        [...unsigned(integers), I32],
        [...unsigned(vectors), V128]
      ]),
      ...code,
      ...END
    ]
    return [...unsigned(body.length), ...body]
  })
  const types = routines.map(({ parameters }) => [
    0x60,
    ...vector(Array.from({ length: parameters }, () => [I32])),
    0
  ])
  return Uint8Array.from([
    ...MAGIC,
    ...section(1, vector(types)),
    ...section(2, vector([[...named('m'), ...named('m'), 0x02, 0x00, 1]])),
    ...section(3, vector(routines.map((_, i) => unsigned(i)))),
    ...section(7, vector(routines.map(({ name }, i) => [...named(name), 0x00, i]))),
    ...section(10, vector(bodies))
  ])
}
