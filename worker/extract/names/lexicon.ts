import { hashText, scramble } from './hashing.ts'
import { decodeSorted } from './rice.ts'

/*
 * What is known of single words without context: the distributional cluster, how common the word is, and whether it
 * stands in lists of given names, family names, cities, countries and demonyms, and what its vector makes it likely to
 * name. The words themselves are not stored:
 * each is a hash of HASH_BITS bits, kept sorted, so that 200,000 of them take 10 bits apiece. A word that is not in the
 * lexicon passes for one that is about once in 200 times (words / 2^HASH_BITS); readers must treat entries as hints.
 *
 * File, little endian: magic, number of words, bytes of the hash stream (three uint32); parameter of the Rice code
 * (uint32); the 256 middle and 64 wide clusters of the fine ones (1024 + 256 bytes); the differences between sorted
 * hashes, Rice coded; then four bytes for each word in that order, one plane after the other.
 */
export const LEXICON_MAGIC = 0x31584c46
export const HASH_BITS = 25
export const FINE_CLUSTERS = 1024
export const MIDDLE_CLUSTERS = 256
const BUCKET_BITS = 16
const HEADER_BYTES = 16

/** The lists a word may stand in, as bits of `listsOf(entry)`. */
export const LIST = {
  maleName: 1,
  femaleName: 2,
  givenName: 4,
  familyName: 8,
  anyName: 16,
  city: 32,
  cityPart: 64,
  country: 128,
  countryPart: 256,
  demonym: 512,
  region: 1024
} as const

/** Fine cluster, 1 to 1023; 0 for a word known from the lists alone. */
export const fineCluster = (entry: number): number => entry & 1023
/** 0 (among the 100 commonest words) to 6 (rarest), 7 where the word has no vector. */
export const frequencyBand = (entry: number): number => (entry >>> 10) & 7
/** Bits of `LIST`. */
export const listsOf = (entry: number): number => (entry >>> 13) & 0x7ff
/** Outside names, or in one of five types. */
export const LEANING_CLASSES = 6
/** Likeliest class with its certainty, or with the runner-up where it is in doubt, as one code; 0 without a vector. */
export const leaningOf = (entry: number): number => entry >>> 24

/** The sorting key of a word in lower case. */
export const lexiconKey = (word: string): number => scramble(hashText(word)) >>> (32 - HASH_BITS)

export interface Lexicon {
  /** The entry of a word in lower case, or -1. Words with diacritics are looked up without them too. */
  find(word: string): number
  readonly middleOfFine: Uint8Array
  readonly wideOfMiddle: Uint8Array
}

/**
 * Opens a lexicon file (see the head of this file); decoding 200,000 words takes a few milliseconds.
 * Throws RangeError where the bytes are not a lexicon.
 */
export function loadLexicon(bytes: ArrayBuffer): Lexicon {
  const view = new DataView(bytes)
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== LEXICON_MAGIC) {
    throw new RangeError('not a lexicon file')
  }
  const count = view.getUint32(4, true)
  const streamBytes = view.getUint32(8, true)
  const rice = view.getUint32(12, true)
  const streamAt = HEADER_BYTES + FINE_CLUSTERS + MIDDLE_CLUSTERS
  const planesAt = streamAt + streamBytes
  if (planesAt + 4 * count !== bytes.byteLength) throw new RangeError('lexicon file has the wrong length')

  const stream = new Uint8Array(bytes, streamAt, streamBytes)
  const low = new Uint8Array(bytes, planesAt, count)
  const middle = new Uint8Array(bytes, planesAt + count, count)
  const high = new Uint8Array(bytes, planesAt + 2 * count, count)
  const leaning = new Uint8Array(bytes, planesAt + 3 * count, count)
  const keys = decodeSorted(stream, count, rice)
  const entries = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    entries[i] = low[i] | (middle[i] << 8) | (high[i] << 16) | (leaning[i] << 24)
  }
  const buckets = bucketStarts(keys)

  const lookUp = (word: string): number => {
    const key = lexiconKey(word)
    const bucket = key >>> (HASH_BITS - BUCKET_BITS)
    const end = buckets[bucket + 1]
    for (let i = buckets[bucket]; i < end; i++) if (keys[i] === key) return entries[i]
    return -1
  }
  return {
    find(word) {
      const entry = lookUp(word)
      if (entry >= 0 || !/[^\0-\x7f]/.test(word)) return entry
      return lookUp(word.normalize('NFD').replace(/\p{M}/gu, ''))
    },
    middleOfFine: new Uint8Array(bytes, HEADER_BYTES, FINE_CLUSTERS),
    wideOfMiddle: new Uint8Array(bytes, HEADER_BYTES + FINE_CLUSTERS, MIDDLE_CLUSTERS)
  }
}

/** Where the keys of each bucket (their first BUCKET_BITS bits) begin. */
function bucketStarts(keys: Uint32Array): Uint32Array {
  const starts = new Uint32Array((1 << BUCKET_BITS) + 1)
  let bucket = 0
  for (let i = 0; i < keys.length; i++) {
    const own = keys[i] >>> (HASH_BITS - BUCKET_BITS)
    while (bucket < own) starts[++bucket] = i
  }
  while (bucket < 1 << BUCKET_BITS) starts[++bucket] = keys.length
  return starts
}
