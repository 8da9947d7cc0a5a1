import { env } from 'cloudflare:workers'
import { ArticleList, FactList } from '../../worker/schema/answer.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import { emptyStores, ingestNow, read } from '../setup/call.ts'

const TEXT =
  'RAVENNA – Turnout in Ravenna rose 4.2 percent in May from the month before, the electoral office said. "Nobody here expected the queues," said Ida Moreau, head of the electoral office. On 8 June 2025 the city of Ravenna opened a second hall.'

/** What one small article gives, read by the real pipeline. */
export interface Stored {
  readonly facts: readonly Fact[]
  readonly article: string
  of(kind: Fact['kind']): Fact
}

export async function storeOne(): Promise<Stored> {
  await emptyStores()
  await ingestNow({
    text: TEXT,
    title: 'Queues in the delta',
    publisher: 'Harbour Courier',
    url: 'https://harbour-courier.example/queues',
    published_at: '2025-06-09'
  })
  const facts = (await read(FactList, '/v1/facts?limit=100')).data
  return {
    facts,
    article: (await read(ArticleList, '/v1/articles')).data[0]?.id ?? '',
    of(kind) {
      const fact = facts.find((one) => one.kind === kind)
      if (fact === undefined) throw new Error(`no ${kind} was read`)
      return fact
    }
  }
}

export const MERGED = `f_${'b'.repeat(20)}`
/** Became part of `MERGED` before that did. */
export const MERGED_TWICE = `f_${'e'.repeat(20)}`
export const GONE = `f_${'c'.repeat(20)}`

/** Facts that became part of another, one of them by way of a third, and one that nobody tells any more, as the store keeps them. */
export async function storeDeparted(successor: string): Promise<void> {
  await env.DB.batch(
    [
      [MERGED, successor, null],
      [MERGED_TWICE, MERGED, null],
      [GONE, null, 'no article tells it any more']
    ].map((row) =>
      env.DB.prepare(
        "INSERT OR IGNORE INTO facts (id, kind, version, edition, body, successor, gone) VALUES (?, 'figure', 2, 1, NULL, ?, ?)"
      ).bind(...row)
    )
  )
}
