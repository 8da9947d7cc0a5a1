import { HONORIFICS, OFFICES, titleForm } from './titles.ts'

/** A person's name, taken apart. Keys are folded for comparing: small letters, no diacritics, no Arabic article. */
export interface PersonName {
  /** Words as written, titles and endings outside. */
  readonly words: readonly string[]
  readonly keys: readonly string[]
  /** `jr`, `sr`, `ii`…, or empty. */
  readonly ending: string
}

const ENDINGS = new Set([
  'jr',
  'sr',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'xiv',
  'xvi',
  'xxiii',
  'phd',
  'md',
  'qc',
  'kc',
  'mp'
])
/** Small words that begin a family name: "van der Meer", "bin Rashid", "de la Cruz". */
const PARTICLES = new Set(
  'van von der den de del della di da do dos du la le las los ter ten bin ibn bint ben abu al el ul ur st san mac'.split(
    ' '
  )
)
/** Short forms of given names in English, each with the long form that news uses for the same person. */
const SHORT_FORMS = new Map(
  (
    'abe:abraham al:albert alex:alexander andy:andrew barney:bernard ben:benjamin bernie:bernard bert:robert bill:william ' +
    'billy:william bob:robert bobby:robert cathy:catherine charlie:charles chris:christopher chuck:charles dan:daniel ' +
    'danny:daniel dave:david debbie:deborah dick:richard don:donald doug:douglas ed:edward eddie:edward fred:frederick ' +
    'gabe:gabriel greg:gregory hank:henry harry:henry jack:john jake:jacob jeff:jeffrey jen:jennifer jenny:jennifer ' +
    'jerry:gerald jim:james jimmy:james joe:joseph joey:joseph jon:jonathan josh:joshua kate:katherine kathy:kathleen ' +
    'ken:kenneth kim:kimberly larry:lawrence leo:leonard liz:elizabeth maggie:margaret marty:martin matt:matthew max:maxwell ' +
    'meg:margaret mike:michael mick:michael mitch:mitchell nate:nathan ned:edward nick:nicholas pam:pamela pat:patrick ' +
    'patty:patricia peggy:margaret pete:peter phil:philip ray:raymond rick:richard rob:robert ron:ronald sam:samuel ' +
    'sandy:sandra sid:sidney stan:stanley steve:steven sue:susan ted:edward terry:terence tim:timothy tom:thomas tommy:thomas ' +
    'tony:anthony vince:vincent walt:walter will:william zach:zachary'
  )
    .split(' ')
    .map((pair): [string, string] => {
      const [short, long] = pair.split(':')
      return [short, long]
    })
)

/** Small letters without diacritics, quotation marks or points. */
export const foldWord = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\p{M}.'’]/gu, '')
    .toLowerCase()

const personKey = (word: string): string => foldWord(word).replace(/^(?:al|el|as|ash|an|ad)-(?=.)/, '')

/** Forms of address that are given names or parts of names too: "Earl Hines", "Prince Edward". They stay. */
const NAMES_TOO = new Set(
  'baron count duke earl king prince emperor pope father sister mother brother queen princess bishop archbishop saint st lord lady'.split(
    ' '
  )
)

const isAddress = (word: string): boolean =>
  HONORIFICS.has(titleForm(word)) && !NAMES_TOO.has(titleForm(word))

/** Takes a name apart; null where no word with a letter is left. */
export function parsePersonName(surface: string): PersonName | null {
  let words = surface.split(/[\s,]+/).filter(Boolean)
  // a title that the tagger took in; an office only before two words more ("Major Lee" may be a man's name)
  while (
    words.length > 1 &&
    (isAddress(words[0]) || (words.length > 2 && OFFICES.has(titleForm(words[0]))))
  ) {
    words = words.slice(1)
  }
  // "Ohio Senator Jo Reed" in a headline: what stands before the office is no name
  const office = words.findLastIndex(
    (word, i) => i > 0 && i < words.length - 2 && OFFICES.has(titleForm(word))
  )
  if (office > 0) words = words.slice(office + 1)
  let ending = ''
  while (words.length > 1 && ENDINGS.has(foldWord(words[words.length - 1]))) {
    ending = foldWord(words[words.length - 1])
    words = words.slice(0, -1)
  }
  const kept = words.filter((word) => /\p{L}/u.test(word))
  if (kept.length === 0) return null
  return { words: kept, keys: kept.map(personKey), ending }
}

/** The key of the family name in western order, particles left out. */
export const lastKey = ({ keys }: PersonName): string => keys[keys.length - 1]

/** Whether one given name may stand for the other: equal, an initial, or a known short form. */
function sameGiven(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length === 1 || b.length === 1) return a[0] === b[0]
  // two initials written together: JK, J.K.
  return (SHORT_FORMS.get(a) ?? a) === (SHORT_FORMS.get(b) ?? b)
}

/**
 * Whether two names of two or more words may be of one person: same family name, and given names that agree as far as
 * both tell them ("Jo Ann Reed" and "Jo Reed", "R. T. Vance" and "Robert Vance"); or one is the beginning or the end
 * of the other ("Omar bin Rashid" and "Omar bin Rashid al-Harbi").
 */
export function mayBeOne(a: PersonName, b: PersonName): boolean {
  if (a.ending !== '' && b.ending !== '' && a.ending !== b.ending) return false
  const [long, short] = a.keys.length >= b.keys.length ? [a.keys, b.keys] : [b.keys, a.keys]
  if (short.every((key, i) => key === long[i])) return true
  const cut = long.length - short.length
  if (short.every((key, i) => key === long[cut + i])) return true
  if (long[long.length - 1] !== short[short.length - 1]) return false
  if (!sameGiven(long[0], short[0])) return false
  let at = 1
  for (const key of short.slice(1, -1)) {
    while (at < long.length - 1 && !sameGiven(long[at], key)) at++
    if (at >= long.length - 1) return false
    at++
  }
  return true
}

/**
 * The name under which a person is filed. Middle initials come and go between articles, so they are left out;
 * initials for given names are written together, so that "T. R. Hale" and "T.R. Hale" are one.
 */
export function filingName({ words, ending }: PersonName): string {
  const isInitial = (word: string): boolean => foldWord(word).length === 1
  const opening = words.findIndex((word) => !isInitial(word))
  const initials = opening > 0 ? [words.slice(0, opening).map(foldWord).join('')] : []
  const rest = words
    .slice(Math.max(0, opening))
    .filter((word, i, all) => i === all.length - 1 || !isInitial(word))
  return [...initials, ...rest, ending].filter(Boolean).join(' ')
}

/** Words that may stand alone for the person: the family name, first in western order, then the others. */
export function aloneKeys({ keys }: PersonName): readonly string[] {
  return [keys[keys.length - 1], keys[0], ...keys.slice(1, -1)].filter(
    (key) => key.length > 1 && !PARTICLES.has(key)
  )
}
