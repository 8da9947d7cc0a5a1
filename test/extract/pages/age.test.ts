import { describe, expect, it } from 'vitest'
import { publishedAt, readStamp } from '../../../worker/extract/pages/age.ts'

const at = (text: string, page: string | null): string | null => {
  const stamp = readStamp(text)
  return stamp === null ? null : publishedAt(stamp, page)
}

describe('ages', () => {
  it.each([
    ['7 minutes ago', '2027-03-01T12:00:00Z', '2027-03-01T11:53:00Z'],
    ['an hour ago', '2027-03-01T00:30:00Z', '2027-02-28T23:30:00Z'],
    ['3h', '2027-03-01T01:00:00+05:30', '2027-02-28T22:00:00+05:30'],
    ['About 2 hours ago', '2027-03-01T12:00:00-08:00', '2027-03-01T10:00:00-08:00'],
    ['just now', '2027-03-01T12:00:00Z', '2027-03-01T12:00:00Z'],
    ['yesterday', '2027-03-01T12:00:00Z', '2027-02-28'],
    ['2 days ago', '2027-03-01', '2027-02-27'],
    ['3 hours ago', '2027-03-01', '2027-03-01'],
    ['2 weeks ago', '2027-03-01', null],
    ['1 month ago', '2027-03-01T12:00:00Z', null],
    ['3 hours ago', null, null],
    ['3 hours ago', 'soon', null],
    ['June 9, 2027', null, '2027-06-09'],
    ['Wed, 9 Jun 2027 10:30 GMT', null, '2027-06-09'],
    ['Updated: June 9, 2027 at 10:30 am', null, '2027-06-09']
  ])('%s on a page of %s', (text, page, expected) => {
    expect(at(text, page)).toBe(expected)
  })

  it.each([
    '5 days',
    'three hours',
    'ago',
    '3 boats ago',
    'June 9',
    'June 9, 2027 was a Wednesday',
    '14 hours of rain',
    'h',
    '99999 hours ago',
    ''
  ])('no age: %s', (text) => {
    expect(readStamp(text)).toBeNull()
  })
})
