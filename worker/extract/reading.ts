import type { DateMention, EntityType } from '../schema/fact.ts'
import type { Form } from './text/forms.ts'

/*
 * The shared reading of one article: what every reader of facts needs, worked out once. Offsets are UTF-16 code units
 * into `text`, ranges are half-open, token ranges are indices into `tokens`.
 */

/** `word` holds letters (with inner apostrophes, hyphens and abbreviation points), `number` starts with a digit, `mark` is punctuation. */
export type TokenKind = 'word' | 'number' | 'mark'

export interface Token {
  readonly start: number
  readonly end: number
  /** Its text as readers know it. */
  readonly form: Form
  readonly text: string
  /** `text` in small letters. */
  readonly lower: string
  readonly kind: TokenKind
  /** White space stands before it. */
  readonly spaced: boolean
}

export interface Sentence {
  readonly start: number
  readonly end: number
  /** Token range. */
  readonly first: number
  readonly last: number
  /** Index of the paragraph it stands in; a line break ends a paragraph. */
  readonly paragraph: number
}

/** Words in quotation marks. */
export interface Quotation {
  /** Between the marks. */
  readonly start: number
  readonly end: number
  /** With the marks. `outerEnd` equals `end` where the mark is not closed because the next paragraph goes on. */
  readonly outerStart: number
  readonly outerEnd: number
  /** Token range between the marks. */
  readonly first: number
  readonly last: number
  /** 0 outermost; 1 inside another quotation. */
  readonly depth: number
  readonly paragraph: number
  /** The speech goes on from the quotation before this one (a new paragraph opened with a mark). */
  readonly continues: boolean
}

/** `group` is a people, faith or party by adjective (Chinese, Republican); `other` is any further name (law, product, event). */
export type NameType = EntityType | 'group' | 'other'

/** A name in the text as the tagger sees it: titles, "the" and possessives outside. */
export interface Name {
  readonly start: number
  readonly end: number
  readonly first: number
  readonly last: number
  readonly type: NameType
  /** 0 to 1. */
  readonly confidence: number
}

/** One person, organisation or place of the article with every place that names it. */
export interface Entity {
  /** Readable slug of the fullest name, the same in any article: `scott-bessent`. */
  readonly id: string
  readonly name: string
  readonly type: EntityType
  /** Other surfaces seen: `Bessent`. */
  readonly aliases: readonly string[]
  readonly mentions: readonly { readonly start: number; readonly end: number }[]
}

export interface DateExpression extends DateMention {
  /** Token range. */
  readonly first: number
  readonly last: number
  /** A calendar point or period, a time of day, a length of time, or a repeated time. */
  readonly type: 'date' | 'time' | 'duration' | 'set'
}

export interface Reading {
  readonly title: string | null
  readonly text: string
  /** ISO 8601 day of publication, the reference of every relative date; null where unknown. */
  readonly published: string | null
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  readonly quotations: readonly Quotation[]
  readonly names: readonly Name[]
  readonly entities: readonly Entity[]
  readonly dates: readonly DateExpression[]
}

/** What a reader of one kind finds: the fields of its kind, the words they rest on, and a sentence that stands alone. */
export interface Draft<Fields> {
  readonly fields: Fields
  readonly start: number
  readonly end: number
  readonly statement: string
  /** 0 to 1. */
  readonly confidence: number
  /** Slugs of the entities it is about. */
  readonly entities: readonly string[]
}
