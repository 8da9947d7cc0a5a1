import { readEdition } from './edition.ts'

/** What operators watch, as it is now. Times in seconds. */
export interface Metrics {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}

/** Nothing is counted further: what waits or failed in such numbers needs no exact one. */
const MOST = 10_000
const HOUR_MS = 3_600_000

const seconds = (since: string | number | null | undefined, now: number): number =>
  since === null || since === undefined ? 0 : Math.max(0, (now - new Date(since).getTime()) / 1000)

type Row = Record<string, string | number | null>

/**
 * Reads what operators watch: one D1 batch and one read of KV. Nothing is counted beyond 10,000 rows, so that it costs the
 * same however large the store is.
 */
export async function readMetrics(db: D1Database, kv: KVNamespace, now: number): Promise<Metrics[]> {
  const capped = (from: string) => `(SELECT count(*) FROM (SELECT 1 FROM ${from} LIMIT ${MOST}))`
  const hourAgo = new Date(now - HOUR_MS).toISOString()
  const [results, edition] = await Promise.all([
    db.batch<Row>([
      db
        .prepare(
          `SELECT ${capped(`jobs WHERE state = 'queued'`)} AS queued, ${capped(`jobs WHERE state = 'reading'`)} AS reading,
             ${capped(`jobs WHERE state = 'failed'`)} AS failed, ${capped(`jobs WHERE state = 'done' AND updated_at >= ?1`)} AS done,
             (SELECT min(updated_at) FROM jobs WHERE state = 'queued') AS oldest_queued,
             (SELECT min(updated_at) FROM jobs WHERE state = 'reading') AS oldest_reading,
             ${capped('failed_messages WHERE dead_at IS NOT NULL')} AS dead, ${capped('failed_messages WHERE dead_at IS NULL')} AS retried,
             ${capped('takedowns WHERE done_at IS NULL')} AS takedowns,
             (SELECT min(ordered_at) FROM takedowns WHERE done_at IS NULL) AS oldest_takedown,
             ${capped(`reports WHERE state = 'open'`)} AS reports`
        )
        .bind(hourAgo),
      db.prepare(
        'SELECT edition, at, (SELECT max(rowid) FROM articles) AS articles FROM editions ORDER BY edition DESC LIMIT 1'
      ),
      db.prepare(`SELECT substr(filter, 6) AS kind, facts FROM counts WHERE filter >= 'kind:' AND filter < 'kind;'
        AND instr(filter, char(31)) = 0`),
      db.prepare(
        `SELECT body ->> 'state' AS state, count(*) AS n, max(body ->> 'last_polled_at') AS polled, min(next_at) AS due
         FROM sources GROUP BY 1`
      ),
      db.prepare('SELECT what, until FROM holds')
    ]),
    readEdition(kv).catch(() => null)
  ])
  const [work, record, kinds, sources, holds] = results.map((result) => result.results)
  const [jobs = {}] = work ?? []
  const [last = {}] = record ?? []
  const number = (row: Row, name: string) => Number(row[name] ?? 0)
  const gauge = (name: string, help: string, value: number): Metrics => ({
    name,
    help,
    type: 'gauge',
    values: [{ value }]
  })
  const due = Math.min(...(sources ?? []).map((row) => number(row, 'due')))
  const polled = (sources ?? [])
    .flatMap(({ polled }) => (typeof polled === 'string' ? [polled] : []))
    .toSorted()
  const behind = number(last, 'edition') - (edition?.number ?? 0)
  return [
    {
      name: 'factlet_jobs',
      help: `Jobs that are not done, by state; counted up to ${MOST}.`,
      type: 'gauge',
      values: ['queued', 'reading', 'failed'].map((state) => ({
        labels: { state },
        value: number(jobs, state)
      }))
    },
    gauge(
      'factlet_jobs_done_last_hour',
      `Jobs done within the last hour; counted up to ${MOST}.`,
      number(jobs, 'done')
    ),
    gauge(
      'factlet_oldest_waiting_job_seconds',
      'How long the job has not moved that waits longest, queued or reading; 0 where none waits.',
      Math.max(...['oldest_queued', 'oldest_reading'].map((name) => seconds(jobs[name], now)))
    ),
    gauge('factlet_dead_letters', 'Messages that failed every attempt.', number(jobs, 'dead')),
    gauge('factlet_retried_messages', 'Messages that failed and are tried again.', number(jobs, 'retried')),
    gauge(
      'factlet_takedowns_waiting',
      'Takedowns that are ordered and not carried out.',
      number(jobs, 'takedowns')
    ),
    gauge(
      'factlet_oldest_takedown_seconds',
      'How long the takedown waits that was ordered first; 0 where none waits.',
      seconds(jobs['oldest_takedown'], now)
    ),
    gauge(
      'factlet_reports_open',
      'Reports of readers that no moderator has decided.',
      number(jobs, 'reports')
    ),
    {
      name: 'factlet_facts',
      help: 'Facts that stand, by kind.',
      type: 'gauge',
      values: (kinds ?? []).map((row) => ({
        labels: { kind: String(row['kind']) },
        value: number(row, 'facts')
      }))
    },
    {
      name: 'factlet_articles_stored_total',
      help: 'Articles stored so far, those taken down since among them.',
      type: 'counter',
      values: [{ value: number(last, 'articles') }]
    },
    {
      name: 'factlet_edition',
      help: 'Publications so far.',
      type: 'counter',
      values: [{ value: number(last, 'edition') }]
    },
    gauge('factlet_last_publication_seconds', 'Time since the last publication.', seconds(last['at'], now)),
    gauge('factlet_kv_editions_behind', 'Editions that KV has not got yet.', behind),
    gauge(
      'factlet_kv_fill_editions_behind',
      'Editions of a bulk whose new facts KV has not got yet; D1 has them.',
      number(last, 'edition') - (edition?.whole ?? 0)
    ),
    {
      name: 'factlet_sources',
      help: 'Feeds, by how their last poll went.',
      type: 'gauge',
      values: (sources ?? []).map((row) => ({
        labels: { state: String(row['state']) },
        value: number(row, 'n')
      }))
    },
    gauge(
      'factlet_last_poll_seconds',
      'Time since a feed was polled last; 0 where none was.',
      seconds(polled.at(-1), now)
    ),
    gauge(
      'factlet_polls_overdue_seconds',
      'How long the feed is overdue that waits longest.',
      Number.isFinite(due) ? Math.max(0, (now - due) / 1000) : 0
    ),
    gauge(
      'factlet_publishing_held',
      '1 while a backup or a restore holds publishing.',
      (holds ?? []).some((row) => number(row, 'until') > now) ? 1 : 0
    ),
    gauge(
      'factlet_database_bytes',
      'Size of the database, of which D1 allows 10 GB.',
      results[0]?.meta.size_after ?? 0
    )
  ]
}
