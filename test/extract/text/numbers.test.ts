import { describe, expect, it } from 'vitest'
import { atomize } from '../../../worker/extract/text/atoms.ts'
import { parseDigits, readNumber, times } from '../../../worker/extract/text/numbers.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'

/** Value of the number at the head of a text, and the text after it. */
function read(text: string) {
  const atoms = atomize(tokenize(text))
  const number = readNumber(atoms, 0)
  if (!number) return null
  const rest = number.end < atoms.length ? text.slice(atoms[number.end].start) : ''
  return { value: number.value, high: number.high, rest }
}

describe('digits', () => {
  it.each([
    ['1,250.5', 1250.5],
    ['12,34,567', 1234567],
    ['0.5', 0.5],
    ['1½', 1.5],
    ['¾', 0.75],
    ['007', 7]
  ])('reads %s', (text, value) => {
    expect(parseDigits(text)).toBe(value)
  })

  it.each(['12:30', '3rd', '1.2.3', '1,2', '1,2345', '', '1990s', '½½', '1e9'])(
    'does not read %s',
    (text) => {
      expect(parseDigits(text)).toBeNull()
    }
  )

  it.each([
    ['28.8 billion barrels', 28_800_000_000, 'barrels'],
    ['12 lakh voters', 1_200_000, 'voters'],
    ['3.5 crore', 35_000_000, ''],
    ['1.2bn won', 1_200_000_000, 'won'],
    ['7 3/4 inches', 7.75, 'inches'],
    ['1/2 cup', 0.5, 'cup'],
    ['5 hundred thousand', 500_000, ''],
    ['24/7 service', 24, '/7 service'],
    ['.534 hitter', 0.534, 'hitter']
  ])('reads %s', (text, value, rest) => {
    expect(read(text)).toEqual({ value, high: null, rest })
  })

  it('keeps a letter that may be a unit apart', () => {
    const number = readNumber(atomize(tokenize('35m of pipe')), 0)
    expect(number).toMatchObject({ value: 35, letter: 'm' })
  })

  it('does not leave crumbs of binary fractions', () => {
    expect(times(1.1, 1e9)).toBe(1_100_000_000)
    expect(times(4.35, 100)).toBe(435)
    expect(times(1 / 3, 1)).toBe(1 / 3)
  })
})

describe('words', () => {
  it.each([
    ['twenty-five ships', 25, 'ships'],
    ['two hundred and six ships', 206, 'ships'],
    ['three thousand four hundred and twelve', 3412, ''],
    ['two and a half million', 2_500_000, ''],
    ['one and a half years', 1.5, 'years'],
    ['a dozen eggs', 12, 'eggs'],
    ['two dozen eggs', 24, 'eggs'],
    ['a hundred', 100, ''],
    ['half a million', 500_000, ''],
    ['a quarter of a billion', 250_000_000, ''],
    ['two-thirds of them', 2 / 3, 'of them'],
    ['a third of them', 1 / 3, 'of them'],
    ['five and six', 5, 'and six'],
    ['twenty fifteen', 20, 'fifteen'],
    ['one two three', 1, 'two three'],
    ['hundred', null, ''],
    ['a ship', null, ''],
    ['and five', null, ''],
    ['two third parties', 2, 'third parties']
  ])('reads %s', (text, value, rest) => {
    expect(read(text)).toEqual(value === null ? null : { value, high: null, rest })
  })

  it('gives plural scale words as a span', () => {
    expect(read('dozens of ships')).toEqual({ value: 12, high: 120, rest: 'of ships' })
    expect(read('tens of thousands of ships')).toEqual({ value: 10_000, high: 100_000, rest: 'of ships' })
    expect(read('millions of hundreds')).toEqual({ value: 1e6, high: 1e7, rest: 'of hundreds' })
  })

  it('reads nothing past the end', () => {
    expect(readNumber([], 0)).toBeNull()
    expect(readNumber(atomize(tokenize('five')), 7)).toBeNull()
  })
})
