/** What D1 did for a stretch of work. */
export interface Cost {
  rowsRead: number
  rowsWritten: number
  statements: number
  /** Calls of the database: a batch is one. */
  roundTrips: number
  /** Statements as they were prepared, with the rows that each read. */
  readonly read: Map<string, number>
}

export interface Counting {
  /** The same database; all that is done through it is counted. */
  readonly db: D1Database
  /** What was done since the last call. */
  readonly take: () => Cost
}

const nothing = (): Cost => ({ rowsRead: 0, rowsWritten: 0, statements: 0, roundTrips: 0, read: new Map() })

/**
 * Counts what is done through a database. `first()` and `raw()` of D1 tell no cost, so that `all()` is called in the place
 * of `first()`; `raw()` is refused rather than left uncounted.
 */
export function counting(inner: D1Database): Counting {
  let cost = nothing()
  const known = new WeakMap<D1PreparedStatement, { statement: D1PreparedStatement; sql: string }>()
  const count = (sql: string, { meta }: D1Result): void => {
    cost.statements++
    cost.rowsRead += meta.rows_read
    cost.rowsWritten += meta.rows_written
    cost.read.set(sql, (cost.read.get(sql) ?? 0) + meta.rows_read)
  }
  const all = async (statement: D1PreparedStatement, sql: string) => {
    const result = await statement.all()
    cost.roundTrips++
    count(sql, result)
    return result
  }
  const counted = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const methods: Readonly<Record<string, unknown>> = {
      bind: (...values: unknown[]) => counted(statement.bind(...values), sql),
      all: () => all(statement, sql),
      run: () => all(statement, sql),
      first: async (column?: string) => {
        const row = (await all(statement, sql)).results[0]
        return row === undefined ? null : column === undefined ? row : (row[column] ?? null)
      },
      raw: () => Promise.reject(new Error('raw() tells no cost'))
    }
    const proxy = new Proxy(statement, { get: (_, name) => methods[String(name)] })
    known.set(proxy, { statement, sql })
    return proxy
  }
  const batch = async (statements: readonly D1PreparedStatement[]) => {
    const ours = statements.flatMap((one) => known.get(one) ?? [])
    const results = await inner.batch(ours.map(({ statement }) => statement))
    cost.roundTrips++
    results.forEach((result, i) => count(ours[i]?.sql ?? '', result))
    return results
  }
  const methods: Readonly<Record<string, unknown>> = {
    prepare: (sql: string) => counted(inner.prepare(sql), sql),
    batch
  }
  const take = () => {
    const taken = cost
    cost = nothing()
    return taken
  }
  return { db: new Proxy(inner, { get: (_, name) => methods[String(name)] }), take }
}
