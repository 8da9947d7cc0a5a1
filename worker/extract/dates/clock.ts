import { precisionOf } from './calendar.ts'
import { fromMonth } from './months.ts'
import { readDeictic } from './relative.ts'
import type { DateSource, Found } from './source.ts'
import { fromWeekday } from './weekdays.ts'
import { MONTHS, WEEKDAYS, ZONES } from './words.ts'

/** `10 p.m.`, `10:30 a.m. EST Wednesday`, `14:00 GMT`. */
export function clockTime(source: DateSource, i: number): Found | null {
  const m = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(source.atoms[i].lower)
  if (!m) return null
  const half = source.word(i + 1)
  let hour = Number(m[1])
  if (half === 'am' || half === 'pm') {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half === 'pm' ? 12 : 0)
    return readClock(source, i, i + 2, `${String(hour).padStart(2, '0')}:${m[2] ?? '00'}`)
  }
  if (m[2] && source.atoms[i].lower.includes(':') && hour < 24 && Number(m[2]) < 60) {
    return readClock(source, i, i + 1, `${String(hour).padStart(2, '0')}:${m[2]}`)
  }
  return null
}

/** A time of day, with the zone and the day that follow it. A bare time has no day of its own and stays null. */
export function readClock(source: DateSource, i: number, from: number, time: string): Found {
  let end = from
  if (ZONES.has(source.word(end))) end++
  else if (
    (source.word(end) === 'local' || source.word(end) === 'eastern' || source.word(end) === 'pacific') &&
    source.word(end + 1) === 'time'
  )
    end += 2
  else if (source.word(end) === 'eastern' || source.word(end) === 'pacific') end++
  let j = end
  if (source.mark(j) === ',') j++
  if (source.word(j) === 'on') j++
  if (source.together(i, j)) {
    const next = source.word(j)
    const day = Object.hasOwn(MONTHS, next)
      ? fromMonth(source, j)
      : Object.hasOwn(WEEKDAYS, next)
        ? fromWeekday(source, j)
        : next === 'today' || next === 'tomorrow' || next === 'yesterday'
          ? readDeictic(source, j)
          : null
    if (day && day.iso !== null && precisionOf(day.iso) === 'day') {
      return { end: day.end, iso: day.iso.includes('T') ? day.iso : `${day.iso}T${time}`, type: 'time' }
    }
    if (day && day.iso === null) return { end: day.end, iso: null, type: 'time' }
  }
  return { end, iso: null, type: 'time' }
}
