import { sha256 } from '@noble/hashes/sha2.js'
import { base32 } from '../schema/id.ts'

// One for all: in workerd, to make it takes as long as to hash a short key.
const utf8 = new TextEncoder()

/**
 * The id of a fact by its key, made as `contentId` makes others, but at once: an article has dozens of facts of short keys,
 * and `crypto.subtle` costs a promise and a buffer for each (50 µs, where this takes 5).
 */
export const factId = (key: string): `f_${string}` => `f_${base32(sha256(utf8.encode(key)))}`
