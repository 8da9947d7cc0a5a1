import * as v from 'valibot'
import { number, string } from './basic.ts'
import { ArticleId, FactId, Hashtag, SeriesId } from './query.ts'

/** What can be embedded, with how its id is written. */
export const EMBEDDABLE = { fact: FactId, article: ArticleId, topic: Hashtag, series: SeriesId } as const
export type Embeddable = keyof typeof EMBEDDABLE

const isEmbeddable = (what: string): what is Embeddable => Object.hasOwn(EMBEDDABLE, what)

/** A thing that a card shows. */
export interface Asked {
  readonly what: Embeddable
  readonly id: string
}

/** Null where there can be no such thing. */
export const askedOf = (what: string, id: string): Asked | null =>
  isEmbeddable(what) && v.is(EMBEDDABLE[what], id) ? { what, id } : null

/** How a frame's document looks: its own parameters, which make answers of their own. */
const look = {
  theme: v.optional(v.picklist(['auto', 'light', 'dark']), 'auto'),
  dir: v.optional(v.picklist(['ltr', 'rtl']), 'ltr')
} as const

const words = v.optional(v.pipe(string, v.maxLength(2000)))

/** What pym.js adds to the address of a frame (https://blog.apps.npr.org/pym.js/): read by the frame's script alone. */
export const HOST_PARAMETERS = ['initialWidth', 'childId', 'parentTitle', 'parentUrl'] as const

export const EmbedQuery = v.strictObject({
  ...look,
  initialWidth: words,
  childId: words,
  parentTitle: words,
  parentUrl: words
})
export type EmbedQuery = v.InferOutput<typeof EmbedQuery>

/** The most cards of one request. */
export const MAX_CARDS = 20
/** Things by kind and id, separated by commas: `fact/f_…,topic/Geneva`. */
export const CardsQuery = v.strictObject({
  of: v.pipe(
    string,
    v.maxLength(5000),
    v.check((of) => of.split(',').length <= MAX_CARDS, `may name ${MAX_CARDS} cards`)
  )
})

/** Rendered cards by kind and id as asked for; what is not there is left out. */
export const Cards = v.object({
  /** The style sheet of all. */
  style: string,
  cards: v.record(string, string)
})
export type Cards = v.InferOutput<typeof Cards>

/** A length in pixels as consumers send it. */
const Pixels = v.optional(
  v.pipe(string, v.regex(/^\d{1,5}$/, 'must be a number of pixels'), v.transform(Number))
)

/**
 * What an oEmbed consumer asks (https://oembed.com). Others send more (WordPress sends `dnt`): what we do not know is no
 * mistake of theirs, and is passed over.
 */
export const OEmbedQuery = v.object({
  url: v.pipe(string, v.maxLength(2000)),
  maxwidth: Pixels,
  maxheight: Pixels,
  format: v.optional(v.pipe(string, v.maxLength(20)), 'json')
})
export type OEmbedQuery = v.InferOutput<typeof OEmbedQuery>

/** A rich answer of oEmbed 1.0. */
export const OEmbed = v.object({
  type: v.literal('rich'),
  version: v.literal('1.0'),
  title: string,
  author_name: v.optional(string),
  provider_name: string,
  provider_url: string,
  cache_age: number,
  html: string,
  width: number,
  height: number,
  thumbnail_url: v.optional(string),
  thumbnail_width: v.optional(number),
  thumbnail_height: v.optional(number)
})
export type OEmbed = v.InferOutput<typeof OEmbed>
