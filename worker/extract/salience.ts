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

/** Lower-case words cut to five letters, so that "tariff" meets "tariffs" and "agree" meets "agreed". */
const contentWords = (text: string): Set<string> => new ContentWords(text).in(0, text.length)

/** The content words of any run of a text, which is taken apart once: facts overlap, and each is asked for its words. */
class ContentWords {
  readonly #text: string
  /** Of each word: where it starts, its length, and its first letters; empty for a small word. */
  readonly #starts: number[] = []
  readonly #lengths: number[] = []
  readonly #heads: string[] = []

  constructor(text: string) {
    this.#text = text
    for (let at = 0; at < text.length;) {
      const end = endOfCharacters(inWord, text, at)
      if (end > at) {
        this.#starts.push(at)
        this.#lengths.push(end - at)
        this.#heads.push(headOf(formAt(text, at, end)))
        at = end
      } else at++
    }
  }

  in(start: number, end: number): Set<string> {
    const found = new Set<string>()
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
      const head = isWhole
        ? this.#heads[i]
        : headOf(formAt(this.#text, Math.max(from, start), Math.min(to, end)))
      if (head !== '') found.add(head)
    }
    return found
  }
}

const headOf = byForm((word) => {
  const lower = word.toLowerCase()
  return SMALL.has(lower) ? '' : lower.slice(0, 5)
})

function share(words: ReadonlySet<string>, of: ReadonlySet<string>): number {
  if (of.size === 0) return 0
  let both = 0
  for (const word of of) if (words.has(word)) both += 1
  return both / of.size
}

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
  const titleWords = contentWords(title ?? text.slice(0, reading.sentences[0]?.end ?? 0).slice(0, 200))
  const content = new ContentWords(text)
  const wordsOf = drafts.map(({ start, end }) => content.in(start, end))
  // Long pieces hold their story in the first few hundred words: halved every 1,500 characters.
  const scores = drafts.map((draft, i) => {
    const position = Math.max(2 ** (-draft.start / 1500), 0.3 * (1 - draft.start / Math.max(1, text.length)))
    const exact = text.slice(draft.start, draft.end)
    const named = draft.entities.reduce((max, id) => Math.max(max, weights.get(id) ?? 0), 0)
    const inTitle = Math.min(1, 1.6 * share(wordsOf[i], titleWords))
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
  const seen: { readonly draft: Ranked; readonly words: ReadonlySet<string> }[] = []
  for (const i of order) {
    const draft = drafts[i]
    const words = wordsOf[i]
    // Two figures in like words are two figures.
    const comparable = draft.fields.kind !== 'figure'
    let factor = 1
    for (const { draft: higher, words: known } of seen) {
      const again = comparable && higher.fields.kind === draft.fields.kind
      if (covers(higher, draft)) factor = Math.min(factor, again ? 0.5 : 0.8)
      else if (again && factor > 0.5 && words.size > 2 && share(known, words) > 0.75) factor = 0.5
    }
    scores[i] *= factor
    if (seen.length < SEEN) seen.push({ draft, words })
  }
  return scores
}
