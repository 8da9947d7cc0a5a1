import { byForm } from './text/forms.ts'
import { indexTokens } from './text/phrases.ts'
import type { Reading } from './reading.ts'
import { withSingleSpaces } from './text/letters.ts'

const MOST_TOPICS = 5
/** Fewer are made up for by names that the article begins with. */
const FEW_TOPICS = 2
/** Words that make no topic of their own and none with a neighbour: frames of time, number, speech and news. */
const EMPTY = new Set(
  (
    'year years month months week weeks day days time times percent cent per-cent million billion trillion thousand hundred ' +
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september ' +
    'october november december people man men woman women thing things way ways lot part parts number numbers end start ' +
    'place case point question questions statement news report reports article story photo image file reuters ap afp mr mrs ' +
    'ms dr sir new old first last next previous earlier other own same more most many much few big great good top high low long former ' +
    'spokesman spokeswoman spokesperson president minister secretary official officials director chief executive member ' +
    'members leader leaders quarter half morning afternoon evening night today yesterday tomorrow total rest side sides ' +
    'one ones others group early late video comment comments email twitter facebook post posts reporter reporters interview'
  ).split(' ')
)

/** Nouns that say too little alone, though they name a topic with another: `talks`, but `TradeTalks`. */
const WEAK = new Set(
  (
    'rate talk crew leak framework meeting deal plan move call team work change level step visit trip launch return delay ' +
    'handshake agreement decision figure datum estimate growth rise fall drop cut gain loss increase decline record result ' +
    'price cost sale share value amount goal aim hope fear problem issue matter cause effect reason idea view role job ' +
    'law rule power right force effort action answer offer demand need use support help house home room table line list ' +
    'sign word letter name title book page paper body head hand face eye life death world country state city town village ' +
    'area region centre center site office company firm business group party government authority public market system ' +
    'service programme program project product good reading count gdp seat flight capsule pilot rocket metal term chip'
  ).split(' ')
)

/** Houses that bring the news, and networks that it is told on: no subjects of it. */
const OUTLET =
  /(?:^| )(?:news|agency|wire|times|post|dispatch|courier|tribune|herald|gazette|journal|daily|telegraph|observer|broadcasting|television|radio|press)$|^(?:cnbc|cnn|bbc|nbc|abc|cbs|npr|afp|reuters|xinhua|bloomberg|truth social|twitter|facebook|instagram|youtube|tiktok|whatsapp)$/i
/** Offices that tell of a subject, and are seldom it. */
const OFFICE = /(?:^| )(?:bureau|department|ministry|office|administration|agency|council|committee)(?: |$)/i

/** Capitals by country: where both are named, the capital stands for the government. */
const CAPITALS: ReadonlyMap<string, string> = new Map(
  (
    'Beijing:China,Washington:United States,Moscow:Russia,Tokyo:Japan,Berlin:Germany,Paris:France,Rome:Italy,Madrid:Spain,' +
    'Ottawa:Canada,Canberra:Australia,Seoul:South Korea,New Delhi:India,Delhi:India,Ankara:Turkey,Brussels:European Union,' +
    'Kyiv:Ukraine,Warsaw:Poland,Tehran:Iran,Jerusalem:Israel,London:United Kingdom,Brasilia:Brazil,Taipei:Taiwan'
  )
    .split(',')
    .map((pair) => {
      const [capital = '', country = ''] = pair.split(':')
      return [capital, country] as const
    })
)

/** A place at the head of a dispatch, with date and agency: `LONDON, June 9 (Reuters) – `, `LONDON: `. */
const DATELINE =
  /^\p{Lu}[\p{Lu}.' ]{2,30}(?:, [^\n:\u2013\u2014-]{1,30})?(?: \([^)\n]{1,40}\))?(?: [\u2013\u2014-]{1,2} |: )/gmu

/** Where the text is a dateline. */
const datelines = (text: string): { readonly start: number; readonly end: number }[] =>
  [...text.slice(0, 600).matchAll(DATELINE)]
    .slice(0, 1)
    .map((found) => ({ start: found.index, end: found.index + found[0].length }))

/** How often both words of a pair that is told once must stand in the text, together. */
const OFTEN = 4

/** Places among the topics of one article, at most. */
const MOST_PLACES = 2

/** Points and apostrophes: abbreviations and short forms. */
const NO_NOUN = /[.'’]/

/** Endings of words that end no noun pair, and of words that are mostly adjectives. */
const NO_HEAD = /(?:ing|ed|ive|ous|al|ful|less|est|er)$/
const ADJECTIVE = /(?:ing|ous|ive|ful|less|est|al|ic|able|ible|ary|ent|ant|ed)$/

const singular = (word: string): string =>
  word.endsWith('ies') && word.length > 4
    ? `${word.slice(0, -3)}y`
    : word.endsWith('s') && !/(?:ss|us|is)$/.test(word) && word.length > 3
      ? word.slice(0, -1)
      : word

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** `rare earths` → `RareEarths`; letters and digits only. */
const hashtag = (words: readonly string[]): string =>
  words
    .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word !== '')
    .map(capitalised)
    .join('')

/** What a form is to topics wherever it stands as an open word outside names and dates. */
const nounOf = byForm((text) => {
  const lower = text.toLowerCase().replace('\u2019', "'")
  const isNoun = text.length > 2 && !EMPTY.has(lower) && !NO_NOUN.test(lower)
  return {
    /** In the singular, empty for what is no noun. */
    singular: isNoun ? singular(lower) : '',
    isHead: !NO_HEAD.test(lower),
    isAdjective: ADJECTIVE.test(lower)
  }
})

/** A noun or two in the singular: how often, and as the text has it in another form, mostly the plural. */
interface Phrase {
  score: number
  times: number
  /** Times outside quotation marks. */
  own: number
  /** Where it stands first. */
  readonly start: number
  surface: string
  plural: number
}

interface Candidate {
  readonly tag: string
  readonly isPlace: boolean
  readonly score: number
  /** Singular words, for telling that one candidate holds another. */
  readonly words: readonly string[]
}

/** Nouns and pairs of nouns of an article, in the singular. */
class Phrases {
  readonly found = new Map<string, Phrase>()

  add(key: string, surface: string, weight: number, own: number, start: number): void {
    const known = this.found.get(key)
    if (known === undefined) {
      this.found.set(key, { score: weight, times: 1, own, start, surface, plural: surface === key ? 0 : 1 })
      return
    }
    known.score += weight
    known.times += 1
    known.own += own
    if (surface === key) return
    known.plural += 1
    known.surface = surface
  }
}

function countPhrases(reading: Reading): ReadonlyMap<string, Phrase> {
  const { tokens } = reading
  const { lower, classes, name, quoted, date } = indexTokens(reading)
  const phrases = new Phrases()
  const nounAt = (i: number) =>
    i < tokens.length && tokens[i].kind === 'word' && classes[i] === 'open' && name[i] < 0 && date[i] < 0
      ? nounOf(tokens[i].form)
      : NO_WORD
  // A text that opens with its title would count the title twice, and headlines pair nouns with verbs ("aide implies").
  const body =
    reading.title !== null && reading.text.startsWith(reading.title.slice(0, 30)) ? reading.title.length : 0
  let next = nounAt(0)
  for (let i = 0; i < tokens.length; i += 1) {
    const noun = next
    next = nounAt(i + 1)
    if (noun.singular === '' || tokens[i].start < body) continue
    // The first third counts double: what an article is about comes first.
    const weight = (i * 3 < tokens.length ? 2 : 1) * (quoted[i] ? 0.5 : 1)
    const own = quoted[i] ? 0 : 1
    if (next.singular !== '' && tokens[i + 1].text === lower[i + 1] && tokens[i + 1].spaced && next.isHead)
      phrases.add(
        `${noun.singular} ${next.singular}`,
        `${lower[i]} ${lower[i + 1]}`,
        weight,
        own,
        tokens[i].start
      )
    if (!noun.isAdjective) phrases.add(noun.singular, lower[i], weight * 0.5, own, tokens[i].start)
  }
  return phrases.found
}

const NO_WORD = { singular: '', isHead: false, isAdjective: false }

/**
 * At most five hashtags for an article, most characteristic first: pairs of nouns that recur or stand in the title
 * (`RareEarths`, `TradeTalks`), single nouns of the title that recur, and the organisations and places that it names
 * most. People are entities and no topics.
 */
export function deriveTopics(reading: Reading): string[] {
  const { entities } = reading
  const titleWords = new Set(
    (reading.title ?? '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.map(singular) ?? []
  )
  const phrases = countPhrases(reading)
  const ranked: Candidate[] = []
  /** For articles that are short of topics. */
  const spare: Candidate[] = []
  for (const [key, { score, times, own, start, surface, plural }] of phrases) {
    if (times < 2 && !key.includes(' ')) continue
    const words = key.split(' ')
    // What somebody is quoted with is theirs, until the reporter takes it up.
    if (own === 0 || words.every((word) => WEAK.has(word))) continue
    const inTitle = words.filter((word) => titleWords.has(word)).length
    const pair = words.length === 2
    const often = words.reduce((sum, word) => sum + (phrases.get(word)?.times ?? 0), 0)
    // Told once, where the text begins, with words that come again: "reopen trade talks".
    const opens = pair && start < reading.text.length / 4 && often >= OFTEN
    if (pair ? times < 2 && inTitle < 2 && !opens : inTitle === 0 && times < 5) continue
    // The plural names the topic better, where it is not rare: "rare earths".
    const written = plural * 2.5 >= times ? surface : key
    ranked.push({
      tag: hashtag(written.split(' ')),
      isPlace: false,
      score: score * (pair ? (times > 1 || inTitle > 1 ? 3 : 1) : 1) * (1 + inTitle),
      words
    })
  }
  const gdp = reading.text.match(/\bGDP\b|\bgross domestic product\b/giu)?.length ?? 0
  if (gdp > 0) ranked.push({ tag: 'GDP', isPlace: false, score: 4 * gdp, words: ['gdp'] })
  const heads = datelines(reading.text)
  const named = new Set(entities.filter(({ type }) => type !== 'person').map(({ name: full }) => full))
  const addName = (
    full: string,
    aliases: readonly string[],
    times: number,
    early: boolean,
    isPlace: boolean
  ): void => {
    if (OUTLET.test(full)) return
    const words = full
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .map(singular)
    const titled = [full, ...aliases].some((known) =>
      known
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .every((word) => titleWords.has(singular(word)))
    )
    const enough = titled || (early && !isPlace && !OFFICE.test(full)) ? 1 : 2
    if (times < 1 || (times < enough && !early)) return
    const candidate = {
      tag: hashtag(full.split(' ')),
      isPlace,
      score: times * (titled ? 2.5 : 1) * (early ? 1.5 : 1) * (isPlace || OFFICE.test(full) ? 0.6 : 1),
      words
    }
    if (times < enough) spare.push(candidate)
    else ranked.push(candidate)
  }
  const third = reading.text.length / 3
  const inHead = ({ start }: { readonly start: number }): boolean =>
    heads.some((head) => start >= head.start && start < head.end)
  const subjects = new Map<string, { aliases: string[]; times: number; early: boolean; isPlace: boolean }>()
  for (const { type, name: full, aliases, mentions } of entities) {
    if (type === 'person') continue
    const country = CAPITALS.get(full)
    const subject = country !== undefined && named.has(country) ? country : full
    const told = mentions.filter((mention) => !inHead(mention))
    const before = subjects.get(subject)
    subjects.set(subject, {
      aliases: [...(before?.aliases ?? []), ...aliases, full],
      times: (before?.times ?? 0) + told.length,
      early: before?.early === true || told.some(({ start }) => start < third),
      isPlace: type === 'place'
    })
  }
  for (const [subject, { aliases, times, early, isPlace }] of subjects)
    addName(subject, aliases, times, early, isPlace)
  // Laws, missions, products: names that are no entities.
  const others = new Map<string, { times: number; early: boolean }>()
  for (const { type, start, end } of reading.names) {
    if (type !== 'other') continue
    const surface = withSingleSpaces(reading.text.slice(start, end))
    const known = others.get(surface) ?? { times: 0, early: false }
    others.set(surface, { times: known.times + 1, early: known.early || start < third })
  }
  for (const [surface, { times, early }] of others) {
    if ((times > 1 || early) && !EMPTY.has(surface.toLowerCase())) addName(surface, [], times, early, false)
  }
  const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || (a.tag < b.tag ? -1 : 1)
  const chosen: Candidate[] = []
  const choose = (candidates: readonly Candidate[], most: number): void => {
    for (const candidate of candidates.toSorted(byScore)) {
      if (chosen.length >= most) return
      if (candidate.tag.length < 3 || candidate.tag.length > 40) continue
      if (candidate.isPlace && chosen.filter(({ isPlace }) => isPlace).length === MOST_PLACES) continue
      const told = chosen.some(({ words }) => candidate.words.some((word) => words.includes(word)))
      if (!told) chosen.push(candidate)
    }
  }
  choose(ranked, MOST_TOPICS)
  choose(spare, FEW_TOPICS)
  return chosen.map(({ tag }) => tag)
}
