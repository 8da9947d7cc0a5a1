const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * An id made of content: `f_`, `a_`, `j_`, `s_`, `d_`, `c_` or `r_` and the first 100 bits of the content's SHA-256 in lower-case base32
 * (RFC 4648, no padding). The same content gives the same id anywhere; at 10^9 ids two collide with a chance of 10^-12.
 */
export async function contentId<Prefix extends 'f' | 'a' | 'j' | 's' | 'd' | 'c' | 'r'>(
  prefix: Prefix,
  content: string
): Promise<`${Prefix}_${string}`> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content)))
  let id = ''
  let bits = 0
  let held = 0
  for (const byte of digest) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5 && id.length < 20) {
      bits -= 5
      id += ALPHABET[(held >> bits) & 31]
    }
  }
  return `${prefix}_${id}`
}

/** SHA-256 in hexadecimal: what names a version of an article's text. */
export async function sha256Hex(content: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
