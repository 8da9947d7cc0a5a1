/** What D1 did for a stretch of work. */
export interface Cost {
  rowsRead: number
  rowsWritten: number
  statements: number
  /** Calls of the database: a batch is one. */
  roundTrips: number
  /** Each statement that was run. */
  readonly run: {
    readonly sql: string
    readonly values: readonly unknown[]
    readonly rowsRead: number
    readonly rowsWritten: number
  }[]
}

export interface Counting {
  /** The same database; all that is done through it is counted. */
  readonly db: D1Database
  /** What was done since the last call. */
  readonly take: () => Cost
}

interface Known {
  readonly statement: D1PreparedStatement
  readonly sql: string
  readonly values: readonly unknown[]
}

const nothing = (): Cost => ({ rowsRead: 0, rowsWritten: 0, statements: 0, roundTrips: 0, run: [] })

/**
 * Counts what is done through a database. `first()` and `raw()` of D1 tell no cost, so that `all()` is called in the place
 * of `first()`; `raw()` is refused rather than left uncounted.
 *
 * @param before what is waited for before each call
 */
export function counting(inner: D1Database, before: () => Promise<void> = async () => {}): Counting {
  let cost = nothing()
  const known = new WeakMap<D1PreparedStatement, Known>()
  const count = ({ sql, values }: Known, { meta }: D1Result): void => {
    cost.statements++
    cost.rowsRead += meta.rows_read
    cost.rowsWritten += meta.rows_written
    cost.run.push({ sql, values, rowsRead: meta.rows_read, rowsWritten: meta.rows_written })
  }
  const all = async (one: Known) => {
    await before()
    const result = await one.statement.all()
    cost.roundTrips++
    count(one, result)
    return result
  }
  const counted = (one: Known): D1PreparedStatement => {
    const { statement, sql } = one
    const methods: Readonly<Record<string, unknown>> = {
      bind: (...values: unknown[]) => counted({ statement: statement.bind(...values), sql, values }),
      all: () => all(one),
      run: () => all(one),
      first: async (column?: string) => {
        const row = (await all(one)).results[0]
        return row === undefined ? null : column === undefined ? row : (row[column] ?? null)
      },
      raw: () => Promise.reject(new Error('raw() tells no cost'))
    }
    const proxy = new Proxy(statement, { get: (_, name) => methods[String(name)] })
    known.set(proxy, one)
    return proxy
  }
  const batch = async (statements: readonly D1PreparedStatement[]) => {
    const ours = statements.flatMap((one) => known.get(one) ?? [])
    await before()
    const results = await inner.batch(ours.map(({ statement }) => statement))
    cost.roundTrips++
    results.forEach((result, i) => {
      const one = ours[i]
      if (one !== undefined) count(one, result)
    })
    return results
  }
  const methods: Readonly<Record<string, unknown>> = {
    prepare: (sql: string) => counted({ statement: inner.prepare(sql), sql, values: [] }),
    batch
  }
  const take = () => {
    const taken = cost
    cost = nothing()
    return taken
  }
  return { db: new Proxy(inner, { get: (_, name) => methods[String(name)] }), take }
}
