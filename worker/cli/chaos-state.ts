import { setTimeout as sleep } from 'node:timers/promises'
import type { Row, Stage } from './stage.ts'

/*
 * What two stores must have in common that read the same articles, one of them calmly: everything but times, editions and
 * versions, which tell how often something was done, and what came and went on the way.
 */

/** A fact as merging made it. */
const TOLD = `json_remove(coalesce(body, held), '$.version', '$.first_seen', '$.updated_at', '$.correction.at')`

/** Rows of each table as they must be, one JSON text each. */
const COMMON: Readonly<Record<string, string>> = {
  facts: `SELECT json_array(id, kind, body IS NULL, ${TOLD}) AS row FROM facts WHERE coalesce(body, held) IS NOT NULL`,
  articles: `SELECT json_array(id, publisher_id, sorted_at, job, source, json_remove(body, '$.received_at')) AS row FROM articles`,
  texts: 'SELECT json_array(article_id, text_hash, text) AS row FROM article_texts',
  addresses: 'SELECT json_array(url, article_id) AS row FROM article_urls',
  mentions:
    'SELECT json_array(article_id, draft_id, fact_id, told_at, start, exact, draft) AS row FROM mentions',
  candidates: 'SELECT json_array(key, fact_id) AS row FROM candidates',
  entities: 'SELECT json_array(id, name, type, form, successor) AS row FROM entities',
  names: 'SELECT json_array(entity_id, name, type, key, articles, mains) AS row FROM entity_names',
  letters: 'SELECT json_array(short, full, articles) AS row FROM taught',
  aliases: 'SELECT json_array(entity_id, alias, article_id, type, main, short) AS row FROM aliases',
  'entities of articles': 'SELECT json_array(entity_id, article_id) AS row FROM article_entities',
  'topics of articles': 'SELECT json_array(topic, hashtag, article_id, at) AS row FROM article_topics',
  links: 'SELECT json_array(l.filter, f.id) AS row FROM links l LEFT JOIN facts f ON f.seq = l.seq',
  counts: 'SELECT json_array(filter, facts) AS row FROM counts WHERE facts <> 0',
  dates: 'SELECT json_array(d.list, d.at, f.id) AS row FROM dated d LEFT JOIN facts f ON f.seq = d.seq',
  series: 'SELECT json_array(id, measure, unit, basis, change) AS row FROM series',
  takedowns: 'SELECT json_array(article_id, reason, done_at IS NOT NULL) AS row FROM takedowns',
  'closed addresses': 'SELECT json_array(address_id, article_id) AS row FROM closed_addresses',
  decisions: 'SELECT json_array(fact_id, reason, note, change) AS row FROM corrections',
  words:
    'SELECT json_array(f.id, s.statement, s.evidence, s.keys, s.salience) AS row FROM search s LEFT JOIN facts f ON f.seq = s.rowid',
  jobs: `SELECT json_array(id, state, submission IS NULL, body -> 'total', body -> 'error', (SELECT json_group_array(json_array(
           a.value ->> 'id', a.value ->> 'facts', a.value ->> 'refused')) FROM json_each(body, '$.articles') a)) AS row FROM jobs`,
  'jobs of articles': 'SELECT json_array(article_id, job_id) AS row FROM job_articles',
  'dead letters':
    'SELECT json_array(id, message, reason) AS row FROM failed_messages WHERE dead_at IS NOT NULL'
}

/** What must find nothing in any store, by what is wrong where it does. */
const WRONG: Readonly<Record<string, string>> = {
  'a job without an end': `SELECT id AS row FROM jobs WHERE state NOT IN ('done', 'failed') OR body ->> 'state' <> state
     OR (state = 'failed' AND body ->> 'error' IS NULL)`,
  'a takedown that is not done': 'SELECT article_id AS row FROM takedowns WHERE done_at IS NULL',
  'a fact that leads nowhere': `SELECT f.id AS row FROM facts f WHERE f.body IS NULL AND f.held IS NULL AND f.gone IS NULL
     AND NOT EXISTS (SELECT 1 FROM facts s WHERE s.id = f.successor AND s.id <> f.id)`,
  'a fact that nobody tells': `SELECT id AS row FROM facts f WHERE coalesce(body, held) IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM mentions WHERE fact_id = f.id)`,
  'a reading without its fact': `SELECT m.fact_id AS row FROM mentions m LEFT JOIN facts f ON f.id = m.fact_id
     WHERE coalesce(f.body, f.held) IS NULL`,
  'a fact whose count of articles is wrong': `SELECT id AS row FROM facts f WHERE body IS NOT NULL
     AND body ->> 'mention_count' <> (SELECT count(*) FROM mentions WHERE fact_id = f.id)`,
  'versions with a gap': `SELECT id AS row FROM facts f
     WHERE (SELECT count(*) || '/' || max(version) FROM versions WHERE fact_id = f.id) <> version || '/' || version`,
  'a wrong count of facts': `SELECT filter AS row FROM counts c WHERE filter NOT LIKE 'every%'
     AND facts <> (SELECT count(*) FROM links l WHERE l.filter = c.filter) AND EXISTS (SELECT 1 FROM links l WHERE l.filter = c.filter)`,
  'words of no fact, or facts without words': `SELECT coalesce(f.id, s.rowid) AS row FROM search s
     FULL JOIN (SELECT seq, id FROM facts WHERE body IS NOT NULL) f ON f.seq = s.rowid WHERE f.id IS NULL OR s.rowid IS NULL`,
  'a broken foreign key': 'SELECT "table" AS row FROM pragma_foreign_key_check',
  'a broken file': `SELECT quick_check AS row FROM pragma_quick_check WHERE quick_check <> 'ok'`
}

/** FTS5 compares the index with what it was made of, and fails where they differ. */
const INDEX_CHECK = `INSERT INTO search (search, rank) VALUES ('integrity-check', 1)`

export type State = ReadonlyMap<string, ReadonlySet<string>>

/** Everything that must be the same in two stores. */
export async function stateOf(stage: Stage): Promise<State> {
  const tables = await stage.sql(...Object.values(COMMON))
  return new Map(Object.keys(COMMON).map((name, i) => [name, new Set(lines(tables[i]).map(canonical))]))
}

/** The same whatever the order of fields: that depends on which reading a fact was worded by first. */
const canonical = (row: string): string =>
  JSON.stringify(JSON.parse(row), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value
  )

const lines = (rows: readonly Row[] = []): string[] => rows.map((one) => String(one['row']))

/** Where two stores differ, at most `most` lines; none where they are the same. */
export function differences(calm: State, other: State, most = 12): string[] {
  const found: string[] = []
  for (const [name, rows] of calm) {
    const others = other.get(name) ?? new Set<string>()
    const surplus = [...others.difference(rows)]
    for (const row of rows.difference(others)) {
      const twin = surplus.findIndex((one) => one.slice(0, 24) === row.slice(0, 24))
      found.push(
        twin < 0 ? `${name}: lost ${row}` : `${name}: ${apart(row, surplus.splice(twin, 1)[0] ?? '')}`
      )
    }
    found.push(...surplus.map((row) => `${name}: too many ${row}`))
  }
  return found.slice(0, most).map((line) => line.slice(0, 600))
}

/** Two rows of one thing, from where they part. */
function apart(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const around = (row: string) => row.slice(Math.max(0, at - 80), at + 160)
  return `${one.slice(0, 40)}: …${around(one)}… became …${around(other)}…`
}

/** Lets the clock strike until KV has the new facts of every bulk too, for a minute at the most. */
async function filled(stage: Stage): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(200)) {
    const { number, whole } = await stage.published()
    if (whole === number) return
    await stage.tick()
  }
}

/** What is wrong in a store by itself: in the record, the index, or KV beside the record. */
export async function faultsOf(stage: Stage): Promise<string[]> {
  const found: string[] = []
  await filled(stage)
  const checks = await stage.sql(...Object.values(WRONG))
  Object.keys(WRONG).forEach((what, i) => {
    for (const row of lines(checks[i]).slice(0, 5)) found.push(`${what}: ${row}`)
  })
  await stage.sql(INDEX_CHECK).catch((error: unknown) => found.push(`the index: ${String(error)}`))
  const [[edition] = [], facts = [], articles = []] = await stage.sql(
    'SELECT max(edition) AS row FROM editions',
    'SELECT id, body FROM facts WHERE body IS NOT NULL',
    'SELECT id, body FROM articles'
  )
  const wanted = new Map(
    [...facts, ...articles].map(({ id, body }) => [
      `/v1/${String(id).startsWith('f_') ? 'facts' : 'articles'}/${id}`,
      body
    ])
  )
  for (const [key, value] of Object.entries(await stage.bodies())) {
    if (key.startsWith('edition:')) {
      if (value !== String(edition?.['row'])) found.push(`KV is at edition ${value}, not ${edition?.['row']}`)
      continue
    }
    const path = key.slice(key.indexOf('/'))
    if (!wanted.has(path)) found.push(`KV has ${path}, and the record has not`)
    else if (wanted.get(path) !== value) found.push(`KV has another ${path} than the record`)
    wanted.delete(path)
  }
  for (const path of wanted.keys()) found.push(`KV lacks ${path}`)
  return found
}
