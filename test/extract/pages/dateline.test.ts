import { expect, it } from 'vitest'
import { datelineDate } from '../../../worker/extract/pages/dateline.ts'

it.each([
  ['OSTREVA, June 9, 2027 (Wire) - The mayor resigned.', undefined, '2027-06-09'],
  ['OSTREVA, June 9 (Wire) - The mayor resigned.', 2027, '2027-06-09'],
  ['OSTREVA, June 9 — The mayor resigned.', 2027, '2027-06-09'],
  ['Ostreva, 9 June 2027: The mayor resigned.', undefined, '2027-06-09'],
  ['NEW OSTREVA, Kell, Sept. 3, 2027 /Wire/ -- A firm said.', undefined, '2027-09-03'],
  ["CÔTE D'OR, 3 mars 2027 - Le maire", undefined, '2027-03-03'],
  ['  (Wire) - OSTREVA, Wednesday, June 9, 2027 - The mayor', undefined, '2027-06-09']
])('%s', (text, year, day) => {
  expect(datelineDate(text, year)).toBe(day)
})

it.each([
  ['no year', 'OSTREVA, June 9 (Wire) - The mayor resigned.', undefined],
  ['no day', 'OSTREVA: The mayor resigned.', 2027],
  ['no such day', 'OSTREVA, June 31 - The mayor resigned.', 2027],
  ['no month', 'OSTREVA, Room 9 - The mayor resigned.', 2027],
  ['a sentence', 'The mayor resigned in Ostreva, June 9 being his birthday, and left.', 2027],
  ['not at the start', 'The mayor resigned.\nOSTREVA, June 9, 2027 - He', 2027],
  ['nothing', '', 2027]
])('%s', (_, text, year) => {
  expect(datelineDate(text, year)).toBeNull()
})

it('stays linear on long openings', () => {
  for (const text of [
    'A'.repeat(200_000),
    'A, '.repeat(60_000),
    'Ab.'.repeat(60_000),
    `(${' '.repeat(200_000)}`
  ])
    datelineDate(text, 2027)
})
