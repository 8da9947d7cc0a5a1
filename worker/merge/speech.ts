import type { ClaimFields, ExtractedFact, QuoteFields } from '../schema/fact.ts'
import { buckets, daysOf, fourWeeks, gap, publishedDay } from './days.ts'
import type { Reading } from './fact.ts'
import { compareNames, describedAlike, nameWords } from './who.ts'
import { isNegation, isNumber, isStop, negated, shared, words } from './words.ts'
import { opposed } from './opposites.ts'

/*
 * When two articles give the same words of the same speaker, or the same claim in other words.
 */

type Speech = Extract<ExtractedFact, QuoteFields | ClaimFields>
export type SpeechReading = Reading & { readonly draft: Speech }

interface Features {
  /** Words in order without the small ones; negations stay. */
  readonly sequence: readonly string[]
  readonly vocabulary: ReadonlySet<string>
  /** The runs in quotation marks where only a part is, else the whole. */
  readonly fragments: readonly (readonly string[])[]
  /** Whether the fragments are such runs. */
  readonly isMarked: boolean
  /** The fragments with their small words. */
  readonly runs: readonly (readonly string[])[]
  readonly content: ReadonlySet<string>
}

/** What tells two claims of like words apart. */
interface Details {
  readonly numbers: ReadonlySet<string>
  /** Normalised words written with a capital within the sentence. */
  readonly names: ReadonlySet<string>
  readonly negated: boolean
}

/** Words in marks of any style. A straight single mark is one where no letter stands outside of it: not in `don't`. */
const MARKED =
  /["\u201c\u201e\u00ab]([^"\u201c\u201d\u201e\u00ab\u00bb]+)["\u201d\u00bb]|\u2018([^\u2018\u2019]+)\u2019|(?<![\p{L}\p{N}])'([^'\n]+)'(?![\p{L}\p{N}])/gu

const known = new WeakMap<Speech, Features>()

const MARK = /["'`\u2018\u201c-\u201e\u00ab\u00bb]/u

/**
 * Whether all of the content stood in marks: marks within it are then those of a word held at a distance, or of another
 * who is quoted, and two speeches that have them in common are not one for it.
 */
export const isAllInMarks = ({ content_spans: spans, evidence }: Speech): boolean =>
  spans.every(([start]) => MARK.test(evidence.exact.charAt(start - evidence.start - 1)))

function featuresOf(draft: Speech): Features {
  const before = known.get(draft)
  if (before !== undefined) return before
  const all = words(draft.content)
  const sequence = all.filter((word) => !isStop(word))
  const own = new Set(nameWords(draft.speaker?.name ?? ''))
  const marks = draft.kind === 'quote' && !isAllInMarks(draft) ? draft.content.matchAll(MARKED) : []
  const runs = [...marks].map(([, double, curly, straight]) => words(double ?? curly ?? straight ?? ''))
  const marked = runs.map((run) => run.filter((word) => !isStop(word)))
  const content = new Set(sequence.filter((word) => !isNegation(word) && !own.has(word)))
  const features = {
    sequence,
    vocabulary: new Set(sequence),
    fragments: marked.length > 0 ? marked : [sequence],
    isMarked: marked.length > 0,
    runs: marked.length > 0 ? runs : [all],
    content
  }
  known.set(draft, features)
  return features
}

const detailed = new WeakMap<Speech, Details>()

/** Apart from the features: few claims come so near each other that they are asked for. */
function detailsOf(draft: Speech): Details {
  const before = detailed.get(draft)
  if (before !== undefined) return before
  const { content } = featuresOf(draft)
  const capitals = [...draft.content.matchAll(/(?<=[\p{L}\p{N},] )\p{Lu}[\p{L}.'\u2019-]*/gu)].flatMap(
    ([word]) => words(word)
  )
  const named = draft.entities.flatMap(({ name }) => words(name))
  const details = {
    numbers: new Set([...content].filter(isNumber)),
    names: new Set([...capitals, ...named].filter((word) => content.has(word))),
    negated: negated(words(draft.content))
  }
  detailed.set(draft, details)
  return details
}

/** Whether the speakers are one, certainly two, or cannot be told. A person may speak for an organisation. */
function speakers(a: Speech, b: Speech): 'same' | 'other' | 'open' {
  if (a.speaker === null || b.speaker === null) return 'open'
  const relation = compareNames(a.speaker, b.speaker)
  if (relation === 'same') return 'same'
  const type = (draft: Speech) => draft.entities.find(({ id }) => id === draft.speaker?.entity)?.type
  const [typeA, typeB] = [type(a), type(b)]
  if (relation === 'other' && typeA !== undefined && typeB !== undefined && typeA !== typeB) {
    return describedAlike(a.speaker.surface, b.speaker.surface) ? 'same' : 'open'
  }
  if (relation === 'open' && describedAlike(a.speaker.surface, b.speaker.surface)) return 'same'
  return relation
}

/** What points back to a sentence that a claim does not hold. */
const POINTS_BACK = /^(?:it|they|he|she|this|these|those|there)(?!\p{L})/iu

/**
 * "It rose 5 percent": a claim that opens with a pronoun and names nothing is of whatever its article spoke of, and so
 * says the same as another only where the speaker is the same.
 */
export function saysOfWhatever({ draft }: SpeechReading): boolean {
  return (
    draft.kind === 'claim' &&
    POINTS_BACK.test(draft.content) &&
    draft.entities.every(({ id }) => id === draft.speaker?.entity) &&
    detailsOf(draft).names.size === 0
  )
}

/** Whether one certain person or house speaks in both; within an article also `officials`. */
export const haveOneSpeaker = (a: SpeechReading, b: SpeechReading): boolean =>
  speakers(a.draft, b.draft) === 'same' &&
  (a.article.id === b.article.id || (a.draft.speaker?.entity ?? b.draft.speaker?.entity ?? null) !== null)

/** Days that two tellings of one utterance may differ by: late at night here is the next day there. */
const SLACK = 1

function saidApart(a: Speech, b: Speech): boolean {
  const [one, two] = [daysOf(a.said_on), daysOf(b.said_on)]
  return one !== null && two !== null && Math.abs(one.first - two.first) > SLACK
}

const onlyIn = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].some((word) => !b.has(word))
const eachHasOwn = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => onlyIn(a, b) && onlyIn(b, a)

/** Words in common up to which two claims are not one for the number of them alone. */
const FEW = 3

/**
 * Whether two have too few words in common to be one, by order or in other words: so it is with most of an article, and
 * none of their details need be read.
 */
export function speechApart(a: SpeechReading, b: SpeechReading): boolean {
  if (a.draft.kind !== b.draft.kind) return true
  const [one, two] = [featuresOf(a.draft), featuresOf(b.draft)]
  return a.draft.kind === 'quote' ? quotesApart(one, two) : claimsApart(one, two)
}

/** Neither quote has all words of a part of the other; where both are but some words in marks, two in common are enough to ask. */
const quotesApart = (one: Features, two: Features): boolean =>
  !holdsWords(one, two) &&
  !holdsWords(two, one) &&
  !(one.isMarked && two.isMarked && shared(one.content, two.content) > 1)

/** Whether a fragment of `long` has all words of one of `short`, in any order. */
const holdsWords = (long: Features, short: Features): boolean =>
  short.fragments.some((part) =>
    long.fragments.some((fragment) => part.every((word) => fragment.includes(word)))
  )

function claimsApart(one: Features, two: Features): boolean {
  const least = Math.min(one.content.size, two.content.size)
  let both = 0
  for (const word of one.sequence) if (two.vocabulary.has(word) && ++both > FEW) return false
  return 2 * both < least
}

/** What keeps two apart whatever else they share. */
export function speechClash(a: SpeechReading, b: SpeechReading): boolean {
  if (a.draft.kind !== b.draft.kind || speakers(a.draft, b.draft) === 'other') return true
  if (a.draft.kind === 'quote') return saidApart(a.draft, b.draft)
  const [one, two] = [detailsOf(a.draft), detailsOf(b.draft)]
  return (
    one.negated !== two.negated ||
    eachHasOwn(one.numbers, two.numbers) ||
    eachHasOwn(one.names, two.names) ||
    opposed(featuresOf(a.draft).content, featuresOf(b.draft).content)
  )
}

/** How sure it is that two are one fact; 0 where they are not. Symmetrical. */
export function speechLikeness(a: SpeechReading, b: SpeechReading): number {
  if (speechClash(a, b)) return 0
  const certain = speakers(a.draft, b.draft) === 'same'
  const words = verbatim(featuresOf(a.draft), featuresOf(b.draft))
  const apart = gap(a, b)
  const sameDay = a.draft.said_on !== null && a.draft.said_on === b.draft.said_on
  // Short words are said again on another day; a long sentence is not, however late somebody quotes it.
  const enough =
    sameDay || apart <= 3 ? (certain ? 1 : 4) : apart <= 14 ? (certain ? 4 : 6) : certain ? 8 : Infinity
  if (words >= enough) return 1 + words
  if (a.draft.kind === 'quote' && apart <= 3) {
    const run = quoted(featuresOf(a.draft), featuresOf(b.draft))
    if (run >= (certain ? 3 : WHOLE)) return 1 + words
  }
  if (apart > 14 && !sameDay) return 0
  return paraphrase(a.draft, b.draft, certain)
}

/** Words of a whole sentence that two papers have word for word of one whom only one of them names. */
const WHOLE = 5
/** Words in marks up to which a part of them is no catchword within a speech. */
const PHRASE = 8

/**
 * Words, small ones too, of a run in marks that the other has as a whole: `very positive conclusion` of `very positive
 * conclusion for both countries`. Of a longer sentence three words that carry meaning must be there. A run of both has
 * as many as a whole sentence.
 */
function quoted(a: Features, b: Features): number {
  let most = 0
  for (const one of a.runs)
    for (const two of b.runs) {
      const [short, long] = one.length <= two.length ? [one, two] : [two, one]
      const telling = short.filter((word) => !isStop(word)).length
      const equal = short.length === long.length
      const enough = equal
        ? short.length >= WHOLE && telling >= FRAGMENT
        : a.isMarked !== b.isMarked || a.isMarked
          ? (short.length >= WHOLE && telling >= FRAGMENT) ||
            (short.length >= FRAGMENT && telling >= 2 && long.length <= PHRASE)
          : false
      if (!enough || short.length > 60 || long.length > 400) continue
      for (let at = 0; at + short.length <= long.length; at++)
        if (!isNegation(long[at - 1] ?? '') && short.every((word, i) => word === long[at + i])) {
          most = Math.max(most, equal ? short.length : Math.min(short.length, WHOLE - 1))
          break
        }
    }
  return most
}

/** Content words that two have in common word for word, 0 where it is not a run of both or too short to say. */
function verbatim(a: Features, b: Features): number {
  let most = 0
  for (const one of a.fragments)
    for (const two of b.fragments) {
      const found = common(one, two)
      // Three words in the middle of another sentence are a name or a catchword as often as a quotation.
      const own = one.length <= two.length ? a : b
      // All that both put into marks are the speaker's own words, however long the sentences around them.
      const isWhole = a.isMarked && b.isMarked && found > 1 && found === one.length && found === two.length
      if (isWhole || found > FRAGMENT || 2 * found >= own.content.size) most = Math.max(most, found)
    }
  return most
}

/** Fewer content words in common are no quotation of one by the other, unless they are all of both. */
const FRAGMENT = 3
/** Fewer content words that stay together are no cut, but two sentences of like words. */
const RUN = 2
const CUTS = 3

function common(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === long.length) return short.every((word, i) => word === long[i]) ? short.length : 0
  if (short.length < FRAGMENT) return 0
  for (let at = 0; at + short.length <= long.length; at++) {
    // "will close the branches" is no part of "will not close the branches".
    if (at > 0 && isNegation(long[at - 1] ?? '')) continue
    if (short.every((word, i) => word === long[at + i])) return short.length
  }
  return short.length >= 2 * FRAGMENT && cutFrom(short, long) ? short.length : 0
}

/** Whether `short` is `long` with something left out, in a few runs. No word of `short` may be its own. */
function cutFrom(short: readonly string[], long: readonly string[]): boolean {
  let at = 0
  let runs = 0
  for (let i = 0; i < short.length;) {
    let best = 0
    let bestAt = -1
    for (let start = at; start < long.length; start++) {
      let length = 0
      while (
        i + length < short.length &&
        short[i + length] === long[start + length] &&
        start + length < long.length
      )
        length++
      if (length > best) [best, bestAt] = [length, start]
    }
    if (best < RUN || ++runs > CUTS || isNegation(long[bestAt - 1] ?? '')) return false
    i += best
    at = bestAt + best
  }
  return true
}

/** The same in other words: most content words of the shorter, and nothing that speaks against it. */
function paraphrase(a: Speech, b: Speech, certain: boolean): number {
  const [one, two] = [featuresOf(a), featuresOf(b)]
  // Words in quotation marks are the speaker's own: other words are another quote, or one that is told wrongly.
  if (a.kind === 'quote' && !(short(one) && short(two))) return 0
  if (substituted(one.sequence, two.sequence)) return 0
  const both = shared(one.content, two.content)
  const least = Math.min(one.content.size, two.content.size)
  const union = one.content.size + two.content.size - both
  const needed = certain ? 0.6 : 0.8
  if (
    both < (certain ? 2 : 4) ||
    both / least < needed ||
    both / union < (both < 3 ? 1 : certain ? 0.4 : 0.6)
  )
    return 0
  return both / union
}

/** One sentence with a word exchanged is another one: oil prices are not gas prices. */
const substituted = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.filter((word, i) => word !== b[i]).length === 1

const short = ({ fragments, sequence }: Features): boolean =>
  fragments[0] !== sequence && fragments.every((fragment) => fragment.length < FRAGMENT)

const byLength = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1)
const top = (set: Iterable<string>, count: number): string[] =>
  [...new Set(set)].toSorted(byLength).slice(0, count)

/** Runs of three content words, and of two with the speaker: what a part of a quote shares with the whole. */
function runs(sequence: readonly string[], length: number): string[] {
  const found: string[] = []
  for (let i = 0; i + length <= sequence.length; i++) found.push(sequence.slice(i, i + length).join(' '))
  return found
}

/** At most eight keys; see `candidateKeys`. */
export function speechKeys(reading: SpeechReading): string[] {
  const { draft } = reading
  const { fragments, content, sequence, isMarked, runs: all } = featuresOf(draft)
  const rare = [...content].filter((word) => word.length > 2 || isNumber(word))
  if (draft.kind === 'claim') {
    const rarest = top(rare, 4)
    const couples = rarest.flatMap((x, i) => rarest.slice(i + 1).map((y) => [x, y].toSorted().join(' ')))
    const day = publishedDay(reading)
    return [
      ...couples.map((couple) => `c|${couple}|${fourWeeks(day, couple)}`),
      ...top(runs(sequence, 3), 2).map((run) => `q|${run}`)
    ]
  }
  const triples = fragments.flatMap((fragment) => runs(fragment, 3))
  const who = nameWords(draft.speaker?.name ?? '').at(-1) ?? '?'
  const dated = (short: readonly string[]): string[] =>
    buckets(publishedDay(reading)).flatMap((bucket) => short.map((run) => `q|${who}|${run}|${bucket}`))
  if (triples.length === 0)
    return dated([...new Set(fragments.map((fragment) => fragment.join(' ')))].slice(0, 2))
  // Of a few words in marks another paper may have two alone.
  const couples = fragments.flatMap((fragment, i) =>
    isMarked && (all[i]?.length ?? 0) <= PHRASE ? runs(fragment, 2) : []
  )
  return [...dated(top(couples, 2)), ...top(triples, 8).map((run) => `q|${run}`)].slice(0, 8)
}
