import type { PageQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { filterKey } from './filters.ts'

/** From how many of the last articles the list of topics is made: what is on now, at a cost that does not grow. */
const LAST_ARTICLES = 200
/** How many of a topic's articles and facts its answer counts and shows. */
const SHOWN = 20

/** The topics of the last articles, those of most articles first. */
export async function listTopics(db: D1Database): Promise<RenderedList> {
  const { results } = await db
    .prepare(
      `SELECT t.topic AS slug, min(t.hashtag) AS hashtag, count(*) AS articles
       FROM (SELECT id FROM articles ORDER BY sorted_at DESC, id DESC LIMIT ${LAST_ARTICLES}) a
       JOIN article_topics t ON t.article_id = a.id GROUP BY t.topic ORDER BY articles DESC, slug LIMIT 100`
    )
    .all<{ slug: string; hashtag: string; articles: number }>()
  return renderList(
    results.map((row) => JSON.stringify({ ...row, hashtag: `#${row.hashtag}` })),
    null
  )
}

/** A topic with its articles and latest facts, as JSON; null where there is none. One batch. */
export async function findTopic(db: D1Database, slug: string): Promise<string | null> {
  const [articles, facts] = await db.batch<{ hashtag: string; body: string }>([
    db
      .prepare(
        `SELECT t.hashtag, a.body FROM article_topics t JOIN articles a ON a.id = t.article_id WHERE t.topic = ?
         ORDER BY t.at DESC, t.article_id DESC LIMIT ${SHOWN}`
      )
      .bind(slug),
    db
      .prepare(
        `SELECT f.body FROM links l JOIN facts f ON f.seq = l.seq WHERE l.filter = ? ORDER BY l.seq DESC LIMIT ${SHOWN}`
      )
      .bind(filterKey('topic', slug))
  ])
  const [first] = articles?.results ?? []
  if (first === undefined) return null
  const list = (rows: readonly { body: string }[] = []) => `[${rows.map((row) => row.body).join(',')}]`
  return `{"slug":${JSON.stringify(slug)},"hashtag":${JSON.stringify(`#${first.hashtag}`)},"articles":${list(articles?.results)},"latest":${list(facts?.results)}}`
}

/** A topic's dated events in order of time. @throws BadCursor */
export async function timelineOf(db: D1Database, slug: string, query: PageQuery): Promise<RenderedList> {
  const key = query.cursor === undefined ? '|-1' : decodeCursor(query.cursor)
  const after = key === null ? null : /^([^|]*)\|(-?\d{1,15})$/.exec(key)
  if (after === null) throw new BadCursor()
  const { results } = await db
    .prepare(
      `SELECT d.at, d.seq, f.body FROM dated d JOIN facts f ON f.seq = d.seq
       WHERE d.list = ?1 AND (d.at, d.seq) > (?2, ?3) ORDER BY d.at, d.seq LIMIT ?4`
    )
    .bind(filterKey('timeline', slug), after[1], Number(after[2]), query.limit)
    .all<{ at: string; seq: number; body: string }>()
  const last = results.at(query.limit - 1)
  return renderList(
    results.map((row) => row.body),
    last === undefined ? null : encodeCursor(`${last.at}|${last.seq}`)
  )
}
