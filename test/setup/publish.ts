import { env } from 'cloudflare:workers'
import { publishBodies } from '../../worker/store/bodies.ts'
import { publish } from '../../worker/store/publication.ts'
import { figure, publication } from './sample.ts'

/** The record's edition, which no isolate is told of. */
export const lastEdition = async (): Promise<number> =>
  (await env.DB.prepare('SELECT max(edition) AS edition FROM editions').first<number>('edition')) ?? 0

async function store(value: number): Promise<{ readonly path: string; readonly edition: number }> {
  const text = `Officials in Ravenna said that turnout rose ${value} percent.`
  const draft = await figure(text, `turnout rose ${value} percent`, value)
  const edition = (await lastEdition()) + 1
  await publish(env.DB, await publication(text, [draft], edition))
  return { path: `/v1/facts/${draft.id}`, edition }
}

/** Publishes an article with one figure. Another value is another fact. @returns the path of the fact */
export async function publishFigure(value: number): Promise<string> {
  const { path } = await store(value)
  await publishBodies(env.DB, env.BODIES)
  return path
}

/**
 * The same in another isolate: this one is told nothing.
 *
 * @param kv `lags`: KV does not show it here yet
 */
export async function publishElsewhere(value: number, { kv }: { kv?: 'lags' } = {}): Promise<string> {
  const { path, edition } = await store(value)
  if (kv === undefined) await env.BODIES.put('edition:1', String(edition))
  return path
}
