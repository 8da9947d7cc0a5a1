import type { Origin } from '../schema/merge.ts'
import type { Reading } from './fact.ts'
import { overlapOf, type Print, printOf } from './signature.ts'
import { compareNames } from './who.ts'
import { agenciesIn, agencyOf } from './wires.ts'

/*
 * How many source texts stand behind a fact. In doubt two articles count as one: a copy taken for a second source would
 * make a fact corroborated that is not.
 */

type Reason = Origin['reason']
interface Link {
  readonly reason: Reason
  readonly detail: string
}

/** From this share of the shorter text on, one is a copy of the other. Articles on one subject share some 0.15. */
const COPY = 0.5
/** Where both name one agency less is enough: papers put the agency's text among their own. */
const COPY_OF_WIRE = 0.2
/** From this share on the words around a fact are the same but for small edits. */
const SAME_WORDS = 0.8
/** So many words around the evidence must be there to be compared. */
const WORDS_AROUND = 8
/** Quotes of fewer words are said by anyone anywhere. */
const WORDS_OF_A_QUOTE = 5
/** Days within which the same words of one speaker come from one occasion. */
const ONE_OCCASION = 2
const DAY = 86_400_000

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Three words in a row, as they stand around the evidence but not in the quoted words: those have any two reports. */
function shinglesAround({ draft }: Reading): Set<string> {
  const { prefix, exact, suffix } = draft.evidence
  const runs = draft.kind === 'quote' ? [prefix, suffix] : [`${prefix} ${exact} ${suffix}`]
  const found = new Set<string>()
  for (const run of runs) {
    const words = wordsOf(run.replace(/["\u201c\u201d]/g, ' '))
    for (let i = 0; i + 3 <= words.length; i++) found.add(words.slice(i, i + 3).join(' '))
  }
  return found
}

/** The share of the smaller set that is in the larger one; 0 where it is too small to tell. */
function containment(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size < WORDS_AROUND) return 0
  return [...small].filter((shingle) => large.has(shingle)).length / small.size
}

/** Where anybody may listen: two reporters who were there are two sources. */
const PUBLIC =
  /conference|briefing|speech|address|rally|reporters|journalists|hearing|parliament|congress|debate|event|court/i

interface Features {
  readonly reading: Reading
  readonly print: Print | null
  readonly around: ReadonlySet<string>
  readonly publisher: string | null
  readonly wire: string | null
  /** Agencies and publishers that the words give as their source, lower case. */
  readonly cited: ReadonlyMap<string, string>
  /** Where it was said, if that was to one medium alone; lower case. */
  readonly medium: string | null
}

const fullName = (publisher: string): string => agencyOf(publisher) ?? publisher
const plain = (name: string): string => name.toLowerCase().replace(/^the /, '').trim()

/** What stands before and behind a name where a report of its is handed on. */
const HANDED_ON_BY =
  /(?<!\p{L})(?:according to|citing|cited by|quoted by|told|reported by|report by|as|in|by) (?:the |The )?$/u
const HANDS_ON =
  /^(?:['\u2019]s)? ?(?:(?:news agency|newspaper|magazine|website|broadcaster) )?(?:has |had |first |also )?(?:reported|reports|said|says|quoted|cited|wrote|revealed)(?!\p{L})/u

/** Names that stand beside words that hand a report on, of those that are known to publish. */
function citedIn(text: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const [before, behind] = [
        text.slice(Math.max(0, at - 24), at),
        text.slice(at + name.length, at + name.length + 40)
      ]
      if (/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(behind)) continue
      if (HANDED_ON_BY.test(before) || HANDS_ON.test(behind)) return true
    }
    return false
  })
}

/** @param isAlone nothing is there that its words could be compared with */
function featuresOf(reading: Reading, publishers: readonly string[], isAlone: boolean): Features {
  const { draft, article, source } = reading
  const own = article.publisher === null ? null : plain(fullName(article.publisher))
  const { prefix, exact, suffix } = draft.evidence
  const text = `${prefix}${exact}${suffix}`
  const cited = new Map<string, string>()
  const cite = (name: string): void => {
    const full = fullName(name.replace(/^[Tt]he /, ''))
    if (plain(full) !== own) cited.set(plain(full), full)
  }
  for (const name of citedIn(text, publishers)) cite(name)
  const spoken = draft.kind === 'quote' || draft.kind === 'claim' ? draft : null
  if (spoken !== null) {
    // An agency that is the speaker hands on what another said.
    for (const name of [spoken.speaker?.name ?? '', spoken.channel ?? ''])
      for (const agency of agenciesIn(name)) cite(agency)
    if (spoken.channel !== null && publishers.some((name) => plain(name) === plain(spoken.channel ?? '')))
      cite(spoken.channel)
  }
  for (const agency of agenciesIn(text)) if (citedIn(text, [agency]).length > 0) cite(agency)
  const wire = source?.wire ?? null
  return {
    reading,
    print: isAlone ? null : printOf(source?.signature ?? ''),
    around: isAlone ? new Set() : shinglesAround(reading),
    publisher: own,
    wire: wire === null ? (own !== null && agencyOf(own) !== null ? own : null) : plain(fullName(wire)),
    cited,
    medium: spoken?.channel == null || PUBLIC.test(spoken.channel) ? null : plain(spoken.channel)
  }
}

const named = ({ reading }: Features): string => reading.article.publisher ?? 'an article without a publisher'
const time = ({ article }: Reading): number => {
  const at = article.published_at === null ? Number.NaN : Date.parse(article.published_at)
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at
}

/** Whether both come from one agency: by label, or because the one is that agency. */
function sharedWire(a: Features, b: Features): string | null {
  if (a.wire !== null && (a.wire === b.wire || a.wire === b.publisher)) return a.wire
  return b.wire !== null && b.wire === a.publisher ? b.wire : null
}

/** Why two articles go back to one text; null where nothing says so. Symmetrical. */
function linkOf(a: Features, b: Features): Link | null {
  const texts = a.reading.textHash === b.reading.textHash ? 1 : overlapOf(a.print, b.print)
  const around = containment(a.around, b.around)
  const wire = sharedWire(a, b)
  if (wire !== null && (texts >= COPY_OF_WIRE || around >= COPY))
    return {
      reason: 'wire copy',
      detail: `carry the text of ${labelOf(wire, a, b)}`
    }
  if (texts >= COPY) return { reason: 'same text', detail: 'have most of their words in common' }
  if (around >= SAME_WORDS) return { reason: 'same text', detail: 'have the same words around the fact' }
  const occasion = sameOccasion(a, b)
  if (occasion !== null) return { reason: 'same interview', detail: occasion }
  for (const [name, full] of [...a.cited].toSorted())
    if (name === b.publisher || name === b.wire || b.cited.has(name))
      return { reason: 'reported by another', detail: `go back to a report of ${full}` }
  for (const [name, full] of [...b.cited].toSorted())
    if (name === a.publisher || name === a.wire)
      return { reason: 'reported by another', detail: `go back to a report of ${full}` }
  if (a.publisher !== null && a.publisher === b.publisher)
    return { reason: 'own reporting', detail: `are by ${[named(a), named(b)].toSorted()[0]}` }
  return null
}

/** The agency as it is written in the label or as the publisher's name. */
const labelOf = (wire: string, ...all: readonly Features[]): string =>
  all
    .flatMap(({ reading }) => [reading.source?.wire ?? null, reading.article.publisher])
    .flatMap((name) => (name !== null && plain(fullName(name)) === wire ? [fullName(name)] : []))
    .toSorted()[0] ?? wire

/**
 * One speaker and one medium, or one post: the words were said once, to one. A quote whose place one article leaves out
 * comes from the medium that another one names, if it is long enough to be no coincidence.
 */
function sameOccasion(a: Features, b: Features): string | null {
  const [x, y] = [a.reading.draft, b.reading.draft]
  if ((x.kind !== 'quote' && x.kind !== 'claim') || (y.kind !== 'quote' && y.kind !== 'claim')) return null
  if (x.speaker !== null && y.speaker !== null && compareNames(x.speaker, y.speaker) === 'other') return null
  if (x.said_on !== null && y.said_on !== null && x.said_on !== y.said_on) return null
  if (a.medium !== null && a.medium === b.medium) return saidIn([x.channel, y.channel])
  const apart = Math.abs(time(a.reading) - time(b.reading))
  const one = (a.medium === null) !== (b.medium === null) && (x.channel === null || y.channel === null)
  const short = Math.min(wordsOf(x.content).length, wordsOf(y.content).length) < WORDS_OF_A_QUOTE
  if (!one || short || x.kind !== 'quote' || y.kind !== 'quote' || apart > ONE_OCCASION * DAY) return null
  return saidIn([x.channel, y.channel])
}

const saidIn = (channels: readonly (string | null)[]): string =>
  `give what was said in one place: ${channels.filter((one) => one !== null).toSorted()[0] ?? ''}`

/** What tells most about a group comes first. */
const TELLING: readonly Reason[] = [
  'wire copy',
  'same text',
  'same interview',
  'reported by another',
  'own reporting'
]

/**
 * Groups the articles that tell one fact by the source text they go back to, each group with the reason. Copies of
 * copies are one group. The order of the readings makes no difference.
 *
 * The work is that of comparing each article with each; a comparison takes microseconds.
 */
export function groupOrigins(readings: readonly Reading[]): { origins: Origin[] } {
  const sorted = readings.toSorted(
    (a, b) =>
      time(a) - time(b) ||
      compare(a.article.id, b.article.id) ||
      a.draft.evidence.start - b.draft.evidence.start ||
      compare(a.draft.id, b.draft.id)
  )
  const publishers = [
    ...new Set(
      sorted.flatMap(({ article }) =>
        article.publisher === null ? [] : [article.publisher.replace(/^The /, '')]
      )
    )
  ].toSorted()
  const all = sorted.map((reading) => featuresOf(reading, publishers, sorted.length === 1))
  const parent = all.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at && parent[at] !== undefined) at = parent[at] ?? at
    return at
  }
  const links: { readonly at: number; readonly pair: readonly Features[]; readonly link: Link }[] = []
  all.forEach((a, i) =>
    all.slice(i + 1).forEach((b, j) => {
      const same = a.reading.article.id === b.reading.article.id
      const link = same ? null : linkOf(a, b)
      if (!same && link === null) return
      if (link !== null) links.push({ at: i, pair: [a, b], link })
      const [one, two] = [root(i), root(i + 1 + j)]
      parent[Math.max(one, two)] = Math.min(one, two)
    })
  )
  const groups = Map.groupBy(all, (_, i) => root(i))
  return {
    origins: [...groups].map(([first, members]) => {
      const articles = [...new Set(members.map(({ reading }) => reading.article.id))]
      const own = links.filter(({ at }) => root(at) === first)
      const [head] = members
      if (head === undefined || own.length === 0) return { articles, ...aloneOf(head) }
      const told = Map.groupBy(own, ({ link }) => link.detail)
      const reasons = [...told].map(([detail, all]) => ({
        reason: all[0]?.link.reason ?? 'own reporting',
        articles: new Set(all.flatMap(({ pair }) => pair.map(({ reading }) => reading.article.id))).size,
        detail
      }))
      reasons.sort(
        (a, b) => TELLING.indexOf(a.reason) - TELLING.indexOf(b.reason) || compare(a.detail, b.detail)
      )
      const detail = reasons
        .map((one) => `${counted(one.articles, articles.length)} ${one.detail}`)
        .join('; ')
      return { articles, reason: reasons[0]?.reason ?? 'own reporting', detail: `${capital(detail)}.` }
    })
  }
}

const counted = (some: number, all: number): string =>
  some < all ? `${some} of the ${all} articles` : all === 2 ? 'both articles' : `all ${all} articles`

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** One article by itself: it may say where it has the fact from, and is no reporting of its own then. */
function aloneOf(one: Features | undefined): Pick<Origin, 'reason' | 'detail'> {
  if (one === undefined) return { reason: 'own reporting', detail: '' }
  const name = capital(named(one))
  if (one.wire !== null && one.wire !== one.publisher)
    return { reason: 'wire copy', detail: `${name} carries the text of ${labelOf(one.wire, one)}.` }
  const [cited] = [...one.cited.values()].toSorted()
  return cited === undefined
    ? { reason: 'own reporting', detail: `${name} names no other source of its text.` }
    : { reason: 'reported by another', detail: `${name} goes back to a report of ${cited}.` }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
