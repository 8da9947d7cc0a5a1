import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  comparePeriods,
  containsPeriod,
  dayNumber,
  daysInMonth,
  easterSunday,
  enclosing,
  isRealDay,
  isoDay,
  isoMonth,
  isoQuarter,
  isoWeek,
  joinPeriods,
  nthWeekday,
  overlaps,
  periodBounds,
  precisionOf,
  previousPeriod,
  samePeriod,
  shiftPeriod,
  weekdayOf,
  yearsEarlier
} from '../../../worker/extract/dates/calendar.ts'

const day = (iso: string) =>
  dayNumber(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)))

describe('days', () => {
  it('counts from 1970 and back', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0)
    expect(isoDay(dayNumber(2024, 2, 29))).toBe('2024-02-29')
    expect(isoDay(dayNumber(50, 3, 1))).toBe('0050-03-01')
  })

  it('knows leap years', () => {
    expect(daysInMonth(2024, 2)).toBe(29)
    expect(daysInMonth(1900, 2)).toBe(28)
    expect(isRealDay(2023, 2, 29)).toBe(false)
    expect(isRealDay(2023, 13, 1)).toBe(false)
    expect(isRealDay(2023, 4, 31)).toBe(false)
  })

  it('names weekdays with Monday 1', () => {
    expect(weekdayOf(day('2025-06-09'))).toBe(1)
    expect(weekdayOf(day('1969-12-28'))).toBe(7)
  })

  it('gives a week to the year of its Thursday', () => {
    expect(isoWeek(day('2021-01-03'))).toBe('2020-W53')
    expect(isoWeek(day('2025-12-29'))).toBe('2026-W01')
    expect(isoWeek(day('2025-06-09'))).toBe('2025-W24')
  })

  it('finds the nth and the last weekday of a month', () => {
    expect(isoDay(nthWeekday(2025, 11, 4, 4))).toBe('2025-11-27')
    expect(isoDay(nthWeekday(2025, 5, 1, -1))).toBe('2025-05-26')
  })

  it.each([
    [2000, '2000-04-23'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2038, '2038-04-25']
  ])('finds Easter of %i', (year, iso) => {
    expect(isoDay(easterSunday(year))).toBe(iso)
  })
})

describe('periods', () => {
  it.each([
    ['2025-06-09', 'day'],
    ['2025-06-09T14:30', 'day'],
    ['2025-W24', 'week'],
    ['2025-W24-WE', 'weekend'],
    ['2025-06', 'month'],
    ['2025-Q2', 'quarter'],
    ['2025', 'year'],
    ['198', 'decade'],
    ['19', 'century'],
    ['2025-05/2025-07', 'interval']
  ])('tells what %s is', (period, precision) => {
    expect(precisionOf(period)).toBe(precision)
  })

  it.each([
    '',
    'P3D',
    '2025-SU',
    '2025-13',
    '2025-02-30',
    '2025-W54',
    '2025-Q5',
    'yesterday',
    '2025-07/2025-05',
    'a/b',
    '1/2/3'
  ])('does not take %s for a period', (text) => {
    expect(precisionOf(text)).toBeNull()
    expect(periodBounds(text)).toBeNull()
    expect(shiftPeriod(text, 1)).toBeNull()
    expect(yearsEarlier(text)).toBeNull()
    expect(containsPeriod(text, '2025')).toBe(false)
  })

  it('bounds them', () => {
    const ends = (period: string) => {
      const bounds = periodBounds(period)
      return bounds && `${isoDay(bounds.first)} ${isoDay(bounds.last)}`
    }
    expect(ends('2024-02')).toBe('2024-02-01 2024-02-29')
    expect(ends('2025-Q4')).toBe('2025-10-01 2025-12-31')
    expect(ends('2025-W01')).toBe('2024-12-30 2025-01-05')
    expect(ends('2025-W01-WE')).toBe('2025-01-04 2025-01-05')
    expect(ends('199')).toBe('1990-01-01 1999-12-31')
    expect(ends('2024-11/2025-Q1')).toBe('2024-11-01 2025-03-31')
  })

  it('steps over the ends of years', () => {
    expect(previousPeriod('2025-01')).toBe('2024-12')
    expect(previousPeriod('2025-Q1')).toBe('2024-Q4')
    expect(previousPeriod('2025-01-01')).toBe('2024-12-31')
    expect(previousPeriod('2021-W01')).toBe('2020-W53')
    expect(shiftPeriod('199', 2)).toBe('201')
    expect(isoMonth(2025, 0)).toBe('2024-12')
    expect(isoMonth(2025, -11)).toBe('2024-01')
    expect(isoQuarter(2025, 5)).toBe('2026-Q1')
  })

  it('moves an interval by its own length', () => {
    expect(previousPeriod('2025-04/2025-06')).toBe('2025-01/2025-03')
    expect(previousPeriod('2020/2024')).toBe('2015/2019')
    expect(previousPeriod('2025-06-03/2025-06-05')).toBe('2025-05-31/2025-06-02')
  })

  it('goes back by years', () => {
    expect(yearsEarlier('2024-02-29')).toBe('2023-02-28')
    expect(yearsEarlier('2025-Q3', 2)).toBe('2023-Q3')
    expect(yearsEarlier('2025-04/2025-06')).toBe('2024-04/2024-06')
  })

  it('compares and contains', () => {
    expect(containsPeriod('2025', '2025-Q3')).toBe(true)
    expect(containsPeriod('2025-Q3', '2025')).toBe(false)
    expect(containsPeriod('2025-Q3', '2025-09-30')).toBe(true)
    expect(containsPeriod('2025', '2025-W01')).toBe(false)
    expect(overlaps('2025', '2025-W01')).toBe(true)
    expect(overlaps('2025-05', '2025-06')).toBe(false)
    expect(samePeriod('2025-Q1', '2025-01/2025-03')).toBe(true)
    expect(samePeriod('2025-SU', '2025-SU')).toBe(false)
    const periods = ['nonsense', '2025', '2025-05', '2024', '2025-01-01']
    expect(periods.toSorted(comparePeriods)).toEqual(['2024', '2025-01-01', '2025', '2025-05', 'nonsense'])
  })

  it('joins and encloses', () => {
    expect(joinPeriods('2025-05', '2025-07')).toBe('2025-05/2025-07')
    expect(joinPeriods('2025-05/2025-06', '2025-07/2025-08')).toBe('2025-05/2025-08')
    expect(joinPeriods('2025-07', '2025-05')).toBeNull()
    expect(enclosing('2025-05-31', 'quarter')).toBe('2025-Q2')
    expect(enclosing('2025-Q2', 'month')).toBeNull()
    expect(enclosing('2025-W01', 'year')).toBeNull()
  })

  it('undoes every step', () => {
    const period = fc.oneof(
      fc.integer({ min: -200_000, max: 200_000 }).map(isoDay),
      fc.integer({ min: -200_000, max: 200_000 }).map(isoWeek),
      fc
        .tuple(fc.integer({ min: 1000, max: 2999 }), fc.integer({ min: 1, max: 12 }))
        .map(([y, m]) => isoMonth(y, m)),
      fc
        .tuple(fc.integer({ min: 1000, max: 2999 }), fc.integer({ min: 1, max: 4 }))
        .map(([y, q]) => isoQuarter(y, q))
    )
    fc.assert(
      fc.property(period, fc.integer({ min: -500, max: 500 }), (start, n) => {
        const there = shiftPeriod(start, n)
        expect(there).not.toBeNull()
        expect(shiftPeriod(there ?? '', -n)).toBe(start)
      })
    )
  })
})
