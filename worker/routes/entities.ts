import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { Entity } from '../schema/answer.ts'
import { NoQuery, Slug } from '../schema/query.ts'
import { findEntity } from '../store/entities.ts'

export const entities = factory
  .createApp()
  /** A person, organisation or place: names, roles, the latest facts that name it. */
  .get('/:slug', param(v.object({ slug: Slug })), query(NoQuery), (c) =>
    answer<Entity>(c, async () => {
      const body = await findEntity(c.env.DB, c.req.valid('param').slug)
      if (body === null) throw new ProblemException('not-found', 'There is no entity with this slug.')
      return { body }
    })
  )
