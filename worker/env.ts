import type { Input, MiddlewareHandler } from 'hono'
import { HonoBase, type HonoOptions } from 'hono/hono-base'
import type { Result, Router } from 'hono/router'
import type { H, RouterRoute } from 'hono/types'
import type { Pipeline } from './rpc.ts'
import type { ArticleMessage } from './schema/message.ts'

/** The platform's rate limiting binding. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/** A dataset of Analytics Engine. */
export interface Dataset {
  writeDataPoint(point: {
    readonly indexes: string[]
    readonly blobs: string[]
    readonly doubles: number[]
  }): void
}

/** What wrangler.toml binds. */
export interface Bindings {
  DB: D1Database
  BODIES: KVNamespace
  ARTICLES: Queue<ArticleMessage>
  /** The worker that reads articles, merges and publishes. */
  PIPELINE: Pipeline
  /** Counts what costs something (`edge/limits.ts`). Unset: nobody is limited. */
  READINGS?: RateLimiter
  EXTRACTIONS?: RateLimiter
  REPORTS?: RateLimiter
  /** Analytics Engine, where an account has it (`log.ts`, docs/operations.md). */
  METRICS?: Dataset
  /** Which requests get a line in the log: `all`, those that memory does not answer (`misses`), or `none`. */
  LOG_REQUESTS?: string
  /** Secret: the bearer token for writing. Unset: nobody writes. */
  WRITE_TOKEN?: string
  PUBLIC_ORIGIN: string
}

export interface AppEnv {
  Bindings: Bindings
  Variables: {
    /** Follows a request through logs; told in `X-Request-Id`. */
    requestId: string
    /** Ids that the request's line in the log names. */
    logged?: Readonly<Record<string, string>>
    /** `RateLimit` of the answer, where the request was counted (`edge/limits.ts`). */
    rateLimit?: string
  }
}

/** The router of routes that are only there to be mounted: the app that mounts them has its own, and this one is never asked. */
class Unasked implements Router<[H, RouterRoute]> {
  readonly name = 'unasked'
  add(): void {}
  match(): Result<[H, RouterRoute]> {
    return [[]]
  }
}

/**
 * Every Hono app and middleware of the worker is made by it, so that all agree on bindings and variables.
 *
 * Not `hono/factory`: it brings three routers along, and fills one for each of twenty apps. Two milliseconds of a start.
 */
export const factory = {
  createApp: (options: HonoOptions<AppEnv> = { router: new Unasked() }) => new HonoBase<AppEnv>(options),
  createMiddleware: <Taken extends Input = {}>(handler: MiddlewareHandler<AppEnv, string, Taken>) => handler
}
