import * as v from 'valibot'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { answerStatic } from '../edge/static.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { ProblemKind } from '../schema/answer.ts'
import { PROBLEMS } from '../schema/problem.ts'
import { NoQuery } from '../schema/query.ts'

const Type = v.object({ type: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/, 'is no type of problem')) })

export const problems = factory
  .createApp()
  /** What a problem's `type` means: its address answers (RFC 9457 asks for that). */
  .get('/:type', param(Type), query(NoQuery), (c) => {
    const { type } = c.req.valid('param')
    const kind = Object.entries(PROBLEMS).find(([name]) => name === type)?.[1]
    if (kind === undefined) throw new ProblemException('not-found', 'There is no such type of problem.')
    return answerStatic<ProblemKind>(c, `problem ${type}`, 'public', async () => ({
      body: JSON.stringify({ type: `${origin(c)}/problems/${type}`, ...kind })
    }))
  })
