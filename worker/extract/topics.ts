import { indexTokens } from './text/phrases.ts'
import type { Reading } from './reading.ts'

const MOST_TOPICS = 5
/** Words that make no topic of their own and none with a neighbour: frames of time, number, speech and news. */
const EMPTY = new Set(
  (
    'year years month months week weeks day days time times percent cent per-cent million billion trillion thousand hundred ' +
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september ' +
    'october november december people man men woman women thing things way ways lot part parts number numbers end start ' +
    'place case point question questions statement news report reports article story photo image file reuters ap afp mr mrs ' +
    'ms dr sir new old first last next other own same more most many much few big great good top high low long former ' +
    'spokesman spokeswoman spokesperson president minister secretary official officials director chief executive member ' +
    'members leader leaders quarter half morning afternoon evening night today yesterday tomorrow total rest side sides ' +
    'one ones others group early late video comment comments email twitter facebook post posts reporter reporters interview'
  ).split(' ')
)

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

/** A noun or two in the singular: how often, and as the text has it in another form, mostly the plural. */
interface Phrase {
  score: number
  times: number
  surface: string
  plural: number
}

interface Candidate {
  readonly tag: string
  readonly score: number
  /** Singular words, for telling that one candidate holds another. */
  readonly words: readonly string[]
}

/**
 * At most five hashtags for an article, most characteristic first: pairs of nouns that recur or stand in the title
 * (`RareEarths`, `TradeTalks`), single nouns of the title that recur, and the organisations and places that it names
 * most. People are entities and no topics.
 */
export function deriveTopics(reading: Reading): string[] {
  const { tokens, entities } = reading
  const { lower, classes, name, quoted, date } = indexTokens(reading)
  const titleWords = new Set(
    (reading.title ?? '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.map(singular) ?? []
  )
  const phrases = new Map<string, Phrase>()
  /** Each noun in the singular, empty for other words. */
  const nouns: string[] = tokens.map(({ kind, text }, i) => {
    const plain = classes[i] === 'open' && kind === 'word' && name[i] < 0 && date[i] < 0 && text.length > 2
    return plain && !EMPTY.has(lower[i]) && !NO_NOUN.test(lower[i]) ? singular(lower[i]) : ''
  })
  const add = (key: string, surface: string, weight: number): void => {
    const known = phrases.get(key)
    if (known === undefined) {
      phrases.set(key, { score: weight, times: 1, surface, plural: surface === key ? 0 : 1 })
      return
    }
    known.score += weight
    known.times += 1
    if (surface === key) return
    known.plural += 1
    known.surface = surface
  }
  // A text that opens with its title would count the title twice, and headlines pair nouns with verbs ("aide implies").
  const body =
    reading.title !== null && reading.text.startsWith(reading.title.slice(0, 30)) ? reading.title.length : 0
  for (let i = 0; i < tokens.length; i += 1) {
    if (nouns[i] === '' || tokens[i].start < body) continue
    // The first third counts double: what an article is about comes first.
    const weight = (i * 3 < tokens.length ? 2 : 1) * (quoted[i] ? 0.5 : 1)
    const next = nouns[i + 1] ?? ''
    const paired = next !== '' && tokens[i + 1].text === lower[i + 1] && tokens[i + 1].spaced
    if (paired && !NO_HEAD.test(lower[i + 1]))
      add(`${nouns[i]} ${next}`, `${lower[i]} ${lower[i + 1]}`, weight)
    if (!ADJECTIVE.test(lower[i])) add(nouns[i], lower[i], weight * 0.5)
  }
  const ranked: Candidate[] = []
  for (const [key, { score, times, surface, plural }] of phrases) {
    if (times < 2 && !key.includes(' ')) continue
    const words = key.split(' ')
    const inTitle = words.filter((word) => titleWords.has(word)).length
    const pair = words.length === 2
    if (pair ? times < 2 && inTitle < 2 : inTitle === 0 && times < 5) continue
    // The plural names the topic better, where it is not rare: "rare earths".
    const written = plural * 2.5 >= times ? surface : key
    ranked.push({ tag: hashtag(written.split(' ')), score: score * (pair ? 2 : 1) * (1 + inTitle), words })
  }
  const addName = (full: string, aliases: readonly string[], times: number, early: boolean): void => {
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
    if (times < 2 && !titled && !early) return
    ranked.push({
      tag: hashtag(full.split(' ')),
      score: times * (titled ? 2.5 : 1) * (early ? 1.5 : 1),
      words
    })
  }
  const third = reading.text.length / 3
  for (const { type, name: full, aliases, mentions } of entities) {
    if (type !== 'person')
      addName(
        full,
        aliases,
        mentions.length,
        mentions.some(({ start }) => start < third)
      )
  }
  // Laws, missions, products: names that are no entities.
  const others = new Map<string, { times: number; early: boolean }>()
  for (const { type, start, end } of reading.names) {
    if (type !== 'other') continue
    const surface = reading.text.slice(start, end).replace(/\s+/g, ' ')
    const known = others.get(surface) ?? { times: 0, early: false }
    others.set(surface, { times: known.times + 1, early: known.early || start < third })
  }
  for (const [surface, { times, early }] of others) {
    if (times > 1 && !EMPTY.has(surface.toLowerCase())) addName(surface, [], times, early)
  }
  ranked.sort((a, b) => b.score - a.score || (a.tag < b.tag ? -1 : 1))
  const chosen: Candidate[] = []
  for (const candidate of ranked) {
    if (chosen.length === MOST_TOPICS) break
    if (candidate.tag.length < 3 || candidate.tag.length > 40) continue
    const told = chosen.some(({ words }) => candidate.words.some((word) => words.includes(word)))
    if (!told) chosen.push(candidate)
  }
  return chosen.map(({ tag }) => tag)
}
