import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlap, signatureOf, sourceOf } from '../../worker/merge/signature.ts'

/** Words that no two of which are followed by the same ones: `first` tells one text from another. */
const prose = (first: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `w${((first + i) * 7919) % 100_003}`).join(' ')

const dispatch = `The harbour of Quillmouth was closed on Sunday after a crane fell across the entrance. Nobody was on it.
The harbour master, Ines Caldow, said a floating crane would come from the north by Thursday at the latest.
Eleven ships wait outside, three of them with fruit. Insurers have been told. The port handles a tenth of the trade.`

describe('overlap', () => {
  it('is whole for the same words, whatever their case, marks and spacing', () => {
    const other = dispatch.toUpperCase().replaceAll(/[.,]/g, ' \u2013 ')
    expect(overlap(signatureOf(dispatch), signatureOf(other))).toBe(1)
  })

  it('finds a reprint with edited words and a new first line', () => {
    const edited = `Port shut\nQUILLMOUTH \u2013 ${dispatch.replace('on Sunday', 'Sunday').replace('Nobody', 'No one')}`
    expect(overlap(signatureOf(dispatch), signatureOf(edited))).toBeGreaterThan(0.7)
  })

  it('finds a text cut to a tenth', () => {
    const whole = prose(0, 700)
    const cut = whole.split(' ').slice(100, 170).join(' ')
    expect(overlap(signatureOf(whole), signatureOf(cut))).toBeGreaterThan(0.5)
  })

  it('estimates a share of one half within its error', () => {
    const estimate = overlap(signatureOf(prose(0, 400)), signatureOf(prose(200, 400)))
    expect(estimate).toBeGreaterThan(0.35)
    expect(estimate).toBeLessThan(0.65)
  })

  it('finds nothing in common between texts that have nothing in common, also of different lengths', () => {
    for (let i = 1; i < 40; i++)
      expect(overlap(signatureOf(prose(0, 900)), signatureOf(prose(2000 + 500 * i, 25 * i)))).toBe(0)
  })

  it('leaves quoted words out: two who heard one speech are no copies', () => {
    const speech = `\u201c${prose(0, 60)}\u201d`
    const [one, two] = [`${prose(1000, 60)} ${speech}`, `${prose(5000, 60)} ${speech}`]
    expect(overlap(signatureOf(one), signatureOf(two))).toBe(0)
  })

  it('does not take one sentence for a copy of its like', () => {
    const sentence = 'The mayor of Quillmouth resigned on Friday after eleven years in office.'
    expect(overlap(signatureOf(sentence), signatureOf(sentence))).toBe(0)
  })

  it('is 0 for what is no signature', () => {
    expect(signatureOf('')).toBe('')
    expect(signatureOf(' \u2013 ! ')).toBe('')
    for (const odd of ['', 'x', '\u{1f600}'.repeat(87)]) expect(overlap(odd, signatureOf(dispatch))).toBe(0)
  })

  it('is symmetrical, in bounds, and never throws', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 }), (a, b) => {
        const [one, two] = [signatureOf(a), signatureOf(b)]
        const found = overlap(one, two)
        expect(found).toBe(overlap(two, one))
        expect(found).toBeGreaterThanOrEqual(0)
        expect(found).toBeLessThanOrEqual(1)
        expect(one).toMatch(/^([\w-]{174})?$/)
      })
    )
  })

  it('reads long texts of quotation marks without delay', () => {
    for (const text of ['"'.repeat(200_000), '\u201ca '.repeat(66_000), '(Aa '.repeat(50_000)]) sourceOf(text)
  })
})

describe('sourceOf', () => {
  it.each([
    ['LONDON, June 9 (Reuters) - Shares rose.', 'Reuters'],
    ['LONDON (AFP) \u2013 Shares rose.', 'Agence France-Presse'],
    ['(AP) \u2014 Shares rose.', 'Associated Press'],
    ['BERLIN (dpa) - Shares rose.', 'Deutsche Presse-Agentur'],
    ['QUILLMOUTH (Northern Wire) \u2013 Shares rose.', 'Northern Wire'],
    ['Shares rose.\n\u00a9 2025 The Associated Press. All rights reserved.', 'Associated Press'],
    ['Shares rose.\nSource: AFP', 'Agence France-Presse'],
    ['Shares rose.\nThis report was supplied by Northern Wire.', 'Northern Wire'],
    ['Shares rose. (PTI)', 'Press Trust of India'],
    ['Shares rose. \u2013 Northern Wire', 'Northern Wire'],
    [
      'Shares rose.\n(Reporting by Ana Lund in Oslo; Editing by Bo Berg) with reporting from Reuters',
      'Reuters'
    ],
    ['Shares rose.\nReporting by Northern Wire. The Post edited this story.', 'Northern Wire']
  ])('reads the agency of %j', (text, wire) => {
    expect(sourceOf(text).wire).toBe(wire)
  })

  it.each([
    'LONDON \u2013 Shares rose.',
    'Shares rose, Reuters reported.',
    'CAPE LAUREL, Fla. \u2013 Shares rose.',
    'The bank (founded in 1802) \u2013 one of the oldest \u2013 closed.',
    'Shares rose.\n\u00a9 Quillmouth Courier 2025',
    'Shares rose.\nSource: company data',
    'Shares rose to a record. It was a good week \u2013 at last'
  ])('finds no agency in %j', (text) => {
    expect(sourceOf(text).wire).toBeNull()
  })

  it('reads who wrote it', () => {
    expect(sourceOf('By Ana Lund and Bo Berg, Oslo\n\nShares rose.').byline).toBe('Ana Lund, Bo Berg')
    expect(sourceOf('Shares rose.\n(Reporting by Ana Lund; Editing by Bo Berg)').byline).toBe('Ana Lund')
    expect(sourceOf('Shares rose by a tenth.').byline).toBeNull()
  })
})
