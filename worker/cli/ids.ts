import * as v from 'valibot'

/** Ids of what both workers are bound to, on one account. */
export interface Ids {
  readonly database: string
  readonly namespace: string
}

const Databases = v.array(v.object({ name: v.string(), uuid: v.string() }))
const Namespaces = v.array(v.object({ title: v.string(), id: v.string() }))

/** The array that a tool printed, among other lines. */
const arrayIn = (output: string): unknown => JSON.parse(/^\[.*^\]|^\[\]/ms.exec(output)?.[0] ?? '[]')

/**
 * Finds the ids in what Wrangler lists.
 *
 * @param name of database and namespace
 * @throws Error where one of them is not there
 */
export function idsIn(databases: string, namespaces: string, name: Ids): Ids {
  const database = v.parse(Databases, arrayIn(databases)).find((one) => one.name === name.database)?.uuid
  const namespace = v.parse(Namespaces, arrayIn(namespaces)).find((one) => one.title === name.namespace)?.id
  if (database === undefined || namespace === undefined)
    throw new Error(`the account has no ${database === undefined ? name.database : name.namespace}`)
  return { database, namespace }
}

/** A configuration of Wrangler (TOML) with these ids in the place of those that it has, or has not. */
export const withIds = (toml: string, { database, namespace }: Ids): string =>
  [['d1_databases', 'database_id', database] as const, ['kv_namespaces', 'id', namespace] as const].reduce(
    (text, [table, key, id]) =>
      text.replace(
        new RegExp(`^(\\[\\[${table}\\]\\]\\n)((?:(?!\\[).*\\n?)*)`, 'm'),
        (_, head: string, body: string) =>
          `${head}${key} = "${id}"\n${body.replace(new RegExp(`^${key} = .*\\n?`, 'm'), '')}`
      ),
    toml
  )
