import type { FigureFields } from '../../schema/fact.ts'
import { periodInWords } from './dates.ts'

type Figure = Pick<
  FigureFields,
  'value' | 'value_high' | 'unit' | 'unit_surface' | 'bound' | 'change' | 'measure' | 'basis' | 'period'
>

/** Largest first. */
const SCALES = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million']
] as const

let plain: Intl.NumberFormat | undefined
/** Years and other short numbers stay together: 2025, 12,500. Made with the first figure: that takes milliseconds. */
const inDigits = (value: number): string =>
  (plain ??= new Intl.NumberFormat('en', { maximumFractionDigits: 6, useGrouping: 'min2' })).format(value)

/** Written with at most three decimals, nothing is lost: 28.8 billion, but 1,234,567. A figure is never rounded here. */
const isExactAt = (value: number, scale: number): boolean => {
  const thousandths = (value / scale) * 1000
  return Math.abs(value) >= scale && Math.abs(thousandths - Math.round(thousandths)) < 1e-6
}

/** The number, or both ends of a range, in digits and at most one word: `28.8 billion`, `2 to 3`. */
export function amountInWords({ value, value_high }: Pick<Figure, 'value' | 'value_high'>): string {
  const values = value_high === null ? [value] : [value, value_high]
  const scale = SCALES.find(([size]) => values.every((each) => isExactAt(each, size)))
  const digits = values.map((each) => inDigits(scale === undefined ? each : each / scale[0])).join(' to ')
  return scale === undefined ? digits : `${digits} ${scale[1]}`
}

/** `USD` to `US dollars`; null where the unit is no currency. */
function currencyName(unit: string): string | null {
  if (!/^[A-Z]{3}$/.test(unit)) return null
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: unit,
    currencyDisplay: 'name'
  }).formatToParts(2)
  return parts.find((part) => part.type === 'currency')?.value ?? null
}

/** The unit as it stands beside a number: `percent`, `US dollars`, or the article's own word (`days`). */
export function unitInWords({
  value,
  unit,
  unit_surface
}: Pick<Figure, 'value' | 'unit' | 'unit_surface'>): string | null {
  if (unit === null) return unit_surface
  if (unit === 'percent') return unit
  if (unit === 'percentage point') return value === 1 ? unit : 'percentage points'
  return currencyName(unit) ?? unit_surface ?? unit
}

const BOUNDS: Readonly<Record<FigureFields['bound'], string | null>> = {
  exact: null,
  about: 'about',
  over: 'over',
  under: 'under',
  'at-least': 'at least',
  'at-most': 'at most'
}
const CHANGES = { increase: 'up', decrease: 'down' } as const
const BASES: Readonly<Record<string, string>> = {
  'month-on-month': 'on the month',
  'quarter-on-quarter': 'on the quarter',
  'year-on-year': 'on the year'
}

/** What the points of a series are, where they are no levels: `change on the year`; null for levels. */
export function seriesInWords({
  basis,
  change
}: {
  readonly basis: string | null
  readonly change: boolean
}): string | null {
  if (basis === null) return change ? 'change' : null
  const words = BASES[basis]
  return words === undefined ? null : `change ${words}`
}

/** What stands before the number: `down about`; empty where it is the plain number. */
export const leadInWords = ({ change, bound }: Pick<Figure, 'change' | 'bound'>): string =>
  [change === null ? null : CHANGES[change], BOUNDS[bound]].filter((word) => word !== null).join(' ')

/** What was counted, when, against what: `exports to the United States, May 2025, on the month`. Empty where unknown. */
export const scopeInWords = ({
  measure,
  period,
  basis
}: Pick<Figure, 'measure' | 'period' | 'basis'>): string =>
  [measure, period === null ? null : periodInWords(period), basis === null ? null : (BASES[basis] ?? null)]
    .filter((words) => words !== null)
    .join(', ')
