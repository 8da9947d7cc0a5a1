import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { digestOf, requireToken } from '../edge/auth.ts'
import { ProblemException } from '../edge/problems.ts'
import { jsonBody, param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { Removed } from '../schema/answer.ts'
import { NoQuery } from '../schema/query.ts'
import { type IssuedToken, NewToken, type TokenList, TokenName } from '../schema/token.ts'
import { addToken, listTokens, removeToken, rotateToken } from '../store/tokens.ts'

const Name = v.object({ name: TokenName })
/** Bytes: a name and three words. */
const MAX_TOKEN = 10_000
const missing = () => new ProblemException('not-found', 'There is no token with this name.')

/** 192 random bits, in characters that need no quoting anywhere. */
function secret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return `fl_${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}`
}

/** Tokens beside the owner's own, which is the secret `WRITE_TOKEN` and cannot be listed or revoked here. */
export const tokens = factory
  .createApp()
  .get('/', requireToken('operate'), query(NoQuery), async (c) =>
    answerOnce<TokenList>(c, { data: await listTokens(c.env.DB), next: null })
  )
  /** Makes a token. The secret is in this answer and nowhere else: only its digest is kept. */
  .post('/', requireToken('operate'), query(NoQuery), jsonBody(NewToken, MAX_TOKEN), async (c) => {
    const { name, scopes } = c.req.valid('json')
    const token = secret()
    const made = { name, scopes, created_at: new Date().toISOString(), rotated_at: null }
    if (!(await addToken(c.env.DB, made, await digestOf(token))))
      throw new ProblemException(
        'conflict',
        'There is a token of this name. Rotate it, or take another name.'
      )
    return answerOnce<IssuedToken>(c, { ...made, token })
  })
  .post('/:name/rotate', requireToken('operate'), param(Name), query(NoQuery), async (c) => {
    const token = secret()
    const { name } = c.req.valid('param')
    const kept = await rotateToken(c.env.DB, name, await digestOf(token), new Date().toISOString())
    if (kept === null) throw missing()
    return answerOnce<IssuedToken>(c, { ...kept, token })
  })
  .delete('/:name', requireToken('operate'), param(Name), query(NoQuery), async (c) => {
    const { name } = c.req.valid('param')
    if (!(await removeToken(c.env.DB, name))) throw missing()
    return answerOnce<Removed>(c, { id: name, state: 'removed' })
  })
