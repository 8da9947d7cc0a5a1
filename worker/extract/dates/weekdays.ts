import { isoDay, precisionOf, weekdayOf } from './calendar.ts'
import type { DateSource, Found } from './source.ts'
import { dayBeforeMonth, dayOfMonth, fromMonth } from './months.ts'
import { MONTHS, WEEKDAYS, DAYPARTS } from './words.ts'

export function fromWeekday(source: DateSource, i: number): Found | null {
  const atom = source.atoms[i]
  if (!atom.capital) return null
  const full = Object.hasOwn(WEEKDAYS, atom.lower)
  const before = source.atoms[i - 1]
  let j = i + 1
  if (source.mark(j) === ',') j++
  if (source.word(j) === 'the') j++
  const month = source.atoms[j]
  const dated =
    (month?.kind === 'word' &&
      month.capital &&
      Object.hasOwn(MONTHS, month.lower) &&
      dayOfMonth(source, j + 1)) ||
    (month?.kind === 'number' && dayBeforeMonth(source, j))
  if (dated && source.together(i, j)) {
    const found = month.kind === 'number' ? dayBeforeMonth(source, j) : fromMonth(source, j)
    if (found) return withTime(source, found)
  }
  if (!full) return null
  // Black Friday, Super Tuesday, Bloody Sunday: days with a name of their own.
  if (
    before &&
    source.together(i - 1, i) &&
    /^(?:black|super|bloody|giving|fat|cyber|holy|shrove|red|blue)$/.test(before.lower) &&
    before.capital
  )
    return null
  return withTime(source, { end: i + 1, iso: nearWeekday(source, WEEKDAYS[atom.lower], i), type: 'date' })
}

/** The latest such day up to and including the day of publication; the next one where the clause looks ahead. */
export function nearWeekday(source: DateSource, weekday: number, at: number): string | null {
  if (source.today === null) return null
  const back = (weekdayOf(source.today) - weekday + 7) % 7
  if (back === 0) return isoDay(source.today)
  return isoDay(source.ahead(at) === true ? source.today + 7 - back : source.today - back)
}

/** Takes in what tells the time of a day: `Monday morning`, `Wednesday at 10 p.m.`. */
export function withTime(source: DateSource, day: Found): Found {
  let end = day.end
  if (DAYPARTS.has(source.word(end))) return { ...day, end: end + 1 }
  const owned = source.possessive(end)
  if (owned > end && DAYPARTS.has(source.word(owned))) return { ...day, end: owned + 1 }
  if (source.mark(end) === ',') end++
  if (source.word(end) === 'at' && source.atoms[end + 1]?.kind === 'number') {
    const m = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(source.atoms[end + 1].lower)
    const half = source.word(end + 2)
    if (
      m &&
      (half === 'am' || half === 'pm') &&
      day.iso !== null &&
      precisionOf(day.iso) === 'day' &&
      Number(m[1]) <= 12
    ) {
      const hour = (Number(m[1]) % 12) + (half === 'pm' ? 12 : 0)
      return {
        end: end + 3,
        iso: `${day.iso}T${String(hour).padStart(2, '0')}:${m[2] ?? '00'}`,
        type: 'time'
      }
    }
  }
  return day
}

/** `the weekend`: the last one on a weekday, unless the clause looks ahead; on Saturday and Sunday the present one. */
export function nearWeekend(source: DateSource, at: number): string | null {
  if (source.today === null) return null
  const over = weekdayOf(source.today) <= 5 && source.ahead(at) !== true
  return source.weekend(over ? -1 : 0)
}
