import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll } from 'vitest'

// Every test file starts from the schema of the store; migrations that are there already are left alone.
beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
})
