/*
 * Doors before the stores: each operation goes through one, which may count it, answer in its place, or do something
 * before and after it.
 */

/** What a store does instead of answering. */
export type Fault = 'throws' | 'hangs'
export interface Faults {
  readonly d1?: Fault
  readonly kv?: Fault
  readonly edge?: Fault
}

/** What a store says that fails: as D1, KV and the cache say it. */
export const FAILURES: Readonly<Record<keyof Faults, string>> = {
  d1: 'D1_ERROR: Network connection lost.',
  kv: 'KV GET failed: 500 Internal Server Error',
  edge: 'the cache is out of order'
}

/** One operation on a store: `name` is the method that was called, `about` the statement or key it is for. */
export type Door = (name: string, about: string, work: () => unknown) => unknown

/** Puts a door before each method of an object. */
export function behind<T extends object>(target: T, door: Door): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name)
      if (typeof value !== 'function' || typeof name !== 'string') return value
      return (...args: unknown[]): unknown =>
        door(name, typeof args[0] === 'string' ? args[0] : '', () => Reflect.apply(value, of, args))
    }
  })
}

interface Prepared {
  readonly statement: D1PreparedStatement
  readonly sql: string
}

/** Puts a door before a database. Statements are prepared without a round trip; what runs them makes one. */
export function databaseBehind(db: D1Database, door: Door): D1Database {
  const known = new WeakMap<object, Prepared>()
  const wrapped = ({ statement, sql }: Prepared): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name)
        if (typeof value !== 'function' || typeof name !== 'string') return value
        if (name === 'bind') return (...args: unknown[]) => wrapped({ statement: of.bind(...args), sql })
        return (...args: unknown[]): unknown => door(name, sql, () => Reflect.apply(value, of, args))
      }
    })
    known.set(proxy, { statement, sql })
    return proxy
  }
  return new Proxy(db, {
    get(of, name) {
      if (name === 'prepare') return (sql: string) => wrapped({ statement: of.prepare(sql), sql })
      if (name === 'batch') {
        return (statements: readonly D1PreparedStatement[]) => {
          const [first] = statements
          const about = first === undefined ? '' : (known.get(first)?.sql ?? '')
          return door('batch', about, () =>
            of.batch(statements.map((one) => known.get(one)?.statement ?? one))
          )
        }
      }
      const value: unknown = Reflect.get(of, name)
      return typeof value === 'function' ? value.bind(of) : value
    }
  })
}
