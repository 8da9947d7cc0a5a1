import {
  DEMONYMS,
  IRREGULAR,
  NUMBER_WORDS,
  PHRASES,
  SCALES,
  SPELLINGS,
  STOP_WORDS,
  SYNONYMS
} from './word-tables.ts'

/*
 * Words as two articles can be compared by: case, marks, accents, UK or US spelling, endings, number words and a few
 * plain synonyms make no difference. Over-stemming is harmless where both sides go through it, so the rules are few.
 */

const CONTRACTIONS: ReadonlyMap<string, string> = new Map([
  ["won't", 'will not'],
  ["can't", 'can not'],
  ['cannot', 'can not'],
  ["shan't", 'shall not'],
  ["ain't", 'is not']
])

/**
 * Words that a memory keeps at most, and the longest of them. A language repeats few words often, so that hardly any
 * are worked out twice; hostile text empties the memory at worst.
 */
const REMEMBERED = 20_000
const LONGEST_REMEMBERED = 40
/**
 * The same for whole texts: names, units and measures stand in many facts of an article, and a quote's words are asked
 * for its key and for its comparison. Few enough that they are soon those of another article.
 */
const RECENT = 1024
const LONGEST_RECENT = 1000
/** V8 makes longer slices views of the text they were cut from. */
const LONGEST_COPY = 12

/** A function of a text that is worked out once for each text of at most `longest` units; keeps at most `most`. */
function remembered<T>(
  workOut: (text: string) => T,
  most = REMEMBERED,
  longest = LONGEST_REMEMBERED
): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const seen = known.get(text)
    if (seen !== undefined) return seen
    if (text.length > longest) return workOut(text)
    // A view that is kept would keep its whole article: this one is of a copy.
    const own = text.length > LONGEST_COPY ? ` ${text}`.slice(1) : text
    const result = workOut(own)
    if (known.size >= most) known.clear()
    known.set(own, result)
    return result
  }
}

/** `remembered` for names and sentences, which one article has several times and the next one hardly. */
export const recently = <T>(workOut: (text: string) => T): ((text: string) => T) =>
  remembered(workOut, RECENT, LONGEST_RECENT)

/** Letters at the end of a word that UK and US spelling have differently, the same way for both. */
function oneSpelling(word: string): string {
  const known = SPELLINGS.get(word)
  if (known !== undefined) return known
  if (word.length < 6) return word.replace(/^(\w{2,})tre$/, '$1ter')
  return word
    .replace(/our(s|ed|ing|er|ers|able|ful)?$/, 'or$1')
    .replace(/is(e|ed|es|ing|er|ers|ation|ations)$/, 'iz$1')
    .replace(/ys(e|ed|es|ing)$/, 'yz$1')
    .replace(/tre(s|d)?$/, 'ter$1')
    .replace(/ogue(s)?$/, 'og$1')
    .replace(/ense(s|less)?$/, 'ence$1')
}

/** Longer runs of letters are no words of English, and cost time to take apart. */
const LONGEST = 40

/** Takes off plurals and endings of verbs; what is left need not be a word. */
export const stem = remembered((given) => {
  const plain = IRREGULAR.get(given) ?? given
  const word = plain.length > LONGEST ? plain : oneSpelling(plain)
  if (word.length < 4 || word.length > LONGEST || !/^[a-z]+$/.test(word)) return word
  let base = word
  if (/ies$/.test(base)) base = `${base.slice(0, -3)}y`
  else if (/(ss|x|ch|sh|z)es$/.test(base)) base = base.slice(0, -2)
  else if (/[^suai]s$/.test(base)) base = base.slice(0, -1)
  if (/[^e]ied$/.test(base)) base = `${base.slice(0, -3)}y`
  else if (/^[^aeiouy]*[aeiouy].*[^e]ed$/.test(base) && base.length > 4) base = base.slice(0, -2)
  else if (/^[^aeiouy]*[aeiouy].*ing$/.test(base) && base.length > 5) base = base.slice(0, -3)
  else if (/ly$/.test(base) && base.length > 5) base = base.slice(0, -2)
  // A people after its country, where the table of peoples does not know it.
  base = base.replace(/(...)ian$/, '$1ia').replace(/([bdfglmnprst])\1$/, '$1')
  return base.length > 3 ? base.replace(/e$/, '') : base
})

/** A stem by the word that stands for all of its meaning: `die`, `dead` and `toll` are one. */
const CANONICAL: ReadonlyMap<string, string> = new Map(
  SYNONYMS.flatMap(([head, ...others]) => {
    const canonical = stem(head ?? '')
    return [head ?? '', ...others].map((word) => [stem(word), canonical] as const)
  })
)

const STOPS: ReadonlySet<string> = new Set(STOP_WORDS.flatMap((word) => [word, stem(word)]))
const NEGATIONS: ReadonlySet<string> = new Set([
  'not',
  'no',
  'never',
  'nobody',
  'none',
  'nothing',
  'neither',
  'nor',
  'nowhere'
])

/** Abbreviations that are names only in capitals: `US` is a country, `us` is not. */
const CAPITALS: readonly (readonly [RegExp, string])[] = [
  [/\bU\.\s?S\.(?:\s?A\.)?|\bUSA?\b/g, ' unitedstates '],
  [/\bU\.\s?K\.|\bUK\b/g, ' unitedkingdom '],
  [/\bU\.\s?N\.|\bUN\b/g, ' unitednations '],
  [/\bE\.\s?U\.|\bEU\b/g, ' europeanunion '],
  [/\bPM\b/g, ' primeminister '],
  // The month, which is no "may": after a preposition or a day, or before a number.
  [
    /\bMay(?= \d)|(?<=\b(?:in|of|since|until|till|by|from|to|for|before|after|last|next|this|late|early|and|\d) )May\b/g,
    ' monthofmay '
  ]
]

/** What follows the first word of each phrase, and the word that stands for all; in the order of the table. */
const PHRASES_BY_FIRST: ReadonlyMap<string, readonly (readonly [string[], string])[]> = Map.groupBy(
  PHRASES.map(([phrase, word]) => [phrase.split(' '), word] as const),
  ([[first = '']]) => first
)

/** ASCII with the usual dashes and quotation marks: nothing that Unicode normalisation changes. */
const PLAIN = /^[\0-\x7f\u2013\u2014\u2018\u2019\u201c\u201d]*$/

/** The text in small letters, cut at white space and at marks that no word or number holds. */
function chunksOf(text: string): string[] {
  const isPlain = PLAIN.test(text)
  let folded = isPlain ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')
  folded = folded.replace(/[\u2018\u2019\u02bc]/g, "'")
  // Most texts have none of the abbreviations, and six replacements cost more than all the rest.
  if (folded.includes('U') || folded.includes('E.') || folded.includes('PM') || folded.includes('May')) {
    for (const [pattern, name] of CAPITALS) folded = folded.replace(pattern, name)
  }
  return folded.toLowerCase().split(isPlain ? /[^a-z0-9'.,%]+/ : /[^\p{L}\p{N}'.,%]+/u)
}

/** A number as one string: `1,200` and `1200`, `8.4m` and `8.4 million` are one. */
function numeral(digits: string, scale: number): string {
  const value = Number(digits.replaceAll(',', '')) * scale
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : digits
}

const MARK = /(\d[\d,]*(?:\.\d+)?)\s?(k|m|mn|bn|tn)?(?![\p{L}\d])|(\d[\d,]*(?:\.\d+)?)|%|\p{L}+(?:'\p{L}+)?/gu
/** A scale that belongs to the number before it: `8.4 m`. */
const SUFFIX = /^(?:k|m|mn|bn|tn)(?![\p{L}\d])/u

/** A word of a text: as written, what it is normalised to, and its value where it is a number. */
interface Word {
  readonly raw: string
  readonly canonical: string
  readonly value: number | undefined
}

/** The words and numbers of a chunk: a contraction gives two, a mark none. */
function wordsIn(chunk: string): readonly Word[] {
  const raw: string[] = []
  for (const match of chunk.matchAll(MARK)) {
    const [found, digits, suffix, bare] = match
    if (digits !== undefined) {
      raw.push(numeral(digits, SCALES.get(suffix ?? '') ?? 1))
    } else if (bare !== undefined) raw.push(numeral(bare, 1))
    else if (found === '%') raw.push('percent')
    else if (CONTRACTIONS.has(found)) raw.push(...(CONTRACTIONS.get(found) ?? '').split(' '))
    else if (found.endsWith("n't")) raw.push(found.slice(0, -3), 'not')
    else raw.push(found.replace(/'(s|re|ve|ll|d|m)?$/, '').replace(/'(s|re|ve|ll|d|m)$/, ''))
  }
  return raw
    .filter((word) => word !== '')
    .map((word) => ({ raw: word, canonical: canonical(word), value: valueOf(word) }))
}

/** A run of letters, digits and the marks that words and numbers hold. */
interface Chunk {
  readonly text: string
  readonly words: readonly Word[]
  /** The phrases that it begins. */
  readonly phrases: readonly (readonly [string[], string])[] | undefined
  readonly endsInNumber: boolean
  readonly isScale: boolean
}

/** All that is asked of a chunk in one memory: to look up a string that was just cut costs more than the answers. */
const chunkOf = remembered((text): Chunk => ({
  text,
  words: wordsIn(text),
  phrases: PHRASES_BY_FIRST.get(text),
  endsInNumber: endsInNumber(text),
  isScale: SUFFIX.test(text)
}))

/** One chunk for each phrase; a plural ending or a mark may follow it. */
function joinPhrases(chunks: readonly Chunk[]): readonly Chunk[] {
  if (chunks.every(({ phrases }) => phrases === undefined)) return chunks
  const joined: Chunk[] = []
  for (let i = 0; i < chunks.length; i++) {
    const chunk = chunks[i]
    if (chunk === undefined) break
    const found = chunk.phrases?.find(([parts]) => startsWith(chunks, i, parts))
    if (found === undefined) joined.push(chunk)
    else {
      const [parts, word] = found
      i += parts.length - 1
      joined.push(chunkOf(word + (chunks[i]?.text ?? '').slice(parts.at(-1)?.length)))
    }
  }
  return joined
}

function startsWith(chunks: readonly Chunk[], from: number, phrase: readonly string[]): boolean {
  const last = phrase.length - 1
  return phrase.every((part, i) => {
    const chunk = chunks[from + i]?.text ?? ''
    return i < last ? chunk === part : chunk.startsWith(part) && /^s?(?![a-z])/.test(chunk.slice(part.length))
  })
}

function canonical(word: string): string {
  const known = DEMONYMS.get(word)
  if (known !== undefined) return stem(known)
  const base = stem(word)
  return CANONICAL.get(base) ?? base
}

function valueOf(word: string): number | undefined {
  if (!isNumber(word)) return NUMBER_WORDS.get(word)
  const value = Number(word)
  return Number.isFinite(value) ? value : undefined
}

/** Commas within and behind a number are its own. */
function endsInNumber(chunk: string): boolean {
  let end = chunk.length
  while (chunk[end - 1] === ',') end--
  return isDigit(chunk.charCodeAt(end - 1))
}
const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** The words of a hashtag with spaces between: `TradeTalks` is `Trade Talks`. */
export const spaced = (topic: string): string => topic.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')

/**
 * The words of a text in order, normalised, with the small words: what quotes are compared by.
 *
 * Number words and digits are one (`thirty-four`, `34`); a contraction gives its `not`; a possessive loses its ending.
 */
export const words = recently((text): readonly string[] => {
  const chunks = joinPhrases(chunksOf(text).map(chunkOf))
  const all: Word[] = []
  for (let i = 0; i < chunks.length; i++) {
    const chunk = chunks[i]
    if (chunk === undefined) break
    let { text } = chunk
    while (chunks[i]?.endsInNumber && chunks[i + 1]?.isScale) text += ` ${chunks[++i]?.text ?? ''}`
    for (const word of text === chunk.text ? chunk.words : wordsIn(text)) all.push(word)
  }
  return joinNumbers(all)
})

/** The normalised words; joins `thirty four` to 34 and `28.8 billion` to 28800000000. */
function joinNumbers(all: readonly Word[]): string[] {
  const joined: string[] = []
  const scaleAt = (i: number): number | undefined => SCALES.get(all[i]?.raw ?? '')
  for (let i = 0; i < all.length; i++) {
    const word = all[i]
    if (word === undefined) break
    let { value } = word
    // A lone "one" is most often a pronoun ("one of the", "no one").
    if (value === undefined || (word.raw === 'one' && scaleAt(i + 1) === undefined)) {
      joined.push(word.canonical)
      continue
    }
    const unit = NUMBER_WORDS.get(all[i + 1]?.raw ?? '')
    if (!isNumber(word.raw) && value >= 20 && unit !== undefined && unit < 10) {
      value += unit
      i++
    }
    let scale = scaleAt(i + 1)
    while (scale !== undefined && (all[i + 1]?.raw ?? '').length > 2) {
      value *= scale
      i++
      scale = scaleAt(i + 1)
    }
    joined.push(String(Number(value.toPrecision(12))))
  }
  return joined
}

export const isStop = (word: string): boolean => STOPS.has(word)
export const isNegation = (word: string): boolean => NEGATIONS.has(word)
export const isNumber = (word: string): boolean => isDigit(word.charCodeAt(0))

/** The words that carry meaning, in order, normalised; negations are none of them (see `negated`). */
export const contentWords = (text: string): string[] =>
  words(text).filter((word) => !STOPS.has(word) && !NEGATIONS.has(word))

/** Whether the words deny what they say: an odd number of negations. */
export const negated = (all: readonly string[]): boolean =>
  all.filter((word) => NEGATIONS.has(word)).length % 2 === 1

/** How many of `a` are in `b`, each word once. */
export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0
  for (const word of a) if (b.has(word)) count++
  return count
}
