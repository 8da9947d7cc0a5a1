/*
 * Sorted whole numbers as the differences between them, Rice coded (Rice 1971): the quotient by 2^rice in ones closed by
 * a nought, then `rice` bits of remainder, highest first. Hashes cost about two bits more than the logarithm of their
 * mean difference, which no general packer reaches.
 */

/** Reads `count` numbers. Throws RangeError where the stream ends before the last. */
export function decodeSorted(stream: Uint8Array, count: number, rice: number): Uint32Array {
  const numbers = new Uint32Array(count)
  let at = 0
  let held = 0
  let bits = 0
  let current = 0
  for (let i = 0; i < count; i++) {
    let quotient = 0
    for (;;) {
      if (bits === 0) {
        if (at >= stream.length) throw new RangeError('sorted numbers end too early')
        held = stream[at++]
        bits = 8
      }
      bits--
      if (((held >>> bits) & 1) === 0) break
      quotient++
    }
    let remainder = 0
    let wanted = rice
    while (wanted > 0) {
      if (bits === 0) {
        held = stream[at++]
        bits = 8
      }
      const taken = Math.min(wanted, bits)
      bits -= taken
      remainder = (remainder << taken) | ((held >>> bits) & ((1 << taken) - 1))
      wanted -= taken
    }
    current += (quotient << rice) | remainder
    numbers[i] = current
  }
  return numbers
}

/** The best parameter for `count` numbers spread evenly below `bound`. */
export const riceParameter = (count: number, bound: number): number =>
  Math.max(0, Math.round(Math.log2((Math.LN2 * bound) / Math.max(1, count))))

/** Writes sorted numbers. */
export function encodeSorted(numbers: Iterable<number>, rice: number): Uint8Array {
  const stream: number[] = []
  let held = 0
  let bits = 0
  const put = (bit: number): void => {
    held = (held << 1) | bit
    bits++
    if (bits < 8) return
    stream.push(held)
    held = 0
    bits = 0
  }
  let before = 0
  for (const number of numbers) {
    const gap = number - before
    before = number
    for (let quotient = gap >>> rice; quotient > 0; quotient--) put(1)
    put(0)
    for (let bit = rice - 1; bit >= 0; bit--) put((gap >>> bit) & 1)
  }
  for (let padding = (8 - bits) % 8; padding > 0; padding--) put(0)
  return Uint8Array.from(stream)
}
