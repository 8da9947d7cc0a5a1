/* SHA-256 (FIPS 180-4) of short texts, at once: `crypto.subtle` gives a promise. */

/** The first 32 bits of the fractional parts of square or cube roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function rootsOfPrimes(count: number, root: (n: number) => number): Int32Array {
  const roots = new Int32Array(count)
  for (let n = 2, found = 0; found < count; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false
    if (isPrime) roots[found++] = (root(n) % 1) * 2 ** 32
  }
  return roots
}
const ROUNDS = rootsOfPrimes(64, Math.cbrt)
const START = rootsOfPrimes(8, Math.sqrt)

const schedule = new Int32Array(64)
const state = new Int32Array(8)
const hash = new Uint8Array(32)
const encoder = new TextEncoder()
const BLOCK = 64
/** Room for the bytes of most texts, kept from one to the next. */
const usual = new Uint8Array(4096)

/** The text in UTF-8 with what fills its last block: a bit, noughts, its length in bits. */
function blocksOf(text: string): Uint8Array {
  // A unit of UTF-16 takes three bytes at most, what is filled in nine at least.
  const most = text.length * 3 + BLOCK + 9
  const bytes = most <= usual.length ? usual : new Uint8Array(most)
  const { written } = encoder.encodeInto(text, bytes)
  const end = Math.ceil((written + 9) / BLOCK) * BLOCK
  bytes.fill(0, written, end)
  bytes[written] = 0x80
  for (let i = 0; i < 6; i++) bytes[end - 1 - i] = Math.floor((written * 8) / 2 ** (8 * i)) & 255
  return bytes.subarray(0, end)
}

function addBlock(bytes: Uint8Array, at: number): void {
  for (let i = 0, from = at; i < 16; i++, from += 4)
    schedule[i] = (bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3]
  for (let i = 16; i < 64; i++) {
    const w = schedule[i - 15]
    const v = schedule[i - 2]
    const small = ((w >>> 7) | (w << 25)) ^ ((w >>> 18) | (w << 14)) ^ (w >>> 3)
    const large = ((v >>> 17) | (v << 15)) ^ ((v >>> 19) | (v << 13)) ^ (v >>> 10)
    schedule[i] = (schedule[i - 16] + small + schedule[i - 7] + large) | 0
  }
  let [a, b, c, d, e, f, g, h] = state
  for (let i = 0; i < 64; i++) {
    const turned = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + turned + ((e & f) ^ (~e & g)) + ROUNDS[i] + schedule[i]) | 0
    const other = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + other + ((b & c) ^ (b & d) ^ (c & d))) | 0
  }
  state[0] += a
  state[1] += b
  state[2] += c
  state[3] += d
  state[4] += e
  state[5] += f
  state[6] += g
  state[7] += h
}

/** The hash, which is good until the next call. */
export function sha256(text: string): Uint8Array {
  const bytes = blocksOf(text)
  state.set(START)
  for (let at = 0; at < bytes.length; at += BLOCK) addBlock(bytes, at)
  for (let i = 0; i < hash.length; i++) hash[i] = state[i >> 2] >>> (24 - 8 * (i & 3))
  return hash
}
