import type { Reading } from '../reading.ts'
import { FORM, verbForms } from '../events/verbs.ts'
import { byForm } from './forms.ts'

/** Class of a token as far as phrases need it. `open` is any noun, adjective or unknown word. */
export type WordClass =
  | 'open'
  | 'number'
  | 'determiner'
  | 'preposition'
  | 'pronoun'
  | 'auxiliary'
  | 'conjunction'
  | 'subordinator'
  | 'relative'
  | 'adverb'
  | 'verb'
  | 'to'
  | 'possessive'
  | 'mark'

const CLASSES = new Map<string, WordClass>()
function put(wordClass: WordClass, words: string): void {
  for (const word of words.split(/\s+/)) CLASSES.set(word, wordClass)
}

// Verbs first: a word that is also in a later list belongs there.
put(
  'verb',
  `said says say saying told tells added adds wrote writes tweeted noted notes argued argues claimed claims warned warns
  insisted insists explained asked asks replied recalled believed believes thinks thought wanted wants hoped hopes
  expected expects seemed seems appeared appears became becomes remained remains remain kept keeps felt feels knew knows
  known found finds gave gives given got gets took takes taken made makes went goes gone came comes saw sees seen put puts
  used uses tried tries needed needs turned turns showed shows shown looked looks meant means helped helps brought brings
  worked works ran runs lived lives considered continued continues included includes including led leads stood stands
  spoke speaks fell falls fallen rose rises risen grew grows grown dropped climbed gained jumped slipped surged soared
  declined increased decreased fuelled fueled faced faces received receives described describes called calls urged urges
  vowed sought seeks seek hopes suggested suggests reported reports according based followed follows noting citing
  leave leaves left stay stayed stays carry carried carries allowed allows provide provided provides prompted
  prompts sparked sparking marked marks caused causes caught held holds won wins lost met paid let`
)
put(
  'adverb',
  `also then now still already just only never not finally later recently again even soon earlier previously originally
  initially eventually jointly formally officially reportedly allegedly unanimously narrowly immediately quickly briefly
  first once twice often always sometimes ever yet too instead meanwhile together separately effectively temporarily
  permanently publicly privately successfully unexpectedly suddenly subsequently repeatedly virtually nearly almost
  abruptly overwhelmingly ultimately currently long quietly largely mostly partly partially simultaneously personally
  directly swiftly apparently tentatively further n't therefore thus however away ago back here there today tonight
  yesterday tomorrow shortly actually really clearly simply likely probably perhaps maybe especially particularly`
)
put(
  'determiner',
  `the a an this that these those its his her their our my your some any no every each both all another such many few
  several most more less much other either neither half one two three four five six seven eight nine ten eleven twelve
  dozens hundreds thousands millions`
)
put(
  'preposition',
  `of in on at by for with from into onto upon about against between among across through throughout within without over
  under above below near outside inside around towards toward during despite following via per behind beyond along
  alongside including amid than like off out up down past beside besides regarding concerning versus vs worth`
)
put(
  'pronoun',
  `he she it they we i you him them us me himself herself itself themselves ourselves myself everyone everybody someone
  anyone nobody something anything nothing everything mine yours hers theirs there`
)
put(
  'auxiliary',
  `is are was were be been being am has have had having do does did will would can could may might must shall should
  'll 'd 've 're 'm won't wouldn't can't cannot couldn't didn't doesn't don't isn't aren't wasn't weren't hasn't haven't
  hadn't shouldn't mustn't mightn't ain't i'm i've i'd i'll he'd he'll she'd she'll they'd they'll they've they're we'd
  we'll we've we're you'd you'll you've you're it'd it'll that'll who'd who'll`
)
put('conjunction', 'and or but nor plus &')
put(
  'subordinator',
  'if because while when whereas although though since until unless as after before once whether so lest'
)
put('relative', 'who whom whose which where why how what')
put('to', 'to')
put('possessive', "'s ’s")

/** What readers of phrases ask about each token, worked out once an article. */
export interface TokenIndex {
  readonly lower: readonly string[]
  readonly classes: readonly WordClass[]
  /** Index into `reading.entities`, -1 where no entity is named. */
  readonly entity: Int32Array
  /** Index into `reading.names`, -1 outside names. */
  readonly name: Int32Array
  /** Index into `reading.dates`, -1 outside dates. */
  readonly date: Int32Array
  /** 1 inside quotation marks. */
  readonly quoted: Uint8Array
}

const LIKELY_VERB = /^\p{Ll}{3,}(?:ed|ised|ized)$/u
/** Words in -ed that are no past tense of a verb. */
const ED_WORDS = new Set(
  'hundred indeed need speed seed feed deed breed weed greed shed sacred naked wicked rugged crooked kindred so-called united'.split(
    ' '
  )
)

/** Words in -ly that are nouns or adjectives. */
const LY_WORDS = new Set(
  (
    'supply family ally assembly monopoly rally reply bully anomaly daily weekly monthly quarterly yearly elderly friendly ' +
    'deadly costly early ugly lonely lovely orderly hourly disorderly unlikely tally belly butterfly'
  ).split(' ')
)

/** A word in small letters with a straight apostrophe, and the class it has wherever it stands. */
const wordOf = byForm((text) => {
  const lower = text.toLowerCase().replace('’', "'")
  return { lower, wordClass: classOf(lower, text) }
})

function classOf(lower: string, text: string): WordClass {
  const known = CLASSES.get(lower)
  if (known !== undefined) return known
  if (text === lower) {
    // "talks", "a strike" and "the meeting" are nouns until a helping verb says otherwise.
    const form = lower.endsWith('ing') ? undefined : verbForms(lower)
    if (form !== undefined && (!form.verb.noun || (form.forms & (FORM.past | FORM.participle)) !== 0))
      return 'verb'
    if (lower.endsWith('ly') && lower.length > 4 && !LY_WORDS.has(lower)) return 'adverb'
    if (LIKELY_VERB.test(lower) && !ED_WORDS.has(lower)) return 'verb'
  }
  return 'open'
}

/** First token that starts at or after the offset. */
export function tokenAt(reading: Reading, offset: number): number {
  let low = 0
  let high = reading.tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (reading.tokens[middle].start < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Several readers ask for the index of one reading; it goes with the reading. */
const indices = new WeakMap<Reading, TokenIndex>()

/** Looks up, for each token, its class and the entity, name, date and quotation that it is in. O(n log n). */
export function indexTokens(reading: Reading): TokenIndex {
  const known = indices.get(reading)
  if (known !== undefined) return known
  const index = readIndex(reading)
  indices.set(reading, index)
  return index
}

function readIndex(reading: Reading): TokenIndex {
  const { tokens } = reading
  const entity = new Int32Array(tokens.length).fill(-1)
  const name = new Int32Array(tokens.length).fill(-1)
  const date = new Int32Array(tokens.length).fill(-1)
  const quoted = new Uint8Array(tokens.length)
  reading.entities.forEach((found, index) => {
    for (const mention of found.mentions) {
      for (
        let i = tokenAt(reading, mention.start);
        i < tokens.length && tokens[i].start < mention.end;
        i += 1
      ) {
        entity[i] = index
      }
    }
  })
  reading.names.forEach(({ first, last }, index) => name.fill(index, first, last))
  reading.dates.forEach(({ first, last }, index) => date.fill(index, first, last))
  for (const { first, last } of reading.quotations) quoted.fill(1, first, last)
  const lower: string[] = []
  const classes: WordClass[] = []
  // By index: entries of a list are made and thrown away one by one.
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (token.kind !== 'mark') {
      const word = wordOf(token.form)
      lower.push(word.lower)
      // A name is a name whatever its words ("Will", "The Times"), except for what the tagger took in by mistake.
      const wordClass = name[index] >= 0 ? 'open' : token.kind === 'number' ? 'number' : word.wordClass
      // The month of May is no helping verb.
      classes.push(wordClass === 'auxiliary' && date[index] >= 0 ? 'open' : wordClass)
      continue
    }
    const mark = token.text
    lower.push(mark)
    // "the drivers' union": the mark after the plural is its possessive.
    if (
      (mark === "'" || mark === '’') &&
      !token.spaced &&
      !quoted[index] &&
      index > 0 &&
      /[sS]$/.test(tokens[index - 1].text) &&
      !quoted[index - 1]
    )
      classes.push('possessive')
    else classes.push(mark === '&' ? 'conjunction' : 'mark')
  }
  return { lower, classes, entity, name, date, quoted }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December'
]
const QUARTERS = ['first', 'second', 'third', 'fourth']

/** "9 June 2025" for an ISO 8601 day or time stamp; the text itself where it is neither. */
export function dayInWords(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(iso)
  if (match === null) return iso
  const month = MONTHS[Number(match[2]) - 1]
  return month === undefined ? iso : `${Number(match[3])} ${month} ${match[1]}`
}

/** A date as an adverbial that stands alone: "on 9 June 2025", "in May 2025"; null for weeks, intervals and times. */
export function dateInWords(iso: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}(?:$|T)/.test(iso)) return `on ${dayInWords(iso)}`
  if (/^\d{4}$/.test(iso)) return `in ${iso}`
  const quarter = /^(\d{4})-Q([1-4])$/.exec(iso)
  if (quarter !== null) return `in the ${QUARTERS[Number(quarter[2]) - 1]} quarter of ${quarter[1]}`
  const month = /^(\d{4})-(\d{2})$/.exec(iso)
  const name = month === null ? undefined : MONTHS[Number(month[2]) - 1]
  return month === null || name === undefined ? null : `in ${name} ${month[1]}`
}
