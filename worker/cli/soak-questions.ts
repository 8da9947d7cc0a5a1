import * as v from 'valibot'
import type { Draw } from './newsroom.ts'
import type { Snapshot, Standing, Timeline } from './soak-timeline.ts'

/*
 * What readers ask in `npm run soak`, and what the right answer is at an edition. The answers are worked out anew of the
 * model, by other code than the service's: lists by looking at every fact, words by comparing them.
 */

export interface Answer {
  readonly status: number
  /** Of a 304, the body that the reader holds. */
  readonly body: string
  readonly location: string | null
}

export interface Question {
  readonly path: string
  /** The path as the OpenAPI document has it; null for cards and pages, which it does not describe. */
  readonly template: string | null
  /** What is wrong with an answer of an edition; null where it is right. */
  readonly fault: (answer: Answer, model: Timeline, edition: number) => string | null
}

const PAGE = 10
/** How many of its latest facts an entity shows. */
const LATEST = 20

/** A list as it is served, of the very bytes of its facts. */
const listOf = (facts: readonly Standing[]): string =>
  `{"data":[${facts.map(({ body }) => body).join(',')}],"next":`

const isList = ({ status, body }: Answer, facts: readonly Standing[]): string | null =>
  status === 200 && body.startsWith(listOf(facts)) ? null : `not the list of ${facts.length}`

/** A list that is narrowed by whatever can be told of a fact. */
const list = (search: string, holds: (one: Standing) => boolean): Question => ({
  path: `/v1/facts?limit=${PAGE}${search}`,
  template: '/v1/facts',
  fault: (answer, model, edition) =>
    isList(answer, model.snapshot(edition).facts.filter(holds).slice(0, PAGE))
})

/** Does a fact have a word, in what it says or in the first of the words that it rests on? */
const tellsOf = (one: Standing, word: string): boolean =>
  [one.fact.statement, ...one.fact.mentions.slice(0, 20).map(({ evidence }) => evidence.exact)].some((text) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .includes(word)
  )

/** The fact at the end of all that one became part of. */
function endOf(model: Timeline, id: string, edition: number) {
  let [end, state] = [id, model.factAt(id, edition)]
  for (let step = 0; step < 20 && state?.leads != null; step++)
    [end, state] = [state.leads, model.factAt(state.leads, edition)]
  return { id: end, stands: state?.body != null }
}

/** The fact under an id, or where it went. */
function fact(
  path: string,
  template: string | null,
  id: string,
  right: (body: string, answer: Answer) => boolean
): Question {
  return {
    path,
    template,
    fault: (answer, model, edition) => {
      const state = model.factAt(id, edition)
      if (state === undefined) return answer.status === 404 ? null : 'there was no such fact'
      if (state.body !== null)
        return answer.status === 200 && right(state.body, answer) ? null : 'not this fact'
      // A page or card looks where its fact ended in the end.
      const end = endOf(model, id, edition)
      if (template === null && !end.stands) return answer.status === 410 ? null : 'it was gone'
      const leads = template === null ? end.id : state.leads
      if (state.leads !== null && leads !== null)
        return answer.status === 308 && answer.location?.endsWith(leads) === true ? null : 'leads elsewhere'
      return answer.status === 410 ? null : 'it was gone'
    }
  }
}

const Statement = v.pipe(v.string(), v.parseJson(), v.object({ statement: v.string() }))
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const of = <T>(all: readonly T[], draw: Draw): T | undefined => all[draw(all.length)]

/** Those at the end of a list mostly: what is new is asked for most. */
const recent = <T>(all: readonly T[], draw: Draw): T | undefined =>
  draw(3) === 0 ? of(all, draw) : of(all.slice(-40), draw)

const KINDS = ['quote', 'claim', 'figure', 'event', 'role']
const STATUSES = ['reported', 'corroborated', 'disputed', 'withdrawn']
const UNKNOWN = 'f_aaaaaaaaaaaaaaaaaaaa'

const newestBy = (a: { readonly at: string; readonly id: string }, b: typeof a): number =>
  a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1

function articlesOf({ articles }: Snapshot): string {
  const rows = [...articles.values()].map(({ body, article }) => ({
    body,
    id: article.id,
    at: new Date(article.published_at).toISOString()
  }))
  return `{"data":[${rows
    .toSorted(newestBy)
    .slice(0, PAGE)
    .map(({ body }) => body)
    .join(',')}],"next":`
}

/** Draws what a reader asks next. */
export function questions(model: Timeline, draw: Draw): () => Question {
  const anything = (): Standing | undefined => of(model.snapshot(model.recordAt(Date.now())).facts, draw)
  const kinds: readonly (() => Question | undefined)[] = [
    () => list('', () => true),
    () => {
      const kind = of(KINDS, draw)
      return list(`&kind=${kind}`, (one) => one.fact.kind === kind)
    },
    () => {
      const status = of(STATUSES, draw)
      return list(`&status=${status}`, (one) => one.fact.status === status)
    },
    () => {
      const id = recent(model.facts, draw) ?? UNKNOWN
      return fact(`/v1/facts/${id}`, '/v1/facts/{id}', id, (body, answer) => answer.body === body)
    },
    () => {
      const id = of(model.facts, draw) ?? UNKNOWN
      return fact(`/v1/facts/${id}`, '/v1/facts/{id}', id, (body, answer) => answer.body === body)
    },
    () => fact(`/v1/facts/${UNKNOWN}`, '/v1/facts/{id}', UNKNOWN, () => false),
    () => {
      const id = recent(model.facts, draw) ?? UNKNOWN
      return fact(`/embed/fact/${id}`, null, id, (_, { body }) => body.includes('</html>'))
    },
    () => {
      const id = recent(model.facts, draw) ?? UNKNOWN
      return fact(`/f/${id}`, null, id, (told, { body }) =>
        body.includes(`>${escaped(v.parse(Statement, told).statement)}</h1>`)
      )
    },
    () => {
      const id = recent(model.facts, draw) ?? UNKNOWN
      const version = 1 + draw(3)
      return {
        path: `/v1/facts/${id}@${version}`,
        template: '/v1/facts/{id}',
        fault: ({ status, body }, timeline, edition) => {
          const state = timeline.versionAt(`${id}@${version}`, edition)
          if (state === undefined) return status === 404 ? null : 'there was no such version'
          if (state.body === null) return status === 410 ? null : 'this version was emptied'
          return status === 200 && body === state.body ? null : 'not this version'
        }
      }
    },
    () => {
      const topic = of(anything()?.fact.topics ?? [], draw)?.toLowerCase()
      return topic === undefined
        ? undefined
        : list(`&topic=${encodeURIComponent(topic)}`, (one) =>
            one.fact.topics.some((each) => each.toLowerCase() === topic)
          )
    },
    () => {
      // People by their full names: what stands for whom does not change with further articles.
      const id = anything()?.fact.entities.find(({ type }) => type === 'person')?.id
      return id === undefined
        ? undefined
        : list(`&entity=${id}`, (one) => one.fact.entities.some((entity) => entity.id === id))
    },
    () => {
      const publisher = of(anything()?.fact.mentions ?? [], draw)?.article.publisher
      return publisher == null
        ? undefined
        : list(`&publisher=${encodeURIComponent(publisher)}`, (one) =>
            one.fact.mentions.some(({ article }) => article.publisher === publisher)
          )
    },
    () => {
      const word = /\b(?:port of|in) ([A-Z]\p{L}+[kmndgr])\b/u.exec(anything()?.fact.statement ?? '')?.[1]
      return word === undefined
        ? undefined
        : list(`&q=${word}&sort=newest`, (one) => tellsOf(one, word.toLowerCase()))
    },
    () => list('&min_salience=0.7', (one) => one.fact.salience >= 0.7),
    () => ({
      path: `/v1/facts?limit=1&kind=figure&count=true`,
      template: '/v1/facts',
      fault: ({ status, body }, timeline, edition) => {
        const figures = timeline.snapshot(edition).facts.filter((one) => one.fact.kind === 'figure')
        return status === 200 && body.includes(`"count":${figures.length},"count_is":"exact"`)
          ? null
          : 'another count'
      }
    }),
    () => {
      const id = recent(model.articles, draw)
      return id === undefined
        ? undefined
        : {
            path: `/v1/articles/${id}`,
            template: '/v1/articles/{id}',
            fault: ({ status, body }, timeline, edition) => {
              const state = timeline.articleAt(id, edition)
              if (state === undefined) return status === 404 ? null : 'there was no such article'
              if (state.body !== null)
                return status === 200 && body === state.body ? null : 'not this article'
              return status === 410 || status === 404 ? null : 'it was taken down'
            }
          }
    },
    () => ({
      path: `/v1/articles?limit=${PAGE}`,
      template: '/v1/articles',
      fault: ({ status, body }, timeline, edition) =>
        status === 200 && body.startsWith(articlesOf(timeline.snapshot(edition)))
          ? null
          : 'not these articles'
    }),
    () => {
      const id = recent(model.articles, draw)
      return id === undefined ? undefined : factsOfArticle(id)
    },
    () => {
      const id = anything()?.fact.entities.find(({ type }) => type === 'person')?.id
      return id === undefined ? undefined : entity(id)
    },
    () => ({
      path: '/v1/facts?nonsense=1',
      template: '/v1/facts',
      fault: ({ status }) => (status === 400 ? null : 'took a parameter that it does not know')
    })
  ]
  const next = (): Question => of(kinds, draw)?.() ?? next()
  return next
}

function factsOfArticle(id: string): Question {
  return {
    path: `/v1/articles/${id}/facts?limit=100`,
    template: '/v1/articles/{id}/facts',
    fault: ({ status, body }, timeline, edition) => {
      const { facts, articles } = timeline.snapshot(edition)
      if (!articles.has(id)) return status === 404 || status === 410 ? null : 'there was no such article'
      const told = facts
        .flatMap((one) =>
          one.fact.mentions.flatMap(({ article, evidence }) =>
            article.id === id ? [{ start: evidence.start, body: one.body }] : []
          )
        )
        .toSorted((a, b) => a.start - b.start)
      // Where two begin at one place, their order is the store's own.
      const found = status === 200 && told.every((one) => body.includes(one.body))
      const length = told.reduce((sum, one) => sum + one.body.length + 1, 0)
      return found && body.length === `{"data":[],"next":null}`.length + Math.max(0, length - 1)
        ? null
        : `not the ${told.length} facts of the article`
    }
  }
}

function entity(id: string): Question {
  return {
    path: `/v1/entities/${id}`,
    template: '/v1/entities/{slug}',
    fault: ({ status, body }, timeline, edition) => {
      const named = timeline
        .snapshot(edition)
        .facts.filter((one) => one.fact.entities.some((each) => each.id === id))
      if (named.length === 0) return status === 404 || status === 200 ? null : 'neither there nor missing'
      const latest = named.slice(0, LATEST).map((one) => one.body)
      return status === 200 &&
        body.includes(`"latest":[${latest.join(',')}]`) &&
        body.includes(`"facts":${named.length},`)
        ? null
        : `not the entity of ${named.length} facts`
    }
  }
}
