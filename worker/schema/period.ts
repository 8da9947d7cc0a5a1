import type { FigureFields } from './fact.ts'

/*
 * Which names of periods are one, and whose point a figure stands at.
 */

const MONTHS = /^(\d{4})-(0[1-9]|1[0-2])\/(\d{4})-(0[1-9]|1[0-2])$/

/** Quarters and the three months they are made of have one name: `2025-01/2025-03` is `2025-Q1`. */
export function canonicalPeriod(period: string): string {
  const months = MONTHS.exec(period)
  if (months === null) return period
  const [, year, from, yearEnd, to] = months
  if (year !== yearEnd) return period
  if (from === '01' && to === '12') return year ?? period
  const quarter = (Number(from) + 2) / 3
  return Number.isInteger(quarter) && Number(to) === Number(from) + 2 ? `${year}-Q${quarter}` : period
}

/** The period whose point a figure is one of: a change `between April and May` is May's. Null where it has none. */
export function pointPeriod({
  period,
  change,
  basis
}: Pick<FigureFields, 'period' | 'change' | 'basis'>): string | null {
  if (period === null) return null
  const months = MONTHS.exec(period)
  if (months === null || (change === null && basis === null)) return canonicalPeriod(period)
  const [year = 0, from = 0, yearEnd = 0, to = 0] = months.slice(1).map(Number)
  const areAdjacent = yearEnd * 12 + to === year * 12 + from + 1
  return areAdjacent ? (period.split('/')[1] ?? period) : canonicalPeriod(period)
}
