import { describe, expect, test } from 'vitest'
import { type Ranked, rankSalience } from '../../worker/extract/salience.ts'
import type { EventFields, FigureFields, QuoteFields, RoleFields } from '../../worker/schema/fact.ts'
import { readingOf } from './reading.ts'

const FILLER = 'Nothing else happened in the harbour that week, as the pilots there will tell you. '.repeat(
  40
)
const reading = readingOf(
  `{O Norvik} bought the ferry line on Friday for $40 million. Its shares fell 12 percent. “We will keep every route,” said {P Ida Holm}, the chief executive. {O Norvik} has three ships. ${FILLER}{O Norvik} bought the ferry line. A pilot, {P Rui Pacheco}, saw two gulls. Exports had risen 12 percent a year earlier.`,
  '2025-06-09',
  'Norvik buys ferry line for $40 million'
)

const event: EventFields = {
  kind: 'event',
  what: 'buy the ferry line',
  who: [{ entity: 'norvik', name: 'Norvik' }],
  whom: [],
  where: null,
  when: { iso: '2025-06-06', text: 'Friday', span: [34, 40] },
  planned: false,
  negated: false
}
const figure = (over: Partial<FigureFields>): FigureFields => ({
  kind: 'figure',
  value: 12,
  value_high: null,
  unit: 'percent',
  unit_surface: 'percent',
  bound: 'exact',
  change: 'decrease',
  basis: null,
  measure: 'shares',
  about: [],
  period: null,
  ...over
})
const quote: QuoteFields = {
  kind: 'quote',
  speaker: { entity: 'ida-holm', name: 'Ida Holm', surface: 'Ida Holm', span: [0, 1] },
  cue: null,
  content: 'We will keep every route,',
  content_spans: [[0, 1]],
  channel: null,
  said_on: null
}
const role: RoleFields = {
  kind: 'role',
  person: { entity: 'ida-holm', name: 'Ida Holm' },
  role: 'chief executive',
  organization: null,
  former: false
}

/** A draft on the nth place where the words stand. */
function draft(words: string, fields: Ranked['fields'], entities: string[] = [], nth = 0): Ranked {
  let start = -1
  for (let i = 0; i <= nth; i += 1) start = reading.text.indexOf(words, start + 1)
  if (start < 0) throw new Error(`no ${words}`)
  return { start, end: start + words.length, fields, entities, confidence: 0.9 }
}

const lead = draft('Norvik bought the ferry line on Friday for $40 million', event, ['norvik'])

describe('rankSalience', () => {
  test('gives one share a draft, in the order of the drafts', () => {
    const scores = rankSalience(reading, [
      lead,
      draft('three ships', figure({ unit: 'ship', value: 3, change: null }), ['norvik'])
    ])
    expect(scores).toHaveLength(2)
    for (const score of scores) {
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
    }
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 1)
    expect(rankSalience(reading, [])).toEqual([])
  })

  test('puts the lead before asides, and changes before counts', () => {
    const drafts = [
      draft('two gulls', figure({ value: 2, unit: 'gull', change: null, measure: null })),
      draft('shares fell 12 percent', figure({})),
      lead,
      draft('“We will keep every route,” said Ida Holm', quote, ['ida-holm']),
      draft('Ida Holm, the chief executive', role, ['ida-holm'])
    ]
    const scores = rankSalience(reading, drafts)
    const order = drafts.map((_, i) => i).toSorted((a, b) => scores[b] - scores[a])
    expect(order[0]).toBe(2)
    expect(order.slice(3).toSorted()).toEqual([0, 4])
  })

  test('puts down what is told again', () => {
    const again = draft('Norvik bought the ferry line', event, ['norvik'], 1)
    const [first, second] = rankSalience(reading, [lead, again])
    const [alone] = rankSalience(reading, [again])
    expect(second).toBeLessThan(first ?? 0)
    expect(second).toBeLessThan(alone ?? 0)
  })

  test('works without title, entities and sentences', () => {
    const bare = readingOf('', null)
    expect(
      rankSalience(bare, [{ start: 0, end: 0, fields: event, entities: ['nobody'], confidence: 0 }])
    ).toHaveLength(1)
  })
})
