import * as v from 'valibot'
import { string } from './basic.ts'
import { ArticleUrl, PublishedAt } from './article.ts'
import { EntityType, FactKind, Status } from './fact.ts'
import { type Asked, readQuestion } from './question.ts'
import { slug } from './slug.ts'
import { TakedownReason } from './takedown.ts'

/** Ids are `f_` or `a_` or `j_` and 20 characters of lower-case base32 without padding (100 bits of SHA-256). */
export const FactId = v.pipe(string, v.regex(/^f_[a-z2-7]{20}$/, 'is no id of a fact'))
/** A fact's id, with a version behind `@` or without. */
export const VersionedFactId = v.pipe(
  string,
  v.regex(/^f_[a-z2-7]{20}(@[1-9]\d{0,5})?$/, 'is no id of a fact'),
  v.transform((given) => {
    const [id = '', version] = given.split('@')
    return { id, version: version === undefined ? null : Number(version) }
  })
)
export const ArticleId = v.pipe(string, v.regex(/^a_[a-z2-7]{20}$/, 'is no id of an article'))
export const JobId = v.pipe(string, v.regex(/^j_[a-z2-7]{20}$/, 'is no id of a job'))
export const ReportId = v.pipe(string, v.regex(/^r_[a-z2-7]{20}$/, 'is no id of a report'))
export const FeedId = v.pipe(string, v.regex(/^s_[a-z2-7]{20}$/, 'is no id of a source'))
export const DeadLetterId = v.pipe(string, v.regex(/^d_[a-z2-7]{20}$/, 'is no id of a dead letter'))
/** Lower-case words joined by hyphens. */
export const Slug = v.pipe(
  string,
  v.maxLength(120),
  v.regex(/^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u, 'is no slug')
)

/** An entity by its slug, or by its name, which gives the slug. */
export const EntityName = v.pipe(
  string,
  v.trim(),
  v.maxLength(120),
  v.regex(/[\p{L}\p{N}]/u, 'is no name'),
  v.transform((name) => slug(name) || name)
)

/** A topic's hashtag in any case, with the sign or without. */
export const Hashtag = v.pipe(
  string,
  v.maxLength(80),
  v.regex(/^#?[\p{L}\p{N}]+$/u, 'is no hashtag'),
  v.transform((hashtag) => hashtag.replace('#', ''))
)

/** An address as people paste it: without its scheme too. */
const PastedUrl = v.pipe(
  string,
  v.trim(),
  v.transform((url) => (/^[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/.test(url) ? `https://${url}` : url)),
  ArticleUrl
)

/** An article by its id, or by its address. */
const ArticleRef = v.union([ArticleId, PastedUrl], 'is no id or address of an article')

/** Words and marks of a figure's measure, unit and basis; see `worker/merge/series.ts`. */
export const SeriesId = v.pipe(string, v.maxLength(200), v.regex(/^[\w~-][\w~.-]*$/, 'is no id of a series'))

/** How many rows a page has: up to `most`, and `usual` where nothing is asked for. */
const limitUpTo = (most: number, usual: number) => {
  const must = `must be a number from 1 to ${most}`
  return v.optional(
    v.pipe(string, v.regex(/^[1-9]\d{0,2}$/, must), v.transform(Number), v.maxValue(most, must)),
    String(usual)
  )
}
const Limit = limitUpTo(100, 20)
/** Opaque to clients; see `worker/store/cursor.ts`. */
const Cursor = v.optional(v.pipe(string, v.maxLength(120), v.regex(/^[\w-]+$/, 'is no cursor of ours')))

/** A share from 0 to 1 as it stands in an address. */
const Share = v.pipe(
  string,
  v.regex(/^(0|1|0?\.\d{1,6}|1\.0{1,6})$/, 'must be a number from 0 to 1'),
  v.transform(Number)
)

const Publisher = v.pipe(string, v.trim(), v.minLength(1), v.maxLength(200))

/**
 * What is looked for in statements and evidence: words, "phrases", and a minus before what is not to be there. Any text
 * can be read so; it must hold a word to look for.
 */
const Question = v.pipe(
  string,
  v.maxLength(200, 'may have 200 characters'),
  v.transform(readQuestion),
  v.custom<Asked>((asked) => asked !== null, 'must hold a word to look for, and 12 words at most')
)

export const SORTS = ['newest', 'oldest', 'relevance', 'salience'] as const
export const INCLUDES = ['articles', 'conflicts'] as const
const Include = v.pipe(
  string,
  v.transform((names) => [...new Set(names.split(','))].toSorted()),
  v.array(v.picklist(INCLUDES))
)

/**
 * `since` and `until` ask when facts were first listed here, a day as a whole; `sort` is `newest` by that, or `relevance`
 * where `q` is given; both rank the newest matches, 200 at a time. `count=true` counts.
 */
const facts = v.strictObject({
  kind: v.optional(FactKind),
  entity: v.optional(EntityName),
  topic: v.optional(Hashtag),
  article: v.optional(ArticleRef),
  publisher: v.optional(Publisher),
  status: v.optional(Status),
  q: v.optional(Question),
  since: v.optional(PublishedAt),
  until: v.optional(PublishedAt),
  as_of: v.optional(PublishedAt),
  min_salience: v.optional(Share),
  sort: v.optional(v.picklist(SORTS)),
  include: v.optional(Include),
  count: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((given) => given === 'true')
    )
  ),
  limit: Limit,
  cursor: Cursor
})
type Facts = v.InferOutput<typeof facts>

const RELEVANT_TO = 'relevance needs q: what to be relevant to'
const isRelevantToSomething = ({ sort, q }: Pick<Facts, 'sort' | 'q'>) =>
  sort !== 'relevance' || q !== undefined

const OF_NOW = 'cannot be joined with q, min_salience or an order by rank, which know what stands now'
const isOfOneMoment = ({ as_of, q, min_salience, sort }: Omit<Facts, 'entity'>) =>
  as_of === undefined ||
  (q === undefined && min_salience === undefined && sort !== 'relevance' && sort !== 'salience')

export const FactsQuery = v.pipe(
  facts,
  v.forward(
    v.check((query) => isRelevantToSomething(query), RELEVANT_TO),
    ['sort']
  ),
  v.forward(
    v.check((query) => isOfOneMoment(query), OF_NOW),
    ['as_of']
  )
)
export type FactsQuery = v.InferOutput<typeof FactsQuery>

/** As for all facts, of one entity. */
const { entity: _, ...ofOneEntity } = facts.entries
export const EntityFactsQuery = v.pipe(
  v.strictObject(ofOneEntity),
  v.forward(
    v.check((query) => isRelevantToSomething(query), RELEVANT_TO),
    ['sort']
  ),
  v.forward(
    v.check((query) => isOfOneMoment(query), OF_NOW),
    ['as_of']
  )
)

export const EntitiesQuery = v.strictObject({
  type: v.optional(EntityType),
  /** How a name begins, in any case and with or without marks. */
  q: v.optional(v.pipe(string, v.trim(), v.minLength(1), v.maxLength(100))),
  limit: Limit,
  cursor: Cursor
})
export type EntitiesQuery = v.InferOutput<typeof EntitiesQuery>

export const FactQuery = v.strictObject({ as_of: v.optional(PublishedAt) })

/** `since` and `until` ask when articles were published, a day as a whole. */
export const ArticlesQuery = v.strictObject({
  publisher: v.optional(Publisher),
  topic: v.optional(Hashtag),
  since: v.optional(PublishedAt),
  until: v.optional(PublishedAt),
  limit: Limit,
  cursor: Cursor
})
export type ArticlesQuery = v.InferOutput<typeof ArticlesQuery>

/** All facts: behind the one with this id, or what changed from a moment on. */
export const ExportQuery = v.pipe(
  v.strictObject({ after: v.optional(FactId), since: v.optional(PublishedAt) }),
  v.forward(
    v.check(({ after, since }) => after === undefined || since === undefined, 'cannot be joined with since'),
    ['after']
  )
)

/** A part of the sitemap, as a number, or the topics. */
export const SitemapPart = v.pipe(
  string,
  v.regex(/^(?:facts-(?:0|[1-9]\d{0,5})|topics)\.xml$/, 'is no part of the sitemap'),
  v.transform((name) =>
    name === 'topics.xml' ? 'topics' : Number(name.slice('facts-'.length, -'.xml'.length))
  )
)

export const PageQuery = v.strictObject({ limit: Limit, cursor: Cursor })
export type PageQuery = v.InferOutput<typeof PageQuery>

/** A page of a series is a chart: it holds more figures than a list of facts. */
export const SERIES_LIMIT = { most: 500, usual: 50 } as const
export const SeriesQuery = v.strictObject({
  limit: limitUpTo(SERIES_LIMIT.most, SERIES_LIMIT.usual),
  cursor: Cursor
})

/** Reports of one state: those that wait, where none is given. */
export const ReportState = v.picklist(['open', 'accepted', 'dismissed'])
export const ReportsQuery = v.strictObject({
  state: v.optional(ReportState, 'open'),
  fact: v.optional(FactId),
  limit: Limit,
  cursor: Cursor
})
export type ReportsQuery = v.InferOutput<typeof ReportsQuery>

export const LookupQuery = v.strictObject({ url: PastedUrl, limit: Limit, cursor: Cursor })
export type LookupQuery = v.InferOutput<typeof LookupQuery>

export const ExtractQuery = v.strictObject({
  min_salience: v.optional(Share, '0')
})
export const TakedownQuery = v.strictObject({ reason: v.optional(TakedownReason, 'unspecified') })
export const NoQuery = v.strictObject({})
