import { describe, expect, test } from 'vitest'
import { formOf, lettersFor } from '../../worker/merge/aliases.ts'

const COUNTRIES = new Map([
  ['us', 'united-states'],
  ['united-states', 'united-states'],
  ['american', 'united-states'],
  ['china', 'china'],
  ['chinese', 'china'],
  ['japan', 'japan'],
  ['democratic-republic-of-the-congo', 'democratic-republic-of-the-congo']
])
const form = (id: string) => formOf(id, COUNTRIES)

describe('names of one form', () => {
  test.each([
    ['commerce-department', 'department-of-commerce'],
    ['us-commerce-department', 'united-states-department-of-commerce'],
    ['american-commerce-department', 'department-of-commerce-of-the-united-states'],
    ['chinese-ministry-of-trade', 'trade-ministry-of-china'],
    ['us-labor-department', 'us-department-of-labour'],
    ['northwind-traders-ltd', 'northwind-traders'],
    ['northwind-traders-co-ltd', 'northwind-traders-inc'],
    ['office-for-river-statistics', 'office-of-river-statistics'],
    [
      'health-ministry-of-the-democratic-republic-of-the-congo',
      'democratic-republic-of-the-congo-health-ministry'
    ]
  ])('%s and %s', (one, other) => expect(form(one)).toBe(form(other)))
})

describe('names of two', () => {
  test.each([
    ['chinese-ministry-of-trade', 'ministry-of-trade-of-japan'],
    // Told of no country, it may be of any.
    ['commerce-department', 'us-commerce-department'],
    ['commerce-department', 'commerce-ministry'],
    ['university-of-washington', 'washington-university'],
    ['northwind-group', 'northwind'],
    ['northwind-traders', 'northwind'],
    ['bank-of-ravenna', 'ravenna'],
    ['us-department', 'chinese-department']
  ])('%s and %s', (one, other) => expect(form(one)).not.toBe(form(other)))
})

test('a form is never empty', () => {
  for (const id of ['of', 'the-of', 'co', 'inc-ltd', 'ministry', 'us-ministry', 'of-the-ministry-of', 'a'])
    expect(form(id)).not.toBe('')
})

describe('letters stand for a name', () => {
  test('in brackets behind it, or as the first letters of its words', () => {
    expect(lettersFor('Office for River Statistics', ['ORS'], '')).toEqual(['ORS'])
    expect(lettersFor('Office for River Statistics', ['OFRS'], '')).toEqual(['OFRS'])
    expect(lettersFor('Ministry of Dykes', ['MoD', 'M.o.D.', 'Mod'], '')).toEqual(['MoD', 'M.o.D.'])
    expect(lettersFor('Harbour Pilots Union', ['H.P.U.'], '')).toEqual(['H.P.U.'])
    expect(
      lettersFor('Ravenna Waterworks', ['RAWA'], 'The Ravenna Waterworks (RAWA) raised its fee.')
    ).toEqual(['RAWA'])
    expect(
      lettersFor('Ravenna Waterworks', ['RAWA'], 'Ravenna Waterworks (the RAWA) raised its fee.')
    ).toEqual(['RAWA'])
  })
  test('and nothing else does', () => {
    expect(lettersFor('Northwind Traders', ['Northwind', 'Traders', 'NORTHWIND', 'N', 'XYZ'], '')).toEqual([])
    expect(lettersFor('Northwind', ['NW'], 'Northwind and NW')).toEqual([])
    expect(lettersFor('', ['A'], '')).toEqual([])
    expect(lettersFor('Ravenna Waterworks', ['RAWA'], 'Ravenna Waterworks, not RAWA, raised it.')).toEqual([])
  })
})
