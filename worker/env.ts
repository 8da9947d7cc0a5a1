import { createFactory } from 'hono/factory'
import type { ArticleMessage } from './pipeline/message.ts'

/** What wrangler.toml binds. */
export interface Bindings {
  DB: D1Database
  BODIES: KVNamespace
  ARTICLES: Queue<ArticleMessage>
  /** Secret: the bearer token for writing. Unset: nobody writes. */
  WRITE_TOKEN?: string
  PUBLIC_ORIGIN: string
}

export interface AppEnv {
  Bindings: Bindings
  Variables: {
    /** Follows a request through logs; told in `X-Request-Id`. */
    requestId: string
  }
}

/** Every Hono app and middleware of the worker is made from it, so that all agree on bindings and variables. */
export const factory = createFactory<AppEnv>()
