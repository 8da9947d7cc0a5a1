import type { ClaimFields, EventFields, FigureFields, QuoteFields, RoleFields } from '../schema/fact.ts'
import type { Entity, Reading } from './reading.ts'
import { byForm, formAt } from './text/forms.ts'
import { charactersLike, endOfCharacters } from './text/letters.ts'

/** What salience looks at in a draft of any kind. */
export interface Ranked {
  readonly start: number
  readonly end: number
  readonly entities: readonly string[]
  readonly confidence: number
  readonly fields: QuoteFields | ClaimFields | FigureFields | EventFields | RoleFields
}

/*
 * Weights were set by hand on news of several kinds, by reading the ten first facts of each article. Position leads:
 * news puts what matters first (the inverted pyramid), and the title names what the article is about.
 */
const POSITION = 0.34
const TITLE = 0.22
const ENTITIES = 0.14
const STRENGTH = 0.3

/** Words of the title without these are its content. */
const SMALL = new Set(
  (
    'a an the of in on at by for with from to and or but as is are was were be been has have had will would can could may ' +
    'it its he she his her they their this that these those not no after before over under amid into out up down new says ' +
    'said say more than about how why what who when where vs'
  ).split(' ')
)
const inWord = charactersLike(/^[\p{L}\p{N}]$/u)
/** Told as background: older times, and what is in brackets. */
const BACKGROUND =
  /\b(?:last year|a year (?:ago|earlier|before)|years? (?:ago|earlier|before)|decades? ago|previously|once|since (?:19|20)\d\d)\b/i
/** Facts that a new one is held against: what a reader would still see as the top of the list. */
const SEEN = 40

/**
 * The content words of any run of a text, which is taken apart once: facts overlap, and each is asked for its words. A
 * word is in lower case and cut to five letters, so that "tariff" meets "tariffs" and "agree" meets "agreed", and goes
 * by its number within the article: facts are held against each other, and sets of strings cost ten times as much.
 */
class ContentWords {
  readonly #text: string
  readonly #numbers = new Map<string, number>()
  /** Of each word: where it starts, its length, and its number; -1 for a small word. */
  readonly #starts: number[] = []
  readonly #lengths: number[] = []
  readonly #words: number[] = []

  constructor(text: string) {
    this.#text = text
    for (let at = startOfWord(text, 0); at < text.length;) {
      const end = endOfCharacters(inWord, text, at)
      this.#starts.push(at)
      this.#lengths.push(end - at)
      this.#words.push(this.#number(text, at, end))
      at = startOfWord(text, end)
    }
  }

  /** Of the word that stands there, -1 for a small one. */
  #number(text: string, start: number, end: number): number {
    const head = headOf(formAt(text, start, end))
    if (head === '') return -1
    let number = this.#numbers.get(head)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(head, number)
    }
    return number
  }

  /** Of a run of the text, each once. */
  in(start: number, end: number): number[] {
    const found: number[] = []
    let low = 0
    for (let high = this.#starts.length; low < high;) {
      const middle = (low + high) >> 1
      if (this.#starts[middle] + this.#lengths[middle] <= start) low = middle + 1
      else high = middle
    }
    for (let i = low; i < this.#starts.length && this.#starts[i] < end; i++) {
      const from = this.#starts[i]
      const to = from + this.#lengths[i]
      const isWhole = from >= start && to <= end
      const word = isWhole
        ? this.#words[i]
        : this.#number(this.#text, Math.max(from, start), Math.min(to, end))
      if (word >= 0) found.push(word)
    }
    return this.#once(found)
  }

  /** Of another text, each once. */
  of(text: string): number[] {
    const found: number[] = []
    for (let at = startOfWord(text, 0); at < text.length;) {
      const end = endOfCharacters(inWord, text, at)
      const word = this.#number(text, at, end)
      if (word >= 0) found.push(word)
      at = startOfWord(text, end)
    }
    return this.#once(found)
  }

  /** The words that were last marked, by number: `#stamp` where they were. */
  readonly #marked: number[] = []
  #stamp = 0

  #once(words: readonly number[]): number[] {
    this.#stamp++
    return words.filter((word) => {
      if (this.#marked[word] === this.#stamp) return false
      this.#marked[word] = this.#stamp
      return true
    })
  }

  /** Marks words, for `sharedWith`. */
  mark(words: readonly number[]): void {
    this.#stamp++
    for (const word of words) this.#marked[word] = this.#stamp
  }

  /** How many words are among those that were marked last. */
  sharedWith(words: readonly number[]): number {
    let both = 0
    for (const word of words) if (this.#marked[word] === this.#stamp) both++
    return both
  }
}

/** First place from `at` on where a word stands, the end of the text where there is none. */
function startOfWord(text: string, at: number): number {
  let start = at
  while (start < text.length && inWord(text, start) === 0) start++
  return start
}

const headOf = byForm((word) => {
  const lower = word.toLowerCase()
  return SMALL.has(lower) ? '' : lower.slice(0, 5)
})

/** How much the fact says by its kind, 0 to 1. */
function strength({ fields, start, end }: Ranked, published: string | null): number {
  switch (fields.kind) {
    case 'figure': {
      let value = 0.35
      if (fields.measure !== null) value += 0.2
      if (fields.change !== null) value += 0.2
      if (fields.unit !== null && /^(?:percent|percentage point|[A-Z]{3})$/.test(fields.unit)) value += 0.15
      else if (fields.unit === null || /^(?:day|week|month|year|hour|minute|year of age)$/.test(fields.unit))
        value -= 0.2
      if (fields.period !== null) value += 0.05
      // "three others", "over five missions": small counts are detail.
      if (
        fields.value <= 12 &&
        fields.change === null &&
        (fields.unit === null || /^[a-z]/.test(fields.unit)) &&
        fields.unit !== 'percent'
      )
        value -= 0.3
      return value
    }
    case 'quote':
    case 'claim': {
      const long = end - start
      let value = fields.kind === 'quote' ? 0.6 : 0.55
      if (fields.speaker === null) value -= 0.25
      else if (fields.speaker.entity !== null) value += 0.2
      if (long < 25) value -= 0.25
      else if (long > 60) value += 0.1
      return value
    }
    case 'event': {
      let value = 0.6
      if (fields.when !== null) value += 0.1
      if ([...fields.who, ...fields.whom].some(({ entity }) => entity !== null)) value += 0.15
      else value -= 0.1
      if (fields.when?.iso && published !== null && fields.when.iso.slice(0, 4) < published.slice(0, 4))
        value -= 0.3
      return value
    }
    case 'role':
      // Who somebody is belongs to the story only where it is the story; an appointment is an event as well.
      return fields.former ? 0 : 0.1
  }
}

/** Mentions of the entities, the article's most named one as 1. */
function entityWeights(entities: readonly Entity[]): Map<string, number> {
  const most = entities.reduce((max, { mentions }) => Math.max(max, mentions.length), 1)
  return new Map(entities.map(({ id, mentions }) => [id, mentions.length / most]))
}

/** Whether two runs of the text are one telling: one holds most of the other. */
function covers(one: Ranked, two: Ranked): boolean {
  const both = Math.min(one.end, two.end) - Math.max(one.start, two.start)
  return both > 0.6 * Math.min(one.end - one.start, two.end - two.start)
}

/**
 * How much a reader of the article would care about each draft, 0 to 1, in the order of the drafts: place in the
 * article, words and names of the title, how often its entities are named, and how much it says by its kind. A fact
 * that tells again what a higher one tells (the headline and the lead, a figure inside a quote) goes down, so that the
 * first ten tell the story and not one sentence ten times.
 */
export function rankSalience(reading: Reading, drafts: readonly Ranked[]): number[] {
  const { text, title, published } = reading
  const weights = entityWeights(reading.entities)
  const content = new ContentWords(text)
  const wordsOf = drafts.map(({ start, end }) => content.in(start, end))
  const titleWords = content.of(title ?? text.slice(0, reading.sentences[0]?.end ?? 0).slice(0, 200))
  content.mark(titleWords)
  // Long pieces hold their story in the first few hundred words: halved every 1,500 characters.
  const scores = drafts.map((draft, i) => {
    const position = Math.max(2 ** (-draft.start / 1500), 0.3 * (1 - draft.start / Math.max(1, text.length)))
    const exact = text.slice(draft.start, draft.end)
    const named = draft.entities.reduce((max, id) => Math.max(max, weights.get(id) ?? 0), 0)
    const inTitle = Math.min(1, 1.6 * (content.sharedWith(wordsOf[i]) / Math.max(1, titleWords.length)))
    let score = POSITION * position + TITLE * inTitle + ENTITIES * named
    score += STRENGTH * Math.min(1, Math.max(0, strength(draft, published)))
    if (draft.fields.kind === 'role') score -= 0.15
    if (BACKGROUND.test(exact)) score -= 0.06
    if (text[draft.start - 1] === '(') score -= 0.08
    return Math.min(1, Math.max(0.02, score * (0.7 + 0.3 * draft.confidence)))
  })
  const order = scores
    .map((_, i) => i)
    .sort((a, b) => scores[b] - scores[a] || drafts[a].start - drafts[b].start)
  const seen: { readonly draft: Ranked; readonly words: readonly number[] }[] = []
  for (const i of order) {
    const draft = drafts[i]
    const words = wordsOf[i]
    // Two figures in like words are two figures.
    const comparable = draft.fields.kind !== 'figure'
    let factor = 1
    if (comparable) content.mark(words)
    for (const { draft: higher, words: known } of seen) {
      const again = comparable && higher.fields.kind === draft.fields.kind
      if (covers(higher, draft)) factor = Math.min(factor, again ? 0.5 : 0.8)
      else if (again && factor > 0.5 && words.length > 2 && content.sharedWith(known) / words.length > 0.75)
        factor = 0.5
    }
    scores[i] *= factor
    if (seen.length < SEEN) seen.push({ draft, words })
  }
  return scores
}
