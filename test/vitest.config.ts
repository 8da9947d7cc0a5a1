import { cloudflareTest } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/**
 * Two rooms: `workerd` runs what ships inside the real runtime with real bindings; `node` runs what people start from
 * a shell (set-up, commands of the README, the browser).
 */
export default defineConfig({
  test: {
    root,
    projects: [
      {
        root,
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' } })],
        test: {
          name: 'workerd',
          include: ['test/{schema,extract,merge,store,edge,routes,pipeline}/**/*.test.{ts,tsx}']
        }
      },
      {
        root,
        test: {
          name: 'node',
          include: ['test/{cli,journey,train}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000
        }
      }
    ]
  }
})
