import type { Source } from '../schema/merge.ts'
import { bylineOf, wireOf } from './wires.ts'
import { recently } from './words.ts'

/** Words in a shingle: with four, an edit spoils few of them, and articles on one subject share hardly any by chance. */
const SHINGLE = 4
/** Permutations. The standard error of the estimated Jaccard similarity is at most 0.045. */
const PERMUTATIONS = 128
/** Below so many equal minima two texts have nothing in common but chance: half a one is to be expected. */
const CHANCE = 5
/** Text without quotations may be less than this, and then counts whole. */
const FEW_WORDS = 24
/** Any two reporters may write one or two sentences alike: texts of fewer shingles are not taken for copies. */
const FEW_SHINGLES = 20

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const DIGITS = new Uint8Array(128)
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i

/** Odd multipliers and offsets of the permutations, from a fixed linear congruential sequence (Numerical Recipes). */
const [MULTIPLIERS, OFFSETS] = (() => {
  let state = 20250609
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)
  const multipliers = Uint32Array.from({ length: PERMUTATIONS }, () => (next() ^ (next() >>> 16)) | 1)
  return [multipliers, Uint32Array.from({ length: PERMUTATIONS }, next)] as const
})()

/** The avalanche of MurmurHash3, so that neighbouring inputs give unrelated numbers. */
function mix(given: number): number {
  let hash = given
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['\u2018\u2019]/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * The words of an article outside quotation marks: two reporters who heard the same speech have its words in common,
 * and are no copies. Very short texts keep theirs, since little would be left.
 */
function ownWords(text: string): string[] {
  const own = wordsOf(text.replace(/["\u201c][^"\u201c\u201d\n]{0,2000}["\u201d]/g, ' '))
  return own.length < FEW_WORDS ? wordsOf(text) : own
}

function shingles(text: string): Set<number> {
  const words = ownWords(text).map(hashOf)
  const found = new Set<number>()
  if (words.length === 0) return found
  const length = Math.min(SHINGLE, words.length)
  for (let i = 0; i + length <= words.length; i++) {
    let hash = length
    for (let j = i; j < i + length; j++) hash = mix(Math.imul(hash, 31) ^ (words[j] ?? 0))
    found.add(hash)
  }
  return found
}

/**
 * A short print of a text that overlap with another can be estimated from: MinHash (Broder 1997) over shingles of four
 * words outside quotation marks, 128 permutations, of each minimum the lowest eight bits (b-bit MinHash, Li and König
 * 2010), behind the number of shingles. Case, marks and spacing make no difference.
 *
 * @returns 174 characters of base64url without padding; the empty string for a text without words
 */
export function signatureOf(text: string): string {
  const set = shingles(text)
  if (set.size === 0) return ''
  const shingled = Uint32Array.from(set)
  const minima = MULTIPLIERS.map((multiplier, i) => {
    const offset = OFFSETS[i] ?? 0
    let least = 0xffffffff
    // By index: twice as fast as an iterator, and this is the inner loop of reading an article.
    for (let j = 0; j < shingled.length; j++) {
      const hash = (Math.imul(multiplier, shingled[j] ?? 0) + offset) >>> 0
      if (hash < least) least = hash
    }
    return least
  })
  const size = Math.min(set.size, 0x3ffff)
  const bytes = Uint8Array.from(minima, (minimum) => mix(minimum) & 0xff)
  let print = [12, 6, 0].map((shift) => ALPHABET.charAt((size >> shift) & 63)).join('')
  for (let i = 0; i < PERMUTATIONS; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const letters = Math.min(4, PERMUTATIONS - i + 1)
    for (let j = 0; j < letters; j++) print += ALPHABET.charAt((three >> (18 - 6 * j)) & 63)
  }
  return print
}

const LENGTH = 3 + Math.ceil((PERMUTATIONS * 8) / 6)
const digitAt = (signature: string, i: number): number => DIGITS[signature.charCodeAt(i)] ?? 0
/** The lowest eight bits of minimum `i`, of the two letters that they stand in. */
const byteAt = (signature: string, i: number): number => {
  const at = 3 + Math.floor((i * 8) / 6)
  return (((digitAt(signature, at) << 6) | digitAt(signature, at + 1)) >> (4 - ((i * 8) % 6))) & 0xff
}

/** A signature unpacked, for whoever compares many with each other. */
export interface Print {
  /** How many shingles the text has. */
  readonly size: number
  readonly minima: Uint8Array
}

/** An article's print is asked for with each of its facts. @returns null where it is no signature */
export const printOf = recently((signature): Print | null => {
  if (signature.length !== LENGTH) return null
  const size = (digitAt(signature, 0) << 12) | (digitAt(signature, 1) << 6) | digitAt(signature, 2)
  const minima = new Uint8Array(PERMUTATIONS)
  for (let i = 0; i < PERMUTATIONS; i++) minima[i] = byteAt(signature, i)
  return { size, minima }
})

/**
 * The share of the shorter text that stands in the longer one, 0 to 1, so that a reprint cut to a quarter is found as
 * surely as a whole one.
 *
 * The equal minima estimate the Jaccard similarity J (less the 1 in 256 that eight bits share by chance); with the sizes
 * a and b of both sets the intersection is J(a+b)/(1+J), which is divided by the smaller. The error grows with the
 * difference in length: 0.05 for texts of one length, about 0.2 where one is a tenth of the other. Less than a
 * twenty-fifth of the longer text in common is not seen.
 *
 * @returns 0 also where either is no signature, or has fewer than twenty shingles
 */
export const overlap = (a: string, b: string): number => overlapOf(printOf(a), printOf(b))

/** `overlap` of unpacked signatures. */
export function overlapOf(a: Print | null, b: Print | null): number {
  if (a === null || b === null || Math.min(a.size, b.size) < FEW_SHINGLES) return 0
  let equal = 0
  for (let i = 0; i < PERMUTATIONS; i++) if (a.minima[i] === b.minima[i]) equal++
  if (equal < CHANCE) return 0
  const jaccard = (equal / PERMUTATIONS - 1 / 256) / (1 - 1 / 256)
  const both = (jaccard * (a.size + b.size)) / (1 + jaccard)
  return Math.min(1, Math.max(0, both / Math.min(a.size, b.size)))
}

/** What tells copies of a text: its print, the agency that it names as its source, and who wrote it. */
export function sourceOf(text: string): Source {
  return { signature: signatureOf(text), wire: wireOf(text), byline: bylineOf(text) }
}
