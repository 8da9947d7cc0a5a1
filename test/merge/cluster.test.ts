import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cluster, clusterId } from '../../worker/merge/cluster.ts'
import type { Reading } from '../../worker/merge/fact.ts'
import { identify } from '../../worker/merge/identity.ts'
import { claim, figure, quote } from './readings.ts'

const at = (day: number): string => `2025-03-${String(day).padStart(2, '0')}T09:00:00Z`
const trade = { measure: "Norland's exports", about: ['Norland'], unit: 'USD' }

/** What is one fact, as sets of article ids. */
const partition = (readings: readonly Reading[]): string[] =>
  cluster(readings)
    .map((one) => one.map(({ article }) => article.id).join(' '))
    .toSorted()

describe('cluster', () => {
  it('does not chain what does not agree', () => {
    const low = figure(28.6e9, '$28.6 billion', trade, { article: 'low' })
    const about = figure(29e9, 'about $29 billion', { ...trade, bound: 'about' }, { article: 'about' })
    const high = figure(29.1e9, '$29.1 billion', trade, { article: 'high' })
    const facts = partition([low, about, high])
    expect(facts).toHaveLength(2)
    expect(facts.some((fact) => fact.includes('low') && fact.includes('high'))).toBe(false)
  })

  it('joins what stands in one article and in another', () => {
    const whole = quote('Ada Moran', 'We will fight for this river in every court of the country', {
      article: 'a'
    })
    const start = quote('Ada Moran', 'We will fight for this river in every court', { article: 'b' })
    const end = quote('Ada Moran', 'river in every court of the country', { article: 'c' })
    expect(partition([start, end, whole])).toHaveLength(1)
  })

  it('keeps one surname from joining two people', () => {
    const words = 'We will fight for this river in every court of the country'
    const facts = partition([
      quote('Ada Moran', words, { article: 'ada' }),
      quote('Rose Moran', words, { article: 'rose' }),
      quote('Moran', words, { article: 'moran' })
    ])
    expect(facts).toHaveLength(2)
  })

  it('puts the earliest first, and takes its id', async () => {
    const early = quote('Ada Moran', 'We will fight for this river in court', {
      article: 'z',
      published: at(1)
    })
    const late = quote('Ada Moran', 'We will fight for this river in court again', {
      article: 'a',
      published: at(2)
    })
    const undated = quote('Ada Moran', 'We will fight for this river in court', {
      article: 'b',
      published: null
    })
    const [one] = cluster([undated, late, early])
    expect(one?.map(({ article }) => article.id)[0]).toBe('z')
    const [alone] = cluster([early])
    if (one === undefined || alone === undefined) throw new Error('a cluster is missing')
    expect(clusterId(one)).toBe(clusterId(alone))
  })

  it('joins what says the very same, also where no word of it finds the other', () => {
    const words = 'that the weatherproof'
    const facts = partition([
      claim('Moran', words, { article: 'a' }),
      claim('Moran', words, { article: 'b' })
    ])
    expect(facts).toEqual(['a b'])
  })

  it('has no facts of no readings', () => {
    expect(cluster([])).toEqual([])
  })

  it('holds a crowd', () => {
    const words = 'We will fight for this river in every court of the country'
    const crowd = Array.from({ length: 400 }, (_, i) => quote('Ada Moran', words, { article: `a${i}` }))
    expect(cluster(crowd)).toHaveLength(1)
  })

  it('does not depend on the order', async () => {
    const value = fc.integer({ min: 280, max: 296 }).map((tenths) => tenths / 10)
    const aFigure = fc
      .tuple(
        value,
        fc.constantFrom('exact' as const, 'about' as const, 'over' as const),
        fc.integer({ min: 1, max: 3 })
      )
      .map(([number, bound, day]) => {
        const written = bound === 'exact' ? number : Math.round(number)
        return (article: string) =>
          figure(written * 1e9, `$${written} billion`, { ...trade, bound }, { article, published: at(day) })
      })
    const SENTENCE =
      'We will fight for this river in every court of the country until it is ours again'.split(' ')
    const aQuote = fc
      .tuple(
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 4, max: 17 }),
        fc.constantFrom('Ada Moran', 'Rose Moran', 'Moran')
      )
      .map(
        ([from, length, speaker]) =>
          (article: string) =>
            quote(speaker, SENTENCE.slice(from, from + length).join(' '), { article })
      )
    const set = fc.array(fc.oneof(aFigure, aQuote), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(set, fc.infiniteStream(fc.nat()), async (made, random) => {
        const readings = made.map((make, i) => make(`a${i}`))
        const keyed = readings.map((one) => [random.next().value, one] as const)
        const shuffled = keyed.toSorted(([a], [b]) => a - b).map(([, one]) => one)
        expect(partition(shuffled)).toEqual(partition(readings))
        const ids = async (all: readonly Reading[]) =>
          (await Promise.all(cluster(all).map(clusterId))).toSorted()
        const found = await ids(readings)
        expect(await ids(shuffled)).toEqual(found)
        expect(new Set(found).size).toBe(found.length)
      }),
      { numRuns: 150 }
    )
  })
})

describe('identify', () => {
  const drafts = (...readings: Reading[]) => readings.map(({ draft: { id: _id, ...draft } }) => draft)

  it('makes one of what an article says twice, where it stands first', async () => {
    const facts = identify(
      drafts(
        quote('Ada Moran', 'We will fight for this river in every court'),
        figure(12.7, '12.7 percent', trade, { start: 50 }),
        quote('Ada Moran', 'fight for this river in every court', { start: 90 })
      )
    )
    expect(facts.map(({ kind }) => kind)).toEqual(['quote', 'figure'])
    expect(facts[0]).toMatchObject({ content: 'We will fight for this river in every court' })
  })

  it('keeps speech where the article has most of it in marks', () => {
    const title = quote('Moran', '‘Fight for this river in every court’', {
      exact: 'Moran: ‘Fight for this river in every court’'
    })
    const words = 'We will fight for this river in every court'
    const full = quote('Ada Moran', words, { exact: `“${words},” Ada Moran said`, start: 200 })
    if (full.draft.kind !== 'quote') throw new Error('no quote')
    const spans: [number, number][] = [[201, 201 + words.length]]
    const whole = { ...full, draft: { ...full.draft, content_spans: spans } }
    expect(identify(drafts(title, whole))).toMatchObject([{ content: words }])
    expect(identify(drafts(title, full))).toMatchObject([
      { content: '‘Fight for this river in every court’' }
    ])
  })

  it('gives the same id whatever the typography, another to another fact', async () => {
    const [a, b, c] = await Promise.all(
      [
        quote('Ada Moran', 'This \u201cprogramme\u201d isn\u2019t ours'),
        quote('Ada Moran', 'This "program" isn\'t ours'),
        quote('Ada Moran', 'This "program" is ours')
      ].map(async (one) => identify(drafts(one))[0]?.id)
    )
    expect(a).toMatch(/^f_[a-z2-7]{20}$/)
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  it('dates by publication what has no date of its own', async () => {
    const one = drafts(figure(12, 'twelve people', { unit: 'person', period: null }))
    const [march, april] = await Promise.all([identify(one, '2025-03-01'), identify(one, '2025-04-01')])
    expect(march[0]?.id).not.toBe(april[0]?.id)
  })

  it('has no facts of none', async () => {
    expect(identify([])).toEqual([])
  })
})
