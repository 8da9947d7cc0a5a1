import type { ExtractedFact, FigureFields, Mention, UnidentifiedFact } from '../schema/fact.ts'
import { COUNTRIES, flowIn, isTrade, isVague, SEATS } from './flows.ts'
import { basisOf, sentenceAround, withoutDateline } from './figure-sentence.ts'
import { dimension } from './values.ts'
import { CALENDAR, DEMONYMS } from './word-tables.ts'
import { contentWords, isNumber, words } from './words.ts'

/*
 * What a figure counts, for comparing figures that are not the same: its measure without its owner, the owner, and the
 * sentence that it stands in.
 */

/** A figure with the words it rests on and the title they stand under. */
export type ToldFigure = Extract<UnidentifiedFact, FigureFields> & { readonly title: string | null }

export interface Measure {
  /** Words of what is counted, without the owner; empty where the measure says nothing: `rate`, `people`. */
  readonly core: ReadonlySet<string>
  /** Whose: `china` of "China's exports to the United States". */
  readonly owner: string | null
  /** The owner is that of the title alone. */
  readonly isOwnerOfTitle: boolean
  /** How the subject moves at the rate that the figure gives; null where it gives no rate. */
  readonly moves: 'increase' | 'decrease' | null
  /** Words of the sentence or clause around it that say what it is about. */
  readonly context: ReadonlySet<string>
  /** Places and organisations that the sentence and the title name. */
  readonly names: ReadonlySet<string>
  readonly dimension: string | null
}

const oneWord = (text: string): string => words(text).join('')
const list = (text: string): ReadonlySet<string> => new Set(words(text).filter((word) => word !== ''))

/** Words that say how a figure moves, is placed or is told, and not what it counts. */
const EMPTY_WORDS =
  list(`rise fall increase decrease percent percentage point total number amount figure value level rate
  average about nearly almost record month year quarter week day annual annualised yearly monthly quarterly compare
  previous earlier last first second third fourth final latest period time worth reach stand come put estimate reading
  million billion trillion pace gain loss annually go went gone mark left leave overall duration share half
  ${CALENDAR} today yesterday tomorrow morning evening night weekend day-to-day month-on-month`)

/** Words of who reports, by which two reports of one thing differ. */
const REPORTING_WORDS =
  list(`official officials show data according report reported estimate announce statement
  spokesman ministry office department agency bureau authority statistics customs police organiser figure familiar source
  document government publish calculate revise restate correct raise lift cut lower put expect forecast person`)

/** What happens to those who are counted: a number of dead is none of injured. */
const DEEDS =
  list(`kill injure miss arrest evacuate rescue displace hire dismiss attend infect test treat strand destroy
  damage convict charge vote import export buy sell`)

/** Offices by which a country is named when its figures are told: `Beijing's customs office`. */
const OFFICE =
  /(?<![\p{L}.])(\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,2})['\u2019]s (?:(?:[Nn]ational|[Cc]entral|[Gg]eneral|[Ff]ederal) )?(?:(?:Administration|Office|Bureau|Agency|Service) (?:of|for) )?(?:[Cc]ustoms|[Ss]tatistics|statistics|statistical|census|bureau|central bank|bank|finance|labou?r|trade|economy|economics)/u

/** A subject and how it moved: `output fell`. What stands before `said that` is another's. */
const MOVES =
  /^(?:.{0,200}(?<!\p{L})(?:said|says|shows?|showed|reported|reports|estimated|estimates)(?: on \p{L}+day)?(?: that)? )?(?<subject>.{3,80}?) (?:had |has |have )?(?:(?<down>fell|fall|fallen|shrank|shrunk|declined|dropped|decreased|contracted|slid|sank|lost|slipped)|rose|rise|risen|grew|grown|increased|expanded|climbed|gained|jumped)(?: |$)/u
/** Words that name how fast, and leave open what moves. */
const PACE = /^(?:(?:the|an?|annual|annuali[sz]ed|quarterly|monthly) )*(?:rate|pace|speed)$/iu

/** The clause around a figure, where its sentence has several: from the comma or conjunction before to the one behind. */
function clauseAround(evidence: ExtractedFact['evidence'], sentence: string): string {
  const numbers = sentence.match(/(?<![\p{L}\d])\d[\d.,]*/gu) ?? []
  if (numbers.filter((number) => !/^(?:19|20)\d\d$/.test(number)).length < 2) return sentence
  const at = sentence.indexOf(evidence.exact)
  if (at < 0) return sentence
  const before =
    sentence
      .slice(0, at)
      .split(/[,;:\u2013\u2014]|\band\b|\bbut\b|\bwhile\b/)
      .at(-1) ?? ''
  const behind =
    sentence.slice(at + evidence.exact.length).split(/[,;:\u2013\u2014]|\band\b|\bbut\b|\bwhile\b/)[0] ?? ''
  return `${before}${evidence.exact}${behind}`
}

/** The owner at the head of a measure, and the measure without it. */
function splitOwner(measure: string): { owner: string | null; rest: string } {
  const possessive = /^(?:the |The )?([^,]{2,60}?)['\u2019]s? (?=\p{L})/u.exec(measure)
  if (possessive?.[1] !== undefined) {
    const name = oneWord(possessive[1].replace(/^(?:the|The) /, ''))
    return { owner: SEATS.get(name) ?? name, rest: measure.slice(possessive[0].length) }
  }
  const first = /^[\p{L}.]+/u.exec(measure)?.[0] ?? ''
  const country = DEMONYMS.get(first.toLowerCase()) ?? first
  return COUNTRIES.has(oneWord(country)) && first !== measure
    ? { owner: oneWord(country), rest: measure.slice(first.length) }
    : { owner: null, rest: measure }
}

/** Whose a measure says it is by a name before it (`China's`, `Chinese`); null where it does not, or calls it `the bank's`. */
export const ownerIn = (measure: string): string | null =>
  /^(?:the |The )?\p{Lu}/u.test(measure) ? splitOwner(measure).owner : null

/** What every country has one of: a country behind it is its owner, as one before it is. */
const OF_A_COUNTRY =
  list(`inflation economy unemployment jobless price growth output export import consumer producer
  retail industrial factory wage population birth spending orders`)

/** `inflation in Norway` is Norway's. What is sold in Norway may be anybody's. */
function ownerBehind(rest: string): { owner: string; rest: string } | null {
  const found = /^(.{3,60}) (?:in|of) (?:the )?(\p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+)?)$/u.exec(rest)
  const [, counted = '', place = ''] = found ?? []
  return found !== null && contentWords(counted).some((word) => OF_A_COUNTRY.has(word))
    ? { owner: oneWord(place), rest: counted }
    : null
}

/** Offices that tell figures of others. */
export const ISSUES =
  /bureau|office|agency|ministry|department|authority|statistic|customs|institute|police|eurostat/i

const known = new WeakMap<object, { readonly title: string | null; readonly measure: Measure }>()

const GROWTH = /^(?:the )?(?:\p{L}+ )?growth$/iu
const ECONOMY = oneWord('economy')

/** What is counted, and whose it is, by the words of the measure and, of goods that are traded, of the sentence. */
function readMeasure(
  given: string,
  sentence: string,
  meant: (word: string) => boolean
): { readonly core: readonly string[]; readonly owner: string | null } {
  const { owner, rest } = splitOwner(given)
  const behind = owner === null ? ownerBehind(rest) : null
  const core = contentWords(behind?.rest ?? rest).filter(meant)
  if (!isTrade(core)) return { core, owner: owner ?? behind?.owner ?? null }
  // "Goods worth $3 billion left Chilean ports for Peru": the sentence tells that they are exports, and to where.
  const flow = flowIn(given) ?? flowIn(sentence)
  const told =
    flow !== null &&
    (isVague(core) || (core.length === flow.core.length && core.every((word) => flow.core.includes(word))))
  return { core: told ? flow.core : core, owner: owner ?? (told ? flow.owner : null) }
}

/** Reads what a figure counts; worked out once for each object. */
export function measureOf(figure: ToldFigure): Measure {
  const before = known.get(figure.evidence)
  // The article's own facts are first read without its title.
  if (before !== undefined && before.title === figure.title) return before.measure
  const unit = list(`${figure.unit ?? ''} ${figure.unit_surface ?? ''}`)
  const meant = (word: string): boolean => !EMPTY_WORDS.has(word) && !isNumber(word) && !unit.has(word)
  const sentence = withoutDateline(sentenceAround(figure))
  const given = withoutDateline(figure.measure ?? '')
  const { core: found, owner: whose } = readMeasure(given, sentence, meant)
  let core = found
  let owner = whose
  let moves: Measure['moves'] = null
  if (
    core.length === 0 &&
    figure.unit === 'percent' &&
    (figure.measure === null || PACE.test(given.trim()))
  ) {
    // "Output fell at a rate of 0.3 percent": the rate is that of the subject.
    const moved = MOVES.exec(clauseAround(figure.evidence, sentence))?.groups
    const subject = splitOwner(moved?.['subject'] ?? '')
    core = contentWords(subject.rest).filter(meant)
    if (core.length > 6) core = []
    owner ??= subject.owner
    if (core.length > 0 && figure.measure !== null)
      moves = moved?.['down'] === undefined ? 'increase' : 'decrease'
  }
  if (core.length === 0 && figure.unit === 'percent' && GROWTH.test(given)) {
    // Growth of nothing else is that of the economy.
    core = [ECONOMY]
    moves = 'increase'
  }
  const counted = new Set(core)
  const told = owner ?? ownerOfOffice(sentence, counted)
  const titled =
    told !== null || counted.isDisjointFrom(OF_A_COUNTRY) ? null : ownerInTitle(figure.title ?? '', counted)
  const measure: Measure = {
    core: counted,
    owner: told ?? titled ?? impliedOwner(figure, counted, sentence),
    isOwnerOfTitle: titled !== null,
    moves,
    context: new Set(
      [...contentWords(clauseAround(figure.evidence, sentence)), ...contentWords(given)].filter(
        (word) => meant(word) && !REPORTING_WORDS.has(word)
      )
    ),
    names: new Set([
      ...words(`${sentence} ${figure.title ?? ''}`),
      ...figure.about.flatMap(({ name }) => [...words(name), oneWord(name)])
    ]),
    dimension: dimension(figure)
  }
  known.set(figure.evidence, { title: figure.title, measure })
  return measure
}

/** The country, or the house, whose office tells the figure: "Lima's customs office". */
function ownerOfOffice(sentence: string, core: ReadonlySet<string>): string | null {
  const office = core.size === 0 ? undefined : OFFICE.exec(sentence)?.[1]
  if (office === undefined) return null
  const [name = ''] = words(office)
  return SEATS.get(name) ?? oneWord(office)
}

/** Whose a figure is, where its measure does not say: the one place, else the one organisation, that it is about. */
function impliedOwner(figure: ToldFigure, core: ReadonlySet<string>, sentence: string): string | null {
  if (core.size === 0) return null
  const seat = /^\p{Lu}{3,}/u.exec(sentence)?.[0].toLowerCase()
  for (const type of ['place', 'organization'] as const) {
    const owners = new Set(
      figure.about
        .filter((entity) => entity.type === type && !ISSUES.test(entity.name))
        .filter(({ name }) => !words(name).some((word) => core.has(word) || word === seat))
        .map(({ name }) => oneWord(name))
    )
    if (owners.size === 1) return [...owners][0] ?? null
  }
  return null
}

/** The country that a title begins with the possessive or people of, else the only one that it names beside `core`. */
function ownerInTitle(title: string, core: ReadonlySet<string>): string | null {
  const first = /^[\p{L}.]+(?=['\u2019]s )|^[\p{L}.]+/u.exec(title)?.[0] ?? ''
  const possessed = /^[\p{L}.]+['\u2019]s /u.test(title)
  const people = DEMONYMS.get(first.toLowerCase())
  const owner = oneWord(possessed ? first : (people ?? ''))
  if (COUNTRIES.has(owner)) return owner
  const named = new Set(words(title).filter((word) => COUNTRIES.has(word) && !core.has(word)))
  return named.size === 1 ? ([...named][0] ?? null) : null
}

/** Countries that a figure's measure and clause name. */
export const countriesOf = (figure: ToldFigure): Set<string> => {
  const { core, owner, context } = measureOf(figure)
  return new Set(
    [...core, ...context, ...(owner === null ? [] : [owner])].filter((word) => COUNTRIES.has(word))
  )
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((word) => b.has(word)).length

const deeds = (measure: Measure): Set<string> =>
  new Set([...measure.context, ...measure.core].filter((word) => DEEDS.has(word)))

/** Whether two measures have owners that can be one: equal, or the one left out and named in the other's sentence. */
function ownersMeet(a: Measure, b: Measure): boolean {
  if (a.owner !== null && b.owner !== null) return a.owner === b.owner
  if (a.owner === null && b.owner === null) return true
  if (a.isOwnerOfTitle || b.isOwnerOfTitle) return true
  const [owner, other] = a.owner === null ? [b.owner ?? '', a] : [a.owner, b]
  return other.names.has(owner) || [...other.names].join('').includes(owner)
}

/**
 * Whether two figures count the same thing: `measure` where their measures say so, word for word but for the owner;
 * `context` where a measure says nothing and their clauses tell of one thing.
 */
export function sameMeasure(a: ToldFigure, b: ToldFigure): 'measure' | 'context' | null {
  const [one, two] = [measureOf(a), measureOf(b)]
  const [deedsOne, deedsTwo] = [deeds(one), deeds(two)]
  if (deedsOne.size > 0 && deedsTwo.size > 0 && shared(deedsOne, deedsTwo) === 0) return null
  if (one.core.size > 0 && two.core.size > 0 && a.measure !== null && b.measure !== null) {
    const both = shared(one.core, two.core)
    if (both === one.core.size && both === two.core.size) return ownersMeet(one, two) ? 'measure' : null
    // A word that only one has may be where goods go to, or which of several rates is meant.
    return null
  }
  const both = shared(one.context, two.context)
  const least = Math.min(one.context.size, two.context.size)
  // What the one measure says must stand in the sentence of the other.
  const within = (from: Measure, to: Measure): boolean =>
    [...from.core].every((word) => to.context.has(word) || REPORTING_WORDS.has(word))
  if (!within(one, two) || !within(two, one)) return null
  if (both < (one.core.size + two.core.size > 0 ? 2 : 3) || both / least < 0.6) return null
  const places = (figure: ToldFigure) =>
    new Set(figure.about.filter(({ name }) => !ISSUES.test(name)).map(({ id }) => id))
  const [aboutA, aboutB] = [places(a), places(b)]
  if (aboutA.size > 0 && aboutB.size > 0 && shared(aboutA, aboutB) === 0) return null
  return ownersMeet(one, two) ? 'context' : null
}

/** A figure of several mentions by the words of its first one; its basis is read from them where it is not given. */
export function toldBy<Figure extends Omit<ToldFigure, 'evidence' | 'title'>>(
  figure: Figure,
  mentions: readonly Pick<Mention, 'article' | 'evidence'>[]
): (Figure & ToldFigure) | null {
  const [first] = mentions
  if (first === undefined) return null
  const told = { ...figure, evidence: first.evidence, title: first.article.title }
  return { ...told, basis: basisOf(told) }
}
