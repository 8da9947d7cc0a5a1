import { env } from 'cloudflare:workers'
import { publishBodies } from '../../worker/store/bodies.ts'
import { loadBefore, publish } from '../../worker/store/publication.ts'
import { figure, publication } from './sample.ts'

/** Publishes an article with one figure. Another value is another fact. @returns the path of the fact */
export async function publishFigure(value: number): Promise<string> {
  const text = `Officials in Ravenna said that turnout rose ${value} percent.`
  const draft = await figure(text, `turnout rose ${value} percent`, value)
  const { edition } = await loadBefore(env.DB, 'a_none', [])
  await publish(env.DB, await publication(text, [draft], edition + 1))
  await publishBodies(env.DB, env.BODIES)
  return `/v1/facts/${draft.id}`
}
