import type { Article } from '../../worker/schema/article.ts'
import type { ExtractedFact } from '../../worker/schema/fact.ts'
import { contentId, sha256Hex } from '../../worker/schema/id.ts'
import type { Publication } from '../../worker/store/publication.ts'
import { merge } from '../../worker/merge/merge.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import { identify } from '../../worker/merge/identity.ts'

/** A figure that rests on the words between `start` and `end`. */
export async function figure(
  text: string,
  exact: string,
  value: number,
  period = '2025'
): Promise<ExtractedFact> {
  const start = text.indexOf(exact)
  const [fact] = identify([
    {
      kind: 'figure',
      value,
      value_high: null,
      unit: 'percent',
      unit_surface: 'percent',
      bound: 'exact',
      change: 'increase',
      basis: null,
      measure: 'turnout',
      about: [],
      period,
      statement: `Turnout rose ${value} percent.`,
      confidence: 0.9,
      salience: 0.5,
      entities: [{ id: 'ravenna', name: 'Ravenna', type: 'place' }],
      topics: ['Turnout'],
      evidence: {
        exact,
        start,
        end: start + exact.length,
        prefix: text.slice(0, start),
        suffix: text.slice(start + exact.length)
      }
    }
  ])
  if (fact === undefined) throw new Error('no fact')
  return fact
}

/** The publication of an article that no other shares a fact with. */
export async function publication(
  text: string,
  drafts: readonly ExtractedFact[],
  edition: number
): Promise<Publication> {
  const at = '2025-06-09T10:00:00.000Z'
  const article: Article = {
    id: await contentId('a', text),
    title: 'Turnout',
    publisher: 'Harbour Courier',
    url: null,
    published_at: '2025-06-09',
    language: 'en',
    words: 5,
    facts: drafts.length,
    text_hash: await sha256Hex(text),
    received_at: at
  }
  const readings = drafts.map((draft) => ({
    draft,
    article,
    textHash: article.text_hash,
    source: sourceOf(text)
  }))
  const known = {
    readings: [],
    further: new Map(),
    touched: new Map(),
    neighbours: new Map(),
    factOf: new Map(),
    decisions: []
  }
  return {
    edition,
    at,
    cause: article.id,
    isNew: false,
    article: {
      body: article,
      addresses: [],
      text,
      source: sourceOf(text),
      drafts,
      entities: [
        { id: 'ravenna', name: 'Ravenna', type: 'place', aliases: [], form: 'ravenna', letters: [] }
      ],
      topics: ['Turnout'],
      job: 'j_none'
    },
    ...(await merge(known, readings, at)),
    before: new Map(),
    notes: new Map(),
    named: [],
    decision: null,
    wordless: []
  }
}
