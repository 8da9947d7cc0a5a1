import type { Bindings } from './env.ts'

/*
 * The log: one line of JSON for each request and each message of the queue. Ids lead from one to the next: a request's line
 * names the job that it made, the job's line the request that it came by and the articles that it became.
 *
 * Nothing that was sent stands in it but the path of a request: no query, no body, no header, and so no token. A line stays
 * one line whatever it holds.
 */

export type Level = 'info' | 'warn' | 'error'

/** A field of a line; what is undefined is left out. */
export type Fields = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>

/** Characters of a field. A stack of errors is the longest there is. */
const MOST = 4000

/** Secrets of ours, should an error ever name one. */
const SECRET = /\bfl_[\w-]{20,}|\bBearer\s+[^\s"']+/gi

const clean = (value: string): string =>
  (value.length > MOST ? value.slice(0, MOST) : value).replace(SECRET, '[secret]')

/** All that a line must not hold as it is. */
const UNSAFE = /[^\x20-\x7e]/g

/**
 * A line of the log. All but visible ASCII is escaped: control characters of a terminal, what turns the direction of
 * writing, and separators that some readers take for the end of a line. A request that memory answers may write one, so
 * the fields are gone through by hand: `JSON.stringify` with a function for them took half as long again.
 */
export function lineOf(level: Level, event: string, fields: Fields): string {
  const told: Record<string, unknown> = { at: new Date().toISOString(), level, event }
  for (const name in fields) {
    const value = fields[name]
    told[name] =
      typeof value === 'string'
        ? clean(value)
        : typeof value === 'object'
          ? (value?.map(clean) ?? null)
          : value
  }
  return JSON.stringify(told).replace(
    UNSAFE,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

/** Writes a line. What is no fault goes out apart from what is, where a platform tells the two apart. */
export function log(level: Level, event: string, fields: Fields): void {
  const line = lineOf(level, event, fields)
  if (level === 'info') console.info(line)
  else console.error(line)
}

/** What a log says of an error. */
export const faultOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** What is measured of a request or a message. */
export interface Measure {
  /** `request` or `message`. */
  readonly event: 'request' | 'message'
  /** Of a request its method and status, of a message what it asked for and how it ended. */
  readonly what: string
  readonly outcome: string
  /** The tier that answered, or the queue. */
  readonly by: string
  readonly milliseconds: number
  /** Of a message: how long it waited. */
  readonly waited?: number
}

/** Writes a point to Analytics Engine where it is bound: `event` is the index, the rest in the order of `Measure`. */
export function measure(env: Pick<Bindings, 'METRICS'>, point: Measure): void {
  const { event, what, outcome, by, milliseconds, waited = 0 } = point
  env.METRICS?.writeDataPoint({
    indexes: [event],
    blobs: [what, outcome, by],
    doubles: [milliseconds, waited]
  })
}
