import { origin } from '../edge/origin.ts'
import { answerStatic } from '../edge/static.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { NoQuery } from '../schema/query.ts'

export const openapi = factory
  .createApp()
  /** OpenAPI 3.1 of every route, made from the schemas that validate. Loaded when asked for. */
  .get('/', query(NoQuery), (c) =>
    answerStatic<object>(c, 'openapi', 'public', async () => {
      const { document } = await import('./document.ts')
      return { body: JSON.stringify(document(origin(c))) }
    })
  )
