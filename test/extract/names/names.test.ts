import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chainDecoder, stretchesOf } from '../../../worker/extract/names/crf.ts'
import {
  fineCluster,
  frequencyBand,
  leaningOf,
  LIST,
  listsOf,
  loadLexicon
} from '../../../worker/extract/names/lexicon.ts'
import { trimName } from '../../../worker/extract/names/edges.ts'
import { findNames, lexiconOf, loadNames } from '../../../worker/extract/names/names.ts'
import type { Name } from '../../../worker/extract/reading.ts'
import { decodeSorted, encodeSorted, riceParameter } from '../../../worker/extract/names/rice.ts'
import { splitSentences } from '../../../worker/extract/text/sentences.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'
import weights from '../../../worker/extract/models/names.bin'

const model = loadNames(weights)

function names(text: string): string[] {
  const tokens = tokenize(text)
  return findNames(model, text, tokens, splitSentences(text, tokens)).map(
    ({ start, end, type }) => `${type}: ${text.slice(start, end)}`
  )
}

describe('findNames', () => {
  it('leaves titles, "the" and possessives outside', () => {
    expect(
      names(
        "President John Carter's adviser, Dr. Helen Brooks, told the New York Times that she had resigned."
      )
    ).toEqual(['person: John Carter', 'person: Helen Brooks', 'organization: New York Times'])
  })

  it('tells groups from places', () => {
    expect(names('German officials in Berlin met the Turkish foreign minister on Friday.')).toEqual([
      'group: German',
      'place: Berlin',
      'group: Turkish'
    ])
  })

  it('takes a family name alone for the person named before', () => {
    const found = names(
      'Helen Brooks, a nurse from Leeds, won the prize. Brooks said she was glad. Friends of Brooks cheered in Leeds.'
    )
    expect(found).toEqual([
      'person: Helen Brooks',
      'place: Leeds',
      'person: Brooks',
      'person: Brooks',
      'place: Leeds'
    ])
  })

  it('finds nothing in nothing', () => {
    expect(names('')).toEqual([])
    expect(names('the cat sat on the mat')).toEqual([])
  })

  it('gives spans in order, on token edges, with a confidence', () => {
    const part = fc.constantFrom(
      'Ann',
      'LEE',
      'of',
      'the',
      'Bank',
      '-',
      '(',
      ')',
      '“',
      '.',
      '\n',
      '5',
      '$',
      'al-Sisi',
      'É',
      '日本',
      '’s',
      '\u200b',
      '😀'
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(part).map((parts) => parts.join(' '))
        ),
        (text) => {
          const tokens = tokenize(text)
          let end = 0
          for (const name of findNames(model, text, tokens, splitSentences(text, tokens))) {
            expect(name.start).toBeGreaterThanOrEqual(end)
            expect(name.start).toBe(tokens[name.first].start)
            expect(name.end).toBe(tokens[name.last - 1].end)
            expect(name.confidence).toBeGreaterThanOrEqual(0)
            expect(name.confidence).toBeLessThanOrEqual(1.0001)
            end = name.end
          }
        }
      )
    )
  })

  it('reads the same after more words than it remembers', () => {
    const text = 'Ann Lee met the mayor of Riverton, and Lee left for Northport with Marcus Webb of the OECD.'
    const before = names(text)
    names(Array.from({ length: 17_000 }, (_, i) => `Qa${i.toString(36)}zu`).join(' '))
    expect(names(text)).toEqual(before)
    expect(before).toContain('person: Ann Lee')
  })

  it('reads 200,000 characters of capitals in reasonable time', () => {
    names('Ann LEE-Bank OF '.repeat(12_500))
    names('X'.repeat(200_000))
  })
})

describe('trimName', () => {
  const trimmed = (text: string, type: Name['type'], first: number, last: number) => {
    const tokens = tokenize(text)
    const name = { start: tokens[first].start, end: tokens[last - 1].end, first, last, type, confidence: 1 }
    const kept = trimName(name, text, tokens)
    return kept && `${kept.type}: ${text.slice(kept.start, kept.end)}`
  }
  it.each([
    [
      'a title at the end is the next name’s',
      'Ohio Gov. Mara Holt spoke',
      'organization',
      0,
      2,
      'place: Ohio'
    ],
    ['a title at the beginning', 'Sen. Mara Holt spoke', 'person', 0, 3, 'person: Mara Holt'],
    ['Saint is no title in a place', 'St. Lucia waits', 'place', 0, 2, 'place: St. Lucia'],
    ['currency is no place', 'US$5', 'place', 0, 1, null],
    ['party and state are no organisation', 'Holt (D-Ohio) spoke', 'organization', 2, 3, 'other: D-Ohio'],
    ['an account is no name', 'by @Acme today', 'organization', 2, 3, null],
    ['a name at the end of a sentence stays', 'He saw Oslo.', 'place', 2, 3, 'place: Oslo']
  ] as const)('%s', (_, text, type, first, last, expected) => {
    expect(trimmed(text, type, first, last)).toBe(expected)
  })
})

describe('loadNames', () => {
  it.each([
    ['nothing', new ArrayBuffer(0)],
    ['noughts', new ArrayBuffer(4096)],
    ['a file cut short', weights.slice(0, weights.byteLength - 1)],
    ['a header alone', weights.slice(0, 28)]
  ])('refuses %s', (_, bytes) => {
    expect(() => loadNames(bytes)).toThrow(RangeError)
  })
})

describe('the lexicon', () => {
  const lexicon = loadLexicon(lexiconOf(weights))
  it('knows words by what they stand for', () => {
    expect(frequencyBand(lexicon.find('the'))).toBe(0)
    expect(listsOf(lexicon.find('london')) & LIST.city).toBeTruthy()
    expect(listsOf(lexicon.find('kenyan')) & LIST.demonym).toBeTruthy()
    expect(fineCluster(lexicon.find('monday'))).toBe(fineCluster(lexicon.find('tuesday')))
    expect(leaningOf(lexicon.find('london'))).not.toBe(leaningOf(lexicon.find('the')))
  })
  it('looks past diacritics, and does not know everything', () => {
    expect(lexicon.find('garcía')).toBeGreaterThanOrEqual(0)
    const unknown = Array.from({ length: 1000 }, (_, i) => lexicon.find(`zq${i}xv`)).filter(
      (entry) => entry < 0
    )
    expect(unknown.length).toBeGreaterThan(950)
  })
  it('refuses what is no lexicon', () => {
    expect(() => loadLexicon(new ArrayBuffer(64))).toThrow(RangeError)
    expect(() => loadLexicon(lexiconOf(weights).slice(0, -1))).toThrow(RangeError)
  })
})

describe('Rice code', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 20 })), fc.nat({ max: 16 }), (numbers, rice) => {
        const sorted = numbers.toSorted((a, b) => a - b)
        // a long run of ones for a small parameter is slow, not wrong
        const parameter = Math.max(rice, riceParameter(sorted.length, 2 ** 20))
        expect([...decodeSorted(encodeSorted(sorted, parameter), sorted.length, parameter)]).toEqual(sorted)
      })
    )
  })
  it('refuses a stream that ends early', () => {
    expect(() => decodeSorted(Uint8Array.of(0xff), 1, 3)).toThrow(RangeError)
  })
})

describe('the chain decoder', () => {
  const chain = {
    labels: 3,
    transitions: Float32Array.of(0, 1, -Infinity, 0.5, 0, 1, 0.2, 0, 0.3),
    starts: Float32Array.of(0, 0.5, -Infinity)
  }
  const score = (labels: readonly number[], scores: Float32Array) =>
    labels.reduce(
      (sum, label, i) =>
        sum +
        scores[i * 3 + label] +
        (i === 0 ? chain.starts[label] : chain.transitions[labels[i - 1] * 3 + label]),
      0
    )
  const paths = (size: number): number[][] =>
    size === 0 ? [[]] : paths(size - 1).flatMap((path) => [0, 1, 2].map((label) => [...path, label]))

  it('agrees with counting all paths', () => {
    const value = fc.integer({ min: -30, max: 30 }).map((n) => n / 10)
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 4 }), (rows) => {
        const scores = Float32Array.from(rows.flat())
        const stretch = { first: 0, last: rows.length, opens: true, closes: true }
        const decoder = chainDecoder(chain)
        const best = new Uint8Array(rows.length)
        decoder.best(stretch, scores, best)
        const all = paths(rows.length).map((path) => ({ path, score: score(path, scores) }))
        expect(score([...best], scores)).toBeCloseTo(Math.max(...all.map((one) => one.score)), 4)
        const chances = new Float32Array(scores.length)
        decoder.chances(stretch, scores, chances)
        const total = all.reduce((sum, one) => sum + Math.exp(one.score), 0)
        rows.forEach((_, i) => {
          for (const label of [0, 1, 2]) {
            const part = all
              .filter(({ path }) => path[i] === label)
              .reduce((sum, one) => sum + Math.exp(one.score), 0)
            expect(chances[i * 3 + label]).toBeCloseTo(part / total, 3)
          }
        })
      })
    )
  })

  it('decodes what is not outside, sentence by sentence', () => {
    const sentences = [
      { first: 0, last: 4 },
      { first: 4, last: 6 }
    ]
    expect(stretchesOf(sentences, Uint8Array.of(0, 1, 0, 0, 0, 1))).toEqual([
      { first: 0, last: 1, opens: true, closes: false },
      { first: 2, last: 4, opens: false, closes: true },
      { first: 4, last: 5, opens: true, closes: false }
    ])
  })
})
