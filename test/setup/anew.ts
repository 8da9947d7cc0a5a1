import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, vi } from 'vitest'

/*
 * Every test file starts from empty stores with our schema, and from modules that hold nothing yet. Most share one worker
 * (`isolate: false`): to start a fresh one took twice as long as the tests of a file do.
 */
vi.resetModules()
beforeAll(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
})
