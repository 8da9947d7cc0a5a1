import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { FACT, FACT_LIST } from '../../worker/formats/facts.ts'
import { FACTS, ORIGIN, pageOf } from './sample.ts'

/** Stands for the context of schema.org, whose words all go into one vocabulary; nothing is fetched. */
const documentLoader = async (url: string) => {
  if (url !== 'https://schema.org') throw new Error(`asked for ${url}`)
  return {
    documentUrl: url,
    document: { '@context': { '@vocab': 'http://schema.org/', url: { '@type': '@id' as const } } }
  }
}
/** In safe mode: a word that no context explains is an error, where it would be dropped without a word otherwise. */
async function expand(text: string): Promise<Record<string, unknown>[]> {
  const options = { documentLoader, safe: true }
  const expanded: Promise<jsonld.NodeObject[]> = jsonld.expand(JSON.parse(text), options)
  return (await expanded).map((node) => ({ ...node }))
}
const of = (name: string) => expand(FACT.jsonld(pageOf([FACTS[name]])))

describe('a fact as JSON-LD', () => {
  test.each([
    ['quote', 'Quotation'],
    ['unattributed', 'Quotation'],
    ['claim', 'Claim'],
    ['claimOfPlace', 'Claim'],
    ['figure', 'Observation'],
    ['range', 'Observation'],
    ['event', 'Event'],
    ['planned', 'Event'],
    ['negated', 'Claim'],
    ['role', 'Person'],
    ['formerRole', 'Person'],
    ['hostile', 'Quotation']
  ])('of kind %s is a %s, and every word of it has a meaning', async (name, type) => {
    const [node] = await of(name)
    expect(node?.['@type']).toEqual([`http://schema.org/${type}`])
    // In whatever form, the fact's own address and the words it rests on are there.
    const text = JSON.stringify(node)
    expect(text).toContain(`${ORIGIN}/f/${FACTS[name]?.id}`)
    expect(text).toContain('http://www.w3.org/ns/oa#TextQuoteSelector')
    expect(text).not.toContain('ClaimReview')
  })

  test('says who spoke, and leaves out whom nobody knows', async () => {
    const [quote] = await of('quote')
    expect(quote?.['http://schema.org/creator']).toMatchObject([
      { '@id': `${ORIGIN}/v1/entities/ingrid-dahlmann`, '@type': ['http://schema.org/Person'] }
    ])
    expect((await of('unattributed'))[0]).not.toHaveProperty(['http://schema.org/creator'])
    expect((await of('claimOfPlace'))[0]?.['http://schema.org/author']).toMatchObject([
      { '@type': ['http://schema.org/Organization'] }
    ])
  })

  test('gives a figure its value, unit and period', async () => {
    const [figure] = await of('figure')
    expect(figure).toMatchObject({
      'http://schema.org/value': [{ '@value': 8 }],
      'http://schema.org/unitCode': [{ '@value': 'P1' }],
      'http://schema.org/observationDate': [{ '@value': '2025-05' }],
      'http://schema.org/observationPeriod': [{ '@value': 'P1M' }]
    })
    expect((await of('range'))[0]).toMatchObject({
      'http://schema.org/minValue': [{ '@value': -3.5 }],
      'http://schema.org/maxValue': [{ '@value': 4 }],
      'http://schema.org/observationDate': [{ '@value': '2025-04' }],
      'http://schema.org/observationPeriod': [{ '@value': 'P3M' }]
    })
  })
})

test('a list is a graph of its facts', async () => {
  const nodes = await expand(FACT_LIST.jsonld(pageOf(Object.values(FACTS))))
  expect(nodes).toHaveLength(Object.keys(FACTS).length)
  expect(await expand(FACT_LIST.jsonld(pageOf([])))).toEqual([])
})
