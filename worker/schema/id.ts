const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** The first 100 bits of a hash in lower-case base32 (RFC 4648, no padding). */
export function base32(hash: Uint8Array): string {
  let id = ''
  let bits = 0
  let held = 0
  for (const byte of hash) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5 && id.length < 20) {
      bits -= 5
      id += ALPHABET[(held >> bits) & 31]
    }
  }
  return id
}

/**
 * An id made of content: `a_`, `j_`, `s_`, `d_`, `c_` or `r_` and the first 100 bits of the content's SHA-256 in base32. The
 * same content gives the same id anywhere; at 10^9 ids two collide with a chance of 10^-12.
 */
export async function contentId<Prefix extends 'a' | 'j' | 's' | 'd' | 'c' | 'r'>(
  prefix: Prefix,
  content: string
): Promise<`${Prefix}_${string}`> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content))
  return `${prefix}_${base32(new Uint8Array(digest))}`
}

/** SHA-256 in hexadecimal: what names a version of an article's text. */
export async function sha256Hex(content: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
