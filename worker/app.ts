import { TrieRouter } from 'hono/router/trie-router'
import type { ExtractSchema } from 'hono/types'
import { logRequest, requestIdOf } from './edge/logged.ts'
import { preflight } from './edge/preflight.ts'
import { notAllowed, withoutSlash } from './edge/methods.ts'
import { onError, problem } from './edge/problems.ts'
import { routePath } from './edge/suffix.ts'
import { type Bindings, factory } from './env.ts'
import { articles } from './routes/articles.ts'
import { entities } from './routes/entities.ts'
import { facts } from './routes/facts.ts'
import { health } from './routes/health.ts'
import type { mount } from './routes/later.ts'
import { lookup } from './routes/lookup.ts'
import { series } from './routes/series.ts'
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

const first = app
  .route('/', health)
  .route('/v1/facts', facts)
  .route('/v1/articles', articles)
  .route('/v1/entities', entities)
  .route('/v1/topics', topics)
  .route('/v1/series', series)
  .route('/v1/lookup', lookup)

/** The type of every route, for the typed client: `hc<App>(origin)`. */
export type App = ReturnType<typeof mount<ExtractSchema<typeof first>>>

/** Addresses that an isolate can read from the start; all others are those of `routes/later.ts`. */
export const FIRST = /^\/(?:healthz|readyz|v1\/(?:facts|articles|entities|topics|series|lookup)(?:\/.*)?)$/

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

let all: App | undefined
/** Every route. */
export async function wholeApp(): Promise<App> {
  const { mount } = await import('./routes/later.ts')
  return (all ??= mount(first))
}

/** Answers a request by its route. */
export function answerByRoute(
  request: Request,
  env: Bindings,
  ctx: ExecutionContext
): Response | Promise<Response> {
  if (READING.has(request.method) && FIRST.test(routePath(request))) return first.fetch(request, env, ctx)
  return wholeApp().then((app) => app.fetch(request, env, ctx))
}
