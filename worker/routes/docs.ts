import { answerStatic } from '../edge/static.ts'
import { origin } from '../edge/origin.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { NoQuery } from '../schema/query.ts'

export const docs = factory
  .createApp()
  /** The reference page, made of the OpenAPI document. Loaded when asked for. */
  .get('/', query(NoQuery), (c) =>
    answerStatic<string>(c, 'docs', 'page', async () => {
      const [{ referenceOf }, { reference }] = await Promise.all([
        import('./reference.ts'),
        import('../views/reference.ts')
      ])
      return reference(referenceOf(origin(c)))
    })
  )
