import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentWords, negated, stem, words } from '../../worker/merge/words.ts'

describe('words', () => {
  it.each([
    ['This programme treats our labour badly', 'This program treats our labor badly'],
    ['We were travelling to the theatre', 'We were traveling to the theater'],
    ['The council organised it', 'The council organized it'],
    ['\u201cIt isn\u2019t over\u201d', '"It isn\'t over"'],
    ['café', 'cafe'],
    ['thirty-four people', '34 people'],
    ['28.8 billion', '28,800,000,000'],
    ['£8.4m', '8.4 million'],
    ['12.7%', '12.7 per cent'],
    ['the U.S. economy', 'the American economy'],
    ['exports to the US', 'exports to the United States']
  ])('reads %j and %j alike', (a, b) => {
    expect(words(a)).toEqual(words(b))
  })

  it.each([
    ['give it to us', 'give it to the US'],
    ['it may open', 'it opens in May'],
    ['twelve', 'thirteen'],
    ['1.2 million', '12 million']
  ])('keeps %j and %j apart', (a, b) => {
    expect(contentWords(a)).not.toEqual(contentWords(b))
  })

  it('gives verbs and nouns one stem', () => {
    expect(new Set(['close', 'closes', 'closed', 'closing'].map(stem)).size).toBe(1)
    expect(new Set(['stop', 'stops', 'stopped', 'stopping'].map(stem)).size).toBe(1)
    expect(new Set(['country', 'countries'].map(stem)).size).toBe(1)
    expect(stem('fell')).toBe(stem('fall'))
  })

  it('counts negations', () => {
    expect(negated(words("We won't close it"))).toBe(true)
    expect(negated(words('Nobody said it would not close'))).toBe(false)
    expect(negated(words('We will close it'))).toBe(false)
  })

  it('takes any text', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const word of words(text)) expect(word).not.toBe('')
      })
    )
    expect(words('')).toEqual([])
    expect(words('9'.repeat(400)).length).toBe(1)
  })

  // A squared time would be minutes, and the test would time out.
  it.each(['a', '1,', "'", 'May ', 'U. S. ', 'ing', '5 k.', 'united states ', '\u00e9 '])(
    'reads a long text of %j',
    (unit) => {
      expect(words(unit.repeat(Math.floor(50_000 / unit.length))).length).toBeLessThan(50_000)
    }
  )

  it.each([
    ['10 k', ['10000']],
    ['10, k', ['10000']],
    ['10 kg', ['10', 'kg']],
    ['10 k.10 bn', ['10000', '10000000000']],
    ['9k9', ['9', 'k', '9']],
    ['prime ministers', ['primeminister']],
    ['prime ministerial', ['prim', 'ministerial']],
    ['prime, minister', ['prim', 'minister']],
    ['a united states', ['a', 'unitedstat']],
    ['10 per cent, per cents', ['10', 'percent', 'percent']],
    ['will not and won\u2019t', ['wil', 'not', 'and', 'wil', 'not']]
  ])('cuts %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('reads a word the same again, and a long one too', () => {
    const text = 'the farmers reorganised their telecommunications'
    const first = words(text)
    expect(words(text)).toEqual(first)
    expect(first).toContain('telecommunication')
  })
})
