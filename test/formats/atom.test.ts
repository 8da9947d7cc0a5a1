import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parseAtomFeed } from 'feedsmith'
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm'
import { describe, expect, test } from 'vitest'
import { FACT_LIST } from '../../worker/formats/facts.ts'
import { moment } from '../../worker/formats/atom.ts'
import { FACTS, ORIGIN, pageOf } from './sample.ts'

const grammar = XmlDocument.fromBuffer(readFileSync(`${import.meta.dirname}/atom.rng`))
const rules = RelaxNGValidator.fromDoc(grammar)

/** Throws where the document is not well-formed, or is no Atom. */
function validate(xml: string): void {
  const document = XmlDocument.fromString(xml)
  try {
    rules.validate(document)
  } finally {
    document.dispose()
  }
}

test('the validator refuses what is no feed', () => {
  const feed = FACT_LIST.atom(pageOf([FACTS['quote']]))
  validate(feed)
  for (const [what, by] of [
    [/<id>[^<]*<\/id>/, ''],
    [/<updated>[^<]*<\/updated>/, '<updated>yesterday</updated>'],
    [/<link rel="self"[^>]*>/, '<link rel="self"/>'],
    [/<\/entry>/, '<unknown/></entry>']
  ] as const) {
    expect(() => validate(feed.replace(what, by))).toThrow()
  }
})

describe('a feed of facts', () => {
  test('of every kind is valid Atom', () => validate(FACT_LIST.atom(pageOf(Object.values(FACTS)))))

  test('of nothing is valid, and the same document each time', () => {
    const empty = FACT_LIST.atom(pageOf([]))
    validate(empty)
    expect(empty).toContain('<updated>1970-01-01T00:00:00.000Z</updated>')
  })

  test('stays valid whatever texts say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (statement, exact) => {
        const [mention] = FACTS['quote']?.mentions ?? []
        if (mention === undefined) throw new Error('no mention')
        const mentions = [{ ...mention, evidence: { ...mention.evidence, exact: `x${exact}` } }]
        validate(FACT_LIST.atom(pageOf([{ ...FACTS['quote'], statement, mentions }])))
      }),
      { numRuns: 20 }
    )
  })

  test('reads as facts with their sources in a feed reader', () => {
    const next = `${ORIGIN}/v1/facts.atom?cursor=x`
    const feed = parseAtomFeed(FACT_LIST.atom(pageOf([FACTS['figure'], FACTS['hostile']], next)))
    expect(feed).toMatchObject({
      id: `${ORIGIN}/v1/facts.atom?kind=quote&limit=2`,
      title: { value: 'Facts & <more>' },
      updated: '2025-06-12T08:30:00.000Z'
    })
    expect(feed.links).toContainEqual({ rel: 'next', href: next, type: 'application/atom+xml' })
    const [figure, hostile] = feed.entries ?? []
    expect(figure).toMatchObject({
      id: `${ORIGIN}/f/f_${'e'.repeat(20)}`,
      title: { value: 'Landings of herring fell 8 percent in May.' },
      updated: '2025-06-12T08:30:00.000Z',
      published: '2025-06-10T10:00:00.000Z',
      authors: [{ name: 'Osterhavn Post' }]
    })
    expect(figure?.links).toContainEqual({
      rel: 'related',
      href: 'https://osterhavn-post.example/herring#:~:text=landings%20fell%208%20percent',
      title: 'Herring stays away'
    })
    // A reader shows the content as HTML: words of an article never become markup there.
    expect(hostile?.content?.value).toContain('<blockquote><p>&lt;/blockquote&gt;&lt;script&gt;alert(2)')
    expect(hostile?.content?.value).not.toContain('<script')
  })
})

test.each([
  ['2025-06-09', '2025-06-09T00:00:00.000Z'],
  ['2025-06-09T08:30', '2025-06-09T08:30:00.000Z'],
  ['2025-06-09T08:30:00+02:00', '2025-06-09T06:30:00.000Z']
])('%s is the moment %s', (at, expected) => expect(moment(at)).toBe(expected))
