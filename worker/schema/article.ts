import * as v from 'valibot'
import { nullableString, number, string, strings } from './basic.ts'
import { ArticleEntity, DateMention, ExtractedFact } from './fact.ts'

/** The longest article or page we read, in characters: some 30,000 words, ten times the longest of newspaper features. */
export const MAX_TEXT = 200_000
/** The longest HTML document, in characters. News pages with all their markup stay well below. */
export const MAX_HTML = 1_500_000
/** The largest request body in bytes: an HTML document at its limit with JSON escapes, and below what one D1 row holds (2 MB). */
export const MAX_BODY = 1_900_000

/** A line as people read it: control characters and line breaks are spaces. */
const line = (max: number) =>
  v.pipe(
    string,
    v.transform((text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')),
    v.trim(),
    v.minLength(1),
    v.maxLength(max)
  )

/** http or https, no credentials: anything else is no address of an article. */
export const ArticleUrl = v.pipe(
  string,
  v.maxLength(2000),
  v.url(),
  v.check(
    (url) => /^https?:\/\/[^/@]+(\/|\?|#|$)/i.test(url),
    'must be an http or https address without credentials'
  )
)

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * ISO 8601: a day, or a moment; without a time zone it is taken as UTC. The day is the publisher's own, so it is kept as
 * written: "today" in an article of 01:00+02:00 is that day, though it is the day before in UTC. `Date.parse` alone would
 * take 30 February for 2 March.
 */
export const PublishedAt = v.pipe(
  string,
  v.check((at) => {
    const day = Date.parse(`${at.slice(0, 10)}T00:00:00Z`)
    return (
      ISO_TIME.test(at) &&
      !Number.isNaN(Date.parse(at)) &&
      !Number.isNaN(day) &&
      new Date(day).toISOString().startsWith(at.slice(0, 10))
    )
  }, 'must be an ISO 8601 day (2025-06-09) or moment (2025-06-09T08:30:00Z)')
)

/** `article` is one text; `page` may hold several (an aggregator's page) among furniture that is left out. */
export const SourceKind = v.picklist(['article', 'page'])
export type SourceKind = v.InferOutput<typeof SourceKind>

const source = {
  kind: v.optional(SourceKind, 'article'),
  title: v.optional(line(500)),
  url: v.optional(ArticleUrl),
  publisher: v.optional(line(200)),
  published_at: v.optional(PublishedAt),
  text: v.optional(v.pipe(string, v.minLength(1), v.maxLength(MAX_TEXT))),
  html: v.optional(v.pipe(string, v.minLength(1), v.maxLength(MAX_HTML)))
}

const held = ({ text, html }: { text?: string | undefined; html?: string | undefined }) => text ?? html

/** What can be read as it stands: exactly one of `text` and `html`, and something in it. */
export const ReadableSource = v.pipe(
  v.strictObject(source),
  v.check(
    (body) => (body.text === undefined) !== (body.html === undefined),
    'needs exactly one of "text" and "html"'
  ),
  v.check((body) => held(body)?.trim() !== '', 'has nothing to read: the text is blank')
)
export type ReadableSource = v.InferOutput<typeof ReadableSource>

/** A submission: `text` or `html`, or the `url` alone, which is then fetched. */
export const Source = v.pipe(
  v.strictObject(source),
  v.check((body) => body.text === undefined || body.html === undefined, 'takes "text" or "html", not both'),
  v.check((body) => held(body) !== undefined || body.url !== undefined, 'needs "text", "html" or "url"'),
  v.check((body) => held(body)?.trim() !== '', 'has nothing to read: the text is blank')
)
export type Source = v.InferOutput<typeof Source>

/** Whether a submission is an address to fetch. */
export const isToFetch = (source: Source): source is Source & { url: string } =>
  held(source) === undefined && source.url !== undefined

/** What is public about an article. Its text never is. */
export const Article = v.object({
  id: string,
  title: nullableString,
  publisher: nullableString,
  url: nullableString,
  published_at: nullableString,
  /** BCP 47 primary tag; `und` where it could not be told. */
  language: nullableString,
  words: number,
  facts: number,
  /** SHA-256 of the text, hexadecimal. */
  text_hash: string,
  received_at: string
})
export type Article = v.InferOutput<typeof Article>

/** One article as `POST /v1/extract` answers it. The caller sent the text, so it gets it back: offsets index `text`. */
export const ExtractedArticle = v.object({
  article: v.object({
    title: nullableString,
    publisher: nullableString,
    url: nullableString,
    published_at: nullableString,
    language: nullableString,
    text: string
  }),
  entities: v.array(ArticleEntity),
  dates: v.array(DateMention),
  topics: strings,
  facts: v.array(ExtractedFact)
})
export type ExtractedArticle = v.InferOutput<typeof ExtractedArticle>

export const Extraction = v.object({ articles: v.array(ExtractedArticle) })
export type Extraction = v.InferOutput<typeof Extraction>
