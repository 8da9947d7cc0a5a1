import * as v from 'valibot'
import type { Row, Stage } from './stage.ts'

/*
 * The model of `npm run soak`: what every fact and article was at every edition, and when each edition was made and
 * published. Triggers write it down in the transaction that makes it so; no code of the service has a part in it.
 */

const NOW = `unixepoch('subsec') * 1000`
const EDITION = '(SELECT max(edition) FROM editions)'
const into = (values: string) =>
  `INSERT INTO soak_log (edition, at, kind, id, seq, body, leads, gone) VALUES (${values})`
const FACT = into(`NEW.edition, ${NOW}, 'fact', NEW.id, NEW.seq, NEW.body, NEW.successor, NEW.gone`)
const ARTICLE = into(`NEW.edition, ${NOW}, 'article', NEW.id, NULL, NEW.body, NULL, NULL`)
const VERSION = into(
  `${EDITION}, ${NOW}, 'version', NEW.fact_id || '@' || NEW.version, NULL, NEW.body, NULL, NULL`
)
const LOG = [
  `CREATE TABLE soak_log (n INTEGER PRIMARY KEY, edition INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, id TEXT,
     seq INTEGER, body TEXT, leads TEXT, gone TEXT)`,
  `CREATE TRIGGER soak_editions AFTER INSERT ON editions BEGIN ${into(`NEW.edition, ${NOW}, 'edition', NULL, NEW.floor, NULL, NULL, NULL`)}; END`,
  `CREATE TRIGGER soak_facts AFTER INSERT ON facts BEGIN ${FACT}; END`,
  `CREATE TRIGGER soak_facts_again AFTER UPDATE ON facts BEGIN ${FACT}; END`,
  `CREATE TRIGGER soak_articles AFTER INSERT ON articles BEGIN ${ARTICLE}; END`,
  `CREATE TRIGGER soak_articles_again AFTER UPDATE OF body ON articles BEGIN ${ARTICLE}; END`,
  `CREATE TRIGGER soak_articles_gone AFTER DELETE ON articles BEGIN ${into(`${EDITION}, ${NOW}, 'article', OLD.id, NULL, NULL, NULL, 'taken down'`)}; END`,
  `CREATE TRIGGER soak_versions AFTER INSERT ON versions BEGIN ${VERSION}; END`,
  `CREATE TRIGGER soak_versions_again AFTER UPDATE ON versions BEGIN ${VERSION}; END`
]

const ModelFact = v.object({
  id: v.string(),
  kind: v.string(),
  status: v.string(),
  statement: v.string(),
  salience: v.number(),
  topics: v.array(v.string()),
  entities: v.array(v.object({ id: v.string(), type: v.string() })),
  mentions: v.array(
    v.object({
      article: v.object({ id: v.string(), publisher: v.nullable(v.string()) }),
      evidence: v.object({ exact: v.string(), start: v.number() })
    })
  )
})
export type ModelFact = v.InferOutput<typeof ModelFact>
const ModelArticle = v.object({ id: v.string(), url: v.string(), published_at: v.string() })
export type ModelArticle = v.InferOutput<typeof ModelArticle>

/** What stood under an id from an edition on. */
interface State {
  readonly edition: number
  readonly seq: number
  readonly body: string | null
  readonly leads: string | null
}

/** A fact as it stood, with its very bytes. */
export interface Standing {
  readonly seq: number
  readonly body: string
  readonly fact: ModelFact
}

export interface Snapshot {
  /** The newest first. */
  readonly facts: readonly Standing[]
  readonly articles: ReadonlyMap<string, { readonly body: string; readonly article: ModelArticle }>
}

/** How many snapshots are kept: those of the last minute or two. */
const KEPT = 80

export class Timeline {
  readonly #stage: Stage
  readonly #facts = new Map<string, State[]>()
  readonly #articles = new Map<string, State[]>()
  readonly #versions = new Map<string, State[]>()
  /** In order, with the time at which each was made. */
  readonly #editions: { readonly edition: number; readonly at: number; readonly isFloor: boolean }[] = []
  /** What KV was seen at, and when. */
  readonly #published: { readonly edition: number; readonly at: number }[] = []
  readonly #snapshots = new Map<number, Snapshot>()
  readonly #parsed = new Map<string, ModelFact>()
  #last = 0
  /** Up to when the log is known. */
  #until = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  async begin(): Promise<void> {
    await this.#stage.sql(...LOG)
    await this.follow()
  }

  /** Takes in what was written since. */
  async follow(): Promise<void> {
    const at = Date.now()
    const { number: published } = await this.#stage.published()
    const seen = Date.now()
    const [rows = []] = await this.#stage.sql(`SELECT * FROM soak_log WHERE n > ${this.#last} ORDER BY n`)
    for (const row of rows) this.#take(row)
    if (published > (this.#published.at(-1)?.edition ?? -1))
      this.#published.push({ edition: published, at: seen })
    this.#until = at
  }

  #take(row: Row): void {
    this.#last = Number(row['n'])
    const edition = Number(row['edition'])
    const kind = String(row['kind'])
    if (kind === 'edition') {
      this.#editions.push({ edition, at: Number(row['at']), isFloor: row['seq'] === 1 })
      return
    }
    const all = kind === 'fact' ? this.#facts : kind === 'article' ? this.#articles : this.#versions
    const text = (name: string) => (row[name] === null ? null : String(row[name]))
    const state = { edition, seq: Number(row['seq']), body: text('body'), leads: text('leads') }
    const id = String(row['id'])
    const states = all.get(id) ?? []
    // Of one transaction, the last counts.
    if (states.at(-1)?.edition === edition) states.pop()
    states.push(state)
    all.set(id, states)
  }

  get until(): number {
    return this.#until
  }

  get facts(): string[] {
    return [...this.#facts.keys()]
  }

  get articles(): string[] {
    return [...this.#articles.keys()]
  }

  /** The record's edition at a moment. */
  recordAt(time: number): number {
    return this.#editions.findLast(({ at }) => at <= time)?.edition ?? 0
  }

  /** What KV had been seen at by a moment: readers may be promised no older one from then on. */
  publishedAt(time: number): number {
    return this.#published.findLast(({ at }) => at <= time)?.edition ?? 0
  }

  /** The last edition published by a moment before which nothing may be shown any more. */
  floorAt(time: number): number {
    const published = this.publishedAt(time)
    return this.#editions.findLast(({ edition, isFloor }) => isFloor && edition <= published)?.edition ?? 0
  }

  factAt = (id: string, edition: number) => at(this.#facts.get(id), edition)
  articleAt = (id: string, edition: number) => at(this.#articles.get(id), edition)
  versionAt = (id: string, edition: number) => at(this.#versions.get(id), edition)

  snapshot(edition: number): Snapshot {
    const kept = this.#snapshots.get(edition)
    if (kept !== undefined) return kept
    const facts = [...this.#facts.values()].flatMap((states) => {
      const state = at(states, edition)
      return state?.body == null ? [] : [{ seq: state.seq, body: state.body, fact: this.#parse(state.body) }]
    })
    const made: Snapshot = {
      facts: facts.toSorted((a, b) => b.seq - a.seq),
      articles: new Map(
        [...this.#articles].flatMap(([id, states]) => {
          const body = at(states, edition)?.body
          return body == null
            ? []
            : [[id, { body, article: v.parse(v.pipe(v.string(), v.parseJson(), ModelArticle), body) }]]
        })
      )
    }
    this.#snapshots.set(edition, made)
    const [oldest] = this.#snapshots.keys()
    if (this.#snapshots.size > KEPT && oldest !== undefined) this.#snapshots.delete(oldest)
    return made
  }

  #parse(body: string): ModelFact {
    const known = this.#parsed.get(body)
    if (known !== undefined) return known
    const parsed = v.parse(v.pipe(v.string(), v.parseJson(), ModelFact), body)
    this.#parsed.set(body, parsed)
    return parsed
  }
}

const at = (states: readonly State[] | undefined, edition: number): State | undefined =>
  states?.findLast((state) => state.edition <= edition)
