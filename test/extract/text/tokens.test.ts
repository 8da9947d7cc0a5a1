import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../../worker/extract/text/tokens.ts'

const words = (text: string) => tokenize(text).map((token) => token.text)

describe('tokenize', () => {
  it.each([
    ['contractions stay whole', "They don't and won’t.", ['They', "don't", 'and', 'won’t', '.']],
    ["a possessive 's is a word of its own", "Ann's and Bo’s", ['Ann', "'s", 'and', 'Bo', '’s']],
    ['the mark after a plural possessive is a mark', "the miners' union", ['the', 'miners', "'", 'union']],
    ['names with an apostrophe stay whole', "O'Hara met D’Arcy", ["O'Hara", 'met', 'D’Arcy']],
    ['two capitalised parts come apart', 'Chad-Niger talks', ['Chad', '-', 'Niger', 'talks']],
    [
      'compounds stay whole',
      'a third-quarter, vice-mayor X-ray',
      ['a', 'third-quarter', ',', 'vice-mayor', 'X-ray']
    ],
    [
      'a number and a word come apart',
      'the 90-day, 5m plan',
      ['the', '90', '-', 'day', ',', '5', 'm', 'plan']
    ],
    ['model and disease numbers stay whole', 'an F-16 and Zika-2', ['an', 'F-16', 'and', 'Zika-2']],
    ['years after a prefix come apart', 'pre-2009', ['pre', '-', '2009']],
    [
      'names with a prefix or an ending come apart',
      'pro-Riga, Oslo-based',
      ['pro', '-', 'Riga', ',', 'Oslo', '-', 'based']
    ],
    ['Arabic articles join their name', 'al-Harbi', ['al-Harbi']],
    ['money and shares', 'US$28.8bn, 12.7%', ['US', '$', '28.8', 'bn', ',', '12.7', '%']],
    [
      'numbers keep commas, points, colons and endings',
      '1,250.5 at 12:30 on the 3rd of the 1990s',
      ['1,250.5', 'at', '12:30', 'on', 'the', '3rd', 'of', 'the', '1990s']
    ],
    ['a number at the end of a clause leaves its comma', 'In 2015, 3.', ['In', '2015', ',', '3', '.']],
    [
      'abbreviations keep their point',
      'Dr. Ito of the U.S. on Nov. 3',
      ['Dr.', 'Ito', 'of', 'the', 'U.S.', 'on', 'Nov.', '3']
    ],
    ['initials keep their point', 'J. K. Moss and P.D. Orr', ['J.', 'K.', 'Moss', 'and', 'P.D.', 'Orr']],
    ['"No." is a sign before a number and an answer elsewhere', 'No. 5? No.', ['No.', '5', '?', 'No', '.']],
    ['the pronoun I is no initial', 'So did I. Then', ['So', 'did', 'I', '.', 'Then']],
    ['a missing space after a stop', 'she left.Then', ['she', 'left', '.', 'Then']],
    ['host names stay whole', 'Example.com grew', ['Example.com', 'grew']],
    ['double marks of two characters', "``Yes,'' he", ['``', 'Yes', ',', "''", 'he']],
    [
      'dashes and ellipses',
      'well... no -- never – yes…',
      ['well', '...', 'no', '--', 'never', '–', 'yes', '…']
    ],
    ['ampersands join capitals only', 'P&O sells salt&pepper', ['P&O', 'sells', 'salt', '&', 'pepper']],
    ['emoji are one mark', 'ok 🙂!', ['ok', '🙂', '!']],
    ['accents and combining marks', 'Zoe\u0308 Núñez', ['Zoe\u0308', 'Núñez']],
    ['nothing', ' \n\t ', []]
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('tells kinds and white space', () => {
    expect(tokenize('Up 5%').map(({ kind, spaced }) => [kind, spaced])).toEqual([
      ['word', false],
      ['number', true],
      ['mark', false]
    ])
  })

  it('covers every character but white space, in order, whatever the text', () => {
    const pieces = fc.constantFrom(
      "'",
      '’',
      '"',
      '“',
      '.',
      '-',
      '&',
      's',
      'A',
      'b',
      '1',
      ',',
      ':',
      ' ',
      '\n',
      'U.S.',
      '😀',
      '\ud83d',
      'ﬁ'
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        let at = 0
        for (const token of tokenize(text)) {
          expect(text.slice(at, token.start)).toMatch(/^[\s\u200b]*$/)
          expect(token.start).toBeGreaterThanOrEqual(at)
          expect(token.end).toBeGreaterThan(token.start)
          expect(text.slice(token.start, token.end)).toBe(token.text)
          at = token.end
        }
        expect(text.slice(at)).toMatch(/^[\s\u200b]*$/)
      })
    )
  })
})
