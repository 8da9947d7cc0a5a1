import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { LISTED_MENTIONS } from '../../worker/schema/fact.ts'
import { emptyStores, ingestNow, read } from '../setup/call.ts'

/** More papers than a fact lists, each on another day and with another story around the one sentence that all tell. */
const PAPERS = Array.from({ length: LISTED_MENTIONS + 3 }, (_, n) => ({
  publisher: `Paper ${n}`,
  url: `https://paper-${n}.example/bridge`,
  published_at: new Date(Date.UTC(2025, 5, 1 + n)).toISOString(),
  title: 'Bridge',
  text: `"The bridge over the Aldra will open before the first snow of winter," said Henrike Solvang, mayor of Aldrastad.`
}))

const quote = async () => {
  const { data } = await read(FactList, '/v1/facts?kind=quote&limit=100')
  const [found, ...others] = data
  if (found === undefined || others.length > 0) throw new Error(`${data.length} quotes`)
  return found
}
const mentionsOf = (fact: string) =>
  env.DB.prepare('SELECT count(*) AS n FROM mentions WHERE fact_id = ?').bind(fact).first<number>('n')

test('of what everybody tells the first are listed, all are counted, and the last leaves no version', async () => {
  const seen = []
  // The second time the last come first, so that the fact's first mention, and its id with it, changes to the end.
  for (const order of [PAPERS, PAPERS.toReversed()]) {
    await emptyStores()
    for (const paper of order) await ingestNow(paper)
    const fact = await quote()
    expect(fact.mention_count).toBe(PAPERS.length)
    expect(fact.mentions.map(({ article }) => article.publisher)).toEqual(
      PAPERS.slice(0, LISTED_MENTIONS).map(({ publisher }) => publisher)
    )
    expect(await mentionsOf(fact.id)).toBe(PAPERS.length)
    seen.push(fact)
  }
  const [first, second] = seen
  expect(second?.id).toBe(first?.id)
  expect(second?.origin_groups).toEqual(first?.origin_groups)
  expect(first?.version).toBe(LISTED_MENTIONS)

  const before = await quote()
  const last = await env.DB.prepare(`SELECT article_id FROM mentions WHERE fact_id = ? ORDER BY told_at DESC`)
    .bind(before.id)
    .first<string>('article_id')
  await takeDown(env, last ?? '')
  expect(await quote()).toEqual({ ...before, mention_count: PAPERS.length - 1 })

  // One of the listed: the next moves up.
  await takeDown(env, before.mentions[4]?.article.id ?? '')
  const after = await quote()
  expect(after).toMatchObject({ mention_count: PAPERS.length - 2, version: before.version + 1 })
  expect(after.mentions).toHaveLength(LISTED_MENTIONS)
  expect(after.mentions.map(({ article }) => article.id)).not.toContain(before.mentions[4]?.article.id)
}, 120_000)
