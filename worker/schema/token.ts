import * as v from 'valibot'
import { nullableString, string } from './basic.ts'

/**
 * What a token allows. `write`: hand in articles, see jobs. `moderate`: decide over facts, reports and takedowns.
 * `operate`: feeds, tokens, dead letters, rebuilding.
 */
export const Scope = v.picklist(['write', 'moderate', 'operate'])
export type Scope = v.InferOutput<typeof Scope>

/** Who a token belongs to, as operators name it: "newsroom", "feed-importer". */
export const TokenName = v.pipe(
  string,
  v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is lower-case words joined by hyphens'),
  v.maxLength(60)
)

export const NewToken = v.strictObject({
  name: TokenName,
  scopes: v.pipe(
    v.array(Scope),
    v.minLength(1),
    v.maxLength(3),
    v.transform((scopes) => [...new Set(scopes)].toSorted())
  )
})
export type NewToken = v.InferOutput<typeof NewToken>

/** A token as it is kept and listed: never the secret. */
export const Token = v.object({
  name: string,
  scopes: v.array(Scope),
  created_at: string,
  rotated_at: nullableString
})
export type Token = v.InferOutput<typeof Token>

/** The secret is told once, when it is made. */
export const IssuedToken = v.object({ ...Token.entries, token: string })
export type IssuedToken = v.InferOutput<typeof IssuedToken>

export const TokenList = v.object({ data: v.array(Token), next: v.null() })
export type TokenList = v.InferOutput<typeof TokenList>
