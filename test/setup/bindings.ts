import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../worker/index.ts'
import { ORIGIN } from './call.ts'
import { behind, databaseBehind, type Door, FAILURES, type Fault, type Faults } from './doors.ts'
import { onBoth } from './pipeline.ts'

/** Operations on each store, one entry an operation: what was called. A batch is one. */
export interface Operations {
  readonly d1: string[]
  readonly kv: string[]
  readonly edge: string[]
}

const fail = (store: keyof Faults, fault: Fault): Promise<never> =>
  fault === 'throws' ? Promise.reject(new Error(FAILURES[store])) : new Promise<never>(() => undefined)

/**
 * Asks the worker with its real bindings, which are counted and can be made to fail. The answer is given when what it
 * left to do behind itself is done too, so that nothing of one request falls into the next.
 */
export async function ask(
  path: string,
  { faults = {}, ...init }: RequestInit<IncomingRequestCfProperties> & { readonly faults?: Faults } = {}
): Promise<{ readonly response: Response; readonly body: string; readonly operations: Operations }> {
  const operations: Operations = { d1: [], kv: [], edge: [] }
  const door =
    (store: keyof Operations): Door =>
    (name, _, work) => {
      operations[store].push(name)
      const fault = faults[store]
      return fault === undefined ? work() : fail(store, fault)
    }
  const bindings = onBoth({
    ...env,
    DB: databaseBehind(env.DB, door('d1')),
    BODIES: behind(env.BODIES, door('kv'))
  })
  const real = caches.default
  const wrapped = behind(real, door('edge'))
  Object.defineProperty(caches, 'default', { value: wrapped, configurable: true })
  try {
    const ctx = createExecutionContext()
    const response = await worker.fetch(
      new Request<unknown, IncomingRequestCfProperties>(ORIGIN + path, init),
      bindings,
      ctx
    )
    const body = await response.text()
    // What hangs would be waited for in vain.
    if (!Object.values(faults).includes('hangs')) await waitOnExecutionContext(ctx)
    return { response, body, operations }
  } finally {
    Object.defineProperty(caches, 'default', { value: real, configurable: true })
  }
}
