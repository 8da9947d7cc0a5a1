import * as v from 'valibot'
import { Article } from '../schema/article.ts'
import type { Asked } from '../schema/embed.ts'
import { Fact } from '../schema/fact.ts'
import type { Found } from '../schema/shown.ts'
import { LED } from './facts.ts'
import { filterKey } from './filters.ts'
import { seriesPage } from './series.ts'

/*
 * What cards show, for one card or for all of a page: always one batch.
 */

/** How many of an article's facts, and of a topic's last dated events, a card chooses from. */
const CHOICE = 60
/** How many of the last facts that name a speaker are looked through for an office: it does not grow with the store. */
const LOOKED_THROUGH = 200
/** How many of the latest figures a chart is made of. */
const FIGURES = 50

const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)
const StoredArticle = v.pipe(v.string(), v.parseJson(), Article)

type Row = Record<string, string | number | null>
type Rows = readonly Row[]

const facts = (rows: Rows): Fact[] =>
  rows.flatMap(({ body }) => (body == null ? [] : [v.parse(StoredFact, body)]))

/** Its statements, and how their rows are read. */
interface Reading {
  readonly statements: readonly D1PreparedStatement[]
  readonly read: (results: readonly Rows[]) => Found
}

function factReading(db: D1Database, id: string): Reading {
  return {
    statements: [
      db
        .prepare(
          `${LED} SELECT gone, body, CASE WHEN step > 0 THEN id END AS successor FROM led ORDER BY step DESC LIMIT 1`
        )
        .bind(id),
      db
        .prepare(
          `${LED} SELECT r.body FROM json_each((SELECT json_group_array(seq) FROM (
               SELECT seq FROM links WHERE filter = 'entity:' ||
                 ((SELECT body FROM led ORDER BY step DESC LIMIT 1) ->> '$.speaker.entity')
               ORDER BY seq DESC LIMIT ${LOOKED_THROUGH}))) e
           JOIN links k ON k.filter = 'kind:role' AND k.seq = e.value JOIN facts r ON r.seq = e.value
           ORDER BY r.seq DESC LIMIT 5`
        )
        .bind(id)
    ],
    read: ([head = [], roles = []]) => {
      const [row] = head
      if (row === undefined) return null
      if (row['body'] === null) return { gone: String(row['gone'] ?? 'it was removed') }
      return {
        shown: { what: 'fact', fact: v.parse(StoredFact, row['body']), roles: facts(roles) },
        successor: row['successor'] === null ? null : String(row['successor'])
      }
    }
  }
}

function articleReading(db: D1Database, id: string): Reading {
  return {
    statements: [
      db.prepare('SELECT body FROM articles WHERE id = ?').bind(id),
      db
        .prepare(
          `SELECT f.body FROM mentions m JOIN facts f ON f.id = m.fact_id
           WHERE m.article_id = ? AND f.body IS NOT NULL ORDER BY m.start, m.draft_id LIMIT ${CHOICE}`
        )
        .bind(id)
    ],
    read: ([head = [], rows = []]) => {
      const [row] = head
      return row === undefined
        ? null
        : {
            shown: { what: 'article', article: v.parse(StoredArticle, row['body']), facts: facts(rows) },
            successor: null
          }
    }
  }
}

function topicReading(db: D1Database, slug: string): Reading {
  return {
    statements: [
      db.prepare('SELECT hashtag FROM article_topics WHERE topic = ? ORDER BY article_id LIMIT 1').bind(slug),
      db
        .prepare(
          `SELECT f.body FROM dated d JOIN facts f ON f.seq = d.seq WHERE d.list = ?
           ORDER BY d.at DESC, d.seq DESC LIMIT ${CHOICE}`
        )
        .bind(filterKey('timeline', slug))
    ],
    read: ([head = [], rows = []]) => {
      const [row] = head
      return row === undefined
        ? null
        : {
            shown: { what: 'topic', slug, hashtag: `#${row['hashtag']}`, events: facts(rows).toReversed() },
            successor: null
          }
    }
  }
}

function seriesReading(db: D1Database, id: string): Reading {
  const { statements, read } = seriesPage(db, id, { limit: FIGURES })
  return {
    statements,
    read: (results) => {
      const page = read(results)
      if (page === null) return null
      const figures = page.facts.map((body) => v.parse(StoredFact, body))
      return {
        shown: { what: 'series', ...page.series, facts: figures, isLatest: page.next !== null },
        successor: null
      }
    }
  }
}

const READINGS = {
  fact: factReading,
  article: articleReading,
  topic: (db: D1Database, id: string) => topicReading(db, id.toLowerCase()),
  series: seriesReading
} as const

/** What stands under each id, in the order of asking. One batch. */
export async function findShown(db: D1Database, asked: readonly Asked[]): Promise<Found[]> {
  if (asked.length === 0) return []
  const readings = asked.map(({ what, id }) => READINGS[what](db, id))
  const results = await db.batch<Row>(readings.flatMap(({ statements }) => statements))
  let at = 0
  return readings.map(({ statements, read }) => {
    const own = results.slice(at, (at += statements.length))
    return read(own.map((result) => result.results))
  })
}
