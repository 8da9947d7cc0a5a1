import attributionWeights from './extract/models/attribution.bin'
import recurrence from './extract/models/attribution.wasm'
import nameWeights from './extract/models/names.bin'
import { loadAttribution } from './extract/attribution/attribution.ts'
import { type Models, readArticle } from './extract/article.ts'
import { loadNames } from './extract/names/names.ts'
import { canonicalUrl, isOneSite } from './schema/address.ts'
import { readHtml, readHtmlPage } from './extract/pages/html.ts'
import { datelineDate } from './extract/pages/dateline.ts'
import { readPage } from './extract/pages/page.ts'
import type { PageArticle } from './extract/pages/article.ts'
import { contentId } from './schema/id.ts'
import { COUNTRIES } from './extract/names/countries.ts'
import { formOf, lettersFor } from './merge/aliases.ts'
import { identify } from './merge/identity.ts'
import type { ExtractedArticle, ReadableSource } from './schema/article.ts'
import type { Naming } from './schema/name.ts'
import { slug } from './schema/slug.ts'

/*
 * From a submission to articles with their facts: the one way for `POST /v1/extract` and for the pipeline. It holds the
 * weights, so whoever reads articles imports it, with `import()` where facts are served too.
 */

/** An article as it was read. */
export type ReadArticle = Omit<ExtractedArticle, 'entities'> & {
  /** Made of its first address, else of its text. */
  readonly id: string
  /** Canonical forms of the addresses it is known by. */
  readonly addresses: readonly string[]
  readonly entities: (ExtractedArticle['entities'][number] & { readonly aliases: readonly string[] })[]
}

const COUNTRY_OF: ReadonlyMap<string, string> = new Map(
  COUNTRIES.flatMap(({ name, aliases, demonyms }) =>
    [name, ...aliases, ...demonyms].map((one) => [slug(one), slug(name)] as const)
  )
)

/** What an article tells of the names of its entities, for finding the same ones in other articles. */
export function namingsOf({ entities, article }: ReadArticle): Naming[] {
  return entities.map(({ id, name, type, aliases }) => ({
    id,
    name,
    type,
    aliases,
    form: formOf(id, COUNTRY_OF),
    letters:
      type === 'organization'
        ? lettersFor(name, aliases, article.text)
            .map((alias) => ({ alias, id: slug(alias) }))
            // Letters lead to a name of several words, and never further: there are no chains.
            .filter((letters) => !letters.id.includes('-') && id.includes('-'))
        : []
  }))
}

let models: Models | undefined
/** Unpacked once an isolate: the weights take some tens of milliseconds. */
const loaded = (): Models =>
  (models ??= {
    names: loadNames(nameWeights),
    attribution: loadAttribution(attributionWeights, recurrence)
  })

/**
 * Splits a submission into its articles, and reads each.
 *
 * @param by whose word the submission is: a sender with a token may hand in a page for any address; a site that was
 * asked for a page speaks for its own addresses alone, or it could put its text in the place of another's article
 */
export async function readSource(
  source: ReadableSource,
  by: 'sender' | 'site' = 'sender'
): Promise<ReadArticle[]> {
  const { url = null, kind } = source
  const isOwn = (address: string | null) =>
    by === 'sender' || kind === 'page' || address === null || url === null || isOneSite(address, url)
  return Promise.all(
    splitSource(source).map((article, i) =>
      read(isOwn(article.canonical_url) ? article : { ...article, canonical_url: url }, i === 0 ? url : null)
    )
  )
}

/** What the submission says of an article comes before what its text or markup says. */
function splitSource(source: ReadableSource): PageArticle[] {
  const { title = null, publisher = null, published_at = null, url = null } = source
  if (source.html !== undefined && source.kind === 'page') {
    return readHtmlPage(source.html, { url, title, publisher, published_at })
  }
  if (source.html !== undefined) {
    const page = readHtml(source.html, { url })
    return [
      {
        ...page,
        title: title ?? page.title,
        publisher: publisher ?? page.publisher,
        published_at: published_at ?? page.published_at
      }
    ]
  }
  const text = source.text ?? ''
  if (source.kind === 'page') return readPage(text, { title, publisher, published_at })
  return [
    {
      title,
      publisher,
      text,
      language: null,
      byline: null,
      canonical_url: null,
      published_at: published_at ?? datelineDate(text)
    }
  ]
}

/**
 * Control characters and halves of a character would go on into names, tables and frames. Each gives way to one character,
 * so that offsets into what was sent hold.
 */
const presentable = (text: string): string => text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}/gu, ' ')

/**
 * @param given the address that came with the submission: shown, and an address of the article; but its id is made of
 * the address that the page declares as its own, since one page is handed in by many
 */
async function read(found: PageArticle, given: string | null): Promise<ReadArticle> {
  const article = { ...found, text: presentable(found.text) }
  const reading = readArticle(loaded(), article.title, article.text, article.published_at)
  const addresses = [article.canonical_url, given].flatMap((url) =>
    url === null ? [] : (canonicalUrl(url) ?? [])
  )
  const [address = article.text] = addresses
  const id = await contentId('a', address)
  return {
    id,
    article: {
      title: article.title,
      publisher: article.publisher,
      url: given ?? article.canonical_url,
      published_at: article.published_at,
      language: reading.language,
      text: article.text
    },
    addresses: [...new Set(addresses)],
    entities: reading.entities,
    dates: reading.dates,
    topics: reading.topics,
    facts: identify(reading.facts, article.published_at, id)
  }
}
