import * as v from 'valibot'
import { Article } from '../schema/article.ts'
import { atom, type Entry } from './atom.ts'
import { type Column, csv } from './csv.ts'
import { ndjson, type Page, type Renderers } from './format.ts'
import { articleJsonLd, graph, withContext } from './jsonld.ts'
import { escapeXml } from './xml.ts'

const StoredArticle = v.pipe(v.string(), v.parseJson(), Article)
const articlesOf = ({ bodies }: Page): Article[] => bodies.map((body) => v.parse(StoredArticle, body))

/** The columns of articles; a promise like those of facts. */
export const ARTICLE_COLUMNS: readonly Column<Article>[] = [
  ['id', (article) => article.id],
  ['title', (article) => article.title],
  ['publisher', (article) => article.publisher],
  ['url', (article) => article.url],
  ['published_at', (article) => article.published_at],
  ['language', (article) => article.language],
  ['words', (article) => article.words],
  ['facts', (article) => article.facts],
  ['received_at', (article) => article.received_at],
  ['text_hash', (article) => article.text_hash]
]

function entryOf(origin: string, article: Article): Entry {
  const self = `${origin}/v1/articles/${article.id}`
  const facts = `${article.facts} ${article.facts === 1 ? 'fact' : 'facts'}`
  return {
    id: self,
    title: article.title ?? article.publisher ?? article.id,
    updated: article.received_at,
    published: article.published_at ?? article.received_at,
    authors: [article.publisher ?? 'Unknown'],
    links: [
      ...(article.url === null ? [] : [{ rel: 'alternate', href: article.url, type: 'text/html' }]),
      { rel: 'alternate', href: self, type: 'application/json' },
      { rel: 'related', href: `${self}/facts.atom`, type: 'application/atom+xml', title: facts }
    ],
    categories: [],
    content: `<p>${escapeXml(facts)}, ${article.words} words.</p>`
  }
}

export const ARTICLE_LIST = {
  jsonld: (page) => graph(articlesOf(page).map((article) => articleJsonLd(page.origin, article))),
  csv: (page) => csv(ARTICLE_COLUMNS, articlesOf(page)),
  ndjson,
  atom: (page) =>
    atom(
      page,
      articlesOf(page).map((article) => entryOf(page.origin, article))
    )
} as const satisfies Renderers

/** One article: what is public of it is too little for a table or a feed. */
export const ARTICLE = {
  jsonld: (page) => {
    const [article] = articlesOf(page)
    return article === undefined ? graph([]) : withContext(articleJsonLd(page.origin, article))
  }
} as const satisfies Renderers
