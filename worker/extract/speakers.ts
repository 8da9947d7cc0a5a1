import type { Run } from './attribution.ts'
import type { Entity, Quotation, Reading, Token } from './reading.ts'
import { inferGenders } from './genders.ts'
import { genderOfGivenName } from './given-names.ts'
import { OFFICES, titleForm, type Gender } from './titles.ts'

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

const HE = new Set(['he', 'him', 'his'])
const SHE = new Set(['she', 'her', 'hers'])
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
  readonly #genders: ReadonlyMap<string, Gender>
  readonly #sentenceOf: Int32Array
  readonly #inSpeech: Uint8Array

  constructor(reading: Reading) {
    this.#reading = reading
    const { tokens } = reading
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
   * Resolves a source. `previous` is the source of the attribution before it, whose person a pronoun goes on with.
   */
  resolve(run: Run, previous: Source | null): Source {
    const words = this.#reading.text.slice(run.start, run.end)
    const entity = this.#entityOf(run, words.toLowerCase(), previous)
    return { entity, name: entity?.name ?? words.replace(/\s+/g, ' '), start: run.start, end: run.end }
  }

  #entityOf(run: Run, words: string, previous: Source | null): Entity | null {
    if (HE.has(words)) return this.#person(run, 'male', previous)
    if (SHE.has(words)) return this.#person(run, 'female', previous)
    if (words === 'who') return this.#before(run)
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

  /** The one name that heads the phrase: not one that owns the head (`Lee's office`) or follows a preposition. */
  #named(run: Run): Entity | null {
    const { tokens } = this.#reading
    let person: Entity | null = null
    let other: Mention | null = null
    for (let i = run.first; i < run.last; i++) {
      const at = this.#byToken[i]
      if (at < 0) {
        // What follows a preposition or a comma only describes: "a spokesman for X", "Lee, a senator from X".
        if (person === null && other === null && DESCRIBES.has(tokens[i].text.toLowerCase())) return null
        if (person !== null || other !== null) {
          const word = tokens[i].text.toLowerCase()
          if (word === 'and' || word === '&')
            return this.#joined(run, i) ? null : (person ?? this.#whole(run, other))
          if (tokens[i].text === ',' || DESCRIBES.has(word)) break
        }
        continue
      }
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

  /** An organisation or a place speaks where its name ends the phrase: "news agency Xinhua", not "Boston officials". */
  #whole(run: Run, mention: Mention | null): Entity | null {
    if (mention === null) return null
    const after = this.#reading.tokens[mention.last]
    if (mention.last < run.last && after.kind !== 'mark' && !DESCRIBES.has(after.text.toLowerCase()))
      return null
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
    if (words.length === 0 || words.length > 3 || !words.every((word) => OFFICES.has(word))) return null
    const found = new Set<Entity>()
    for (const mention of this.#mentions) {
      if (mention.entity.type !== 'person' || mention.first < words.length) continue
      const from = mention.first - words.length
      if (words.every((word, k) => titleForm(tokens[from + k].text) === word)) found.add(mention.entity)
    }
    return found.size === 1 ? [...found][0] : null
  }

  /**
   * The person that he or she goes back to: the one named last in this sentence or the one before it, by narration.
   * Where two come into question only the speaker of the speech before decides; else it stays open.
   */
  #person(run: Run, gender: Gender, previous: Source | null): Entity | null {
    const { sentences } = this.#reading
    const here = this.#sentenceOf[run.first]
    const fits = (entity: Entity) => {
      const own = this.#genders.get(entity.id) ?? null
      return entity.type === 'person' && (own === null || own === gender)
    }
    const speaker =
      previous !== null && previous.entity !== null && fits(previous.entity) ? previous.entity : null
    for (let s = here; s >= 0 && s >= here - 4; s--) {
      const found = new Set<Entity>()
      let subject: Entity | null = null
      const end = s === here ? run.first : sentences[s].last
      for (let i = sentences[s].first; i < end; i++) {
        const entity = this.#inSpeech[i] ? null : this.at(i)
        if (entity === null || !fits(entity)) continue
        subject ??= this.#owns(i) ? null : entity
        found.add(entity)
      }
      if (found.size === 0) continue
      if (found.size === 1) {
        const [only] = found
        return this.#owns(this.#lastOf(only, end)) && speaker !== null && speaker !== only && s !== here
          ? speaker
          : only
      }
      if (speaker !== null && found.has(speaker)) return speaker
      const sure = [...found].filter((entity) => (this.#genders.get(entity.id) ?? null) === gender)
      return sure.length === 1 ? sure[0] : subject
    }
    return speaker
  }

  #lastOf(entity: Entity, end: number): number {
    for (let i = end - 1; i >= 0; i--) if (this.at(i) === entity) return i
    return -1
  }

  /** The name at the token owns the next word: "Lee's". */
  #owns(token: number): boolean {
    if (token < 0) return false
    const next = this.#reading.tokens[this.#mentions[this.#byToken[token]].last]
    return next !== undefined && isPossessive(next)
  }
}

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
