import type { Context } from 'hono'
import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { listing } from '../edge/list.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { suffixOf } from '../edge/suffix.ts'
import { param, query } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import { FACT_LIST } from '../formats/facts.ts'
import type { Entity, EntityList, FactList } from '../schema/answer.ts'
import { EntitiesQuery, EntityFactsQuery, NoQuery, Slug } from '../schema/query.ts'
import { findEntity, type FoundEntity, listEntities } from '../store/entities.ts'
import { listFacts } from '../store/lists.ts'
import { idsOfEntity } from '../store/naming.ts'

const OfSlug = v.object({ slug: Slug })

const missing = () => new ProblemException('not-found', 'There is no entity with this slug.')

/** The problem that leads from a slug to the entity that it is of: 308, with what was asked of it. */
function moved(c: Context<AppEnv>, slug: string, rest = ''): ProblemException {
  const { search } = new URL(c.req.url)
  return new ProblemException(
    'moved',
    'This is another name of an entity, which has the address in Location.',
    undefined,
    { Location: `${origin(c)}/v1/entities/${encodeURIComponent(slug)}${rest}${suffixOf(c.req.raw)}${search}` }
  )
}

const bodyOf = async ({ ids, roles, latest, ...entity }: FoundEntity): Promise<string> => {
  // The word tables of merging come with it: an isolate that only serves facts never loads them.
  const { tenuresOf } = await import('../merge/tenures.ts')
  const own = JSON.stringify({ ...entity, slugs: ids, roles: tenuresOf(roles) })
  return `${own.slice(0, -1)},"latest":[${latest.join(',')}]}`
}

export const entities = factory
  .createApp()
  /** People, organisations and places by their names, each once; `q` is how a name or another name of theirs begins. */
  .get('/', query(EntitiesQuery), (c) =>
    answer<EntityList>(c, () => listing(c, (page) => listEntities(c.env.DB, page), c.req.valid('query')))
  )
  /** A person, organisation or place: names, offices over time, the latest facts. 308 where it is another's name. */
  .get('/:slug', param(OfSlug), query(NoQuery), (c) =>
    answer<Entity>(c, async () => {
      const found = await findEntity(c.env.DB, c.req.valid('param').slug)
      if (found === null) throw missing()
      if ('successor' in found) throw moved(c, found.successor)
      return { body: await bodyOf(found) }
    })
  )
  /** The facts that name it, as `/v1/facts?entity=` lists them and with the same filters. */
  .get('/:slug/facts', param(OfSlug), query(EntityFactsQuery, FACT_LIST), (c) =>
    answer<FactList>(c, async () => {
      const { slug } = c.req.valid('param')
      const [id = slug] = await idsOfEntity(c.env.DB, slug)
      if (id !== slug) throw moved(c, id, '/facts')
      if ((await findEntity(c.env.DB, slug)) === null) throw missing()
      return listing(c, (page) => listFacts(c.env.DB, { ...page, entity: slug }), c.req.valid('query'), {
        title: 'Facts that name an entity',
        renderers: FACT_LIST
      })
    })
  )
