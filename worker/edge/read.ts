import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'
import { faultOf, log } from '../log.ts'
import { bodyOf, findBody, isPublished } from '../store/bodies.ts'
import {
  type Edition,
  fetchEdition,
  heldEdition,
  lastKnown,
  noteEdition,
  recordEdition
} from '../store/edition.ts'
import { isStoreFailure, withinLimit } from '../store/limits.ts'
import { matchEdge, putEdge } from './cache.ts'
import { Collapser } from './collapse.ts'
import type { Entry, Served } from './entry.ts'
import type { Surface } from './headers.ts'
import { memory } from './memory.ts'
import { ProblemException } from './problems.ts'

/** What a handler renders when no tier holds it. */
export interface Rendered {
  /** Text, or the bytes of a picture. */
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** How an address is answered: see `answer`. */
export interface Reading {
  readonly render: () => Promise<Rendered>
  readonly surface: Surface
  readonly headers: Readonly<Record<string, string>>
}

/** An answer and the tier that gave it. */
export interface Answered {
  readonly entry: Entry
  readonly served: Served
}

/**
 * How long a body from KV counts as current, in milliseconds. A location may hold a body of KV that is `KV_TTL` old
 * under an edition that is newer: 30 seconds there, 25 here and the edition's own 5 make the minute that is promised.
 */
const TRUST_KV_MS = 25_000

const editions = new Collapser<Edition>()
const answers = new Collapser<Answered>()

/** Is an entry what the record says at this edition? */
export const isCurrent = (entry: Entry, edition: Edition, now: number): boolean =>
  entry.edition >= (entry.surface === 'permanent' ? edition.floor : edition.number) && now < entry.until

/** May an entry be sent as the last known answer? Never what a takedown may have emptied since. */
const isUsable = (entry: Entry | null | undefined): entry is Entry =>
  entry !== null && entry !== undefined && entry.since >= (lastKnown()?.floor ?? 0)

/**
 * Reads a public answer: isolate memory, the location's cache, the body rendered at publication in KV, and last what
 * `render` makes from D1. Each tier may fail; where no current answer can be had, the last known one is given, marked
 * as stale.
 *
 * @param url canonical: the same for all who ask for the same
 * @param fromRecord asks D1 for the edition, and takes nothing that may lag behind it
 * @throws ProblemException `unavailable` where nothing is left; whatever `render` throws otherwise
 */
export async function read(
  c: Context<AppEnv>,
  url: string,
  reading: Reading,
  fromRecord: boolean
): Promise<Answered> {
  const edition = await editionFor(c, fromRecord)
  memory.dropBefore(edition?.floor ?? 0)
  const held = memory.find(url)
  if (held !== undefined && edition !== null && isCurrent(held.entry, edition, Date.now())) {
    if (!fromRecord || held.entry.until === Infinity) {
      held.used = true
      return { entry: held.entry, served: { status: 'memory; hit', timing: 'memory' } }
    }
  }
  const work = () => fill(c, url, reading, edition, fromRecord)
  // What others have begun may be older than the record is now.
  if (fromRecord) return work()
  const { value, shared } = await answers.run(url, c.executionCtx, work)
  return shared
    ? { ...value, served: { ...value.served, status: `${value.served.status}; collapsed` } }
    : value
}

/** Null where neither KV nor D1 tells it. */
async function editionFor(c: Context<AppEnv>, fromRecord: boolean): Promise<Edition | null> {
  try {
    if (fromRecord) return noteEdition(await recordEdition(c.env.DB))
    const held = heldEdition(c.env, c.executionCtx)
    if (held !== null) return held
    return (await editions.run('edition', c.executionCtx, () => fetchEdition(c.env))).value
  } catch {
    return null
  }
}

/** The way of one answer through the tiers, nearest to the record first, as `Cache-Status` lists them. */
class Trail {
  readonly #status: string[]
  readonly #timing: string[] = []

  /** @param held whether memory held an answer that is no longer current */
  constructor(held: boolean) {
    this.#status = [`memory; fwd=${held ? 'stale' : 'uri-miss'}`]
  }

  /** Asks a tier; null where it has nothing or fails. */
  async ask<T>(tier: 'edge' | 'kv', work: () => Promise<T | null>): Promise<T | null> {
    const started = performance.now()
    let said = 'fwd=uri-miss'
    try {
      const found = await work()
      if (found !== null) said = 'hit'
      return found
    } catch {
      said = 'fwd=bypass; detail=failed'
      return null
    } finally {
      this.#status.unshift(`${tier}; ${said}`)
      this.timed(tier, started)
    }
  }

  timed(tier: string, started: number): void {
    this.#timing.push(`${tier};dur=${(performance.now() - started).toFixed(1)}`)
  }

  /** The nearest tier asked held an answer that is no longer current. */
  outdated(): void {
    this.#status[0] = this.#status[0]?.replace('; hit', '; fwd=stale') ?? ''
  }

  get served(): Served {
    return { status: this.#status.join(', '), timing: this.#timing.join(', ') }
  }
}

async function fill(
  c: Context<AppEnv>,
  url: string,
  { render, surface, headers }: Reading,
  edition: Edition | null,
  fromRecord: boolean
): Promise<Answered> {
  const trail = new Trail(memory.find(url) !== undefined)
  const cached = await trail.ask('edge', () => matchEdge(url))
  if (cached !== null && edition !== null && isCurrent(cached, edition, Date.now())) {
    if (!fromRecord || cached.until === Infinity) {
      memory.put(url, cached)
      return { entry: cached, served: trail.served }
    }
  }
  if (cached !== null) trail.outdated()
  const path = url.slice(new URL(url).origin.length)
  if (!fromRecord && isPublished(path)) {
    const body = await trail.ask('kv', () => withinLimit('kv', () => findBody(c.env.BODIES, path)))
    if (body !== null) {
      const until = Date.now() + TRUST_KV_MS
      const at = edition?.number ?? body.edition
      const entry: Entry = { ...body, surface, extra: headers, edition: at, since: body.edition, until }
      keep(c, url, entry, edition)
      return { entry, served: trail.served }
    }
  }
  try {
    const started = performance.now()
    const rendered = await withinLimit('d1', render)
    trail.timed('origin', started)
    const entry: Entry = {
      ...(await bodyOf(rendered.body)),
      surface,
      extra: { ...headers, ...rendered.headers },
      edition: edition?.number ?? 0,
      since: edition?.number ?? 0,
      until: Infinity
    }
    keep(c, url, entry, edition)
    return { entry, served: trail.served }
  } catch (error) {
    if (error instanceof ProblemException) throw error
    const known = [memory.find(url)?.entry, cached].find(isUsable)
    log('error', 'fault', {
      request: c.get('requestId'),
      path: c.req.path,
      stale: known !== undefined,
      error: faultOf(error)
    })
    if (known !== undefined) return stale(known)
    if (!isStoreFailure(error)) throw error
    throw new ProblemException('unavailable', UNAVAILABLE, undefined, { 'Retry-After': '10' })
  }
}

const UNAVAILABLE = 'The store does not answer, and nothing of this address is known from before.'

const stale = (entry: Entry): Answered => ({
  entry,
  served: { status: 'memory; hit; detail=stale', timing: 'memory' }
})

/** Without an edition nothing is kept: a publication could not make it old. */
function keep(c: Context<AppEnv>, url: string, entry: Entry, edition: Edition | null): void {
  if (edition === null) return
  memory.put(url, entry)
  c.executionCtx.waitUntil(putEdge(url, entry))
}
