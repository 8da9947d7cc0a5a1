const DAY = 86_400_000
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' })
const fullDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** A day without a time is the same day everywhere; as a moment it would be the day before, west of Greenwich. */
const isDay = (iso: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(iso)

/** Midnight of the reader's calendar day. */
const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

const toDate = (iso: string): Date => new Date(isDay(iso) ? `${iso}T00:00` : iso)

/** Short: relative within a week ("today", "3 days ago"), then the date, with its year if that is not the present one. */
export function shortDate(iso: string, now: Date): string {
  const at = toDate(iso)
  if (Number.isNaN(at.getTime())) return iso
  const days = Math.round((midnight(at) - midnight(now)) / DAY)
  if (Math.abs(days) < 7) return relative.format(days, 'day')
  return (at.getFullYear() === now.getFullYear() ? dayAndMonth : dayMonthYear).format(at)
}

/** In full, with weekday, and the time where one is known. */
export function fullDate(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return isDay(iso) ? fullDay.format(at) : moment.format(at)
}
