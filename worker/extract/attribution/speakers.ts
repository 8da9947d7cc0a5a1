import type { Run } from './attribution.ts'
import { indexTokens, tokenAt, type TokenIndex } from '../text/phrases.ts'
import type { Entity, Quotation, Reading, Token } from '../reading.ts'
import { inferGenders } from '../names/genders.ts'
import { genderOfGivenName } from '../names/given-names.ts'
import { CALLINGS, OFFICES, titleForm, type Gender } from '../names/titles.ts'
import { withSingleSpaces } from '../text/letters.ts'

/** A place that names an entity, as a token range. */
interface Mention {
  readonly entity: Entity
  readonly start: number
  readonly end: number
  readonly first: number
  readonly last: number
}

/** Who a source is: the entity where the text makes it certain, else its words; null where a pronoun stays open. */
export interface Source {
  readonly entity: Entity | null
  readonly name: string
  readonly start: number
  readonly end: number
}

const GENDERS: ReadonlyMap<string, Gender> = new Map<string, Gender>([
  ['he', 'male'],
  ['him', 'male'],
  ['his', 'male'],
  ['she', 'female'],
  ['her', 'female'],
  ['hers', 'female']
])
/** Whom a pronoun means: an entity, or somebody known by a description alone. */
type Antecedent = Pick<Source, 'entity' | 'name'>

const OPEN_PRONOUNS = new Set([
  'they',
  'it',
  'we',
  'i',
  'you',
  'who',
  'them',
  'us',
  'me',
  'this',
  'that',
  'which',
  'one'
])

const SPEECH_TOKENS = 4

/** Finds who the sources of one article are. */
export class Speakers {
  readonly #reading: Reading
  readonly #mentions: Mention[]
  readonly #byToken: Int32Array
  readonly #index: TokenIndex
  readonly #genders: ReadonlyMap<string, Gender>
  readonly #sentenceOf: Int32Array
  readonly #inSpeech: Uint8Array

  constructor(reading: Reading) {
    this.#reading = reading
    const { tokens } = reading
    this.#index = indexTokens(reading)
    this.#mentions = readMentions(reading)
    this.#byToken = new Int32Array(tokens.length).fill(-1)
    this.#mentions.forEach((mention, index) => this.#byToken.fill(index, mention.first, mention.last))
    this.#genders = inferGenders(tokens, reading.sentences, reading.entities, genderOfGivenName)
    this.#sentenceOf = new Int32Array(tokens.length)
    reading.sentences.forEach((sentence, index) =>
      this.#sentenceOf.fill(index, sentence.first, sentence.last)
    )
    this.#inSpeech = new Uint8Array(tokens.length)
    for (const quotation of reading.quotations) {
      if (isSpeech(quotation)) this.#inSpeech.fill(1, quotation.first, quotation.last)
    }
  }

  /** Entities named in a token range, once each, in reading order. */
  namedIn(first: number, last: number): Entity[] {
    const found = new Set<Entity>()
    for (let i = first; i < last; i++)
      if (this.#byToken[i] >= 0) found.add(this.#mentions[this.#byToken[i]].entity)
    return [...found]
  }

  /** The entity that a mention at the token names, or null. */
  at(token: number): Entity | null {
    return token >= 0 && token < this.#byToken.length && this.#byToken[token] >= 0
      ? this.#mentions[this.#byToken[token]].entity
      : null
  }

  /**
   * Resolves a source.
   *
   * @param previous source of the attribution before it, with whom a pronoun may go on
   * @param goesOn the cue says that the speech goes on ("added")
   */
  resolve(run: Run, previous: Source | null, goesOn: boolean): Source {
    const { start, end } = run
    const words = this.#reading.text.slice(start, end)
    const gender = GENDERS.get(words.toLowerCase())
    if (gender !== undefined) {
      const person = this.#person(run, gender, previous, goesOn)
      return { entity: person?.entity ?? null, name: person?.name ?? words, start, end }
    }
    const owner = /^(his|her)\s(\p{Ll}[\p{L}\s-]{2,30})$/iu.exec(words)
    const owning = owner === null ? undefined : GENDERS.get(owner[1].toLowerCase())
    if (owner !== null && owning !== undefined) {
      const person = this.#person(run, owning, previous, goesOn)
      if (person?.entity) return { entity: null, name: `${person.name}'s ${owner[2]}`, start, end }
    }
    const entity = this.#entityOf(run, words.toLowerCase())
    const name = entity?.name ?? (RELATIVES.has(words.toLowerCase()) ? this.#phraseBefore(run) : null)
    return { entity, name: name ?? withoutClause(words), start, end }
  }

  #entityOf(run: Run, words: string): Entity | null {
    if (RELATIVES.has(words)) return this.#before(run)
    if (OPEN_PRONOUNS.has(words)) return null
    return this.#named(run) ?? this.#described(run)
  }

  /** `Ann Lee, who said`: the name that ends right before. */
  #before(run: Run): Entity | null {
    for (let i = run.first - 1; i >= Math.max(0, run.first - 3); i--) {
      const entity = this.at(i)
      if (entity) return entity
      if (this.#reading.tokens[i].kind !== 'mark') return null
    }
    return null
  }

  /** `the council, which said`: the words up to the relative pronoun from their determiner on; null where none is near. */
  #phraseBefore(run: Run): string | null {
    const { tokens, text } = this.#reading
    const { classes } = this.#index
    let last = run.first
    if (tokens[last - 1]?.text === ',') last--
    let first = last
    while (first > 0 && last - first < LONGEST_PHRASE && classes[first - 1] === 'open') first--
    if (first === last || first === 0 || classes[first - 1] !== 'determiner') return null
    return withSingleSpaces(text.slice(tokens[first - 1].start, tokens[last - 1].end))
  }

  /** The one name that heads the phrase: not one that owns the head (`Lee's office`) or follows a preposition. */
  #named(run: Run): Entity | null {
    const { tokens } = this.#reading
    let person: Entity | null = null
    let other: Mention | null = null
    // What follows a preposition only describes, up to a comma: "a spokesman for X", "the head of X, Ann Lee".
    let describes = false
    let described = false
    for (let i = run.first; i < run.last; i++) {
      const at = this.#byToken[i]
      if (at < 0) {
        const word = tokens[i].lower
        if (person !== null || other !== null) {
          if (word === 'and' || word === '&')
            return this.#joined(run, i) ? null : (person ?? this.#whole(run, other))
          if (word === ',' && person === null && this.#whole(run, other) === null) other = null
          else if (word === ',' || DESCRIBES.has(word)) break
        } else if (word === 'of' && this.#ofTitle(i)) continue
        else if (DESCRIBES.has(word)) describes = described = true
        else if (word === ',') describes = false
        continue
      }
      if (describes || (described && this.#mentions[at].entity.type !== 'person')) continue
      const mention = this.#mentions[at]
      i = mention.last - 1
      const next = tokens[mention.last]
      if (next !== undefined && mention.last < run.last && isPossessive(next)) {
        person = null
        other = null
        continue
      }
      if (mention.entity.type === 'person') person = mention.entity
      else if (person === null) other = mention
    }
    return person ?? this.#whole(run, other)
  }

  /** `Secretary of State Ann Lee`: capitals on both sides and no name behind are one title. */
  #ofTitle(of: number): boolean {
    const { tokens } = this.#reading
    const next = tokens[of + 1]
    return (
      of > 0 &&
      OFFICES.has(titleForm(tokens[of - 1].text)) &&
      next !== undefined &&
      this.#byToken[of + 1] < 0 &&
      /^\p{Lu}/u.test(tokens[of - 1].text) &&
      /^\p{Lu}/u.test(next.text)
    )
  }

  /** An organisation or a place speaks where its name ends the phrase: "news agency Xinhua", not "Boston officials". */
  #whole(run: Run, mention: Mention | null): Entity | null {
    if (mention === null) return null
    const after = this.#reading.tokens[mention.last]
    if (mention.last < run.last && after.kind !== 'mark' && !DESCRIBES.has(after.lower)) return null
    return mention.entity
  }

  /** Two who speak together are neither of them. */
  #joined(run: Run, conjunction: number): boolean {
    for (let i = conjunction + 1; i < run.last; i++) if (this.#byToken[i] >= 0) return true
    return false
  }

  /** `the president`, where one person alone is called that in the text. */
  #described(run: Run): Entity | null {
    const { tokens } = this.#reading
    const words = tokens.slice(run.first, run.last).map((token) => titleForm(token.text))
    if (words[0] === 'the' || words[0] === 'mr' || words[0] === 'ms') words.shift()
    if (words.length === 0 || words.length > 4) return null
    // "the French president" is nobody but who is called the French president: names in it must be there, too.
    const shift = run.last - run.first - words.length
    const describes = (word: string, k: number) =>
      OFFICES.has(word) || this.#index.name[run.first + shift + k] >= 0
    if (!words.every(describes) || !OFFICES.has(words[words.length - 1])) return null
    const found = new Set<Entity>()
    for (const mention of this.#mentions) {
      if (mention.entity.type !== 'person' || mention.first < words.length) continue
      const from = mention.first - words.length
      const before = words.every((word, k) => titleForm(tokens[from + k].text) === word)
      if (before || (words.length === 1 && this.#isCalled(mention, words[0]))) found.add(mention.entity)
    }
    return found.size === 1 ? [...found][0] : null
  }

  /** `Ann Lee, the harbour minister,`: the office stands between the commas after the name. */
  #isCalled(mention: Mention, office: string): boolean {
    const { tokens } = this.#reading
    if (tokens[mention.last]?.text !== ',') return false
    for (let i = mention.last + 1; i < Math.min(tokens.length, mention.last + 8); i++) {
      if (tokens[i].kind === 'mark' || this.#byToken[i] >= 0) return false
      if (titleForm(tokens[i].text) === office) return true
    }
    return false
  }

  /**
   * The person that he or she goes back to, by narration outside speech: named lately, as the subject, of the gender.
   * Null where two come out alike.
   */
  #person(run: Run, gender: Gender, previous: Source | null, goesOn: boolean): Antecedent | null {
    const { sentences } = this.#reading
    const here = this.#sentenceOf[run.first]
    const scores = new Map<Entity, number>()
    for (let s = here; s >= 0 && s > here - REACH; s--) {
      const sentence = sentences[s]
      const far = (here - s) * 0.9 + (sentences[here].paragraph - sentence.paragraph) * 0.3
      const end = s === here ? run.first : sentence.last
      for (let i = Math.max(sentence.first, end - LONGEST_SENTENCE); i < end; i++) {
        const at = this.#byToken[i]
        if (at < 0 || this.#inSpeech[i]) continue
        const { entity, last } = this.#mentions[at]
        i = last - 1
        const own = this.#genders.get(entity.id)
        if (entity.type !== 'person' || (own !== undefined && own !== gender)) continue
        const subject = i - sentence.first < 7 && (i + 1 >= end || !isPossessive(this.#reading.tokens[i + 1]))
        const score = (own === gender ? 0.3 : 0) + (subject ? 1 : 0) - far
        const known = scores.get(entity)
        scores.set(entity, known === undefined ? score : Math.max(known, score) + 0.2)
      }
    }
    const candidates: (Antecedent & { score: number })[] = [...scores].map(([entity, score]) => ({
      entity,
      name: entity.name,
      score
    }))
    const ago = previous === null ? REACH : here - this.#sentenceAt(previous.start)
    if (previous !== null && ago >= 0 && ago < REACH) {
      const { entity, name } = previous
      const own = entity === null ? undefined : this.#genders.get(entity.id)
      const person = entity === null ? !OPEN_PRONOUNS.has(name.toLowerCase()) : entity.type === 'person'
      if (person && (own === undefined || own === gender)) {
        const score = (own === gender ? 0.3 : 0) + 1.2 - ago * 0.9 + (goesOn ? 1 : 0)
        const known = candidates.find((one) => one.entity !== null && one.entity === entity)
        if (known) known.score = Math.max(score, known.score + 0.5 + (goesOn ? 1 : 0))
        else if (entity !== null || (ago <= 2 && isSomebody(name))) candidates.push({ entity, name, score })
      }
    }
    const [best, second] = candidates.toSorted((a, b) => b.score - a.score)
    return best === undefined || (second !== undefined && best.score - second.score < MARGIN) ? null : best
  }

  #sentenceAt(offset: number): number {
    return this.#sentenceOf[Math.min(tokenAt(this.#reading, offset), this.#sentenceOf.length - 1)]
  }
}

const RELATIVES = new Set(['who', 'which', 'that'])
/** Words between a determiner and the end of its phrase. */
const LONGEST_PHRASE = 5
/** Tokens of a sentence that are looked through for whom a pronoun means. */
const LONGEST_SENTENCE = 300
/** How many sentences back a pronoun reaches. */
const REACH = 5
/** Two persons closer than this are not told apart. */
const MARGIN = 0.15

const SOMEBODY = new Set(
  'man woman boy girl person resident witness victim survivor official spokesperson'.split(' ')
)
/** A single person by description: `a farmer from Riverton`, no "report" and no "officials". */
const isSomebody = (name: string): boolean => {
  const head =
    name
      .replace(/,? (?:of|for|at|from|in|with|who|on|near|to)\b.*$/s, '')
      .split(' ')
      .at(-1) ?? ''
  const form = titleForm(head)
  return OFFICES.has(form) || CALLINGS.has(form) || SOMEBODY.has(form)
}

/** `the group, which runs 40 shops` is the group. */
const withoutClause = (words: string) =>
  withSingleSpaces(words).replace(/, (?:who|which|whose|where) .*$/s, '')

const DESCRIBES = new Set('for of at from with in on by to against near'.split(' '))

const isPossessive = (token: Token) => /^['’]s?$/i.test(token.text) && !token.spaced

const isSpeech = (quotation: Quotation) => quotation.last - quotation.first >= SPEECH_TOKENS

function readMentions(reading: Reading): Mention[] {
  const { tokens } = reading
  const all = reading.entities.flatMap((entity) =>
    entity.mentions.map(({ start, end }) => ({ entity, start, end }))
  )
  all.sort((a, b) => a.start - b.start || b.end - a.end)
  const mentions: Mention[] = []
  let i = 0
  for (const { entity, start, end } of all) {
    while (i < tokens.length && tokens[i].end <= start) i++
    let last = i
    while (last < tokens.length && tokens[last].start < end) last++
    if (last > i) mentions.push({ entity, start, end, first: i, last })
  }
  return mentions
}
