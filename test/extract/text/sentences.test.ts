import { describe, expect, it } from 'vitest'
import { splitSentences } from '../../../worker/extract/text/sentences.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'

const sentences = (text: string) =>
  splitSentences(text, tokenize(text)).map(({ start, end }) => text.slice(start, end))

describe('splitSentences', () => {
  it.each([
    [
      'stops, questions and calls',
      'It rained. Why? Nobody knew! Then it stopped.',
      ['It rained.', 'Why?', 'Nobody knew!', 'Then it stopped.']
    ],
    [
      'titles and initials end none',
      'Dr. J. Orr met Gov. Ada L. Moss. They ate.',
      ['Dr. J. Orr met Gov. Ada L. Moss.', 'They ate.']
    ],
    [
      'a country ends one before a word that opens',
      'He moved to the U.S. He liked it.',
      ['He moved to the U.S.', 'He liked it.']
    ],
    ['a country before a name goes on', 'the U.S. Navy left.', ['the U.S. Navy left.']],
    [
      'a company ends one before a word that opens',
      'She runs Brill Inc. The firm is small.',
      ['She runs Brill Inc.', 'The firm is small.']
    ],
    [
      'decimals and numbered things end none',
      'It fell 3.5 percent on Nov. 3 at No. 10 Elm Road.',
      ['It fell 3.5 percent on Nov. 3 at No. 10 Elm Road.']
    ],
    ['a missing space', 'That was all she said.Orr nodded.', ['That was all she said.', 'Orr nodded.']],
    [
      'closing marks belong to their sentence',
      '"We won." He left. (They cheered.) All went.',
      ['"We won."', 'He left.', '(They cheered.)', 'All went.']
    ],
    [
      'closing single and curly marks too',
      '‘We won.’ ‘You lost.’ So it was.',
      ['‘We won.’', '‘You lost.’', 'So it was.']
    ],
    [
      'a question in marks goes on with its verb',
      '"Why?" asked Orr. "Why not?" she said.',
      ['"Why?" asked Orr.', '"Why not?" she said.']
    ],
    ['a question in marks goes on with its speaker', '"Why?" Ada Moss asked.', ['"Why?" Ada Moss asked.']],
    ['an opening mark begins one', 'He paused. “Go on.”', ['He paused.', '“Go on.”']],
    [
      'small letters go on',
      'the so-called co. was no firm. really',
      ['the so-called co. was no firm. really']
    ],
    ['numbers may begin one', 'It ended. 12 people left.', ['It ended.', '12 people left.']],
    ['lines are paragraphs', 'A headline\nBy Ann Orr\n\nIt rained', ['A headline', 'By Ann Orr', 'It rained']]
  ])('%s', (_, text, expected) => {
    expect(sentences(text)).toEqual(expected)
  })

  it('numbers paragraphs by lines, blank ones apart', () => {
    const text = 'One. Two.\n\nThree.\r\nFour.'
    expect(splitSentences(text, tokenize(text)).map(({ paragraph }) => paragraph)).toEqual([0, 0, 1, 2])
  })

  it('covers all tokens', () => {
    const text = '. . "?" Mr. . ) ” A.\n… B. ! c'
    const tokens = tokenize(text)
    let at = 0
    for (const { first, last } of splitSentences(text, tokens)) {
      expect(first).toBe(at)
      expect(last).toBeGreaterThan(first)
      at = last
    }
    expect(at).toBe(tokens.length)
  })

  it('gives none for no text', () => {
    expect(splitSentences('', [])).toEqual([])
  })
})

it.each([
  ['PORTO – Cargo fell.', 'Cargo fell.'],
  ['LONDON: The council met.', 'The council met.'],
  ['WASHINGTON, April 30 – Output shrank.', 'Output shrank.'],
  ['NEW DELHI (Agency) - The captain rose.', 'The captain rose.'],
  ['Rain stopped play.\nPARIS, France, June 3 (Agency) -- Officials met.', 'Officials met.']
])('a dateline is no part of the sentence behind it: %s', (text, last) => {
  const sentences = splitSentences(text, tokenize(text))
  const { start, end } = sentences.at(-1) ?? { start: 0, end: 0 }
  expect(text.slice(start, end)).toBe(last)
})

it.each(['US: Sales rose.', 'The US – China talks began.', 'BP - the oil major - rose.'])(
  'capitals alone are no dateline: %s',
  (text) => {
    expect(splitSentences(text, tokenize(text))).toHaveLength(1)
  }
)
