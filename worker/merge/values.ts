import type { FigureFields } from '../schema/fact.ts'
import { words } from './words.ts'

/** Units of one dimension, as factors of the first, so that miles and kilometres can agree. */
const DIMENSIONS: readonly (readonly (readonly [string, number])[])[] = [
  [
    ['metre', 1],
    ['meter', 1],
    ['kilometre', 1e3],
    ['kilometer', 1e3],
    ['mile', 1609.344],
    ['foot', 0.3048],
    ['yard', 0.9144],
    ['inch', 0.0254],
    ['centimetre', 0.01],
    ['centimeter', 0.01],
    ['millimetre', 0.001],
    ['millimeter', 0.001]
  ],
  [
    ['kilogram', 1],
    ['kilogramme', 1],
    ['kilo', 1],
    ['gram', 1e-3],
    ['pound', 0.45359237],
    ['ounce', 0.028349523],
    ['tonne', 1e3],
    ['metric ton', 1e3]
  ],
  [
    ['square metre', 1],
    ['square meter', 1],
    ['square foot', 0.09290304],
    ['hectare', 1e4],
    ['acre', 4046.8564],
    ['square kilometre', 1e6],
    ['square kilometer', 1e6],
    ['square mile', 2589988.11]
  ],
  [
    ['litre', 1],
    ['liter', 1],
    ['gallon', 3.785411784],
    ['barrel', 158.987294928]
  ],
  [
    ['celsius', 1],
    ['fahrenheit', 5 / 9]
  ],
  [
    ['kilometre per hour', 1],
    ['kilometer per hour', 1],
    ['mile per hour', 1.609344]
  ]
]

const FACTORS: ReadonlyMap<string, readonly [dimension: string, factor: number]> = new Map(
  DIMENSIONS.flatMap((units) =>
    units.map(([unit, factor]) => [unit, [units[0]?.[0] ?? unit, factor]] as const)
  )
)

/** Nouns for people, singular: twelve passengers may be told as twelve people, never as twelve soldiers. */
export const PEOPLE: ReadonlySet<string> = new Set(
  `visitor passenger patient worker employee soldier civilian student pupil child man woman protester demonstrator
  migrant refugee resident voter customer user member officer victim tourist fan spectator prisoner hostage player
  farmer teacher nurse doctor miner sailor guest villager pilgrim boy girl inhabitant citizen`.split(/\s+/)
)

/** Pounds by the million are money; nobody weighs that much in pounds. */
const isSterling = (unit: string | null, value: number): boolean => unit === 'pound' && value >= 1e6

/** What a unit measures, by the unit that stands for its dimension; any other noun for its synonyms. */
export const dimension = ({ unit, value }: Pick<FigureFields, 'unit' | 'value'>): string | null =>
  unit === null
    ? null
    : isSterling(unit, value)
      ? 'GBP'
      : PEOPLE.has(unit)
        ? 'person'
        : (FACTORS.get(unit)?.[0] ?? (/^[a-z ]+$/.test(unit) ? words(unit).join(' ') : unit))

/** Values that a writer may have had before they wrote a figure, in the unit of its dimension. */
export interface Range {
  readonly low: number
  readonly high: number
  /** The value written. */
  readonly value: number
  /** The upper value of a range that was written as one (`80 to 85`), else null. */
  readonly upper: number | null
  /** The unit it was written in. */
  readonly unit: string | null
  /** The place it was rounded to: 100 million for `28.8 billion`. */
  readonly place: number
}

/** Degrees Fahrenheit at which water freezes: the one unit here with a zero of its own. */
const FREEZING = 32

/** Counts up to here are written to the last one, unless a word says otherwise: `30 people` are not 34. */
const COUNTED = 1000

/**
 * The range of values that a figure as written stands for: half a unit of its last written digit on each side, and what
 * its bound leaves open. `about 29 billion` is 28.5 to 29.5 billion, `over 10,000` up to 20,000: a writer who knew more
 * would have said more.
 *
 * @param exact the words it was written in, which tell `33.0` from `33`
 */
export function rangeOf(figure: FigureFields, exact: string): Range {
  const factor = isSterling(figure.unit, figure.value) ? 1 : (FACTORS.get(figure.unit ?? '')?.[1] ?? 1)
  const shift = figure.unit === 'fahrenheit' ? FREEZING : 0
  const value = (figure.value - shift) * factor
  const ends = [figure.value, figure.value_high ?? figure.value]
  const place = Math.min(...ends.map((end) => placeOf(end, exact, figure.bound))) * factor
  const upper = figure.value_high === null ? null : (figure.value_high - shift) * factor
  const high = upper ?? value
  const half = place / 2
  switch (figure.bound) {
    case 'exact':
    case 'about':
      return { low: value - half, high: high + half, value, upper, unit: figure.unit, place }
    case 'over':
    case 'at-least':
      return {
        low: value,
        high: high + Math.max(place, Math.abs(value) * 0.15),
        value,
        upper,
        unit: figure.unit,
        place
      }
    case 'under':
    case 'at-most':
      return {
        low: value - Math.max(place, Math.abs(value) * 0.15),
        high,
        value,
        upper,
        unit: figure.unit,
        place
      }
  }
}

/** Decimals of the number as written, and the scale it was written in, give the place; else its trailing zeros. */
function placeOf(value: number, exact: string, bound: FigureFields['bound']): number {
  for (const [digits] of exact.matchAll(/\d[\d,]*(?:\.\d+)?/g)) {
    const written = Number(digits.replaceAll(',', ''))
    const scale = written === 0 ? 1 : Math.abs(value / written)
    const power = Math.log10(scale)
    if (!Number.isFinite(power) || Math.abs(power - Math.round(power)) > 1e-9 || power < -1e-9) continue
    const decimals = digits.split('.')[1]?.length ?? 0
    const place = 10 ** (Math.round(power) - decimals)
    // `£80 million` was written to the million; of `50,000` the zeros tell.
    return decimals > 0 || (bound === 'exact' && power > 0.5)
      ? place
      : Math.max(place, trailing(value, bound))
  }
  return Number.isInteger(value) ? trailing(value, bound) : 10 ** -decimalsOf(value)
}

const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0

function trailing(value: number, bound: FigureFields['bound']): number {
  const size = Math.abs(value)
  if (!Number.isSafeInteger(size) || size === 0) return 1
  if (size < COUNTED && bound === 'exact') return 1
  let place = 1
  while (size % (place * 10) === 0) place *= 10
  // Who writes no "about" means two digits at least: 50,000 is no 46,000.
  return bound === 'exact' ? Math.min(place, 10 ** (String(size).length - 2)) : place
}

/** Share of a value by which its conversion to another unit may be rounded. */
const CONVERTED = 0.03

/** Whether one value can stand behind both: the ranges share more than an end. */
export function agree(a: Range, b: Range): boolean {
  // From 80 to 85 is not 82; two ranges are one where both ends are.
  if ((a.upper === null) !== (b.upper === null)) return false
  if (a.upper !== null && b.upper !== null && Math.abs(a.upper - b.upper) > Math.max(a.place, b.place) / 2)
    return false
  const tolerance = 1e-9 * Math.max(Math.abs(a.value), Math.abs(b.value), 1e-12)
  const overlap = Math.min(a.high, b.high) - Math.max(a.low, b.low)
  // Values written to one place touch at an end and are two: 30 and 31 people, 0.3 and 0.4 percent.
  if (a.value === b.value || overlap > tolerance) return true
  // "100 miles" is told as "160 kilometres": who converts, rounds again.
  return (
    a.unit !== b.unit &&
    Math.abs(a.value - b.value) <= CONVERTED * Math.max(Math.abs(a.value), Math.abs(b.value))
  )
}
