import { NUMBER_WORDS } from '../text/numbers.ts'
import { HOLIDAY_OPENERS } from './holidays.ts'

/*
 * The closed lists of English that the grammar of time expressions knows, all in small letters.
 */

export const MONTHS: Readonly<Record<string, number>> = {
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12
}
export const WEEKDAYS: Readonly<Record<string, number>> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7
}
export const SHORT_WEEKDAYS: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  tues: 2,
  wed: 3,
  thu: 4,
  thur: 4,
  thurs: 4,
  fri: 5,
  sat: 6,
  sun: 7
}
export const SEASONS: Readonly<Record<string, { readonly code: string; readonly first: number }>> = {
  spring: { code: 'SP', first: 3 },
  summer: { code: 'SU', first: 6 },
  fall: { code: 'FA', first: 9 },
  autumn: { code: 'FA', first: 9 },
  winter: { code: 'WI', first: 12 }
}
export const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30
}
/** ISO 8601 duration designators; time units carry their T. */
export const UNITS: Readonly<Record<string, string>> = {
  second: 'TS',
  minute: 'TM',
  hour: 'TH',
  day: 'D',
  night: 'D',
  week: 'W',
  fortnight: 'W',
  month: 'M',
  quarter: 'Q',
  year: 'Y',
  decade: 'E',
  century: 'C'
}
export const PLURAL_UNITS: Readonly<Record<string, string>> = {
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  nights: 'night',
  weeks: 'week',
  fortnights: 'fortnight',
  months: 'month',
  quarters: 'quarter',
  years: 'year',
  decades: 'decade',
  centuries: 'century'
}
export const DAYPARTS = new Set([
  'morning',
  'afternoon',
  'evening',
  'night',
  'midday',
  'noon',
  'lunchtime',
  'nighttime'
])
export const ZONES = new Set(
  'est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst utc cet cest ist jst kst sgt hkt aest aedt eat wat msk'.split(
    ' '
  )
)

export const words = (list: string) => new Set(list.split(' '))

/** Cues before a date that it lies ahead. Verbs of plan and schedule, modals, and prepositions that look forward. */
export const FUTURE = words(
  "will won't ll shall would could might scheduled supposed due slated expected expects expect planned plans plan upcoming " +
    'deadline until starting begins begin opens open starts expires expire effective payable postponed delayed heads headed ' +
    'heading leaves leaving arrives arriving travels traveling travelling tomorrow going hopes intends aims awaiting pending'
)
export const TO_VERBS = words(
  'meet visit vote begin start open return hold go come discuss attend take decide be have host sign announce release ' +
    'resume launch travel arrive leave end expire speak testify appear publish play face run join address deliver close ' +
    'report hear make give send enter complete finish finalise finalize reach fly'
)
/** Cues that it lies behind. The nearest cue before the date decides. */
export const PAST = words(
  'said told was were had announced reported closed fell rose began met came went took made gave held left won lost died ' +
    'became wrote spoke saw sent found did bought sold paid put ran drew grew broke cut hit led sank stood struck won shot'
)
export const CLAUSE_ENDS = words('; but whereas')

/** Words before a bare month, year or season that show that time is meant. */
export const TIME_PREPOSITIONS = words(
  'in of since until till by through for from to between and during before after around late early mid or last next this on ' +
    'each every throughout than circa toward towards about within over ending ended starting beginning into'
)
export const RELATIVE: Readonly<Record<string, number>> = {
  last: -1,
  past: -1,
  previous: -1,
  preceding: -1,
  prior: -1,
  this: 0,
  current: 0,
  next: 1,
  coming: 1,
  following: 1,
  upcoming: 1
}
/** Nouns that follow a bare four-digit number when it counts and is no year. */
export const COUNTED = words(
  'percent people miles feet men women shares pounds tons tonnes million billion workers employees points meters metres yards jobs ' +
    'troops members dollars euros km kilometers kilometres children homes houses cars vehicles units customers students ' +
    'soldiers residents families patients cases deaths barrels acres hectares calories kg rpm hires votes stores schools ' +
    'pages words hours days weeks months years times others more mg lb lbs ft mph'
)
/** What may follow "May" or another month at the head of a sentence where it is the month. */
export const NOT_AFTER_MONTH = words(
  'i he she they we you it the god this that all your his her our their these those be not as never there also have'
)

/** Words a time expression can begin with: nearly all words of a text are none, and are told apart here. */
export const TRIGGERS = new Set([
  ...Object.keys(MONTHS),
  ...Object.keys(WEEKDAYS),
  ...Object.keys(SHORT_WEEKDAYS),
  ...Object.keys(SEASONS),
  ...Object.keys(ORDINALS),
  ...Object.keys(RELATIVE),
  ...NUMBER_WORDS,
  ...HOLIDAY_OPENERS,
  ...(
    'early late mid earlier later the at a an today yesterday tomorrow tonight overnight noon midnight midday its their our fiscal ' +
    'financial fy q1 q2 q3 q4 each every now currently recently nowadays these daily weekly monthly annually yearly recent ' +
    'latest that same year month several many few couple half'
  ).split(' ')
])
