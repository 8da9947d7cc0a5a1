import type { Participant, RoleFields } from '../schema/fact.ts'
import { COUNTRIES } from './names/countries.ts'
import { dayInWords, indexTokens } from './text/phrases.ts'
import type { TokenIndex } from './text/phrases.ts'
import type { Draft, Entity, Name, Reading } from './reading.ts'
import {
  DESCRIPTIONS,
  FORMER,
  HEADS,
  ORGANISATION_NOUNS,
  PORTFOLIOS,
  SMALL_QUALIFIERS
} from './roles/words.ts'
import { HONORIFICS, OFFICES, titleForm } from './names/titles.ts'
import { withSingleSpaces } from './text/letters.ts'

const FORMER_PREFIX = /^(?:ex|then|former)-(?=\p{L})/iu
/** Callings by their ending: "hydrologist", "geophysicist", "oceanographer". */
const SCHOLAR = /(?:ologist|icist|ographer|onomist|ologer)$/
/** Before an office these are of its title: "district administrator", "board member". */
const NO_OWNERS = new Set('board city county district province region town state parish'.split(' '))
/** Letters after a name. */
const POST_NOMINALS = new Set(['KC', 'QC', 'MP', 'MBE', 'OBE', 'CBE', 'PhD', 'MD', 'SC', 'MSP', 'TD'])
/** Held with a person as well as with a body: "her lawyer", "the senator's aide". */
const PERSONAL = new Set(
  (
    'lawyer barrister attorney solicitor counsel aide adviser advisor spokesman spokeswoman spokesperson assistant secretary coach ' +
    'trainer agent doctor driver biographer friend colleague deputy physician therapist manager envoy'
  ).split(' ')
)
/** Held in a company: without an owner beside them they are of the one just named. */
const EXECUTIVE = new Set([
  'ceo',
  'cfo',
  'coo',
  'cto',
  'chairman',
  'chairwoman',
  'director',
  'founder',
  'co-founder'
])
/** Held in a body alone: whatever owns one of these is no person, though the tagger may have taken it for one. */
const CORPORATE = new Set([
  ...EXECUTIVE,
  'executive',
  'officer',
  'president',
  'owner',
  'boss',
  'chief',
  'treasurer'
])
/** Offices that a place elects: the capitalised word before them is the place. */
const ELECTED = new Set([
  'gov',
  'governor',
  'sen',
  'senator',
  'rep',
  'representative',
  'mayor',
  'congressman',
  'congresswoman',
  'lawmaker'
])
/** "who leads the party": the verb and the role it tells. */
const LEADING: ReadonlyMap<string, string> = new Map([
  ['leads', 'leader'],
  ['heads', 'head'],
  ['chairs', 'chair'],
  ['runs', 'head'],
  ['directs', 'director'],
  ['founded', 'founder'],
  ['co-founded', 'co-founder'],
  ['owns', 'owner'],
  ['coaches', 'coach'],
  ['manages', 'manager'],
  ['edits', 'editor']
])
const NAMED = new Set([
  'appointed',
  'named',
  'elected',
  're-elected',
  'reelected',
  'chosen',
  'installed',
  'hired'
])
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['Sen', 'Senator'],
  ['Rep', 'Representative'],
  ['Gov', 'Governor'],
  ['Gen', 'General'],
  ['Lt', 'Lieutenant'],
  ['Col', 'Colonel'],
  ['Maj', 'Major'],
  ['Capt', 'Captain'],
  ['Sgt', 'Sergeant'],
  ['Adm', 'Admiral'],
  ['Prof', 'Professor']
])
/** Forms of address of some countries, between an office and a name. */
const STYLES = new Set('engr alhaji alhaja datuk dato ustad shri smt'.split(' '))
const ABBREVIATED = /\b\p{Lu}\p{Ll}{1,3}\./gu
/** Above this many words a phrase is no title. */
const LONGEST_TITLE = 7
const LONGEST_COMPLEMENT = 8

/** Parts of a company that have a chief. */
const DIVISIONS = new Set(
  'finance research marketing technology operations sales product security'.split(' ')
)

const CENTRAL_BANK = /\b(?:[Cc]entral [Bb]ank|(?:Reserve )?Bank) of \p{Lu}\p{L}+/u
/** Characters of a text that its first paragraphs take. */
const OPENING = 600

const COUNTRY_OF = new Map<string, string>()
for (const country of COUNTRIES) {
  for (const word of [country.name, ...country.aliases, ...country.demonyms])
    COUNTRY_OF.set(word, country.name)
}

/** A role as words of the text: tokens `[first, last)`, with what was read from them. */
interface RolePhrase {
  readonly first: number
  readonly last: number
  /** Start and end of the role's own words; the organisation outside. */
  readonly role: string
  readonly organization: Participant | null
  readonly former: boolean
  /** One of several who hold it: the text says "a", or names a calling before the name. */
  readonly indefinite: boolean
  /** For the statement: "economist at Calder Street Research". */
  readonly wording: string
}

/** What makes a place a country where the text says that it has one. */
const STATE_ORGANS = new Set('parliament government cabinet constitution army minister'.split(' '))

/** The country that an article names and no other one beside it, also by its people. */
function onlyState(
  { entities, names, text }: Reading,
  { entity, classes, lower }: TokenIndex
): Entity | null {
  const states = new Map<string, Entity | null>()
  let times = 0
  for (const { type, start, end, first, last } of names) {
    const surface = text.slice(start, end)
    const country = COUNTRY_OF.get(surface)
    const place = type === 'place' && entity[first] >= 0 ? entities[entity[first]] : null
    // "Norland's new three-party government"
    const ruled =
      place !== null &&
      classes[last] === 'possessive' &&
      (STATE_ORGANS.has(lower[last + 1]) ||
        (classes[last + 1] === 'open' &&
          (STATE_ORGANS.has(lower[last + 2]) ||
            (classes[last + 2] === 'open' && STATE_ORGANS.has(lower[last + 3])))))
    if (country === undefined && !ruled) continue
    // One that is named once in passing is as often another's; "its parliament" is enough.
    times += ruled ? 2 : 1
    const name = country ?? place?.name ?? surface
    states.set(name, place ?? states.get(name) ?? null)
    if (states.size > 1) return null
  }
  const [only] = states.values()
  return times > 1 ? (only ?? null) : null
}

const WITH_ARTICLE = /^United |Republic$|^(?:Netherlands|Philippines|Maldives|Bahamas|Gambia)$/
/** A country as it stands behind a preposition: "the United States". */
const withArticle = (name: string): string => (WITH_ARTICLE.test(name) ? `the ${name}` : name)

class RoleReader {
  readonly reading: Reading
  readonly index: TokenIndex
  /** Places of the article by name. */
  readonly places: ReadonlyMap<string, Entity>
  /** Mentions of the organisation that the article names most. */
  readonly most: number
  /** The organisation that the article is about: named twice at least, and twice as often as any other. */
  readonly subject: Entity | null

  /** The only country that the article names: a minister without another is one of it. */
  readonly state: Entity | null

  /** The central bank that the beginning of the article speaks of: its governor is that of no state. */
  readonly centralBank: string | null

  constructor(reading: Reading, index: TokenIndex) {
    this.reading = reading
    this.centralBank = CENTRAL_BANK.exec(reading.text.slice(0, OPENING))?.[0].replace(/^C/, 'c') ?? null
    this.index = index
    this.places = new Map(
      reading.entities.filter(({ type }) => type === 'place').map((place) => [place.name, place])
    )
    const [first, second] = reading.entities
      .filter(({ type }) => type === 'organization')
      .toSorted((a, b) => b.mentions.length - a.mentions.length)
    this.state = onlyState(reading, index)
    this.most = first?.mentions.length ?? 0
    this.subject =
      first !== undefined && this.most >= 2 && this.most >= 2 * (second?.mentions.length ?? 0) ? first : null
  }

  /** Whether the word can head a role. */
  isHead(i: number): boolean {
    const token = this.reading.tokens[i]
    if (token === undefined || token.kind !== 'word') return false
    // "10:04 PM" is no prime minister.
    if (token.text === 'PM' && i > 0 && this.reading.tokens[i - 1].kind === 'number') return false
    const form = titleForm(token.text).replace(FORMER_PREFIX, '')
    return HEADS.has(form) || SCHOLAR.test(form)
  }

  /** The last head of the noun phrase that begins at the token; the token where there is none. */
  headAfter(start: number, end: number): number {
    let head = start
    for (let i = start; i < end && this.index.classes[i] === 'open'; i += 1) if (this.isHead(i)) head = i
    return head
  }

  text(first: number, last: number): string {
    const { tokens, text } = this.reading
    return last > first ? withSingleSpaces(text.slice(tokens[first].start, tokens[last - 1].end)) : ''
  }

  nameAt(i: number): Name | undefined {
    const name = this.index.name[i] ?? -1
    return name < 0 ? undefined : this.reading.names[name]
  }

  /** The entity named at the token, or the words, or the country of a demonym. */
  participant(first: number, last: number): Participant {
    const surface = this.text(first, last)
    const country = COUNTRY_OF.get(surface)
    const index = this.index.entity[first]
    const known = country ?? surface
    const entity = index >= 0 ? this.reading.entities[index] : this.places.get(known)
    if (entity) return { entity: entity.id, name: entity.name }
    return { entity: null, name: country ?? surface }
  }

  /**
   * The organisation that "its", "the company" or a bare "chief executive" means: the one named last within two
   * sentences, where it is the only one there or the one that the article names most. Null where that is not certain.
   */
  organizationAt(i: number): Participant | null {
    const { entity, lower } = this.index
    const { entities } = this.reading
    // "St. Anne's Hospital, its director": nothing stands between.
    const beside = lower[i - 1] === ',' ? (entity[i - 2] ?? -1) : -1
    if (beside >= 0 && entities[beside].type === 'organization')
      return { entity: entities[beside].id, name: entities[beside].name }
    let nearest = -1
    let others = false
    let stops = 0
    for (let k = i - 1; k >= 0 && i - k < 90 && stops < 3; k -= 1) {
      if (lower[k] === '.') stops += 1
      const index = entity[k]
      if (index < 0 || entities[index].type !== 'organization') continue
      if (nearest < 0) nearest = index
      else if (index !== nearest) others = true
    }
    if (nearest >= 0) {
      const { id, name, mentions } = entities[nearest]
      if (!others || mentions.length === this.most) return { entity: id, name }
    }
    return null
  }

  /** Of a bare "chief executive": the organisation that the article is about, else the one just named. */
  employerAt(i: number): Participant | null {
    const { subject } = this
    return subject === null ? this.organizationAt(i) : { entity: subject.id, name: subject.name }
  }

  /** Whose minister or president somebody is without a word of it: of the one country that the article names. */
  stateOf(first: number, head: number): Participant | null {
    const { state, subject } = this
    const office = this.index.lower[head]
    const capital = /^\p{Lu}/u.test(this.reading.tokens[head].text)
    const heads = office === 'president' && capital && first === head && subject === null
    // A chief minister is a province's.
    const minister = office === 'minister' && this.index.lower[head - 1] !== 'chief'
    return state !== null && (minister || heads) ? { entity: state.id, name: state.name } : null
  }

  /** Whether the office is held in a body alone: "finance director", "chief executive", "board member". */
  isCorporate(first: number, head: number): boolean {
    const { lower } = this.index
    return (
      // Where an article is about one company, its "research chief" is of it.
      (this.subject !== null && lower[head] === 'chief' && DIVISIONS.has(lower[first])) ||
      EXECUTIVE.has(lower[head]) ||
      (lower[head] === 'coach' && lower[first] === 'head') ||
      (/^(?:economist|scientist|statistician|engineer|geologist|strategist)$/.test(lower[head]) &&
        lower[first] === 'chief') ||
      (/^(?:executive|officer)$/.test(lower[head]) && lower[first] === 'chief') ||
      (lower[head] === 'member' && lower[first] === 'board')
    )
  }

  /** The owner before "'s" at the token: a name, capitals that the tagger missed, or a noun for one ("the bank's"). */
  ownerBefore(possessive: number, head: number): { first: number; owner: Participant | null } {
    const { lower } = this.index
    const { tokens } = this.reading
    const name = this.nameAt(possessive - 1)
    if (name !== undefined) {
      // "Labour's deputy leader": parties own offices, and peoples do not.
      const party = name.type === 'group' && !COUNTRY_OF.has(this.text(name.first, name.last))
      const owns =
        name.last === possessive &&
        (this.mayOwn(name) || this.isFirm(name, head) || (party && this.isOffice(head)))
      return { first: name.first, owner: owns ? this.participant(name.first, name.last) : null }
    }
    if (PERSONAL.has(lower[head])) return { first: possessive, owner: null }
    let first = possessive
    while (first > 0 && possessive - first < 5 && this.isUnknownName(first - 1)) first -= 1
    if (first < possessive) return { first, owner: this.participant(first, possessive) }
    const noun = lower[possessive - 1]
    if (tokens[possessive - 1].kind !== 'word') return { first: possessive, owner: null }
    return { first: possessive, owner: this.ownerByNoun(noun, possessive - 1) }
  }

  /** "the ministry": the one organisation of the article with that noun in its name, else the one just named, else the noun. */
  ownerByNoun(noun: string, at: number): Participant | null {
    if (!ORGANISATION_NOUNS.has(noun)) return null
    const suffix = ` ${noun}`
    const named = this.reading.entities.filter(
      ({ type, name }) => type === 'organization' && name.toLowerCase().endsWith(suffix)
    )
    if (named.length === 1) return { entity: named[0].id, name: named[0].name }
    const near = this.organizationAt(at)
    if (near !== null) return near
    const { subject } = this
    const general = /^(?:company|firm|group|club)$/.test(noun)
    return general && subject !== null
      ? { entity: subject.id, name: subject.name }
      : { entity: null, name: noun }
  }

  /** A capitalised word that is no name to the tagger and no word of titles. */
  isUnknownName(i: number, adjectives = false): boolean {
    const { lower } = this.index
    const word = this.reading.tokens[i].text
    const titled = this.isHead(i) || PORTFOLIOS.has(lower[i]) || FORMER.has(lower[i])
    return (
      this.nameAt(i) === undefined &&
      /^\p{Lu}/u.test(word) &&
      !titled &&
      (adjectives || !/(?:ic|ican|al|ive|ist)$/.test(word)) &&
      !/^GOP$|-/.test(word)
    )
  }

  isCapital(i: number): boolean {
    const token = this.reading.tokens[i]
    return token.kind === 'word' && /^\p{Lu}/u.test(token.text) && this.index.date[i] < 0
  }

  /** "New" and "Liberal" begin names, "new" and "liberal" describe. */
  isDescription(i: number): boolean {
    const { lower } = this.index
    return DESCRIPTIONS.has(lower[i]) && lower[i] === this.reading.tokens[i].text
  }

  knownPlace(word: string): boolean {
    return COUNTRY_OF.has(word) || this.places.has(word)
  }

  /** An organisation by its words: a place of the article or a country where it is one. */
  named(surface: string): Participant {
    const known = COUNTRY_OF.get(surface) ?? surface
    const entity = this.reading.entities.find(({ name }) => name === known)
    return entity === undefined ? { entity: null, name: known } : { entity: entity.id, name: entity.name }
  }

  /** The one organisation of the article that the words are a part of the name of: "Rovers" for "Marlow Rovers". */
  known(surface: string): Participant | null {
    const all = this.reading.entities.filter(({ type }) => type === 'organization')
    const called = all.filter(
      ({ name, aliases }) => aliases.includes(surface) || name.endsWith(` ${surface}`)
    )
    const found = called.length > 0 ? called : all.filter(({ name }) => name.startsWith(`${surface} `))
    return found.length === 1 ? { entity: found[0].id, name: found[0].name } : null
  }

  /** Where the words of the title begin that the tagger took into the name: "US |Treasury| Secretary". */
  titleWithin(name: Name, head: number): number {
    const { lower } = this.index
    if (!/^(?:minister|secretary|general|leader|whip|judge|representative|justice)$/.test(lower[head] ?? ''))
      return name.last
    let cut = name.last
    while (cut > name.first + 1 && (PORTFOLIOS.has(lower[cut - 1]) || this.isHead(cut - 1))) cut -= 1
    return cut
  }

  /** Whether the token is a hyphen that ties two capitalised words. */
  isTied(i: number): boolean {
    const { tokens } = this.reading
    return (
      /^[-‐‑]$/.test(tokens[i].text) &&
      !tokens[i].spaced &&
      tokens[i + 1]?.spaced === false &&
      this.isCapital(i - 1)
    )
  }

  isOffice(head: number): boolean {
    return OFFICES.has(titleForm(this.reading.tokens[head].text).replace(FORMER_PREFIX, ''))
  }

  isPortfolio(name: Name): boolean {
    for (let i = name.first; i < name.last; i += 1) if (!PORTFOLIOS.has(this.index.lower[i])) return false
    return true
  }

  /** One word taken for a person owns a chief executive: it is a company. */
  isFirm(name: Name, head: number): boolean {
    if (name.type !== 'person' || name.last - name.first > 1 || !CORPORATE.has(this.index.lower[head]))
      return false
    if (this.index.lower[head - 1] === 'vice') return false
    const entity = this.reading.entities[this.index.entity[name.first]]
    return entity === undefined || !entity.name.includes(' ')
  }

  /** Whether the name may own an office: an organisation, a place, a nation; no party or faith. */
  mayOwn(name: Name): boolean {
    if (name.type === 'organization' || name.type === 'place') return !this.isPortfolio(name)
    return name.type === 'group' && COUNTRY_OF.has(this.text(name.first, name.last))
  }

  /** "White House economic adviser |Kevin Hassett|": the title that ends where the person's name begins. */
  before(person: number, floor: number): RolePhrase | null {
    const { lower, classes } = this.index
    let head = person - 1
    // "Trade Minister Sir |Bob Ray|"
    if (head > floor && HONORIFICS.has(titleForm(this.reading.tokens[head].text)) && !this.isHead(head))
      head -= 1
    if (head < floor) return null
    // "coast guard spokesman Capt. |Bob Ray|": the post says more than the rank.
    if (
      head > floor &&
      this.reading.tokens[head].text.endsWith('.') &&
      SPELLED.has(this.reading.tokens[head].text.slice(0, -1)) &&
      this.isHead(head - 1) &&
      this.reading.tokens[head - 1].text === lower[head - 1]
    )
      head -= 1
    if (
      this.nameAt(head) === undefined &&
      STYLES.has(titleForm(this.reading.tokens[head].text)) &&
      head > floor
    )
      head -= 1
    if (!this.isHead(head)) {
      // "Secretary of State", "Chief of Staff", "Speaker of the House".
      if (lower[head - 1] === 'of' && head - 2 >= floor && this.isHead(head - 2)) head -= 2
      else if (
        lower[head - 1] === 'the' &&
        lower[head - 2] === 'of' &&
        head - 3 >= floor &&
        this.isHead(head - 3)
      )
        head -= 3
      else return null
      if (!/^\p{Lu}/u.test(this.reading.tokens[head].text)) return null
    }
    // What stands between the title and the name belongs to neither.
    const between =
      HONORIFICS.has(titleForm(this.reading.tokens[person - 1].text)) ||
      this.reading.tokens[person - 1].text.endsWith('.') ||
      STYLES.has(titleForm(this.reading.tokens[person - 1].text))
    const end = between && head < person - 1 && lower[head + 1] !== 'of' ? person - 1 : person
    let first = head
    let organization: Participant | null = null
    let wordingFirst = head
    const capital = /^\p{Lu}/u.test(this.reading.tokens[head].text)
    while (first > floor && person - first < LONGEST_TITLE) {
      const i = first - 1
      const name = this.nameAt(i)
      if (name !== undefined && name.last === first && name.first >= floor) {
        if (this.mayOwn(name)) {
          if (name.type === 'group' && !this.isOffice(head)) break
          const cut = this.titleWithin(name, head)
          first = cut
          organization =
            cut < name.last ? this.named(this.text(name.first, cut)) : this.participant(name.first, name.last)
          wordingFirst = name.first
          break
        }
        if (name.type === 'person') break
        first = name.first
        continue
      }
      if (classes[i] === 'possessive') {
        const { first: ownerFirst, owner } = this.ownerBefore(i, head)
        organization = owner
        if (owner !== null && ownerFirst < i) wordingFirst = ownerFirst
        break
      }
      if (lower[i] === 'and' && i - 1 >= floor && this.isHead(i - 1) && this.nameAt(i - 1) === undefined) {
        first = i - 1
        continue
      }
      // "Director-General", whose capitals are two tokens
      if (i - 1 >= floor && this.isTied(i)) {
        first = i - 1
        continue
      }
      const word = this.reading.tokens[i].text
      // A country or a place of the article that the tagger missed here.
      if (name === undefined && first === i + 1 && this.knownPlace(word)) {
        organization = this.participant(i, first)
        wordingFirst = i
        break
      }
      // An acronym that the tagger missed: "ECB President".
      if (classes[i] === 'open' && /^\p{Lu}{2,5}$/u.test(word) && capital && !this.isHead(i)) {
        organization = this.participant(i, first)
        wordingFirst = i
        break
      }
      const small = word === lower[i]
      // "then" and "late" are adverbs elsewhere.
      const fits = SMALL_QUALIFIERS.has(lower[i]) || (classes[i] === 'open' && (!small || !capital))
      if (!fits || this.isDescription(i) || this.reading.tokens[i].kind !== 'word') break
      first = i
      if (FORMER.has(lower[i])) break
    }
    const title = titleForm(this.reading.tokens[head].text)
    // A name that the tagger missed: "Federal Reserve |Chair", "Ohio |Gov.", but "International Cooperation Minister".
    const least = ELECTED.has(title)
      ? 1
      : title === 'minister' || title === 'secretary' || !capital
        ? Infinity
        : 2
    if (organization === null && head - first >= least) {
      let last = first
      while (last < head && this.isUnknownName(last, least > 1)) last += 1
      if (last - first >= least) {
        organization = this.participant(first, last)
        wordingFirst = first
        first = last
      }
    }
    // "Rovers head coach |Bob Ray|": a capital before a small office is whose it is.
    if (organization === null && !capital && first < head) {
      let last = first
      while (last < head && this.isUnknownName(last, true)) last += 1
      const owner = last > first && last <= head ? this.known(this.text(first, last)) : null
      if (owner !== null) {
        organization = owner
        wordingFirst = first
        first = last
      }
    }
    if (organization === null) {
      wordingFirst = first
      const noun = lower[head - 1]
      if (first > floor && /^(?:its|their)$/.test(lower[first - 1]))
        organization = this.organizationAt(first - 1)
      else if (
        first < head &&
        ORGANISATION_NOUNS.has(noun) &&
        !NO_OWNERS.has(noun) &&
        lower[head] !== 'minister'
      ) {
        organization = this.ownerByNoun(noun, first)
        // "Commission chair" holds the chair, a "council leader" is one word for one.
        if (first === head - 1 && this.isCapital(first)) {
          first = head
        }
      } else if (this.isCorporate(first, head)) organization = this.employerAt(first)
      else if (lower[head] === 'governor' && this.centralBank !== null)
        organization = { entity: null, name: this.centralBank }
      else if (capital) organization = this.stateOf(first, head)
    } else if (wordingFirst > first) wordingFirst = first
    const indefinite = organization === null && !capital && !this.isOffice(head)
    return this.phrase(first, end, organization, wordingFirst, end, indefinite)
  }

  /**
   * Makes the phrase of the role words `[first, last)`, taking "former" off; null where no word is left. `owner` is
   * where an organisation before the role begins, `end` where one after it ends.
   */
  phrase(
    first: number,
    last: number,
    organization: Participant | null,
    owner: number,
    end: number,
    indefinite: boolean
  ): RolePhrase | null {
    const { lower } = this.index
    let from = first
    let former = false
    while (from < last && (FORMER.has(lower[from]) || this.isDescription(from))) {
      if (FORMER.has(lower[from])) former = true
      from += 1
    }
    let evidence = Math.min(owner, first)
    // Before the organisation: "former NASA astronaut".
    for (let i = evidence - 1; i >= 0 && i >= Math.min(owner, first) - 2; i -= 1) {
      if (!FORMER.has(lower[i])) continue
      former = true
      evidence = i
    }
    let role = this.text(from, last)
    if (FORMER_PREFIX.test(role)) {
      former = true
      role = role.replace(FORMER_PREFIX, '')
    }
    if (role === '') return null
    // "Sens. Ann Lee and Bob Ray"
    role = role.replace(/^(Sen|Rep|Gov)s\.$/, '$1.')
    const own = this.text(owner < first ? owner : from, end).replace(FORMER_PREFIX, '')
    // An organisation that stands elsewhere: "Its director" is the director of the club.
    const elsewhere = organization !== null && owner >= first && end === last
    const wording =
      elsewhere && !holds(own, organization.name) ? `${own} of ${withArticle(organization.name)}` : own
    return { first: evidence, last: end, role, organization, former, indefinite, wording }
  }

  /** "the director of human spaceflight at Axiom Space": the role phrase that begins at the token. */
  at(start: number, limit: number): RolePhrase | null {
    const { lower, classes } = this.index
    const { tokens } = this.reading
    let i = start
    let former = false
    while (i < limit && /^(?:now|currently|formerly|previously|once)$/.test(lower[i])) {
      if (lower[i].length > 3 && lower[i] !== 'currently') former = true
      i += 1
    }
    const indefinite = lower[i] === 'a' || lower[i] === 'an' || lower[i] === 'another'
    if (i < limit && classes[i] === 'determiner' && !this.nameAt(i)) i += 1
    if (lower[i - 1] === 'one' && lower[i] === 'of') return null
    while (i < limit && (FORMER.has(lower[i]) || this.isDescription(i))) {
      if (FORMER.has(lower[i])) former = true
      i += 1
    }
    let organization: Participant | null = null
    let first = i
    let owner = i
    let owned: Participant | null = null
    let ownerFirst = i
    let possessor = false
    const end = Math.min(limit, i + LONGEST_TITLE + 4)
    let head = -1
    while (i < end) {
      const name = this.nameAt(i)
      if (name !== undefined) {
        if (name.type === 'person' && classes[name.last] !== 'possessive') {
          if (!this.isHead(i)) return null
        } else if (name.type === 'person' && name.first === i) {
          i = name.last
          continue
        } else if (this.mayOwn(name) && organization === null && name.first === i) {
          const cut = this.titleWithin(name, name.last)
          organization =
            cut < name.last ? this.named(this.text(name.first, cut)) : this.participant(name.first, name.last)
          owner = i
          i = cut
          if (classes[i] === 'possessive') i += 1
          first = i
          while (i < end && FORMER.has(lower[i])) {
            former = true
            i += 1
            first = i
          }
          continue
        }
      }
      if (classes[i] === 'possessive') {
        // "the company's chief executive"
        const before = this.ownerBefore(i, this.headAfter(i + 1, end))
        owned = before.owner
        ownerFirst = before.first
        i += 1
        while (i < end && FORMER.has(lower[i])) {
          former = true
          i += 1
        }
        first = i
        owner = i
        organization = null
        head = -1
        possessor = true
        continue
      }
      if (lower[i] === 'and') {
        if (head !== i - 1) break
        i += 1
        if (i < end && classes[i] === 'determiner') break
        continue
      }
      const qualifier = SMALL_QUALIFIERS.has(lower[i])
      if (classes[i] !== 'open' && !qualifier) break
      if (tokens[i].kind !== 'word') break
      // An acronym that the tagger missed: "a former SEC accountant".
      if (
        name === undefined &&
        organization === null &&
        i === first &&
        /^\p{Lu}{2,5}$/u.test(tokens[i].text)
      ) {
        if (!this.isHead(i) && i + 1 < end && classes[i + 1] === 'open') {
          organization = this.participant(i, i + 1)
          owner = i
          i += 1
          first = i
          continue
        }
      }
      if (this.isHead(i)) head = i
      i += 1
    }
    if (head < 0) return null
    // "a Polish engineer": a nation employs ministers, and engineers only come from it.
    if (
      organization !== null &&
      !this.isOffice(head) &&
      COUNTRY_OF.has(this.text(owner, owner + 1)) &&
      classes[owner + 1] !== 'possessive'
    ) {
      organization = null
      owner = first
    }
    if (organization === null && possessor && owned !== null && !PERSONAL.has(lower[head])) {
      organization = owned
      if (ownerFirst < first - 1 && /^\p{Lu}/u.test(tokens[ownerFirst].text)) owner = ownerFirst
    } else if (organization === null && (lower[start] === 'its' || lower[start] === 'their')) {
      organization = this.organizationAt(start)
    } else if (
      organization === null &&
      head > first &&
      ORGANISATION_NOUNS.has(lower[head - 1]) &&
      !NO_OWNERS.has(lower[head - 1])
    ) {
      organization = this.ownerByNoun(lower[head - 1], first)
    }
    const bare = organization === null && !possessor && this.isCorporate(first, head)
    let last = head + 1
    // Words after the head that are no part of its noun phrase mean that the head was only a qualifier.
    if (last < i && lower[last] !== 'and') return null
    const complement = this.complement(last, limit)
    let wordingLast = last
    if (complement !== null) {
      if (complement.inRole) last = complement.roleLast
      if (complement.organization !== null) organization = complement.organization
      wordingLast = complement.last
    }
    if (last - first > LONGEST_TITLE) return null
    // "the senior independent director": of the company that the text is about; "a director" may be anybody's.
    if (bare && organization === null && !indefinite && complement === null)
      organization = this.employerAt(start)
    if (organization === null && !indefinite && !possessor && complement === null)
      organization = this.stateOf(first, head)
    const phrase = this.phrase(first, last, organization, owner, wordingLast, indefinite)
    return phrase === null ? null : { ...phrase, first: start, former: phrase.former || former }
  }

  /** "of the National Economic Council", "of research at trading group XTB", "at the bureau". */
  complement(
    start: number,
    limit: number,
    depth = 0
  ): { organization: Participant | null; inRole: boolean; roleLast: number; last: number } | null {
    const { lower, classes } = this.index
    const { tokens } = this.reading
    // "head of research of the lab at …": two steps are a title, more is a text gone wrong.
    if (depth > 2 || start >= limit || !/^(?:of|at|for|with|in|to|on)$/.test(lower[start])) return null
    const end = Math.min(limit, start + LONGEST_COMPLEMENT)
    let i = start + 1
    let definite = false
    if (i < end && classes[i] === 'determiner') {
      definite = lower[i] !== 'a' && lower[i] !== 'an'
      i += 1
    }
    let nounFirst = i
    while (i < end) {
      const name = this.nameAt(i)
      if (name !== undefined) {
        if (name.first !== i) return null
        // "at the broker Ray & Moe": no person is worked at.
        if (name.type === 'person') {
          if (lower[start] !== 'at') return null
          let last = name.last
          while (last + 1 < limit && /^(?:&|and)$/.test(lower[last]) && this.isCapital(last + 1)) last += 2
          return {
            organization: { entity: null, name: this.text(name.first, last) },
            inRole: false,
            roleLast: start,
            last
          }
        }
        if (classes[name.last] === 'possessive') {
          i = name.last + 1
          nounFirst = i
          continue
        }
        if (
          name.last < limit &&
          classes[name.last] === 'open' &&
          name.last - name.first === 1 &&
          name.type !== 'organization'
        ) {
          i = name.last
          continue
        }
        const to = lower[start] === 'to' || lower[start] === 'on'
        if (lower[start] === 'in' && name.type !== 'organization') return null
        // "ambassador to Peru" is an office of another country.
        const inRole = to || this.isPortfolio(name)
        return {
          organization: inRole ? null : this.participant(name.first, name.last),
          inRole,
          roleLast: name.last,
          last: name.last
        }
      }
      if (classes[i] !== 'open' || tokens[i].kind !== 'word') break
      if (this.index.date[i] >= 0) break
      // A name that the tagger missed: "director of the Project on Lake Levels", "at broker Ray & Moe".
      if (/^\p{Lu}/u.test(tokens[i].text) && !PORTFOLIOS.has(lower[i])) {
        if (HONORIFICS.has(titleForm(tokens[i].text))) return null
        const first = i
        while (i < end && this.isCapital(i)) i += 1
        while (i + 1 < end && /^(?:of|for|on|and|the|in|&)$/.test(lower[i]) && this.isCapital(i + 1)) {
          i += 2
          while (i < end && this.isCapital(i)) i += 1
        }
        return { organization: this.participant(first, i), inRole: false, roleLast: start, last: i }
      }
      i += 1
    }
    if (i === nounFirst) return null
    const noun = lower[i - 1]
    if (definite) {
      if (!ORGANISATION_NOUNS.has(noun) || i - nounFirst > 3) return null
      return {
        organization:
          i - nounFirst > 1 ? { entity: null, name: this.text(nounFirst, i) } : this.ownerByNoun(noun, start),
        inRole: false,
        roleLast: start,
        last: i
      }
    }
    if (lower[start] === 'at' || lower[start] === 'with' || lower[start] === 'in') return null
    // "director of human spaceflight | at Axiom Space", "head of research and policy".
    if (
      lower[i] === 'and' &&
      i + 1 < end &&
      classes[i + 1] === 'open' &&
      this.nameAt(i + 1) === undefined &&
      !this.isHead(i + 1)
    ) {
      i += 2
      while (i < end && classes[i] === 'open' && tokens[i].kind === 'word' && this.nameAt(i) === undefined)
        i += 1
    }
    const next =
      i < limit && /^(?:at|for|with|of|in)$/.test(lower[i]) ? this.complement(i, limit, depth + 1) : null
    if (next !== null && next.organization !== null) {
      return { organization: next.organization, inRole: true, roleLast: i, last: next.last }
    }
    return { organization: null, inRole: true, roleLast: i, last: i }
  }
}

const CLOSES = new Set([',', '.', ';', ')', ':', '–', '—', '--', '?', '!', '”', '"'])

/**
 * Who holds which office, calling or post according to the article: titles before names, appositions after and before
 * them, "who leads", "was appointed". One draft a person and role, with the fullest evidence. Personal honorifics alone
 * (Mr, Dr) are no roles. `role` holds the words of the text without the organisation and without "former"
 * (`fields.former` tells it); a nation known by adjective ("Chinese Vice Premier") is the organisation's name.
 */
export function readRoles(reading: Reading): Draft<RoleFields>[] {
  const index = indexTokens(reading)
  const reader = new RoleReader(reading, index)
  const drafts: Draft<RoleFields>[] = []
  const { tokens } = reading
  const { lower, classes } = index
  let sentence = 0
  for (const name of reading.names) {
    if (name.type !== 'person') continue
    while (sentence + 1 < reading.sentences.length && reading.sentences[sentence].last <= name.first)
      sentence += 1
    const { first: floor, last: limit } = reading.sentences[sentence]
    const emit = (phrase: RolePhrase | null, confidence: number): boolean => {
      if (phrase === null) return false
      addRole(drafts, reader, name, phrase, confidence)
      return true
    }
    let i = name.last
    if (i + 1 < limit && POST_NOMINALS.has(tokens[i].text) && lower[i + 1] === ',') i += 1
    // "Ray & Moe" is a firm that the tagger took for a person.
    if (lower[i] === '&') continue
    const before = reader.before(name.first, floor)
    if (before !== null) {
      // "Prime Minister Narendra Modi of India"
      const from = lower[i + 1] === 'the' ? i + 2 : i + 1
      const of = lower[i] === 'of' && before.organization === null ? reader.nameAt(from) : undefined
      if (of !== undefined && reader.mayOwn(of) && of.type !== 'group') {
        const organization = reader.participant(of.first, of.last)
        emit(
          { ...before, organization, last: of.last, wording: `${before.wording} of ${organization.name}` },
          0.9
        )
      } else emit(before, 0.9)
    }
    // "the group's president, |Ian Bremmer|"
    let edge = name.first
    while (edge > floor && HONORIFICS.has(titleForm(tokens[edge - 1].text))) edge -= 1
    if (edge === name.first && edge - 2 >= floor && lower[edge - 2] === ',' && reader.isHead(edge - 1))
      edge -= 1
    if (edge - 2 >= floor && lower[edge - 1] === ',' && (before === null || edge < name.first)) {
      const closed = i >= limit || CLOSES.has(lower[i]) || classes[i] === 'verb' || classes[i] === 'auxiliary'
      const least = closed ? Math.max(floor, edge - 13) : edge
      for (let start = edge - 2; start >= least; start -= 1) {
        if (tokens[start].kind === 'mark') break
        // "Ann Lee, the mayor, |Bob Ray|, the sheriff": the phrase is Ann Lee's.
        if (lower[start - 1] === ',' && reader.nameAt(start - 2)?.type === 'person') break
        const opens = classes[start] === 'determiner' || reader.nameAt(start)?.first === start
        if (!opens || (start > floor && classes[start - 1] === 'determiner')) continue
        const phrase = reader.at(start, edge - 1)
        // "In a letter to the prime minister, |Ann Lee| said" wrote to another, "said the mayor, |Ann Lee|," did not.
        const governed = classes[start - 1] === 'preposition' || classes[start - 1] === 'to'
        if (
          governed &&
          start > floor &&
          !(i < limit && CLOSES.has(lower[i])) &&
          opensWith(index, floor, start)
        )
          break
        if (phrase !== null && phrase.last === edge - 1) {
          emit(phrase, 0.8)
          break
        }
      }
    }
    if (i >= limit) continue
    if (classes[i] === 'possessive') continue
    if (CLOSES.has(lower[i]) || lower[i] === '(' || lower[i] === '-') {
      i += 1
      if (i + 1 < limit && tokens[i].kind === 'number' && lower[i + 1] === ',') i += 2
      const end = readApposition(reader, i, limit, emit)
      if (end > i) i = end
      else if (lower[i] === 'who') readRelative(reader, i, limit, emit)
      else if (lower[i] === 'is' && lower[name.first - 1] === ',') readPredicateAt(reader, i, limit, emit)
    } else if (lower[i] === 'who') readRelative(reader, i, limit, emit)
    else readPredicate(reader, name, i, limit, emit)
  }
  return drafts
}

/** Whether a sentence begins with a preposition and has no verb before the token. */
function opensWith({ classes, lower }: TokenIndex, floor: number, until: number): boolean {
  if (classes[floor] !== 'preposition' && lower[floor] !== 'to') return false
  for (let i = floor; i < until; i += 1) if (classes[i] === 'verb' || classes[i] === 'auxiliary') return false
  return true
}

type Emit = (phrase: RolePhrase | null, confidence: number) => boolean

/** ", director of research at XTB,": returns where it ended, or `start`. */
function readApposition(reader: RoleReader, start: number, limit: number, emit: Emit): number {
  const { lower, classes } = reader.index
  const phrase = reader.at(start, limit)
  if (phrase === null) return start
  const { last } = phrase
  const next = lower[last]
  const ends =
    last >= limit ||
    CLOSES.has(next) ||
    /^(?:and|who|which|whose|in|from|on|during|since|but|until)$/.test(next)
  if (!ends && classes[last] !== 'verb' && classes[last] !== 'auxiliary' && classes[last] !== 'preposition')
    return start
  // "Ann Lee, president Bob Ray and …" is a list: the next title has its own name.
  if (reader.nameAt(last)?.type === 'person') return start
  emit(phrase, ends ? 0.85 : 0.7)
  if (next === 'who') readRelative(reader, last, limit, emit)
  return last
}

/** "who leads the party", "who is now director of". */
function readRelative(reader: RoleReader, who: number, limit: number, emit: Emit): void {
  const { lower } = reader.index
  let i = who + 1
  while (i < limit && /^(?:now|also|currently)$/.test(lower[i])) i += 1
  if (i >= limit) return
  const noun = LEADING.get(lower[i])
  if (noun !== undefined) {
    let first = i + 1
    if (reader.index.classes[first] === 'determiner') first += 1
    const name = reader.nameAt(first)
    if (name !== undefined && name.first === first && name.type === 'organization') {
      const organization = reader.participant(name.first, name.last)
      const the = first > i + 1 ? 'the ' : ''
      const wording = `${noun} of ${the}${organization.name}`
      emit(
        { first: i, last: name.last, role: noun, organization, former: false, indefinite: false, wording },
        0.65
      )
    }
    return
  }
  readPredicateAt(reader, i, limit, emit)
}

/** "Ann Lee was appointed director of", "appointed Ann Lee as director". */
function readPredicate(reader: RoleReader, name: Name, start: number, limit: number, emit: Emit): void {
  const { lower } = reader.index
  if (SUPPOSING.has(lower[name.first - 1] ?? '')) return
  if (lower[start] === 'as' || lower[start] === 'the' || lower[start] === 'its' || lower[start] === 'to') {
    if (!NAMED.has(lower[name.first - 1] ?? '')) return
    const as =
      lower[start] === 'as'
        ? start + 1
        : lower[start] === 'to' && lower[start + 1] === 'be'
          ? start + 2
          : start
    emit(reader.at(as, limit), 0.75)
    return
  }
  readPredicateAt(reader, start, limit, emit)
}

/** "If Ann Lee is elected president": she is not yet. */
const SUPPOSING = new Set('if unless whether should suppose once until when before'.split(' '))

function readPredicateAt(reader: RoleReader, start: number, limit: number, emit: Emit): void {
  const { lower } = reader.index
  let i = start
  const copula = lower[i]
  i += 1
  if (copula === 'serves' || copula === 'works') {
    if (lower[i] === 'as') emit(reader.at(i + 1, limit), 0.8)
    return
  }
  if (copula === 'became') {
    emit(reader.at(i, limit), 0.75)
    return
  }
  if (!/^(?:is|was|has|had)$/.test(copula)) return
  if ((copula === 'has' || copula === 'had') && lower[i] === 'been') i += 1
  while (i < limit && /^(?:now|also|currently|re-elected)$/.test(lower[i])) i += 1
  if (NAMED.has(lower[i])) {
    i += 1
    if (lower[i] === 'as') i += 1
    emit(reader.at(i, limit), 0.8)
  } else if (lower[i] === 'sworn' && lower[i + 1] === 'in' && lower[i + 2] === 'as') {
    emit(reader.at(i + 3, limit), 0.85)
  } else if (copula === 'is') emit(reader.at(i, limit), 0.8)
}

const spell = (words: string): string =>
  words.replace(ABBREVIATED, (short) => SPELLED.get(short.replace(/s?\.$/, '')) ?? short)
const wordsOf = (role: string): string[] =>
  spell(role)
    .toLowerCase()
    .split(/[\s-]+/)
const holds = (longer: string, shorter: string): boolean => {
  const words = new Set(wordsOf(longer))
  return wordsOf(shorter).every((word) => words.has(word))
}

function addRole(
  drafts: Draft<RoleFields>[],
  reader: RoleReader,
  name: Name,
  phrase: RolePhrase,
  confidence: number
): void {
  const { reading } = reader
  const person = reader.participant(name.first, name.last)
  const first = Math.min(phrase.first, name.first)
  const last = Math.max(phrase.last, name.last)
  const { role, organization, former } = phrase
  const spelled = spell(phrase.wording)
  const past = former && !/\b(?:former|retired|then|late)\b/i.test(spelled)
  const indefinite = past || phrase.indefinite
  const wording = `${indefinite ? (/^[aeio]/i.test(past ? 'former' : spelled) ? 'an ' : 'a ') : ''}${past ? 'former ' : ''}${spelled}`
  const asOf = reading.published === null ? '' : ` (as of ${dayInWords(reading.published)})`
  const entities: string[] = []
  for (const id of [person.entity, organization?.entity])
    if (id !== null && id !== undefined) entities.push(id)
  const draft: Draft<RoleFields> = {
    fields: { kind: 'role', person, role, organization, former },
    start: reading.tokens[first].start,
    end: reading.tokens[last - 1].end,
    statement: `${person.name} is ${wording}${asOf}.`,
    confidence,
    entities
  }
  for (const [i, known] of drafts.entries()) {
    const { fields } = known
    if (fields.person.name !== person.name || fields.former !== former) continue
    const fuller = role.length > fields.role.length || (fields.organization === null && organization !== null)
    if (holds(role, fields.role) && holds(fields.role, role)) {
      if (fields.organization === null && organization !== null) drafts[i] = draft
      return
    }
    if (holds(fields.role, role) && (fields.organization !== null || organization === null)) return
    if (fuller && holds(role, fields.role) && (organization !== null || fields.organization === null)) {
      drafts[i] = draft
      return
    }
  }
  drafts.push(draft)
}
