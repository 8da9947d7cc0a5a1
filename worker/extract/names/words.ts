import { byForm, type Form } from '../text/forms.ts'
import { hashText } from './hashing.ts'
import { fineCluster, frequencyBand, leaningOf, listsOf } from './lexicon.ts'
import type { Lexicon } from './lexicon.ts'
import { CALLINGS, HONORIFICS, OFFICES, titleForm } from './titles.ts'

/** What the tagger knows of a word form wherever it stands; all hashes are signed 32-bit. */
export interface WordInfo {
  readonly exact: number
  /** Hash of the word in lower case. */
  readonly lower: number
  /** Hash of the letters alone: `U.N.` and `UN` share it. */
  readonly letters: number
  /** Hash of the pattern of capitals, small letters, digits and marks, with long runs cut. */
  readonly shape: number
  readonly prefixes: readonly [number, number, number]
  readonly suffixes: readonly [number, number, number, number]
  readonly length: number
  /** Clusters from coarse to fine, counted from 1; 0 where the word has no vector. */
  readonly wide: number
  readonly middle: number
  readonly fine: number
  readonly band: number
  /** Bits of `LIST`. */
  readonly lists: number
  /** What the word's vector makes it likely to name; 0 where unknown. */
  readonly leaning: number
  /** Bits of `SIGN`. */
  readonly signs: number
  /** First character in upper case: its part of an acronym. */
  readonly initial: string
}

/** Yes-or-no facts about a word form. */
export const SIGN = {
  capital: 1,
  allCapitals: 2,
  /** Holds a letter and does not begin with a digit. */
  word: 4,
  title: 8,
  /** "ministry", "bank": the kind of organisation a name ends or begins with. */
  body: 16,
  /** "river", "province". */
  place: 32,
  says: 64,
  placePreposition: 128,
  /** Small words inside names: "of", "van", "bin". */
  inner: 256,
  /** Those of `inner` that do not also link two names: "of", "van", but not "and", "for". */
  tight: 512,
  possessive: 1024,
  honorific: 2048,
  month: 4096,
  personVerb: 8192,
  groupVerb: 16384,
  opensBracket: 32768
} as const

const words = (list: string): Set<string> => new Set(list.split(' '))

const BODIES = words(
  'agency alliance army assembly association authority bank board brigade bureau cabinet centre center chamber church ' +
    'club coalition college command commission committee company confederation conference congress consortium cooperative ' +
    'corp corporation council court department directorate division exchange federation firm force forces forum foundation ' +
    'front fund government group guard guards holdings hospital inc incorporated industries institute institution international ' +
    'journal laboratory league legislature limited llc llp ltd magazine media militia ministry mission movement museum navy ' +
    'network news newspaper office organisation organization panel parliament partners partnership party plc police post press ' +
    'school secretariat senate service services society squad state students studios syndicate systems task team technologies ' +
    'telegraph television theatre times tribunal trust union united university watch airlines airways motors bancorp capital ' +
    'securities insurance telecom energy oil gas petroleum pharmaceuticals laboratories ag sa se nv bv gmbh ab oyj spa kk co ' +
    'cartel gang university academy fc cf sc afc city rovers wanderers athletic sporting real inter council court'
)
const PLACES = words(
  'airport archipelago avenue base basin bay beach border boulevard bridge canal cape capital city coast corridor county ' +
    'court crossing desert district east eastern emirate falls field forest gate governorate gulf harbor harbour heights highway ' +
    'hill hills hotel island islands isle jail kingdom lake mount mountain mountains neighborhood neighbourhood north northeast ' +
    'northeastern northern northwest northwestern ocean palace park peninsula plaza port prefecture prison province reef region ' +
    'republic reservoir ridge river road sea shore south southeast southeastern southern southwest southwestern square stadium ' +
    'state station strait street suburb temple territory tower town township valley village volcano ward west western wharf central'
)
const SAYS = words(
  'said says say saying told tells added adds wrote writes tweeted posted noted notes argued argues claimed claims warned ' +
    'warns insisted insists explained explains announced stated states asked asks replied recalled believes believed thinks ' +
    'thought who whose whom'
)
const PERSON_VERBS = words(
  'he she his her him himself herself was born died aged married resigned met visited arrived attended spoke played scored ' +
    'won joked smiled graduated retired'
)
const GROUP_VERBS = words(
  'it its their they which based headquartered acquired merged launched reported listed shares employs sued hired fined ' +
    'published aired signed beat'
)
const PLACE_PREPOSITIONS = words(
  'in at from near to across around outside inside into throughout within towards toward through'
)
const TIGHT = words(
  "of de la le les del della da do dos das di du des van von der den ter bin ibn bint al el ul ur y e i zu & - ' ’"
)
const INNER = words('and for on in the at to with')
const MONTHS = words(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept ' +
    'oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun'
)

function shapeOf(word: string): string {
  let shape = ''
  let last = ''
  let repeated = 0
  for (const char of word.slice(0, 24)) {
    let kind = char
    if (/\p{N}/u.test(char)) kind = 'd'
    else if (char !== char.toLowerCase()) kind = 'X'
    else if (/[\p{L}\p{M}]/u.test(char)) kind = 'x'
    repeated = kind === last ? repeated + 1 : 0
    last = kind
    if (repeated < 2) shape += kind
  }
  return shape
}

function signsOf(word: string): number {
  const lower = word.toLowerCase()
  const form = titleForm(word)
  // any capital counts, so that `al-Sisi` is a name
  const capital = word !== lower
  let signs = 0
  if (capital) signs |= SIGN.capital
  if (capital && lower.length > 1 && word === word.toUpperCase()) signs |= SIGN.allCapitals
  if (/\p{L}/u.test(word) && !/^\p{N}/u.test(word)) signs |= SIGN.word
  if (HONORIFICS.has(form) || OFFICES.has(form) || CALLINGS.has(form)) signs |= SIGN.title
  if (HONORIFICS.has(form)) signs |= SIGN.honorific
  if (BODIES.has(form)) signs |= SIGN.body
  if (PLACES.has(form)) signs |= SIGN.place
  if (SAYS.has(lower)) signs |= SIGN.says
  if (PLACE_PREPOSITIONS.has(lower)) signs |= SIGN.placePreposition
  if (TIGHT.has(lower)) signs |= SIGN.inner | SIGN.tight
  if (INNER.has(lower)) signs |= SIGN.inner
  if (lower === "'s" || lower === '’s') signs |= SIGN.possessive
  if (MONTHS.has(form)) signs |= SIGN.month
  if (PERSON_VERBS.has(lower)) signs |= SIGN.personVerb
  if (GROUP_VERBS.has(lower)) signs |= SIGN.groupVerb
  if (word === '(') signs |= SIGN.opensBracket
  return signs
}

/** The entry of the word, else of its last part (`pro-government` is known by `government`), else -1. */
function findEntry(lexicon: Lexicon, lower: string): number {
  const entry = lexicon.find(lower)
  if (entry >= 0) return entry
  const cut = lower.lastIndexOf('-')
  return cut > 0 && cut < lower.length - 1 ? lexicon.find(lower.slice(cut + 1)) : -1
}

export function describeWord(word: string, lexicon: Lexicon): WordInfo {
  const lower = word.replaceAll('’', "'").toLowerCase()
  const entry = findEntry(lexicon, lower)
  const known = entry >= 0
  const fine = known ? fineCluster(entry) : 0
  const middle = lexicon.middleOfFine[fine]
  return {
    exact: hashText(word),
    lower: hashText(lower),
    letters: hashText(word.replaceAll('.', '')),
    shape: hashText(shapeOf(word)),
    prefixes: [hashText(lower.slice(0, 2)), hashText(lower.slice(0, 3)), hashText(lower.slice(0, 4))],
    suffixes: [
      hashText(lower.slice(-1)),
      hashText(lower.slice(-2)),
      hashText(lower.slice(-3)),
      hashText(lower.slice(-4))
    ],
    length: lower.length,
    wide: fine > 0 ? lexicon.wideOfMiddle[middle] + 1 : 0,
    middle: fine > 0 ? middle + 1 : 0,
    fine,
    band: known ? frequencyBand(entry) : 9,
    lists: known ? listsOf(entry) : 0,
    leaning: known ? leaningOf(entry) : 0,
    signs: signsOf(word),
    initial: word.slice(0, 1).toUpperCase()
  }
}

/** Describes words, remembering what it has seen. */
export const wordDescriber = (lexicon: Lexicon): ((form: Form) => WordInfo) =>
  byForm((word) => describeWord(word, lexicon))
