import { withinLimit } from './limits.ts'

/*
 * Which edition is current, without asking a store for each request. An isolate holds what it last heard, for a few
 * seconds, and that is what freshness is promised by (docs/architecture.md): whoever publishes notes the new edition in
 * its own isolate at once, others ask KV again.
 */

/** The edition is asked for again after this many milliseconds, behind the answers that still use the old one. */
export const SOFT_MS = 2000
/** Answers wait for the edition from this age on. With one second in the cache before the worker: five in all. */
export const HARD_MS = 4000
/** How long a location may answer KV reads from its own copy, in seconds: the least that KV allows. */
export const KV_TTL = 30

const KEY = 'edition:1'

/**
 * `floor` is the edition of the last takedown or withdrawal: what is older may hold words that are gone, and is not served even where
 * nothing else is left.
 */
export interface Edition {
  readonly number: number
  readonly floor: number
}

let held: Edition | null = null
/** When it was heard, and when it was last asked for: milliseconds since 1970. */
let heardAt = 0
let askedAt = 0

/** What this isolate last heard, however long ago; null where it never did. */
export const lastKnown = (): Edition | null => held

/** Takes note of an edition. Editions only go up: a location that lags behind must not lead back. */
export function noteEdition({ number, floor }: Edition): Edition {
  held = { number: Math.max(number, held?.number ?? 0), floor: Math.max(floor, held?.floor ?? 0) }
  heardAt = Date.now()
  return held
}

/**
 * The edition that answers may rest on right now, without waiting; null where it must be asked for first. From
 * `SOFT_MS` on it is asked for behind the answer, once at a time, so that a hot read never waits for it.
 */
export function heldEdition(env: Stores, ctx: Waiting): Edition | null {
  const now = Date.now()
  const age = now - heardAt
  if (age >= HARD_MS) return null
  if (age >= SOFT_MS && now - askedAt >= SOFT_MS) {
    askedAt = now
    ctx.waitUntil(fetchEdition(env).catch(() => undefined))
  }
  return held
}

/** Only what of the bindings is needed, so that the store does not depend on the worker's. */
interface Stores {
  readonly DB: D1Database
  readonly BODIES: KVNamespace
}
interface Waiting {
  waitUntil(promise: Promise<unknown>): void
}

/** The edition that KV was brought to; where KV is empty or fails, that of the record. @throws where both fail */
export async function fetchEdition(env: Stores): Promise<Edition> {
  const stored = await withinLimit('kv', () => readEdition(env.BODIES, KV_TTL)).catch(() => null)
  return noteEdition(stored ?? (await recordEdition(env.DB)))
}

/** The record's edition and that of its last takedown or withdrawal: 2 rows read. */
export const RECORD_EDITION = `SELECT max(edition) AS number,
  (SELECT max(edition) FROM editions WHERE floor = 1) AS floor FROM editions`

/**
 * The edition of the record itself, of which this isolate takes note: what it heard before may be higher, where the record was
 * put back to an earlier state. Given that instead, a copy that goes on until it has caught up never ended. @throws where D1
 * fails
 */
export async function recordEdition(db: D1Database): Promise<Edition> {
  const row = await withinLimit('d1', () =>
    db.prepare(RECORD_EDITION).first<{ number: number | null; floor: number | null }>()
  )
  const edition = { number: row?.number ?? 0, floor: row?.floor ?? 0 }
  noteEdition(edition)
  return edition
}

/** What KV was brought to. */
export interface CopiedEdition extends Edition {
  /** The edition up to which facts that were new are there too: behind `number` after a bulk. */
  readonly whole: number
}

/** @param cacheTtl for how long the location may answer from its copy, in seconds */
export async function readEdition(kv: KVNamespace, cacheTtl?: number): Promise<CopiedEdition | null> {
  const { value, metadata } = await kv.getWithMetadata<{ floor?: unknown; whole?: unknown }>(
    KEY,
    cacheTtl === undefined ? {} : { cacheTtl }
  )
  if (value === null) return null
  const number = Number(value)
  const { floor, whole } = metadata ?? {}
  return {
    number,
    floor: typeof floor === 'number' ? floor : 0,
    whole: typeof whole === 'number' ? whole : number
  }
}

/**
 * Raises KV's edition: the last step of a publication, after all bodies are there.
 *
 * @param whole where facts that were new are not there yet: up to which edition they are
 */
export async function raiseEdition(
  kv: KVNamespace,
  { number, floor }: Edition,
  whole = number
): Promise<void> {
  await kv.put(KEY, String(number), { metadata: { floor, whole } })
}

/**
 * Takes an edition that changes nothing, where the record has not come so far: after it was put back to an earlier state,
 * or into a new database, it goes on above what KV and all who hold answers know. They would take the new for the old.
 */
export const reachEdition = (
  db: D1Database,
  edition: number,
  cause: 'restore' | 'rebuild',
  at: string
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO editions (edition, at, cause, facts_before)
       SELECT ?1, ?2, ?3, (SELECT coalesce(max(seq), 0) FROM facts) WHERE ?1 > (SELECT max(edition) FROM editions)`
    )
    .bind(edition, at, cause)
