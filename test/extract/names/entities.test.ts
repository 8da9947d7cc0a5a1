import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entityAt, groupEntities } from '../../../worker/extract/names/entities.ts'
import { slug } from '../../../worker/schema/slug.ts'
import { inferGenders } from '../../../worker/extract/names/genders.ts'
import type { Entity, Name, NameType } from '../../../worker/extract/reading.ts'
import { splitSentences } from '../../../worker/extract/text/sentences.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'
import { readingOf } from '../reading.ts'

function group(marked: string) {
  const { text, tokens, sentences, names } = readingOf(marked)
  const entities = groupEntities(text, tokens, sentences, names)
  return { text, tokens, sentences, entities }
}

/** Ids in reading order with the surfaces of their mentions: `ann-lee: Ann Lee, Lee`. */
function grouped(marked: string): string[] {
  const { text, entities } = group(marked)
  return entities.map(
    ({ id, mentions }) => `${id}: ${mentions.map(({ start, end }) => text.slice(start, end)).join(', ')}`
  )
}

describe('slug', () => {
  it.each([
    ['Scott Ng', 'scott-ng'],
    ['São Paulo', 'sao-paulo'],
    ['O’Hara & Sons Ltd.', 'ohara-and-sons-ltd'],
    ['U.S. Steel', 'us-steel'],
    ['Łódź', 'lodz'],
    ['  --  ', ''],
    ['日本', '']
  ])('%s', (name, expected) => {
    expect(slug(name)).toBe(expected)
  })

  it('is ASCII, and the slug of a slug is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const once = slug(name)
        expect(once).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/)
        expect(slug(once)).toBe(once)
      })
    )
  })
})

describe('people', () => {
  it.each([
    [
      'full name, family name and title with family name are one',
      '{P Mara Holt} left. Ms {P Holt} said no. {P Holt} smiled.',
      ['mara-holt: Mara Holt, Holt, Holt']
    ],
    [
      'a family name before the full name joins it',
      '{P Holt} quits. {P Mara Holt} left today.',
      ['mara-holt: Holt, Mara Holt']
    ],
    [
      'family names that come first',
      '{P Tan Weiming} came. {P Tan} spoke.',
      ['tan-weiming: Tan Weiming, Tan']
    ],
    [
      'particles belong to the family name',
      '{P Ines van der Berg} won. {P van der Berg} and {P Berg} thanked all.',
      ['ines-van-der-berg: Ines van der Berg, van der Berg, Berg']
    ],
    [
      'the Arabic article may be dropped',
      '{P Omar al-Harbi} ruled. {P Harbi} fell. {P al-Harbi} fled.',
      ['omar-al-harbi: Omar al-Harbi, Harbi, al-Harbi']
    ],
    [
      'initials, short forms and endings are no other person',
      '{P Robert T. Vance Jr.} ran. {P Bob Vance} lost. {P R. Vance} sued. {P Robert Vance} won.',
      ['robert-vance-jr: Robert T. Vance Jr., Bob Vance, R. Vance, Robert Vance']
    ],
    [
      'father and son are two',
      '{P Ed Moss Jr.} met {P Ed Moss Sr.} at noon.',
      ['ed-moss-jr: Ed Moss Jr.', 'ed-moss-sr: Ed Moss Sr.']
    ],
    [
      'initials are written in several ways',
      '{P J. K. Dunn} wrote. {P J.K. Dunn} signed.',
      ['jk-dunn: J. K. Dunn, J.K. Dunn']
    ],
    ['accents come and go', '{P José Núñez} sang. {P Nunez} bowed.', ['jose-nunez: José Núñez, Nunez']],
    [
      'hyphenated family names',
      '{P Ida Lund-Berg} spoke; {P Lund-Berg} left.',
      ['ida-lund-berg: Ida Lund-Berg, Lund-Berg']
    ],
    [
      'a title that the tagger took in is no name',
      '{P Dr. Mara Holt} and {P Mr. Ng} met.',
      ['mara-holt: Dr. Mara Holt', 'ng: Mr. Ng']
    ],
    [
      'what stands before an office in a headline is no name',
      '{P Ohio Senator Mara Holt} Backs Bigger Budget Plan',
      ['mara-holt: Ohio Senator Mara Holt']
    ],
    ['shouting is no other name', '{P MARA HOLT} won. {P Holt} smiled.', ['mara-holt: MARA HOLT, Holt']]
  ])('%s', (_, marked, expected) => {
    expect(grouped(marked)).toEqual(expected)
  })

  it('keeps people apart who share a family name', () => {
    expect(grouped('{P Mara Holt} met {P Ivan Holt}. {P Holt} laughed.')).toEqual([
      'mara-holt: Mara Holt',
      'ivan-holt: Ivan Holt',
      'holt: Holt'
    ])
  })

  it('stays with the one who was called by it before the other was named', () => {
    expect(
      grouped('{P Mara Holt} won. {P Holt} smiled.\nHer brother {P Ivan Holt} came.\n{P Holt} thanked him.')
    ).toEqual(['mara-holt: Mara Holt, Holt, Holt', 'ivan-holt: Ivan Holt'])
  })

  it('does not guess in a paragraph that has just named the other', () => {
    expect(
      grouped('{P Mara Holt} won. {P Holt} smiled.\n{P Ivan Holt} came late. {P Holt} apologised.')
    ).toEqual(['mara-holt: Mara Holt, Holt', 'ivan-holt: Ivan Holt', 'holt: Holt'])
  })

  it('tells them apart by a title', () => {
    expect(
      grouped('Mr {P Ivan Holt} met Mrs {P Mara Holt}. Mrs {P Holt} laughed. Mr {P Holt} did not.')
    ).toEqual(['ivan-holt: Ivan Holt, Holt', 'mara-holt: Mara Holt, Holt'])
  })

  it('shows the name without middle initials in its id alone', () => {
    const [entity] = group('{P Mara J. Holt} won.').entities
    expect(entity).toMatchObject({ id: 'mara-holt', name: 'Mara J. Holt', aliases: [] })
  })

  it('prefers the spelling of the body to that of a headline', () => {
    const [entity] = group(
      '{P Paper Wrongly Blames Mara Holt} Over Missing Funds\nFriends of {P Mara Holt} object.'
    ).entities
    expect(entity).toMatchObject({ id: 'mara-holt', name: 'Mara Holt' })
    expect(entity.mentions).toHaveLength(2)
  })
})

describe('organisations', () => {
  it.each([
    [
      'letters in brackets',
      'The {O River Transport Board} ({O RTB}) met. The {O RTB} voted.',
      ['river-transport-board: River Transport Board, RTB, RTB']
    ],
    [
      'letters without brackets',
      'The {O Bank of Norland} cut rates. The {O BON} gave no date.',
      ['bank-of-norland: Bank of Norland, BON']
    ],
    [
      'a short form in brackets',
      'The {O Federal Reserve} (the {O Fed}) met.',
      ['federal-reserve: Federal Reserve, Fed']
    ],
    [
      'a place in brackets is no short form',
      'The {O River Transport Board} ({O Lumen}) met.',
      ['river-transport-board: River Transport Board', 'lumen: Lumen']
    ],
    [
      'legal forms come and go',
      '{O Acme Motors Inc.} and {O Acme Motors} merged.',
      ['acme-motors-inc: Acme Motors Inc., Acme Motors']
    ],
    [
      'the first word alone',
      '{O Northwind Traders} fell. {O Northwind} said so.',
      ['northwind-traders: Northwind Traders, Northwind']
    ],
    [
      'not where two longer names begin so',
      '{O Northwind Traders} and {O Northwind Foods} left {O Northwind}.',
      ['northwind-traders: Northwind Traders', 'northwind-foods: Northwind Foods', 'northwind: Northwind']
    ],
    [
      'the end of a name',
      'The {O Norland Foreign Ministry} agreed. The {O Foreign Ministry} confirmed.',
      ['norland-foreign-ministry: Norland Foreign Ministry, Foreign Ministry']
    ],
    [
      'the House is no White House',
      'The {O White House} asked the {O House} to vote.',
      ['white-house: White House', 'house: House']
    ],
    [
      'a city is not short for its newspaper',
      'The {O Lumen Post} moved to {L Lumen}. {O LUMEN} waits.',
      ['lumen-post: Lumen Post', 'lumen: Lumen', 'lumen-organization: LUMEN']
    ],
    [
      'world bodies have one name',
      'The {O EU} and the {O European Union} agreed with {O Nato}.',
      ['european-union: EU, European Union', 'nato: Nato']
    ]
  ])('%s', (_, marked, expected) => {
    expect(grouped(marked)).toEqual(expected)
  })

  it('survives letters that expand to each other', () => {
    const marked =
      '{O Alpha Beta} ({O AB}) Wins Every Contract\nThe {O AB} ({O Alpha Beta}) said so. {O AB Alpha Beta} Wins Again Today Over There'
    expect(group(marked).entities.length).toBeGreaterThan(0)
  })
})

describe('places', () => {
  it.each([
    [
      'a country under any name',
      'The {L U.S.}, {L US}, {L United States} and {L America}',
      ['united-states: U.S., US, United States, America']
    ],
    [
      'Britain',
      '{L Britain}, the {L UK} and {L Great Britain}',
      ['united-kingdom: Britain, UK, Great Britain']
    ],
    [
      'a country tagged as an organisation elsewhere',
      '{L China} objected. {O China} won.',
      ['china: China, China']
    ],
    ['letters may be a company', '{O RSA} sells locks.', ['rsa: RSA']],
    ['capitals are not countries', '{L Beijing} warned {L China}.', ['beijing: Beijing', 'china: China']],
    ['datelines shout', '{L LONDON} - Rain fell on {L London}.', ['london: LONDON, London']]
  ])('%s', (_, marked, expected) => {
    expect(grouped(marked)).toEqual(expected)
  })

  it('names a shouted city as a city', () => {
    expect(group('{L LONDON} - Rain fell.').entities[0]).toMatchObject({ id: 'london', name: 'London' })
  })

  it('keeps ids apart by type', () => {
    expect(grouped('{L Jordan} hired {P Jordan}.')).toEqual(['jordan: Jordan', 'jordan-person: Jordan'])
  })

  it('leaves out groups and other names', () => {
    expect(grouped('{G French} fans love the {N World Cup} in {L Lyon}.')).toEqual(['lyon: Lyon'])
  })
})

describe('any names', () => {
  const TYPES: NameType[] = ['person', 'organization', 'place', 'group', 'other']

  it('lists each mention once, in order, and never throws', () => {
    const word = fc.constantFrom(
      'Ann',
      'Lee',
      'LEE',
      'Bank',
      'of',
      'BOA',
      '(',
      ')',
      'the',
      'Jr.',
      'van',
      '’s',
      'US',
      '.',
      'Sen.',
      'É',
      '\n'
    )
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 40 }),
        fc.array(fc.nat({ max: 4 }), { maxLength: 40 }),
        (list, cuts) => {
          const text = list.join(' ')
          const tokens = tokenize(text)
          const sentences = splitSentences(text, tokens)
          const names: Name[] = []
          for (let first = 0, i = 0; first < tokens.length; first += 1 + (cuts[i] ?? 0), i++) {
            const last = Math.min(tokens.length, first + 1 + (cuts[i] ?? 0))
            names.push({
              start: tokens[first].start,
              end: tokens[last - 1].end,
              first,
              last,
              type: TYPES[(cuts[i] ?? 0) % 5],
              confidence: 1
            })
          }
          const entities = groupEntities(text, tokens, sentences, names)
          const spans = entities.flatMap(({ mentions }) => mentions.map(({ start }) => start))
          expect(new Set(spans).size).toBe(spans.length)
          expect(new Set(entities.map(({ id }) => id)).size).toBe(entities.length)
          for (const { id, mentions } of entities) {
            expect(id).not.toBe('')
            expect(mentions.map(({ start }) => start)).toEqual(
              mentions.map(({ start }) => start).toSorted((a, b) => a - b)
            )
          }
        }
      )
    )
  })

  it('reads ten thousand names of one family in reasonable time', () => {
    const marked = Array.from({ length: 10_000 }, (_, i) => `{P A${i} Holt} met {P Holt}.`).join('\n')
    const { text, tokens, sentences, names } = readingOfMany(marked)
    groupEntities(text, tokens, sentences, names)
  })
})

/** As `readingOf`, without the entities and quotations, which would take long here. */
function readingOfMany(marked: string) {
  const names: Name[] = []
  const text = marked.replace(/\{P |\}/g, '')
  const tokens = tokenize(text)
  const sentences = splitSentences(text, tokens)
  for (let first = 0; first < tokens.length; first++) {
    if (tokens[first].text !== 'Holt') continue
    const begin = /^A\d/.test(tokens[first - 1]?.text ?? '') ? first - 1 : first
    names.push({
      start: tokens[begin].start,
      end: tokens[first].end,
      first: begin,
      last: first + 1,
      type: 'person',
      confidence: 1
    })
  }
  return { text, tokens, sentences, names }
}

describe('entityAt', () => {
  const entities: Entity[] = [
    {
      id: 'ann-lee',
      name: 'Ann Lee',
      type: 'person',
      aliases: [],
      mentions: [
        { start: 10, end: 17 },
        { start: 40, end: 43 }
      ]
    },
    { id: 'oslo', name: 'Oslo', type: 'place', aliases: [], mentions: [{ start: 20, end: 24 }] }
  ]
  it.each([
    [10, 17, 'ann-lee'],
    [0, 11, 'ann-lee'],
    [12, 24, 'ann-lee'],
    [15, 30, 'oslo'],
    [42, 99, 'ann-lee'],
    [17, 20, undefined],
    [43, 43, undefined],
    [99, 120, undefined]
  ])('%i to %i', (start, end, id) => {
    expect(entityAt(entities, start, end)?.id).toBe(id)
  })
  it('knows nothing of nothing', () => {
    expect(entityAt([], 0, 10)).toBeUndefined()
  })
})

describe('inferGenders', () => {
  const genders = (marked: string, given: Record<string, 'female' | 'male'> = {}) => {
    const { tokens, sentences, entities } = group(marked)
    return Object.fromEntries(inferGenders(tokens, sentences, entities, (name) => given[name] ?? null))
  }
  it('believes titles', () => {
    expect(genders('Mrs {P Holt} met spokesman {P Ivan Ray} and Dr {P Wu}.')).toEqual({
      holt: 'female',
      'ivan-ray': 'male'
    })
  })
  it('believes given names, but not against pronouns', () => {
    expect(genders('{P Mara Holt} spoke.', { Mara: 'female' })).toEqual({ 'mara-holt': 'female' })
    expect(genders('{P Kim Holt} said he had lost his keys.', { Kim: 'female' })).toEqual({})
  })
  it('believes two pronouns, not one', () => {
    expect(genders('{P Wei Holt} said she lost her keys.')).toEqual({ 'wei-holt': 'female' })
    expect(genders('{P Wei Holt} said he lost.')).toEqual({})
  })
  it('says nothing where titles differ', () => {
    expect(genders('Mr {P Holt} left. Mrs {P Holt} stayed.')).toEqual({})
  })
})
