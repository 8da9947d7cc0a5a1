import { dayNumber, easterSunday, nthWeekday } from './calendar.ts'

type Rule = (year: number) => number

const fixed =
  (month: number, day: number): Rule =>
  (year) =>
    dayNumber(year, month, day)
const weekday =
  (month: number, day: number, n: number, offset = 0): Rule =>
  (year) =>
    nthWeekday(year, month, day, n) + offset
const easter =
  (offset: number): Rule =>
  (year) =>
    easterSunday(year) + offset

/**
 * Holidays whose day follows from the year by rule, by their name in small letters without apostrophes. Feasts of the
 * lunar calendars are left out: their day hangs on sightings and on the country.
 */
const HOLIDAYS: Readonly<Record<string, Rule>> = {
  'new years day': fixed(1, 1),
  'new years eve': fixed(12, 31),
  'martin luther king day': weekday(1, 1, 3),
  'martin luther king jr day': weekday(1, 1, 3),
  'groundhog day': fixed(2, 2),
  'valentines day': fixed(2, 14),
  'presidents day': weekday(2, 1, 3),
  'st patricks day': fixed(3, 17),
  'ash wednesday': easter(-46),
  'palm sunday': easter(-7),
  'maundy thursday': easter(-3),
  'holy thursday': easter(-3),
  'good friday': easter(-2),
  'easter sunday': easter(0),
  'easter monday': easter(1),
  easter: easter(0),
  'may day': fixed(5, 1),
  'mothers day': weekday(5, 7, 2),
  'memorial day': weekday(5, 1, -1),
  'fathers day': weekday(6, 7, 3),
  juneteenth: fixed(6, 19),
  'canada day': fixed(7, 1),
  'independence day': fixed(7, 4),
  'fourth of july': fixed(7, 4),
  'bastille day': fixed(7, 14),
  'labor day': weekday(9, 1, 1),
  'labour day': fixed(5, 1),
  'columbus day': weekday(10, 1, 2),
  halloween: fixed(10, 31),
  'guy fawkes night': fixed(11, 5),
  'veterans day': fixed(11, 11),
  'armistice day': fixed(11, 11),
  thanksgiving: weekday(11, 4, 4),
  'thanksgiving day': weekday(11, 4, 4),
  'black friday': weekday(11, 4, 4, 1),
  'cyber monday': weekday(11, 4, 4, 4),
  'christmas eve': fixed(12, 24),
  'christmas day': fixed(12, 25),
  christmas: fixed(12, 25),
  'boxing day': fixed(12, 26)
}

/** Words a holiday's name can begin with, in small letters. */
export const HOLIDAY_OPENERS: ReadonlySet<string> = new Set(
  Object.keys(HOLIDAYS).map((name) => name.split(' ')[0])
)

/** The rule of a holiday, from its name in small letters without apostrophes. */
export const holidayRule = (name: string): Rule | null =>
  Object.hasOwn(HOLIDAYS, name) ? HOLIDAYS[name] : null
