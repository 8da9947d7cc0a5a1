import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuotations } from '../../../worker/extract/text/quotations.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'

const find = (text: string) => findQuotations(text, tokenize(text))
const quoted = (text: string) => find(text).map(({ start, end }) => text.slice(start, end))

describe('findQuotations', () => {
  it.each([
    ['straight', '"We go," she said. "We stay."', ['We go,', 'We stay.']],
    ['curly', '“We go,” she said.', ['We go,']],
    ['of two characters', "``We go,'' she said. ''We stay.''", ['We go,', 'We stay.']],
    ['angled, with or without inner space', '«We go» and « we stay »', ['We go', 'we stay']],
    ['low and high', '„We go,“ she said.', ['We go,']],
    ['the wrong way round', 'an “odd“ and ”even” thing', ['odd', 'even']],
    ['straight ones closed by curly ones', '"We go,” she said.', ['We go,']],
    ['single straight', "'We go,' she said.", ['We go,']],
    ['single curly', '‘We go,’ she said.', ['We go,']],
    ['single with contractions inside', "'We don't and we won't,' she said.", ["We don't and we won't,"]],
    [
      'single with a possessive plural inside',
      "'The miners' fund is empty,' she said.",
      ["The miners' fund is empty,"]
    ],
    ['single that a plural ends', "the 'workers' and the 'owners' met", ['workers', 'owners']],
    ['partial ones', "It had been a 'quite pleasant' day.", ['quite pleasant']],
    ['after a colon without a space', 'said:"We go"', ['We go']],
    ['in brackets', '("We go")', ['We go']]
  ])('%s', (_, text, expected) => {
    expect(quoted(text)).toEqual(expected)
  })

  it.each([
    ['contractions and possessives', "Don't touch Ann's or the miners' bags."],
    ['decades and elided words', "Back in the '80s they'd rock 'n' roll 'em."],
    ['feet and inches', 'He is 6\'2" tall and 12" wide.'],
    ['a mark that nothing follows', 'He said "'],
    ['a closing mark alone', 'He left” and went.'],
    ['empty marks', 'He said "" and ‘’.']
  ])('takes none from %s', (_, text) => {
    expect(quoted(text)).toEqual([])
  })

  it('tells nested ones by their depth', () => {
    const text = '“He told us ‘no’ twice,” she said.'
    expect(find(text).map(({ depth, start, end }) => [depth, text.slice(start, end)])).toEqual([
      [0, 'He told us ‘no’ twice,'],
      [1, 'no']
    ])
  })

  it('reads double marks in single ones, and single ones in single ones', () => {
    expect(quoted(`'He told us "no" twice,' she said.`)).toEqual(['He told us "no" twice,', 'no'])
    expect(quoted("'Since Moss's 'Open Day' in May it fell,' she said.")).toEqual([
      "Since Moss's 'Open Day' in May it fell,",
      'Open Day'
    ])
  })

  it('gives offsets with and without the marks', () => {
    expect(find('So “we go” now')).toEqual([
      {
        start: 4,
        end: 9,
        outerStart: 3,
        outerEnd: 10,
        first: 2,
        last: 4,
        depth: 0,
        paragraph: 0,
        continues: false
      }
    ])
  })

  it('goes on where each paragraph opens with a mark and the last one closes', () => {
    const text = '“We began in May.\n\n“Then it rained.\n\n“It dried,” he said.\n“Good.”'
    expect(find(text).map(({ continues, start, end }) => [continues, text.slice(start, end)])).toEqual([
      [false, 'We began in May.'],
      [true, 'Then it rained.'],
      [true, 'It dried,'],
      [false, 'Good.']
    ])
  })

  it('goes on in single marks too', () => {
    const text = "'We began in May.\n'Then it rained,' he said."
    expect(find(text).map(({ continues, start, end }) => [continues, text.slice(start, end)])).toEqual([
      [false, 'We began in May.'],
      [true, 'Then it rained,']
    ])
  })

  it('ends an unclosed one with its paragraph', () => {
    const text = 'He said: “We go\n\nThey went.'
    const [only, ...more] = find(text)
    expect(more).toEqual([])
    expect(text.slice(only.start, only.end)).toBe('We go')
    expect(only.outerEnd).toBe(only.end)
  })

  it('ends an unclosed one where the next opens', () => {
    expect(quoted('"We go, he said. "They stay."')).toEqual(['We go, he said.', 'They stay.'])
  })

  it('survives any order of marks, in order and inside the text', () => {
    const pieces = fc.constantFrom(
      "'",
      '’',
      '‘',
      '"',
      '“',
      '”',
      '«',
      '»',
      '„',
      "''",
      '``',
      ' ',
      '\n',
      'word',
      's',
      '.',
      ',',
      '1'
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        const tokens = tokenize(text)
        let at = 0
        for (const one of findQuotations(text, tokens)) {
          expect(one.outerStart).toBeGreaterThanOrEqual(at)
          at = one.outerStart
          expect(one.start).toBeGreaterThan(one.outerStart)
          expect(one.end).toBeGreaterThan(one.start)
          expect(one.outerEnd).toBeGreaterThanOrEqual(one.end)
          expect(tokens[one.first].start).toBe(one.start)
          expect(tokens[one.last - 1].end).toBe(one.end)
        }
      })
    )
  })

  it('reads hostile text in bounded time', () => {
    for (const text of [
      "'a ".repeat(20_000),
      '"a '.repeat(20_000),
      '« '.repeat(20_000),
      "'".repeat(60_000),
      "\n'a".repeat(20_000)
    ])
      find(text)
  })
})
