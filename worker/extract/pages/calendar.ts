/*
 * Calendar days as pages write them: ISO and its compact forms, numeric dates, month names of the languages most news
 * is written in. Nothing here knows today's date.
 */

const MONTH_NAMES: readonly (readonly string[])[] = [
  // English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Polish, Romanian, Turkish, Russian, Indonesian, Hungarian, Finnish
  'january jan januar jänner jaenner janvier janv enero ene gennaio gen janeiro januari stycznia ianuarie ian ocak января január tammikuuta',
  'february feb februar februar feber février fevrier févr fevr febrero febbraio fevereiro fev februari lutego februarie şubat subat февраля február helmikuuta',
  'march mar märz maerz mär mars marzo março marco maart mrt marts marca martie mart марта maret március maaliskuuta',
  'april apr avril avr abril abr aprile kwietnia aprilie nisan апреля április huhtikuuta',
  'may mai mayo maggio mag maio mei maj maja mayıs mayis мая május toukokuuta',
  'june jun juni juin junio giugno giu junho czerwca iunie iun haziran июня június kesäkuuta',
  'july jul juli juillet juil julio luglio lug julho lipca iulie iul temmuz июля július heinäkuuta',
  'august aug août aout agosto ago augustus augusti sierpnia ağustos agustos августа augusztus elokuuta agustus',
  'september sept sep septembre septiembre setiembre settembre set setembro września wrzesnia septembrie eylül eylul сентября szeptember syyskuuta',
  'october oct oktober okt octobre octubre ottobre ott outubro out października pazdziernika octombrie ekim октября október lokakuuta',
  'november nov novembre noviembre novembro listopada noiembrie noi kasım kasim ноября marraskuuta',
  'december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember desembre grudnia decembrie aralık aralik декабря joulukuuta'
].map((names) => names.split(' '))

const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const))
)

/** A day found in a text. */
export interface FoundDay {
  /** YYYY-MM-DD */
  readonly day: string
  readonly start: number
  readonly end: number
}

/** YYYY-MM-DD where the three make a day of the calendar between 1900 and 2100, else null. */
export function isoDay(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** 1 to 12 for a month's name or its abbreviation, in any of the languages known here; else null. */
export function monthOf(name: string): number | null {
  return MONTHS.get(name.toLowerCase().replace(/\.$/, '')) ?? null
}

/** The day `days` after an ISO day (before it where negative). */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/*
 * Letters are spelled out as ranges (Latin, Greek, Cyrillic): `\\p{L}` under a counted repeat compiles for some 80 ms
 * when V8 first runs it.
 */
const ISO = /(?<!\d)((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g
const NUMERIC = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?![\d/-]|\.\d)/g
const DAY_FIRST =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s\u00a0-]{1,3}(?:de\s|of\s|d['’])?([A-Za-z\u00c0-\u04ff]{3,12})\.?,?[\s\u00a0-]{1,3}(?:de\s|del\s)?((?:19|20)\d{2})(?!\d)/g
const MONTH_FIRST =
  /(?<![A-Za-z\u00c0-\u04ff])([A-Za-z\u00c0-\u04ff]{3,12})\.?[\s\u00a0]{1,3}(\d{1,2})(?:st|nd|rd|th)?,?[\s\u00a0]{1,3}((?:19|20)\d{2})(?!\d)/g
const CHARACTERS = /((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/g

/**
 * All days written out in a text, in order. `monthFirst` says how to read 3/4/2021, where both readings make a day;
 * with points (3.4.2021) the day always comes first.
 */
export function daysIn(text: string, monthFirst: boolean): FoundDay[] {
  const found: FoundDay[] = []
  if (!/\d/.test(text)) return found
  const add = (match: RegExpExecArray, day: string | null): void => {
    if (day !== null) found.push({ day, start: match.index, end: match.index + match[0].length })
  }
  for (const m of text.matchAll(ISO)) add(m, isoDay(Number(m[1]), Number(m[3]), Number(m[4])))
  for (const m of text.matchAll(NUMERIC)) add(m, numericDay(m, monthFirst))
  for (const m of text.matchAll(DAY_FIRST)) {
    const month = monthOf(m[2] ?? '')
    if (month !== null) add(m, isoDay(Number(m[3]), month, Number(m[1])))
  }
  for (const m of text.matchAll(MONTH_FIRST)) {
    const month = monthOf(m[1] ?? '')
    if (month !== null) add(m, isoDay(Number(m[3]), month, Number(m[2])))
  }
  for (const m of text.matchAll(CHARACTERS)) add(m, isoDay(Number(m[1]), Number(m[2]), Number(m[3])))
  return found.toSorted((a, b) => a.start - b.start)
}

function numericDay(m: RegExpExecArray, monthFirst: boolean): string | null {
  const a = Number(m[1])
  const b = Number(m[3])
  const written = m[4] ?? ''
  const year = written.length === 2 ? (Number(written) > 70 ? 1900 : 2000) + Number(written) : Number(written)
  const asMonthFirst = isoDay(year, a, b)
  const asDayFirst = isoDay(year, b, a)
  return monthFirst && m[2] !== '.' ? (asMonthFirst ?? asDayFirst) : (asDayFirst ?? asMonthFirst)
}

const MOMENT =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]{1,2}(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i

/**
 * A machine's date value (`2025-06-09T08:30:00+0200`, `20250609T083000Z`, `Mon, 09 Jun 2025 08:30:00 GMT`, any day in
 * words) as an ISO 8601 day, or as a moment with its zone where it tells one. A time with no zone is no moment: only
 * its day is kept. Null where there is no day in it.
 */
export function momentOf(value: string, monthFirst = true): string | null {
  const text = value.trim().slice(0, 80)
  const m = MOMENT.exec(text)
  if (m) {
    const day = isoDay(Number(m[1]), Number(m[2]), Number(m[3]))
    if (day === null) return null
    const [, , , , hour, minute, second = '00', zone] = m
    if (hour === undefined || minute === undefined || zone === undefined) return day
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return day
    return `${day}T${hour}:${minute}:${second}${zoneOf(zone)}`
  }
  const found = daysIn(text, monthFirst)[0]
  return found?.day ?? null
}

function zoneOf(zone: string): string {
  if (/^[zug]/i.test(zone)) return 'Z'
  const digits = zone.slice(1).replace(':', '')
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2, 4) || '00'}`
}
