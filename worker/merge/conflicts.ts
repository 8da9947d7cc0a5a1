import type {
  ClaimFields,
  EventFields,
  Fact,
  FigureFields,
  Mention,
  QuoteFields,
  RoleFields
} from '../schema/fact.ts'
import type { Conflict } from '../schema/merge.ts'
import { canonicalPeriod } from '../schema/period.ts'
import { comparePeriods, daysOf } from './days.ts'
import { earlier, estimateOf } from './estimates.ts'
import { haveOneIssuer, issuerOf, tellsRevision } from './issuers.ts'
import { ISSUES, measureOf, sameMeasure, toldBy, type ToldFigure } from './measures.ts'
import { granularityOf } from './periods.ts'
import { numeralsIn } from './numbers.ts'
import { once } from './once.ts'
import { agree, dimension, rangeOf } from './values.ts'
import { compareNames, type Named, nameWords } from './who.ts'
import { CALENDAR, DEMONYMS } from './word-tables.ts'
import { sentenceAround } from './figure-sentence.ts'
import { contentWords, isNegation, isNumber, isStop, spaced, words } from './words.ts'

/*
 * Two facts that cannot both hold. In doubt there is no conflict: two facts that differ are two facts, and a dispute
 * that is none does more harm than one that is missed.
 */

type Fields = QuoteFields | ClaimFields | FigureFields | EventFields | RoleFields
type TellingOf<Each> = Each extends Fields
  ? Each &
      Pick<Fact, 'id' | 'statement' | 'confidence' | 'salience' | 'entities' | 'topics'> & {
        readonly mentions: readonly Pick<Mention, 'article' | 'evidence'>[]
      }
  : never
/** What of a fact is needed to compare it with others; any served fact is one. */
export type Telling = TellingOf<Fields>
type Of<Kind extends Fields['kind']> = Extract<Telling, { kind: Kind }>
type Spoken = Of<'quote'> | Of<'claim'>

const DAY = 86_400_000

const publishedAt = (fact: Telling): string | null =>
  fact.mentions
    .flatMap(({ article }) => article.published_at ?? [])
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null

/** Days between the first publications; an unknown one is near to none. */
function daysBetween(a: Telling, b: Telling): number {
  const [one, two] = [publishedAt(a), publishedAt(b)]
  return one === null || two === null ? Infinity : Math.abs(Date.parse(one) - Date.parse(two)) / DAY
}

const publishersOf = (fact: Telling): string[] =>
  [...new Set(fact.mentions.flatMap(({ article }) => article.publisher ?? []))].toSorted()

const oneArticle = (a: Telling, b: Telling): boolean =>
  a.mentions.some((x) => b.mentions.some((y) => x.article.id === y.article.id))

function sideOf(fact: Telling, value: string): Conflict['ours'] {
  const [first] = fact.mentions
  const spoken = fact.kind === 'quote' || fact.kind === 'claim'
  const source = spoken ? fact.speaker?.name : first === undefined ? null : issuerOf(first, fact.entities)
  return { value, said_by: source ?? null, publishers: publishersOf(fact), since: publishedAt(fact) }
}

function conflict(
  kind: Conflict['kind'],
  differs: string,
  [a, valueA]: readonly [Telling, string],
  [b, valueB]: readonly [Telling, string],
  order = 0
): Conflict {
  const [ours, theirs] = [sideOf(a, valueA), sideOf(b, valueB)]
  const both = [ours.since, theirs.since].filter((at) => at !== null)
  const since =
    both.length < 2 ? null : (both.toSorted((x, y) => Date.parse(x) - Date.parse(y)).at(-1) ?? null)
  const detail = detailOf(kind, differs, [ours, theirs], order)
  return { kind, with: b.id, differs, ours, theirs, since, detail }
}

/**
 * One sentence from both sides, the earlier first, so that both facts say the same.
 *
 * @param order below zero where the first of the sides is known to be the earlier, above where the second is; 0 where
 *   the publications decide
 */
function detailOf(
  kind: Conflict['kind'],
  differs: string,
  sides: readonly [Conflict['ours'], Conflict['theirs']],
  order: number
): string {
  const time = (side: Conflict['ours']): number => (side.since === null ? Infinity : Date.parse(side.since))
  const [first, second] =
    order === 0
      ? sides.toSorted((a, b) => time(a) - time(b) || (a.value < b.value ? -1 : 1))
      : order < 0
        ? sides
        : sides.toReversed()
  const tell = (side: Conflict['ours'] | undefined): string => {
    if (side === undefined) return ''
    const sources = [
      ...(side.said_by === null || differs === 'speaker' ? [] : [`by ${side.said_by}`]),
      ...(side.publishers.length === 0 ? [] : [`in ${side.publishers.join(', ')}`])
    ]
    return sources.length === 0 ? side.value : `${side.value} (${sources.join(', ')})`
  }
  if (kind === 'revision') return `Revised from ${tell(first)} to ${tell(second)}.`
  return `${NAMES[differs] ?? 'Told in two ways'}: ${tell(first)}, but ${tell(second)}.`
}

const NAMES: Readonly<Record<string, string>> = {
  value: 'Another value for the same measure',
  change: 'Another direction of the same change',
  when: 'Another day for the same event',
  where: 'Another place for the same event',
  negated: 'One says that it happened, one that it did not',
  speaker: 'The same words of another speaker',
  content: 'Other words on the same occasion',
  person: 'Another holder of the same office'
}

/**
 * How two different facts disagree.
 *
 * - `value`: one measure, unit, period and basis with values that no rounding or bound reconciles; also one event at two
 *   places, or told as having happened and not; one office with two holders; one statement with one word or number other.
 * - `date`: one event that happens once, on two days.
 * - `attribution`: the same words of two speakers.
 * - `revision`: a later figure of the same issuer.
 *
 * @returns null where both can hold; else the conflict as `a` sees it. `conflictBetween(b, a)` is its mirror image
 */
export function conflictBetween(a: Telling, b: Telling): Conflict | null {
  if (a.id === b.id) return null
  if (a.kind === 'figure' && b.kind === 'figure') return figures(a, b)
  if (a.kind === 'event' && b.kind === 'event') return events(a, b)
  if (a.kind === 'role' && b.kind === 'role') return roles(a, b)
  if ((a.kind === 'quote' || a.kind === 'claim') && a.kind === b.kind) return speech(a, b)
  return null
}

/** Whether any article tells it as one of several values for one thing. */
const isRevised = (fact: Of<'figure'>): boolean =>
  fact.mentions.some(
    (mention) => estimateOf({ ...mention, value: fact.value }).recalled || tellsRevision(mention)
  )

/** Numbers that a sentence leaves behind: `from 0.3 percent`, `rather than $1.2 billion`. */
const leftBehind = (sentence: string): number[] =>
  numeralsIn(sentence).flatMap(({ word, value }) => (word === 'from' || word === 'than' ? [value] : []))

/**
 * Whether the articles themselves tell that one figure took the place of the other, though they name two offices (a bureau
 * and its department): estimates of two numbers, a sentence on a revision that leaves the other value behind, or one
 * article that recalls the one and has no other source for it than for the other.
 */
function isToldAsRevised(a: Of<'figure'>, b: Of<'figure'>): boolean {
  const ordinals = ({ value, mentions }: Of<'figure'>): number[] =>
    mentions.flatMap(({ evidence }) => estimateOf({ value, evidence }).ordinal ?? [])
  const [one, two] = [ordinals(a), ordinals(b)]
  if (one.length > 0 && two.length > 0 && !one.some((ordinal) => two.includes(ordinal))) return true
  const replaces = ({ mentions }: Of<'figure'>, { value }: FigureFields): boolean =>
    mentions.some((mention) => tellsRevision(mention) && leftBehind(sentenceAround(mention)).includes(value))
  if (replaces(a, b) || replaces(b, a)) return true
  const recalled = ({ value }: FigureFields, { evidence }: Pick<Mention, 'evidence'>): boolean =>
    estimateOf({ value, evidence }).recalled
  return a.mentions.some((x) =>
    b.mentions.some(
      (y) =>
        x.article.id === y.article.id &&
        recalled(a, x) !== recalled(b, y) &&
        haveOneIssuer({ ...a, mentions: [x] }, { ...b, mentions: [y] }) !== false
    )
  )
}

const told = once((fact: Of<'figure'>) => ({ figure: toldBy(fact, fact.mentions) }))

/** A figure without a period is of the time of its article. */
const UNDATED = 3
/** After so many days an office's figure for the same period is a new release. */
const NEXT_RELEASE = 3
/** Days within which a count that goes on rising is told anew. */
const COUNTING = 10

function figures(a: Of<'figure'>, b: Of<'figure'>): Conflict | null {
  // An article has many figures, and each is compared with each: the cheap questions come first.
  if (a.unit !== null && b.unit !== null && dimension(a) !== dimension(b)) return null
  if (!samePeriod(a, b, true)) return null
  const [one, two] = [told(a).figure, told(b).figure]
  if (one === null || two === null) return null
  const [estimateA, estimateB] = [estimateOf(one), estimateOf(two)]
  const revises = isRevised(a) || isRevised(b)
  const [dimensionA, dimensionB] = [measureOf(one).dimension, measureOf(two).dimension]
  // `raised the number of people killed to 27`: what is counted stands in the sentence alone.
  if (dimensionA !== dimensionB && !(revises && (dimensionA === null || dimensionB === null))) return null
  if (dimensionA === null && dimensionB === null && a.measure === null && b.measure === null) return null
  if (TIMES.has(dimensionA ?? '')) return null
  if (one.basis !== two.basis && !(revises && (one.basis === null || two.basis === null))) return null
  const turned = a.change !== null && b.change !== null && a.change !== b.change
  if ((a.change === null) !== (b.change === null) && !revises) return null
  if (!turned && agree(rangeOf(a, one.evidence.exact), rangeOf(b, two.evidence.exact))) return null
  if (!samePeriod(a, b, revises)) return null
  const match = sameMeasure(one, two)
  if (match === null) return null
  if (!namesOwner(one) && !namesOwner(two) && !onOneStory(one, two)) return null
  const replaced = isToldAsRevised(a, b)
  const issuers = replaced ? true : haveOneIssuer(a, b)
  const order = earlier(a, b)
  // Of two that one article recalls, nothing tells which replaced which: the newest replaced both.
  if (order === 0 && estimateA.recalled && estimateB.recalled) return null
  const kind = kindOf(a, b, revises || replaced, issuers)
  if (kind === null || (kind === 'value' && isOpinion(one, two))) return null
  const sides = [[a, valueText(a)] as const, [b, valueText(b)] as const] as const
  return conflict(kind, turned ? 'change' : 'value', ...sides, kind === 'revision' ? order : 0)
}

const namesOwner = (figure: ToldFigure): boolean =>
  measureOf(figure).owner !== null ||
  figure.about.some(({ name, type }) => type !== 'person' && !ISSUES.test(name))

/** Words of names that any town or country has, and of its calendar. */
const COMMON_NAMES: ReadonlySet<string> = new Set(
  words(`mayor governor president minister prime premier chancellor secretary senator councillor commissioner sheriff chief
  director chair king queen mr mrs ms dr sir city town village county state district borough council parliament congress
  senate government cabinet committee commission board court police fire school university hospital hall party federal
  national central royal public bank bureau department ministry office agency authority union chamber institute
  statistics labour finance treasury health education trade north south east west new saint street road we it in
  ${CALENDAR} christmas easter`)
)

/** What a figure's sentence, and the facts it names, call by name; the head of a sentence is written large anyhow. */
const namesIn = once((figure: ToldFigure): ReadonlySet<string> => {
  const sentence = sentenceAround(figure)
  const capitals = [...sentence.matchAll(/\p{Lu}[\p{L}'\u2019-]+/gu)].flatMap(({ 0: word, index }) =>
    index === 0 ? [] : [word]
  )
  const known = figure.entities.map(({ name }) => name)
  return new Set([...capitals, ...known].flatMap(nameWords).filter((word) => !COMMON_NAMES.has(word)))
})

/** Words that topics must have in common beside those of the measure. */
const TELLING_TOPIC = 2

/** Words of topics (`TradeTalks`) that say more than what is counted. */
const topicWords = ({ topics }: ToldFigure, core: ReadonlySet<string>): Set<string> =>
  new Set(
    topics
      .flatMap((topic) => contentWords(spaced(topic)))
      .filter((word) => !core.has(word) && !COMMON_NAMES.has(word))
  )

/**
 * Whether two figures that leave open whose they are belong to one story: taxes rise by 4 percent in one town and by 5 in
 * another. The same name in both sentences says so, or topics of more than what is counted; one article does where not
 * each of the two names somebody else.
 */
function onOneStory(a: Of<'figure'> & ToldFigure, b: Of<'figure'> & ToldFigure): boolean {
  const [one, two] = [namesIn(a), namesIn(b)]
  if (!one.isDisjointFrom(two)) return true
  if (oneArticle(a, b)) return one.size === 0 || two.size === 0
  const core = measureOf(a).core.union(measureOf(b).core)
  const topics = topicWords(a, core).intersection(topicWords(b, core))
  return topics.size >= TELLING_TOPIC || !topics.isDisjointFrom(one.union(two))
}

/** What two houses expect, or two surveys find, may differ, and is no dispute. */
const OPINION =
  /(?<!\p{L})(?:[Ee]xpect(?:s|ed|ing|ation|ations)?|[Ff]orecasts?|[Pp]roject(?:s|ed|ion|ions)|[Pp]redict(?:s|ed)?|[Oo]utlook|[Pp]olls?|[Ss]urveys?)(?!\p{L})/u
const isOpinion = (one: Pick<ToldFigure, 'evidence'>, two: Pick<ToldFigure, 'evidence'>): boolean =>
  OPINION.test(sentenceAround(one)) && OPINION.test(sentenceAround(two))

/** Lengths of time: of two in one sentence nothing tells that they measure the same. */
const TIMES: ReadonlySet<string> = new Set([
  'second',
  'minute',
  'hour',
  'day',
  'night',
  'week',
  'month',
  'year',
  'decade'
])

function samePeriod(a: Of<'figure'>, b: Of<'figure'>, revises: boolean): boolean {
  if (a.period === null && b.period === null) return daysBetween(a, b) <= (revises ? COUNTING : UNDATED)
  if (a.period !== null && b.period !== null) {
    const [one, two] = [canonicalPeriod(a.period), canonicalPeriod(b.period)]
    const [x, y] = [daysOf(one), daysOf(two)]
    if (x === null || y === null) return false
    if (comparePeriods(x, y) === 'same') return true
    const days = granularityOf(one) === 'day' && granularityOf(two) === 'day'
    return revises && days && Math.abs(x.first - y.first) <= COUNTING
  }
  const period = a.period ?? b.period ?? ''
  return granularityOf(period) === 'day' && daysBetween(a, b) <= (revises ? COUNTING : UNDATED)
}

/** Days after which news of a past month are those of another release, whoever brings them. */
const LATER_NEWS = 14
/** A toll that nobody is named for rises by the hour. */
const NEXT_COUNT = 0.25
/** Whether people are counted to whom something happened. */
const isCount = (fact: Telling): boolean =>
  fact.kind === 'figure' &&
  fact.bound !== 'under' &&
  dimension(fact) === 'person' &&
  fact.period?.length !== 7

/** A dispute, a revision, or (within one article that names no two sources) neither. */
function kindOf(
  a: Telling,
  b: Telling,
  revises: boolean,
  issuers: boolean | null
): 'value' | 'revision' | null {
  if (oneArticle(a, b)) return revises && issuers !== false ? 'revision' : issuers === false ? 'value' : null
  if (issuers === false) return 'value'
  if (revises) return 'revision'
  const days = daysBetween(a, b)
  if (days === Infinity) return 'value'
  if (issuers === true) return days >= NEXT_RELEASE ? 'revision' : 'value'
  // Of a month or quarter that is over, papers that name no source tell what was published last.
  return days >= (isCount(a) && isCount(b) ? NEXT_COUNT : LATER_NEWS) ? 'revision' : 'value'
}

const SCALES: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million']
]

/** A number as people write it: `28.8 billion`, `51,300`. */
export function amountText(value: number): string {
  const [factor, name] = SCALES.find(([size]) => Math.abs(value) >= size) ?? [1, '']
  const digits = Number((value / factor).toPrecision(10)).toLocaleString('en', { maximumFractionDigits: 6 })
  return name === '' ? digits : `${digits} ${name}`
}

const BOUNDS: Readonly<Record<FigureFields['bound'], string>> = {
  exact: '',
  about: 'about ',
  over: 'over ',
  under: 'under ',
  'at-least': 'at least ',
  'at-most': 'at most '
}

function valueText(figure: FigureFields): string {
  const change = figure.change === null ? '' : figure.change === 'increase' ? 'up ' : 'down '
  const high = figure.value_high === null ? '' : ` to ${amountText(figure.value_high)}`
  return `${change}${BOUNDS[figure.bound]}${amountText(figure.value)}${high}${figure.unit === null ? '' : ` ${figure.unit}`}`
}

/** Deeds that one can do, or have happen, but once in a long while. */
const ONCE: ReadonlySet<string> = new Set(
  contentWords(`dock undock launch land splash sign resign appoint crash collapse marry elect acquire sink explode erupt
  open close inaugurate sentence convict acquit arrest release crown retire born bear die kill assassinate bury
  found unveil depart derail`)
)
const OF_A_LIFE: ReadonlySet<string> = new Set(contentWords('born bear die'))
/** Two days further apart are two flights, two signings. */
const ONE_TIME = 7

const PLACE = /(?:^| )(?:in|at|near|outside) \p{Lu}.*$/su
const DATING: ReadonlySet<string> = new Set(contentWords(`${CALENDAR} today yesterday tomorrow`))

const namedAlike = (a: readonly Named[], b: readonly Named[]): boolean =>
  a.length === b.length && a.every((x) => b.some((y) => compareNames(x, y) === 'same'))

/** What was done, without place, date and numbers of the date. */
const deedOf = once((event: EventFields): string[] => {
  const date = new Set(contentWords(event.when?.text ?? ''))
  return contentWords(event.what.replace(PLACE, '')).filter(
    (word) => !DATING.has(word) && (!date.has(word) || !isNumber(word))
  )
})

const COUNTRIES: ReadonlySet<string> = new Set([...DEMONYMS.values()].flatMap((name) => words(name)))
const isCountry = (place: Named): boolean => nameWords(place.name).some((word) => COUNTRIES.has(word))

function events(a: Of<'event'>, b: Of<'event'>): Conflict | null {
  if (a.planned || b.planned || a.who.length + a.whom.length === 0) return null
  const [one, two] = [deedOf(a), deedOf(b)]
  const [setOne, setTwo] = [new Set(one), new Set(two)]
  if (one[0] === undefined || one[0] !== two[0] || setOne.size !== setTwo.size) return null
  if (![...setOne].every((word) => setTwo.has(word))) return null
  if (!namedAlike(a.who, b.who) || !namedAlike(a.whom, b.whom)) return null
  const [isoA, isoB] = [a.when?.iso?.slice(0, 10) ?? null, b.when?.iso?.slice(0, 10) ?? null]
  const [whenA, whenB] = [daysOf(isoA), daysOf(isoB)]
  const near = daysBetween(a, b) <= UNDATED
  const apart = whenA !== null && whenB !== null && comparePeriods(whenA, whenB) === 'apart'
  const places = a.where !== null && b.where !== null && compareNames(a.where, b.where) === 'other'
  if (a.negated !== b.negated) {
    // Not meeting in the one place is no denial of meeting in the other; without a day only the news of one day compares.
    const oneTime = whenA !== null && whenB !== null ? !apart : near
    return oneTime && !places ? conflict('value', 'negated', [a, happened(a)], [b, happened(b)]) : null
  }
  if (a.negated) return null
  if (apart && !places) {
    const life = OF_A_LIFE.has(one[0])
    const gap = Math.abs(whenA.first - whenB.first)
    if (!life && (!one.some((word) => ONCE.has(word)) || gap > ONE_TIME || daysBetween(a, b) > ONE_TIME))
      return null
    return conflict('date', 'when', [a, isoA ?? ''], [b, isoB ?? ''])
  }
  const oneDay = isoA !== null && isoA === isoB && granularityOf(isoA) === 'day'
  if (!places || !oneDay || a.where === null || b.where === null || MOVING.has(one[0])) return null
  // London lies in Britain; two towns or two countries are two places.
  if (isCountry(a.where) !== isCountry(b.where) || preposition(a) !== preposition(b)) return null
  return conflict('value', 'where', [a, a.where.name], [b, b.where.name])
}

const happened = (event: EventFields): string => (event.negated ? 'did not happen' : 'happened')
/** What one does at several places on one day. */
const MOVING: ReadonlySet<string> = new Set(
  contentWords(
    'visit travel arrive speak campaign tour strike attack bomb fight protest rally march vote play win rise fall'
  )
)

/** `met in London` and `met at Lancaster House` name two sizes of place. */
const preposition = (event: EventFields & Pick<Telling, 'mentions'>): string => {
  const text = `${event.what} ${event.mentions[0]?.evidence.exact ?? ''}`
  const at = event.where === null ? -1 : text.indexOf(event.where.name)
  return /(?<!\p{L})(\p{L}+) (?:the )?$/u.exec(text.slice(0, Math.max(0, at)))?.[1]?.toLowerCase() ?? ''
}

/** Offices that one person holds at a time. */
const SOLE =
  /^(?:(?:executive|managing|general|artistic|finance|research|sporting|national|foreign|interior|defen[cs]e|health|education|prime|treasury|commerce) )*(?:director|president|chief executive(?: officer)?|ceo|chairman|chairwoman|chair|mayor|governor|minister|premier|chancellor|secretary(?: general)?|speaker|king|queen|pope|captain|head coach|manager|principal|head)(?: of (?:the )?[\p{L} ]+)?$/iu
/** Days within which two holders of one office are no succession. */
const TENURE = 30

function roles(a: Of<'role'>, b: Of<'role'>): Conflict | null {
  if (a.former || b.former || a.organization === null || b.organization === null) return null
  if (words(a.role).join(' ') !== words(b.role).join(' ') || !SOLE.test(a.role)) return null
  if (compareNames(a.organization, b.organization) !== 'same' || oneArticle(a, b)) return null
  if (compareNames(a.person, b.person) !== 'other' || daysBetween(a, b) > TENURE) return null
  // `a director of the bank` may be one of many.
  const many = [a, b].some((fact) =>
    /(?<!\p{L})(?:an?|one of|among) (?:\p{L}+ ){0,3}/iu.test(beforeRole(fact))
  )
  return many ? null : conflict('value', 'person', [a, a.person.name], [b, b.person.name])
}

const beforeRole = (fact: Of<'role'>): string => {
  const exact = fact.mentions[0]?.evidence.exact ?? ''
  return exact.slice(0, Math.max(0, exact.toLowerCase().indexOf(fact.role.toLowerCase())))
}

/** Fewer words are anybody's, and so are those that say little. */
const WORDS_OF_ONE = 5
const TELLING_WORDS = 3
/** Days within which the same words are those of one occasion. */
const OCCASION = 2
const WEEKS = 14

/** The quoted runs where only a part is in marks, else the whole; null where they may be anybody's. */
const spokenWords = once((fact: Spoken): readonly string[] | null => {
  const marked = [...fact.content.matchAll(/["\u201c]([^"\u201c\u201d]+)["\u201d]/g)].map(
    ([, inside]) => inside ?? ''
  )
  const all = words(fact.kind === 'quote' && marked.length > 0 ? marked.join(' ') : fact.content)
  if (all.length < WORDS_OF_ONE || all.filter((word) => !isStop(word)).length < TELLING_WORDS) return null
  return all
})

function speech(a: Spoken, b: Spoken): Conflict | null {
  if (a.speaker === null || b.speaker === null) return null
  const [one, two] = [spokenWords(a), spokenWords(b)]
  if (one === null || two === null || one.length !== two.length) return null
  const differing: (readonly [string, string])[] = []
  for (const [i, word] of one.entries()) {
    if (word === two[i]) continue
    // Most pairs are told apart by their first words.
    if (differing.length > 0) return null
    differing.push([word, two[i] ?? ''])
  }
  const speakers = compareNames(a.speaker, b.speaker)
  if (differing.length === 0) {
    if (speakers !== 'other' || oneArticle(a, b) || daysBetween(a, b) > WEEKS) return null
    // "The US president" may be the person whom the other names.
    if (a.speaker?.entity == null || b.speaker?.entity == null) return null
    return theirWords(a, b)
      ? conflict('attribution', 'speaker', [a, a.speaker.name], [b, b.speaker.name])
      : null
  }
  if (speakers !== 'same' || oneArticle(a, b) || daysBetween(a, b) > OCCASION) return null
  if (a.said_on !== null && b.said_on !== null && a.said_on !== b.said_on) return null
  const [x, y] = differing[0] ?? ['', '']
  // An article or a preposition is the editor's; a number, a name or a `not` is what was said.
  if ((isStop(x) && isStop(y)) || isNegation(x) !== isNegation(y)) return null
  if (a.kind === 'claim' && !(isNumber(x) && isNumber(y))) return null
  return conflict('value', 'content', [a, a.content], [b, b.content])
}

/**
 * Whether the words can be but one speaker's: a quote is; what two people expect, or say of themselves, both may say.
 * Somebody speaks for an organisation, so that only two people, or two organisations, are two speakers.
 */
function theirWords(a: Spoken, b: Spoken): boolean {
  const type = (fact: Spoken) => fact.entities.find(({ id }) => id === fact.speaker?.entity)?.type ?? null
  const [typeA, typeB] = [type(a), type(b)]
  if (typeA !== typeB && typeA !== null && typeB !== null) return false
  if (a.kind === 'quote') return true
  const content = words(a.content)
  return !content.some((word) => EXPECTING.has(word)) && content.filter((word) => !isStop(word)).length >= 4
}

const EXPECTING: ReadonlySet<string> = new Set(
  words('will would shall should may might could can must I we my our')
)
