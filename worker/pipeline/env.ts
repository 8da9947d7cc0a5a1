import type { Dataset } from '../env.ts'
import type { ArticleMessage } from '../schema/message.ts'

/** What `wrangler.toml` beside this file binds. Stores, queue and settings of both workers are the same: a test compares. */
export interface Bindings {
  DB: D1Database
  BODIES: KVNamespace
  ARTICLES: Queue<ArticleMessage>
  /** Analytics Engine, where an account has it (`log.ts`, docs/operations.md). */
  METRICS?: Dataset
  /** Whether messages get a line in the log: all but `none`. */
  LOG_REQUESTS?: string
  PUBLIC_ORIGIN: string
  /** Address of a DNS-over-HTTPS resolver: names of sites are looked up there before they are asked. */
  RESOLVER: string
  /** `true` in local development alone: the machine itself may be fetched from. */
  FETCH_LOOPBACK: string
}
