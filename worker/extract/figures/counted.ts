import type { Atom } from '../text/atoms.ts'
import { readNumber } from '../text/numbers.ts'
import { isPlural, readUnit, singular } from './units.ts'

/** The noun phrase that a number counts. */
export interface Counted {
  /** As it stands in the text, without adjectives that tell nothing. */
  readonly surface: string
  /** Its head in the singular: `employee`. */
  readonly head: string
  /** Range of its atoms. */
  readonly first: number
  readonly end: number
}

export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Words that end a counted noun phrase. */
export const STOP = words(
  'of the a an and or but nor in on at to for from with without by is are was were be been being has have had who which that this these those ' +
    'as than per after before since during through throughout when while if it its his her their our my your he she they we i you not no ' +
    'more most less over under about above below into onto out up down off will would can could may might shall should must do does did ' +
    'said says saying also then so because where whereas between among amid against within across toward towards via last next ago old now ' +
    'today tomorrow yesterday only just even still each every both all some any alone apart away back worldwide such including like ' +
    'around until till upon despite versus vs there here later earlier onwards together too again already ' +
    'ahead behind respectively annually monthly daily weekly instead nationwide overall them him us me what how why whom whose'
)
/** Adjectives that tell nothing of what is counted. */
const THIN = words('additional further separate straight consecutive full total individual combined extra')
/** Verbs that stand behind a counted noun or at the place of one. */
export const VERBS = words(
  'come came go went say said told make made get got take took give gave see saw seen die died live work play run ran won win lost left hit set sold ' +
    'bought remain remained need want know look begin began begun became become help found claim using sell show showed asks says takes makes ' +
    'shows needs wants have had are were was is pay paid pays cost costs earn earns rose fell grew drew held met put sent spent stood took ' +
    'signed voted arrived agree agreed include includes included works lives stay stays own owns use used cover covers face faces feel felt ' +
    'fled hold receive received think want wanted wait waited spend speak spoke lead led proves prove cheaper longer higher lower shorter indicate indicates mean means meant signal signals suggest suggests ' +
    'short shy'
)
const CALENDAR = words(
  'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'
)
/** Plurals that begin compounds as often as they end phrases: `sales people`, `women voters`. */
const COMPOUNDING = words('gas business sales sports arms goods jobs women men children')
/** Nouns in -ed and -ing. */
const VERBAL_NOUNS = words(
  'building meeting hearing ruling shooting killing painting bombing warning listing wedding recording king thing sibling bed seed crossing ' +
    'rating setting sitting training reading opening ending landing sighting booking spring string ring wing bidding finding'
)

const isDash = (mark: string) => mark === '-' || mark === '‐' || mark === '‑'

function wordAt(atoms: readonly Atom[], i: number): string {
  const atom = atoms[i]
  return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
}

/** Index over a hyphen that stands close on both sides, else -1. */
function overHyphen(atoms: readonly Atom[], i: number): number {
  const joined =
    atoms[i] && isDash(atoms[i].lower) && !atoms[i].spaced && atoms[i + 1] && !atoms[i + 1].spaced
  return joined ? i + 1 : -1
}

/** Over `of the`, `of its`, `of Johnson's`; -1 where what follows `of` is not counted one by one. */
function overOf(atoms: readonly Atom[], from: number): number {
  if (wordAt(atoms, from) !== 'of') return from
  let i = from + 1
  const determined = /^(?:the|its|their|his|her|our|these|those|all)$/.test(wordAt(atoms, i))
  if (determined) {
    i++
    if (/^(?:the|its|their|his|her|our)$/.test(wordAt(atoms, i))) i++
    if (wordAt(atoms, i) === 'most' || wordAt(atoms, i) === 'least') i++
    return i
  }
  for (let j = i; j < i + 4 && atoms[j]?.kind === 'word' && atoms[j].capital; j++) {
    if (/^['’]s$/.test(wordAt(atoms, j + 1))) return j + 2
  }
  return isPlural(wordAt(atoms, i)) ? i : -1
}

/** `digital and physical sales`: two modifiers of one plural. */
function coordinates(atoms: readonly Atom[], at: number, last: string): boolean {
  const a = wordAt(atoms, at + 1)
  if (a === '' || STOP.has(a) || isPlural(last) || isPlural(a)) return false
  for (let i = at + 2; i < at + 4; i++) {
    const b = wordAt(atoms, i)
    if (b === '' || STOP.has(b) || VERBS.has(b)) return false
    if (isPlural(b)) return true
  }
  return false
}

/**
 * Reads the noun phrase after a number: `other employees`, `new 737 Max jets`, `of the deputies`, `coal-fired plants`.
 * It ends with the first plural noun, or before a verb, a preposition or a mark.
 */
export function readCounted(
  atoms: readonly Atom[],
  from: number,
  text: string,
  value: number
): Counted | null {
  let i = overOf(atoms, from)
  if (i < 0) return null
  const hyphen = i === from ? overHyphen(atoms, i) : -1
  if (hyphen > 0) {
    // "four-cylinder engine": the number belongs to the word it is tied to.
    const word = wordAt(atoms, hyphen)
    if (word === '' || STOP.has(word)) return null
    return {
      surface: text.slice(atoms[hyphen].start, atoms[hyphen].end),
      head: singular(word),
      first: hyphen,
      end: hyphen + 1
    }
  }
  // "eight million 250 ml bottles": the size of what is counted stands between.
  const size = readNumber(atoms, i)
  // "More than 170 of its 340 members": both count the same.
  if (size && i > from) i = size.end
  else if (size) {
    const unit = readUnit(atoms, overHyphen(atoms, size.end) > 0 ? size.end + 1 : size.end, text)
    if (!unit || unit.kind !== 'measure') return null
    i = unit.end
    if (wordAt(atoms, i) === '') return null
  }
  const first = i
  const parts: Array<{ text: string; lower: string }> = []
  for (let n = 0; n < 7 && i < atoms.length; n++) {
    const atom = atoms[i]
    if (atom.kind === 'mark') {
      const next = overHyphen(atoms, i)
      if (next < 0 || parts.length === 0 || atoms[next].kind === 'mark') break
      // "coal-fired plants": a compound goes on, whatever its second part looks like.
      parts.push({ text: text.slice(atoms[next].start, atoms[next].end), lower: `-${atoms[next].lower}` })
      i = next + 1
      continue
    }
    if (atom.kind === 'number') {
      // "two Boeing 737 jets", "new 737 Max jets": a number inside a name.
      const next = atoms[i + 1]
      const inside =
        parts.length > 0 &&
        atom.spaced &&
        /^\d{1,4}$/.test(atom.lower) &&
        next?.kind === 'word' &&
        !STOP.has(next.lower)
      if (!inside || !(atoms[i - 1].capital || next.capital)) break
      parts.push({ text: atom.lower, lower: atom.lower })
      i++
      continue
    }
    const word = atom.lower
    const last = parts.at(-1)?.lower ?? ''
    if (word === "'s" || word === '’s') {
      i++
      continue
    }
    if (word === 'and' && parts.length > 0 && coordinates(atoms, i, last)) {
      parts.push({ text: word, lower: word })
      i++
      continue
    }
    // "U.S." reads as "us".
    if (STOP.has(word) && !(word === 'more' && parts.length === 0) && !(word === 'us' && atom.capital)) break
    if (atom.capital && CALENDAR.has(word)) break
    if (
      parts.length === 0 &&
      word.length > 4 &&
      /ly$/.test(word) &&
      !/^(?:family|daily|early|elderly)$/.test(word)
    ) {
      i++
      continue
    }
    // "Forty lives were lost": a noun right behind its number.
    const lives = word === 'lives' && parts.length === 0
    if (VERBS.has(word) && !lives && (parts.length > 0 || value !== 1)) break
    // A participle behind a noun is a verb ("3 people killed"), before one an adjective ("5 injured people").
    if (parts.length > 0 && word.length > 4 && /ed$/.test(word) && !VERBAL_NOUNS.has(word)) break
    const next = wordAt(atoms, i + 1)
    const closes = next === '' || (STOP.has(next) && !(next === 'us' && atoms[i + 1].capital))
    if (
      parts.length === 0 &&
      closes &&
      /(?:ed|ing)$/.test(word) &&
      word.length > 4 &&
      !VERBAL_NOUNS.has(word)
    )
      return null
    parts.push({ text: text.slice(atom.start, atom.end), lower: word })
    i++
    if (
      COMPOUNDING.has(word)
        ? closes || !isPlural(next) || VERBS.has(next)
        : isPlural(word) || word === 'people'
    )
      break
  }
  if (parts.length === 0) return null
  const kept = parts.filter((part) => !THIN.has(part.lower) && part.lower !== 'more' && part.lower !== 'and')
  const head = kept.at(-1)
  if (!head) return null
  if (
    value !== 1 &&
    kept.length > 1 &&
    !isPlural(head.lower) &&
    !head.lower.startsWith('-') &&
    !/^\p{Lu}/u.test(kept[0].text)
  ) {
    // "12 page document", "5 speed transmission": the count is of the first word, the rest is what has it.
    if (!/(?:al|ic|ous|ive|ful|less|able|ible|an|ern|y|er|est|new|other)$/.test(kept[0].lower)) {
      return { surface: kept[0].text, head: singular(kept[0].text), first, end: first + 1 }
    }
  }
  const thin = parts.some((part) => THIN.has(part.lower) || part.lower === 'more')
  const whole = text.slice(atoms[first].start, atoms[i - 1].end)
  return {
    surface: thin ? kept.map((part) => part.text).join(' ') : whole,
    head: singular(head.text),
    first,
    end: i
  }
}
