/** FNV-1a over UTF-16 code units, from `from` up to `to`: a signed 32-bit hash. */
export function hashText(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5 | 0
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Spreads every bit of `value` over all 32 bits (the finaliser of MurmurHash3). */
export function scramble(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** One hash of an ordered pair of hashes. */
export function pairHash(first: number, second: number): number {
  return (Math.imul(first ^ 0x5bd1e995, 0x27d4eb2f) + Math.imul(second, 0x165667b1)) | 0
}
