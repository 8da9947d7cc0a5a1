import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bindings } from '../../worker/env.ts'
import worker from '../../worker/index.ts'
import { ORIGIN } from './call.ts'

/** What a store does instead of answering. */
export type Fault = 'throws' | 'hangs'
export interface Faults {
  readonly d1?: Fault
  readonly kv?: Fault
  readonly edge?: Fault
}

/** Operations on each store, one entry an operation: what was called. A batch is one. */
export interface Operations {
  readonly d1: string[]
  readonly kv: string[]
  readonly edge: string[]
}

const fail = (fault: Fault, message: string): Promise<never> =>
  fault === 'throws' ? Promise.reject(new Error(message)) : new Promise<never>(() => undefined)

/** Stands before an object and is told each call of a method, with the right to answer in its place. */
function before<T extends object>(target: T, told: (name: string) => Promise<never> | null): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name)
      if (typeof value !== 'function' || typeof name !== 'string') return value
      return (...args: unknown[]): unknown => told(name) ?? Reflect.apply(value, of, args)
    }
  })
}

/** Statements are prepared without a round trip; what runs them makes one. */
function database(db: D1Database, told: (name: string) => Promise<never> | null): D1Database {
  const raw = new WeakMap<object, D1PreparedStatement>()
  const statement = (prepared: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(prepared, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name)
        if (typeof value !== 'function' || typeof name !== 'string') return value
        if (name === 'bind') return (...args: unknown[]) => statement(of.bind(...args))
        return (...args: unknown[]): unknown => told(name) ?? Reflect.apply(value, of, args)
      }
    })
    raw.set(wrapped, prepared)
    return wrapped
  }
  return new Proxy(db, {
    get(of, name) {
      if (name === 'prepare') return (sql: string) => statement(of.prepare(sql))
      if (name === 'batch') {
        return (statements: readonly D1PreparedStatement[]) =>
          told('batch') ?? of.batch(statements.map((one) => raw.get(one) ?? one))
      }
      const value: unknown = Reflect.get(of, name)
      return typeof value === 'function' ? value.bind(of) : value
    }
  })
}

/**
 * Asks the worker with its real bindings, which are counted and can be made to fail. The answer is given when what it
 * left to do behind itself is done too, so that nothing of one request falls into the next.
 */
export async function ask(
  path: string,
  { faults = {}, ...init }: RequestInit<IncomingRequestCfProperties> & { readonly faults?: Faults } = {}
): Promise<{ readonly response: Response; readonly body: string; readonly operations: Operations }> {
  const operations: Operations = { d1: [], kv: [], edge: [] }
  const told = (store: keyof Operations, message: string) => (name: string) => {
    operations[store].push(name)
    const fault = faults[store]
    return fault === undefined ? null : fail(fault, message)
  }
  const bindings: Bindings = {
    ...env,
    DB: database(env.DB, told('d1', 'D1_ERROR: Network connection lost.')),
    BODIES: before(env.BODIES, told('kv', 'KV GET failed: 500 Internal Server Error'))
  }
  const real = caches.default
  const wrapped = before(real, told('edge', 'the cache is out of order'))
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
