import { TrieRouter } from 'hono/router/trie-router'
import type { ExtractSchema } from 'hono/types'
import { logRequest, requestIdOf } from './edge/logged.ts'
import { preflight } from './edge/preflight.ts'
import { notAllowed, withoutSlash } from './edge/methods.ts'
import { onError, problem } from './edge/problems.ts'
import { routePath } from './edge/suffix.ts'
import { type Bindings, factory } from './env.ts'
import { articles } from './routes/articles.ts'
import { docs } from './routes/docs.ts'
import { entities } from './routes/entities.ts'
import { embed, embedScript } from './routes/embed.ts'
import { extract } from './routes/extract.ts'
import { exports } from './routes/export.ts'
import { facts } from './routes/facts.ts'
import { health } from './routes/health.ts'
import { home } from './routes/home.ts'
import { lookup } from './routes/lookup.ts'
import { oembed } from './routes/oembed.ts'
import type { mount } from './routes/operators.ts'
import { permalink } from './routes/permalink.ts'
import { problems } from './routes/problems.ts'
import { openapi } from './routes/openapi.ts'
import { series } from './routes/series.ts'
import { sitemaps } from './routes/sitemaps.ts'
import { topics } from './routes/topics.ts'

/**
 * Hono's own choice tries another router first, finds with the first request that it takes paths of this kind not at all, and
 * ends at this one: three milliseconds of a start for nothing.
 */
const app = factory.createApp({ getPath: routePath, router: new TrieRouter() })

app.use(async (c, next) => {
  const began = performance.now()
  c.set('requestId', requestIdOf(c.req.raw))
  await next()
  logRequest(c, performance.now() - began)
})
app.use(preflight)
app.onError(onError)
app.notFound(
  (c) =>
    withoutSlash(c) ??
    notAllowed(app, c) ??
    problem(c, 'not-found', 'There is nothing at this address. /v1 lists what there is.')
)

const reading = app
  .route('/', home)
  .route('/', health)
  .route('/', sitemaps)
  .route('/v1/facts', facts)
  .route('/v1/articles', articles)
  .route('/v1/entities', entities)
  .route('/problems', problems)
  .route('/v1/topics', topics)
  .route('/v1/series', series)
  .route('/v1/lookup', lookup)
  .route('/v1/export.ndjson', exports)
  .route('/v1/extract', extract)
  .route('/v1/openapi.json', openapi)
  .route('/embed', embed)
  .route('/embed.js', embedScript)
  .route('/docs', docs)
  .route('/oembed', oembed)
  .route('/f', permalink)

/** The type of every route, for the typed client: `hc<App>(origin)`. */
export type App = ReturnType<typeof mount<ExtractSchema<typeof reading>>>

/** Addresses of `routes/operators.ts`, but for those that answer reading too. */
export const OPERATORS =
  /^\/v1\/(?:backup|dead-letters|jobs|metrics|rebuild|reports|restore|sources|takedowns|tokens)(?:\/|$)/

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

let all: App | undefined
/** Every route, those of operators too. */
export async function wholeApp(): Promise<App> {
  const { mount } = await import('./routes/operators.ts')
  return (all ??= mount(reading))
}

/** Answers a request by its route. */
export function answerByRoute(
  request: Request,
  env: Bindings,
  ctx: ExecutionContext
): Response | Promise<Response> {
  if (READING.has(request.method) && !OPERATORS.test(routePath(request)))
    return reading.fetch(request, env, ctx)
  return wholeApp().then((app) => app.fetch(request, env, ctx))
}
