import * as v from 'valibot'
import { Scope, type Token } from '../schema/token.ts'

const Scopes = v.pipe(v.string(), v.parseJson(), v.array(Scope))

interface Row {
  readonly name: string
  readonly scopes: string
  readonly created_at: string
  readonly rotated_at: string | null
}
const tokenOf = ({ scopes, ...row }: Row): Token => ({ ...row, scopes: v.parse(Scopes, scopes) })

/** What the token with this digest allows; null where there is none. One row read. */
export async function scopesOf(db: D1Database, digest: string): Promise<readonly Scope[] | null> {
  const scopes = await db
    .prepare('SELECT scopes FROM tokens WHERE digest = ?')
    .bind(digest)
    .first<string>('scopes')
  return scopes === null ? null : v.parse(Scopes, scopes)
}

/** Keeps a new token's digest. False where the name is taken. */
export async function addToken(db: D1Database, token: Token, digest: string): Promise<boolean> {
  const { meta } = await db
    .prepare(
      'INSERT INTO tokens (name, digest, scopes, created_at, rotated_at) VALUES (?, ?, ?, ?, NULL) ON CONFLICT (name) DO NOTHING'
    )
    .bind(token.name, digest, JSON.stringify(token.scopes), token.created_at)
    .run()
  return meta.changes > 0
}

/** Puts a new secret in the place of the old one, which is worth nothing from now on. Null where there is no such token. */
export async function rotateToken(
  db: D1Database,
  name: string,
  digest: string,
  at: string
): Promise<Token | null> {
  const row = await db
    .prepare(
      'UPDATE tokens SET digest = ?2, rotated_at = ?3 WHERE name = ?1 RETURNING name, scopes, created_at, rotated_at'
    )
    .bind(name, digest, at)
    .first<Row>()
  return row === null ? null : tokenOf(row)
}

export async function listTokens(db: D1Database): Promise<Token[]> {
  const { results } = await db
    .prepare('SELECT name, scopes, created_at, rotated_at FROM tokens ORDER BY name LIMIT 1000')
    .all<Row>()
  return results.map(tokenOf)
}

/** False where there was none. */
export async function removeToken(db: D1Database, name: string): Promise<boolean> {
  const { meta } = await db.prepare('DELETE FROM tokens WHERE name = ?').bind(name).run()
  return meta.changes > 0
}
