import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { dirname, relative, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { kCurrentWorker } from 'miniflare'
import { defineConfig } from 'vitest/config'
import { unstable_readConfig } from 'wrangler'
import { PIPELINE_CONFIG } from '../worker/cli/service.ts'

const root = new URL('..', import.meta.url).pathname
const migrations = await readD1Migrations(`${root}worker/store/migrations`)

/**
 * Gives imports of weights their path from the root. The pool looks a `Data` module up by the specifier as written,
 * joined to the root, and so finds no relative one from a folder below.
 */
const weights: Plugin = {
  name: 'weights-by-path',
  enforce: 'pre',
  transform: (code, id) =>
    code.replace(
      /(from\s+|import\()'(\.[^']+\.(?:bin|wasm))'/g,
      (_, keyword: string, path: string) => `${keyword}'/${relative(root, resolve(dirname(id), path))}'`
    )
}

/** Hostile texts take a second on a quiet machine and many on a busy one: no time is asserted here. */
const HOSTILE = 60_000

/** The real runtime with the bindings of both workers, of which one stands for both. */
const runtime = () =>
  cloudflareTest({
    main: './test/setup/main.ts',
    wrangler: { configPath: './wrangler.toml' },
    miniflare: {
      serviceBindings: { PIPELINE: { name: kCurrentWorker, entrypoint: 'Pipeline' } },
      // Nothing leaves the tests: whoever needs a site plays it.
      outboundService: () => new Response('There is no network.', { status: 502 }),
      bindings: {
        ...unstable_readConfig({ config: `${root}${PIPELINE_CONFIG}` }).vars,
        WRITE_TOKEN: 'test-token',
        MIGRATIONS: migrations,
        // Thousands of requests would drown what a test has to say.
        LOG_REQUESTS: 'none',
        // `npm run conformance` asks for more of them, and for others.
        CONFORMANCE_REQUESTS: process.env['CONFORMANCE_REQUESTS'] ?? '400',
        CONFORMANCE_SEED: process.env['CONFORMANCE_SEED'] ?? '1'
      }
    }
  })

/**
 * Four rooms: `pure` and `workerd` run what ships inside the real runtime; `node` runs what people start from a shell;
 * `journey` uses one running service with the seeds loaded, by HTTP and in a browser.
 */
export default defineConfig({
  test: {
    // Of two cores Vitest would use one: most of what runs here waits for a service or a browser.
    maxWorkers: 2,
    projects: [
      {
        root,
        plugins: [weights, runtime()],
        test: {
          name: 'pure',
          include: ['test/{schema,extract,merge}/**/*.test.{ts,tsx}'],
          setupFiles: ['test/setup/properties.ts'],
          // What stores nothing shares one worker: a fresh one for each file costs four times what its tests do.
          isolate: false,
          testTimeout: HOSTILE
        }
      },
      {
        root,
        plugins: [weights, runtime()],
        test: {
          name: 'workerd',
          include: ['test/{conformance,store,edge,routes,pipeline,views}/**/*.test.{ts,tsx}'],
          setupFiles: ['test/setup/migrations.ts', 'test/setup/properties.ts'],
          testTimeout: HOSTILE,
          hookTimeout: HOSTILE
        }
      },
      {
        root,
        test: {
          name: 'node',
          include: ['test/{cli,contract,formats,train}/**/*.test.ts'],
          // Starting the service twice takes half a minute on a quiet machine, and minutes on a busy one.
          testTimeout: 400_000
        }
      },
      {
        root,
        test: {
          name: 'journey',
          include: ['test/journey/**/*.test.ts'],
          globalSetup: ['test/journey/start.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false
        }
      }
    ]
  }
})
