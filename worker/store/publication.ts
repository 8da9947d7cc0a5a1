import * as v from 'valibot'
import type { Article } from '../schema/article.ts'
import { EntityRef, ExtractedFact, type Fact, Mention } from '../schema/fact.ts'
import { filterKeys, publisherKey } from './filters.ts'

/** Evidence that its text does not hold at its offsets. Nothing of the article is stored. */
export class EvidenceMismatch extends Error {}
/** Another publication came first: what was read is out of date, and the work is to be done again. */
export class EditionTaken extends Error {}

/** What is known before an article is merged. */
export interface Before {
  readonly edition: number
  /** The article as stored (JSON), where it is. */
  readonly article: string | null
  readonly textHash: string | null
  /** Rendered facts, by id. */
  readonly facts: ReadonlyMap<string, string>
  /** Readings of those facts by other articles, by fact id. */
  readonly readings: ReadonlyMap<
    string,
    readonly { draft: ExtractedFact; article: Mention['article']; textHash: string }[]
  >
  /** Facts that the article as stored mentions. */
  readonly mentioned: readonly string[]
}

const StoredDraft = v.pipe(v.string(), v.parseJson(), ExtractedFact)
const StoredArticle = v.pipe(v.string(), v.parseJson(), Mention.entries.article)

/**
 * Everything that merging an article's facts needs, in two batches of look-ups by key: the article's state, then the
 * facts it touches, those it mentions now and those it mentioned before.
 */
export async function loadBefore(
  db: D1Database,
  article: string,
  factIds: readonly string[]
): Promise<Before> {
  const [edition, stored, mentioned] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT max(edition) AS edition FROM editions'),
    db
      .prepare(
        'SELECT a.body, t.text_hash FROM articles a JOIN article_texts t ON t.article_id = a.id WHERE a.id = ?'
      )
      .bind(article),
    db.prepare('SELECT fact_id FROM mentions WHERE article_id = ?').bind(article)
  ])
  const previously = (mentioned?.results ?? []).map((row) => String(row['fact_id']))
  const ids = JSON.stringify([...new Set([...factIds, ...previously])])
  const [facts, readings] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT f.id, f.body FROM json_each(?) j JOIN facts f ON f.id = j.value').bind(ids),
    db
      .prepare(
        `SELECT m.fact_id, m.draft, a.body AS article, t.text_hash FROM json_each(?1) j
         JOIN mentions m ON m.fact_id = j.value AND m.article_id <> ?2
         JOIN articles a ON a.id = m.article_id JOIN article_texts t ON t.article_id = m.article_id`
      )
      .bind(ids, article)
  ])
  const byFact = new Map<string, { draft: ExtractedFact; article: Mention['article']; textHash: string }[]>()
  for (const row of readings?.results ?? []) {
    const reading = {
      draft: v.parse(StoredDraft, row['draft']),
      article: v.parse(StoredArticle, row['article']),
      textHash: String(row['text_hash'])
    }
    byFact.set(String(row['fact_id']), [...(byFact.get(String(row['fact_id'])) ?? []), reading])
  }
  const row = stored?.results[0]
  return {
    edition: Number(edition?.results[0]?.['edition'] ?? 0),
    article: row === undefined ? null : String(row['body']),
    textHash: row === undefined ? null : String(row['text_hash']),
    facts: new Map((facts?.results ?? []).map((fact) => [String(fact['id']), String(fact['body'])])),
    readings: byFact,
    mentioned: previously
  }
}

/** What one article changes. */
export interface Publication {
  readonly edition: number
  readonly at: string
  readonly article: Article
  readonly canonicalUrl: string | null
  readonly text: string
  readonly drafts: readonly ExtractedFact[]
  readonly entities: readonly (EntityRef & { readonly aliases: readonly string[] })[]
  /** New and changed facts, the least salient first: the last stored stands first in lists. */
  readonly facts: readonly Fact[]
  /** Facts that no article mentions any more. */
  readonly removed: readonly string[]
}

/**
 * Writes a publication, whole or not at all: one D1 batch, whose first statement takes the edition.
 *
 * @throws EvidenceMismatch where a draft's evidence is not what the text says at its offsets
 * @throws EditionTaken where another publication took the edition first
 */
export async function publish(db: D1Database, publication: Publication): Promise<void> {
  const { article, text, drafts } = publication
  for (const { id, evidence } of drafts) {
    if (text.slice(evidence.start, evidence.end) !== evidence.exact) {
      throw new EvidenceMismatch(`evidence of ${id} is not the text at ${evidence.start} to ${evidence.end}`)
    }
  }
  const rows = (value: unknown) => JSON.stringify(value)
  const removed = rows(publication.removed)
  const statements = [
    db
      .prepare('INSERT INTO editions (edition, at, cause, removed) VALUES (?, ?, ?, ?)')
      .bind(publication.edition, publication.at, article.id, removed),
    db
      .prepare(
        `INSERT INTO articles (id, canonical_url, publisher_id, sorted_at, body, edition) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET canonical_url = ?2, publisher_id = ?3, sorted_at = ?4, body = ?5, edition = ?6`
      )
      .bind(
        article.id,
        publication.canonicalUrl,
        article.publisher === null ? null : publisherKey(article.publisher),
        new Date(article.published_at ?? article.received_at).toISOString(),
        JSON.stringify(article),
        publication.edition
      ),
    db
      .prepare(
        `INSERT INTO article_texts (article_id, text_hash, text) VALUES (?1, ?2, ?3)
         ON CONFLICT (article_id) DO UPDATE SET text_hash = ?2, text = ?3`
      )
      .bind(article.id, article.text_hash, text),
    db.prepare('DELETE FROM mentions WHERE article_id = ?').bind(article.id),
    db.prepare('DELETE FROM aliases WHERE article_id = ?').bind(article.id),
    db
      .prepare(
        `INSERT INTO mentions (fact_id, article_id, start, exact, draft)
         SELECT value ->> 'id', ?1, value ->> '$.evidence.start', value ->> '$.evidence.exact', value FROM json_each(?2)`
      )
      .bind(article.id, rows(drafts)),
    db
      .prepare(
        `INSERT INTO facts (id, kind, first_seen, version, edition, body)
         SELECT value ->> 'id', value ->> 'kind', value ->> 'first_seen', value ->> 'version', ?2, value ->> 'body' FROM json_each(?1)
         WHERE true ON CONFLICT (id) DO UPDATE SET version = excluded.version, edition = excluded.edition, body = excluded.body`
      )
      .bind(
        rows(
          publication.facts.map((fact) => ({
            id: fact.id,
            kind: fact.kind,
            first_seen: fact.first_seen,
            version: fact.version,
            body: JSON.stringify(fact)
          }))
        ),
        publication.edition
      ),
    db
      .prepare(
        'DELETE FROM links WHERE seq IN (SELECT f.seq FROM json_each(?) j JOIN facts f ON f.id = j.value)'
      )
      .bind(rows([...publication.facts.map((fact) => fact.id), ...publication.removed])),
    db.prepare('DELETE FROM facts WHERE id IN (SELECT value FROM json_each(?))').bind(removed),
    db
      .prepare(
        `INSERT INTO links (filter, seq) SELECT j.value ->> 'filter', f.seq FROM json_each(?) j JOIN facts f ON f.id = j.value ->> 'id'`
      )
      .bind(
        rows(publication.facts.flatMap((fact) => filterKeys(fact).map((filter) => ({ id: fact.id, filter }))))
      ),
    db
      .prepare(
        `INSERT INTO entities (id, name, type) SELECT value ->> 'id', value ->> 'name', value ->> 'type' FROM json_each(?)
         WHERE true ON CONFLICT (id) DO NOTHING`
      )
      .bind(rows(publication.entities)),
    db
      .prepare(
        `INSERT OR IGNORE INTO aliases (entity_id, alias, article_id)
         SELECT e.value ->> 'id', a.value, ?2 FROM json_each(?1) e, json_each(e.value, '$.aliases') a`
      )
      .bind(rows(publication.entities), article.id)
  ]
  try {
    await db.batch(statements)
  } catch (error) {
    if (error instanceof Error && /UNIQUE constraint failed: editions/.test(error.message))
      throw new EditionTaken()
    if (error instanceof Error && /evidence is not in the text/.test(error.message))
      throw new EvidenceMismatch(error.message)
    throw error
  }
}
