import { describe, expect, it } from 'vitest'
import type { Name, NameType } from '../../../worker/extract/reading.ts'
import { withCompanies } from '../../../worker/extract/names/companies.ts'
import { loadNames } from '../../../worker/extract/names/names.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'
import weights from '../../../worker/extract/models/names.bin'

const model = loadNames(weights)

/** The types of the names in braces, which a tagger took for people (or as given). */
function types(marked: string, type: NameType = 'person'): string[] {
  const surfaces = [...marked.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '')
  const text = marked.replace(/[{}]/g, '')
  const tokens = tokenize(text)
  let from = 0
  const names: Name[] = surfaces.map((surface) => {
    const start = text.indexOf(surface, from)
    from = start + surface.length
    return {
      start,
      end: from,
      first: tokens.findIndex((token) => token.start === start),
      last: tokens.findIndex((token) => token.end === from) + 1,
      type,
      confidence: 1
    }
  })
  return withCompanies(
    names,
    tokens,
    tokens.map((token) => model.describe(token.form))
  ).map((name) => name.type)
}

describe('firms that a tagger took for people', () => {
  it.each([
    'the chipmaker {Orvell} said',
    '{Orvell Inns} raised its forecast',
    'She bought shares in {Orvell}',
    "{Orvell}'s shareholders voted",
    "{Orvell}'s interim chief executive",
    '{Orvell} shares fell',
    'a stake in {Marks Tillot}'
  ])('%s', (text) => {
    expect(types(text)).toEqual(['organization'])
  })
  it('are firms wherever they are named, by the first word of their name too', () => {
    expect(types('The brewer {Orvell} grew. {Orvell} is old.')).toEqual(['organization', 'organization'])
    expect(types('{Orvell Systems} grew. {Orvell} is old.')).toEqual(['organization', 'organization'])
  })
  it.each([
    ['the striker {Orvell} scored', ['person']],
    ['{Mary Orvell} said', ['person']],
    ["{Mary Orvell} spoke. {Orvell}'s shareholders listened", ['person', 'person']],
    ['Mr {Orvell} has a stake in {Orvell}', ['person', 'person']],
    ['{Orvell} shares her flat', ['person']],
    ['{Orvell} spokeswoman', ['person']]
  ])('people stay people: %s', (text, expected) => {
    expect(types(text)).toEqual(expected)
  })
  it('known places stay places, unknown ones may be firms', () => {
    expect(types('a stake in {London}', 'place')).toEqual(['place'])
    expect(types('a stake in {Orvellon}', 'place')).toEqual(['organization'])
  })
  it('leagues and congresses are no firms', () => {
    expect(types('the {Harbour League}', 'other')).toEqual(['other'])
  })
  it('no names, no change', () => {
    expect(withCompanies([], [], [])).toEqual([])
  })
})
