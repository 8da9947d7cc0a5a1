import { indexTokens } from './phrases.ts'
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

interface Candidate {
  tag: string
  score: number
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
  const candidates = new Map<string, Candidate>()
  const surfaces = new Map<string, Map<string, number>>()
  const isNoun = (i: number): boolean =>
    classes[i] === 'open' &&
    tokens[i].kind === 'word' &&
    name[i] < 0 &&
    date[i] < 0 &&
    tokens[i].text.length > 2 &&
    !EMPTY.has(lower[i]) &&
    /^[\p{L}-]+$/u.test(lower[i])
  const add = (first: number, last: number, weight: number): void => {
    const words = lower.slice(first, last).map(singular)
    const key = words.join(' ')
    const known = candidates.get(key)
    if (known) known.score += weight
    else candidates.set(key, { tag: '', score: weight, words })
    const surface = lower.slice(first, last).join(' ')
    const counts = surfaces.get(key) ?? new Map<string, number>()
    counts.set(surface, (counts.get(surface) ?? 0) + 1)
    surfaces.set(key, counts)
  }
  // A text that opens with its title would count the title twice, and headlines pair nouns with verbs ("aide implies").
  const body =
    reading.title !== null && reading.text.startsWith(reading.title.slice(0, 30)) ? reading.title.length : 0
  for (let i = 0; i < tokens.length; i += 1) {
    if (!isNoun(i) || tokens[i].start < body) continue
    // The first third counts double: what an article is about comes first.
    const weight = (i * 3 < tokens.length ? 2 : 1) * (quoted[i] ? 0.5 : 1)
    const paired =
      i + 1 < tokens.length &&
      tokens[i + 1].text === lower[i + 1] &&
      isNoun(i + 1) &&
      tokens[i + 1].spaced &&
      !/(?:ing|ed|ive|ous|al|ful|less|est|er)$/.test(lower[i + 1])
    if (paired) add(i, i + 2, weight)
    if (!/(?:ing|ous|ive|ful|less|est|al|ic|able|ible|ary|ent|ant|ed)$/.test(lower[i]))
      add(i, i + 1, weight * 0.5)
  }
  const ranked: Candidate[] = []
  for (const [key, candidate] of candidates) {
    const { words } = candidate
    const counts = surfaces.get(key)
    const times = [...(counts?.values() ?? [])].reduce((sum, count) => sum + count, 0)
    const inTitle = words.filter((word) => titleWords.has(word)).length
    const pair = words.length === 2
    if (pair ? times < 2 && inTitle < 2 : times < 2 || (inTitle === 0 && times < 5)) continue
    const surface =
      [...(counts ?? [])].sort(([one, oneTimes], [two, twoTimes]) => {
        const weigh = (surface: string, count: number) => count * (surface.endsWith('s') ? 1.5 : 1)
        return weigh(two, twoTimes) - weigh(one, oneTimes) || (one < two ? -1 : 1)
      })[0]?.[0] ?? key
    ranked.push({
      tag: hashtag(surface.split(' ')),
      score: candidate.score * (pair ? 2 : 1) * (1 + inTitle),
      words
    })
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
