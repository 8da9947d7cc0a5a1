import type { EventFields, Participant } from '../schema/fact.ts'
import { inferGenders } from './names/genders.ts'
import { genderOfGivenName } from './names/given-names.ts'
import { dateInWords, indexTokens } from './text/phrases.ts'
import type { TokenIndex } from './text/phrases.ts'
import type { DateExpression, Draft, Reading, Sentence } from './reading.ts'
import { HEADS } from './roles/words.ts'
import { type Gender, titleForm } from './names/titles.ts'
import { EVENT_NOUNS, FORM, verbForms } from './events/verbs.ts'
import type { EventVerb } from './events/verbs.ts'
import { byForm } from './text/forms.ts'
import { withSingleSpaces } from './text/letters.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))

const BE = words('is are was were be been being')
const HAVE = words("has have had having 've")
const DO = words('do does did')
const WILL = words("will shall 'll")
/** What is only possible did not happen and is not planned. */
const HYPOTHETICAL = words("could may might must should can cannot 'd")
const NEGATIONS = words("not never n't neither nor without")
/** Before "to": the thing is planned. */
const PLANS = words(
  'set expected scheduled due slated poised planning plans plan planned going preparing prepares intends intend about ready'
)
const SCHEDULED = words('scheduled set due slated planned')
/** What a word in small letters says happens. */
const deedOf = byForm((text) => ({ isScheduled: SCHEDULED.has(text), form: verbForms(text) }))
/** Before "to": the thing was not done. */
const FAILURES = words('failed fails failing')
const FACTS = words('managed continued')
/** "declined to comment" tells nothing that happened. */
const SAYING = words(
  'comment say speak discuss answer respond elaborate confirm name identify give be disclose provide have do see'
)
/** Verbs that a whole clause may follow without "that". */
const CLAUSAL = words(
  `said says say announced added believed believes thinks thought told reported claimed claims insisted warned noted
  confirmed know knows knew showed shows suggested suggests hoped hopes argued argues stated wrote tweeted explained revealed
  learned hear heard acknowledged admitted alleged alleges means meant saw disclosed found`
)
const BEFORE_HYPOTHESIS = words('if unless whether should lest')
const DATE_PREPOSITIONS = words('on in late early of at during by around about shortly into from')
/** A date after them bounds the thing and does not say when it happened. */
const BOUNDING = words('since until before after than till to through ended ending')
/** "From 29 May" behind them is the day that no longer holds. */
const RESCHEDULING = words('postpone move delay reschedule shift bring push defer')
/** What they tell is open where they are negated; "did not know that" takes it for true. */
const ASSERTING = words(
  `confirm confirmed verify verified prove proved proven establish established say said claim claimed believe believed think
  thought find found conclude concluded determine determined corroborate corroborated suggest suggested indicate indicated
  report reported accept accepted admit admitted state stated`
)
/** Nouns of what is told and may be wrong: "dismissed reports that". */
const TELLINGS = words('claim claims report reports rumour rumours rumor rumors warning warnings charges')
const DENYING = /^(?:den(?:y|ies|ied|ying)$|fear|hop|doubt|disput|refut|wish|suggest|imagin)/
const NEGATED = /(?:n't|^cannot)$/
const UNDONE = words('unable yet impossible')
/** How many helping words may stand between a negation and its verb. */
const NEGATION_REACH = 5
const PLACE_PREPOSITIONS = words('in at near outside inside')
const NO_OBJECTS = words(
  'concern concerns question questions doubt doubts issue issues hope hopes fear fears attention light sense way ways time times ' +
    'rhetoric approach tone stance position view views steps step place point points thing things something nothing anything it them him her this that these those lot bit role ' +
    'interest need itself himself herself themselves each us me you'
)
/** Letters behind a name. */
const LETTERS = /^(?:kc|qc|mp|mep|msp|obe|mbe|cbe|kbe|md|phd)$/
/** With a person as object they tell who changes the team or the firm. */
const TRANSFERS = words('sell buy sign loan')
/** With an amount as object they tell a figure. */
const REACHING = words('reach hit pass top exceed lose')
/** In the passive they tell how a thing is, not what happened. */
const VAGUE = words('make design get put let keep take give call base hold set')
/** Without an object they tell what somebody said. */
const REPORTS = words('report confirm reveal write record announce')
/** Heads of a subject that names nobody and nothing that acts. */
const NO_SUBJECTS = words(
  'due set likely able ready well up down it there that this what which one ones some many most all others other year years month months week weeks day days time ' +
    'way thing things lot number percent cent per-cent more less none'
)
/** Bare plurals that act in news. */
const ACTORS = words(
  `police officers officials protesters demonstrators voters workers soldiers lawmakers legislators troops rebels militants
  insurgents gunmen firefighters rescuers authorities prosecutors investigators detectives shareholders investors regulators
  negotiators diplomats ministers leaders residents students teachers nurses doctors scientists researchers engineers
  astronauts republicans democrats conservatives senators parliamentarians delegates envoys jurors judges lawyers
  activists farmers miners pilots customs crews forces fighters separatists islamists terrorists hackers pirates
  inspectors surgeons astronomers archaeologists people civilians migrants refugees passengers parliament congress
  representatives aides parties employees unions`
)
/** Told for themselves, whoever it happened to. */
const GRAVE = words(
  'kill die injure wound arrest shoot vote destroy jail elect resign launch sign agree convict sentence explode collapse crash attack bomb win'
)
/** Singular nouns for people who act together or for others. */
const COLLECTIVES = words(
  `government company court council committee party union team panel board agency ministry department side country state army
  military navy force group firm bank club nation administration cabinet parliament senate house congress jury commission
  coalition alliance bloc delegation regulator airline carmaker minister president leader chief official spokesman
  spokeswoman director executive man woman judge mayor governor senator lawmaker family crew pair duo trio couple
  utility operator insurer lender retailer supplier manufacturer developer charity watchdog tribunal
  opposition prosecutor lawyer champion player coach owner maker city region province university museum studio publisher`
)
/** Determiners that another one may stand before. */
const NUMERALS = words(
  'one two three four five six seven eight nine ten eleven twelve other few many several such more'
)
/** Organisations that are places as well: things happen at them. */
const SITES =
  /\b(?:Court|Hospital|Airport|Stadium|Parliament|University|School|Palace|Arena|Museum|Park|Centre|Center|Base|Station|Hall|Prison|Church|Cathedral|Mosque|Port|Plant)\b/
const CURRENCY = /^[$£€¥₹%]$/
const CLAUSE_MARKS = /^[;:()[\]—–?!.…"“”«»]$|^--$|^\.\.\.$|^''$|^``$/
const LONGEST_CLAUSE = 24
const LONGEST_SUBJECT = 22

const singular = (word: string): string =>
  word.endsWith('ies') && word.length > 4
    ? `${word.slice(0, -3)}y`
    : word.endsWith('ches') || word.endsWith('shes') || word.endsWith('sses') || word.endsWith('xes')
      ? word.slice(0, -2)
      : word.endsWith('s') && !word.endsWith('ss') && word.length > 3
        ? word.slice(0, -1)
        : word

/** A noun phrase: tokens `[first, last)`; `head` is the token of its main noun, `coreLast` the end before "of", "from". */
interface NounPhrase {
  readonly first: number
  readonly last: number
  readonly head: number
  readonly coreLast: number
}

/** Helping verbs and what they tell; the group is tokens `[first, verb]`. */
interface VerbGroup {
  readonly first: number
  readonly verb: number
  readonly planned: boolean
  readonly negated: boolean
  readonly passive: boolean
  /** Present tense without a helping verb: an event only with a date. */
  readonly present: boolean
  /** "would": a plan where somebody else tells it with a date, else a mere possibility. */
  readonly would: boolean
  /** A date between subject and verb: "Ann Lee on Friday resigned". */
  readonly date: number
  /** Its helping verb stands before "and". */
  readonly shared?: boolean
}

interface Subject {
  readonly phrase: NounPhrase
  /** Where it stands in the sentence of the verb: the token of the pronoun, or the beginning of the phrase. */
  readonly at: number
  /** Taken from before "who", "and", or by a pronoun, not from directly before the verb. */
  readonly distance: 'direct' | 'relative' | 'shared' | 'pronoun'
}

class EventReader {
  readonly reading: Reading
  readonly index: TokenIndex
  readonly drafts: Draft<EventFields>[] = []
  /** Index of the sentence that is being read. */
  at = 0
  /** Subject of the last verb of the sentence, for "and then left". */
  lastSubject: Subject | null = null

  constructor(reading: Reading) {
    this.reading = reading
    this.index = indexTokens(reading)
  }

  text(first: number, last: number): string {
    const { tokens, text } = this.reading
    if (last <= first) return ''
    const run = withSingleSpaces(text.slice(tokens[first].start, tokens[last - 1].end))
    return run.includes('(') ? run.replace(/ ?\([^()]*\)/g, '') : run
  }

  readSentence(sentence: Sentence): void {
    const { lower, name, quoted } = this.index
    const { tokens } = this.reading
    this.lastSubject = null
    this.lastPlanned = false
    if (lower[sentence.last - 1] === '?') return
    this.conditional = false
    for (let i = sentence.first; i < sentence.last; i += 1) {
      if (lower[i] === 'if' || lower[i] === 'unless') this.conditional = true
    }
    for (let i = sentence.first; i < sentence.last; i += 1) {
      if (quoted[i] || name[i] >= 0 || tokens[i].text !== lower[i]) continue
      const { isScheduled, form } = deedOf(tokens[i].form)
      if (isScheduled) this.readSchedule(sentence, i)
      if (form !== undefined) this.readVerb(sentence, i, form.verb, form.forms)
    }
  }

  /** Reads the helping verbs before the verb; null where it is no finite verb, or only possible. */
  group(sentence: Sentence, verb: number, forms: number): VerbGroup | null {
    const { lower, classes, date } = this.index
    let first = verb
    let negated = false
    let planned = false
    let would = false
    let helper: 'be' | 'have' | 'do' | 'to' | 'will' | null = null
    let dateFound = -1
    let k = verb - 1
    while (k >= sentence.first) {
      const word = lower[k]
      if (date[k] >= 0) {
        const found = this.reading.dates[date[k]]
        if (dateFound >= 0 || found.first <= sentence.first) break
        dateFound = date[k]
        k = found.first - 1
        while (k >= sentence.first && DATE_PREPOSITIONS.has(lower[k])) k -= 1
        continue
      }
      if (NEGATIONS.has(word)) negated = !negated
      else if (word.endsWith("n't") && word.length > 3) {
        if (HYPOTHETICAL.has(word.slice(0, -3)) || word === "wouldn't") return null
        negated = true
        if (word === "won't") planned = true
        helper ??=
          word === "won't" ? 'will' : word.startsWith('d') ? 'do' : word.startsWith('h') ? 'have' : 'be'
      } else if (BE.has(word)) {
        helper ??= 'be'
        // "are to meet"
        if (helper === 'to' && k === first - 1) planned = true
      } else if (
        HAVE.has(word) &&
        (helper !== null || (forms & FORM.participle) !== 0 || lower[k + 1] === 'been')
      )
        helper ??= 'have'
      else if (DO.has(word)) helper ??= 'do'
      else if (WILL.has(word)) {
        helper ??= 'will'
        planned = true
      } else if (word === 'would') {
        helper ??= 'will'
        planned = true
        would = true
      } else if (HYPOTHETICAL.has(word)) return null
      else if (word === 'to') {
        if (helper !== null && helper !== 'be') return null
        const governor = lower[k - 1]
        if (PLANS.has(governor)) planned = true
        else if (FAILURES.has(governor)) negated = !negated
        else if (!FACTS.has(governor) && !BE.has(governor)) return null
        if (helper === null) helper = 'to'
        if (!BE.has(governor)) k -= 1
        else planned = true
      } else if (classes[k] !== 'adverb' || word === 'there' || word === 'home') break
      first = k
      k -= 1
    }
    if (first === sentence.first && helper === null) return null
    switch (helper) {
      case 'be': {
        const passive = (forms & FORM.participle) !== 0
        if (!passive && (forms & FORM.progressive) === 0) return null
        return { first, verb, planned, negated, passive, present: false, would, date: dateFound }
      }
      case 'have':
        if ((forms & FORM.participle) === 0) return null
        break
      case 'do':
      case 'to':
      case 'will':
        if ((forms & FORM.base) === 0) return null
        break
      case null: {
        if ((forms & FORM.past) !== 0) break
        if ((forms & (FORM.base | FORM.present)) === 0) return null
        return { first, verb, planned, negated, passive: false, present: true, would, date: dateFound }
      }
    }
    // "has been arrested" ends in the case above; "had been meeting" too.
    return { first, verb, planned, negated, passive: false, present: false, would, date: dateFound }
  }

  /** The noun phrase that ends with the token, with "of …", "from …" after its head; null where there is none. */
  phraseBefore(end: number, floor: number, depth = 0): NounPhrase | null {
    const { lower, classes, name, date } = this.index
    const { names, tokens } = this.reading
    let p = end
    let head = -1
    let sawName = false
    while (p >= floor && end - p < LONGEST_SUBJECT) {
      if (date[p] >= 0) {
        // "Wednesday's launch", but "on Wednesday protesters …"
        if (classes[p + 1] !== 'possessive' || p === end) break
        p = this.reading.dates[date[p]].first - 1
        continue
      }
      if (name[p] >= 0) {
        const found = names[name[p]]
        // Two names side by side ("In Geneva Ann Lee") belong to two phrases, but "Chinese Vice Premier" does not.
        if (sawName && name[p + 1] >= 0 && found.type !== 'group') break
        if (head < 0) head = p
        sawName = true
        p = found.first - 1
        continue
      }
      const wordClass = classes[p]
      if (wordClass === 'possessive') {
        if (head < 0) return null
        p -= 1
        continue
      }
      if (wordClass === 'determiner') {
        if (head < 0) {
          if (
            !/^(?:both|all|several|many|some|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|millions|neither)$/.test(
              lower[p]
            )
          )
            return null
          head = p
        }
        // "said that |unemployment|": no "that unemployment" was named before.
        const complementizer =
          lower[p] === 'that' &&
          (name[p + 1] >= 0 ||
            /[^s]s$/.test(lower[head]) ||
            (p > floor && (classes[p - 1] === 'verb' || lower[p - 1].endsWith('ing'))))
        if (complementizer) break
        p -= 1
        // "all the members", "the two governments", "the world's two largest"
        if (
          p >= floor &&
          (/^(?:all|both|half)$/.test(lower[p]) || NUMERALS.has(lower[p + 1])) &&
          (classes[p] === 'determiner' || classes[p] === 'possessive')
        )
          continue
        break
      }
      if (wordClass === 'open' || wordClass === 'number') {
        if (wordClass === 'open' && tokens[p].kind !== 'word') break
        // "assumes Republicans": a small word before a name is a title or no part of the phrase.
        if (
          head >= 0 &&
          name[p + 1] >= 0 &&
          tokens[p].text === lower[p] &&
          p + 1 === names[name[p + 1]].first &&
          !HEADS.has(lower[p]) &&
          names[name[p + 1]].type !== 'group'
        )
          break
        if (head < 0) head = p
        p -= 1
        continue
      }
      if (wordClass === 'mark' && CURRENCY.test(lower[p])) {
        p -= 1
        continue
      }
      // "Skelby's only bridge", "the 38-year-old vessel"
      const owned = classes[p - 1] === 'determiner' || classes[p - 1] === 'possessive'
      const tied = lower[p] === '-' && !tokens[p].spaced && classes[p - 1] === 'number'
      if (head >= 0 && p > floor && ((wordClass === 'adverb' && owned) || tied)) {
        p -= 1
        continue
      }
      // A participle before its noun: "the proposed deal".
      if (
        wordClass === 'verb' &&
        head >= 0 &&
        p > floor &&
        classes[p - 1] === 'determiner' &&
        /(?:ed|ing)$/.test(lower[p])
      ) {
        p -= 1
        continue
      }
      break
    }
    if (head < 0) return null
    let first = p + 1
    let outer = { first, last: end + 1, head, coreLast: end + 1 }
    // "At least 14 bridges", "about 300 fans"
    if (p >= floor && classes[p] === 'preposition') {
      const least = lower[p] === 'at' && /^(?:least|most)$/.test(lower[p + 1])
      const about = classes[p + 1] === 'number' && /^(?:about|around|over|under)$/.test(lower[p])
      if (least || about) return { ...outer, first: p }
    }
    if (depth > 3 || p <= floor) return p < floor || classes[p] !== 'preposition' ? outer : null
    if (lower[p] === 'and' || lower[p] === ',' || lower[p] === '&') {
      const joined = lower[p] === ',' ? null : this.phraseBefore(p - 1, floor, depth + 1)
      // "Stations in Lagos and Kano": both names are inside the phrase after "in".
      if (joined !== null && joined.coreLast < joined.last && name[joined.last - 1] >= 0 && name[head] >= 0) {
        return { ...joined, last: end + 1 }
      }
      const bothNames = joined !== null && name[joined.head] >= 0 === name[head] >= 0
      if (joined !== null && bothNames && joined.last - joined.first < 9) {
        first = joined.first
        outer = { first, last: end + 1, head, coreLast: end + 1 }
        if (joined.coreLast < joined.last) outer = { ...outer, head: joined.head, coreLast: joined.coreLast }
        // "Ann Lee, Bob Ray and Carl Moe"
        let more = first
        while (more - 2 >= floor && lower[more - 1] === ',' && name[more - 2] >= 0 && name[first] >= 0) {
          const listed = this.phraseBefore(more - 2, floor, depth + 2)
          if (listed === null) break
          more = listed.first
          outer = { ...outer, first: more }
        }
        return outer
      }
      return lower[p] === ',' || joined === null || !bothNames ? outer : null
    }
    // "more than 200 people"
    if (lower[p] === 'than' && p > floor && /^(?:more|less|fewer|rather)$/.test(lower[p - 1]))
      return { ...outer, first: p - 1 }
    if (classes[p] === 'preposition' || (lower[p] === 'to' && classes[end] !== 'verb')) {
      const before = p - 1
      if (
        before < floor ||
        (lower[before].endsWith('ing') && name[before] < 0 && !EVENT_NOUNS.has(lower[before]))
      )
        return null
      if (
        classes[before] === 'open' ||
        classes[before] === 'number' ||
        name[before] >= 0 ||
        classes[before] === 'determiner'
      ) {
        const whole = this.phraseBefore(before, floor, depth + 1)
        if (whole === null) return null
        return { first: whole.first, last: end + 1, head: whole.head, coreLast: whole.coreLast }
      }
      return null
    }
    return outer
  }

  subject(sentence: Sentence, group: VerbGroup): Subject | null {
    const { lower, classes, date, name, entity } = this.index
    const floor = sentence.first
    let k = group.first - 1
    if (group.date >= 0) {
      const first = this.reading.dates[group.date].first
      if (first < group.first) {
        k = first - 1
        while (k >= floor && DATE_PREPOSITIONS.has(lower[k])) k -= 1
      }
    }
    if (k < floor) return null
    const word = lower[k]
    if (word === 'he' || word === 'she' || word === 'it' || word === 'they')
      return this.pronounSubject(sentence, k)
    if (word === 'who' || word === 'which' || word === 'that') {
      let end = k - 1
      if (lower[end] === ',' || lower[end] === '–' || lower[end] === '—') end -= 1
      // "Ann Lee, 39, who"
      if (classes[end] === 'number' && lower[end - 1] === ',') end -= 2
      // "Sen. Ann Lee, R-Ohio, who"
      if (/^[dri]-/.test(lower[end]) && lower[end - 1] === ',') end -= 2
      if (end < floor || classes[end] === 'verb') return null
      // "the arrest of Ann Lee, who": the person nearest to "who", not the arrest.
      const named = name[end] >= 0 ? this.reading.names[name[end]] : undefined
      if (word === 'who' && named?.type === 'person') {
        const { first, last } = named
        return { phrase: { first, last, head: end, coreLast: last }, at: first, distance: 'relative' }
      }
      const found = this.phraseBefore(end, floor)
      if (found === null) return null
      const phrase = this.ungoverned(found, floor)
      return { phrase, at: phrase.first, distance: 'relative' }
    }
    if (word === 'and' || word === 'but' || (word === ',' && lower[k + 1] === 'then')) {
      const shared = this.lastSubject
      return shared === null ? null : { phrase: shared.phrase, at: shared.at, distance: 'shared' }
    }
    if (word === ',' || word === ')' || word === '–' || word === '—') {
      const open = word === ')' ? '(' : word
      let p = k - 1
      let verbs = 0
      while (p > floor && k - p < 28 && lower[p] !== open) {
        if (classes[p] === 'auxiliary') verbs += 1
        p -= 1
      }
      if (lower[p] !== open || p <= floor) return null
      const inner = lower[p + 1]
      // "Ann Lee, 54, a lawmaker, resigned": one parenthesis after another.
      if (word === ',' && lower[p - 1] !== undefined && classes[p - 1] === 'number' && lower[p - 2] === ',')
        p -= 2
      if (verbs > 0 && inner !== 'who' && inner !== 'which' && inner !== 'whose') return null
      if (classes[p - 1] === 'verb' || date[p - 1] >= 0 || inner === 'and') return null
      const phrase = this.phraseBefore(p - 1, floor)
      if (phrase === null) return null
      // "The head coach, Bob Ray,": the name says more than the office.
      const apposed = name[k - 1] >= 0 ? this.reading.names[name[k - 1]] : undefined
      if (
        apposed !== undefined &&
        apposed.type === 'person' &&
        apposed.first === p + 1 &&
        entity[phrase.head] < 0
      ) {
        return {
          phrase: { first: apposed.first, last: apposed.last, head: k - 1, coreLast: apposed.last },
          at: phrase.first,
          distance: 'relative'
        }
      }
      // "In Geneva, Ann Lee, …": what stands before the comma must not be an opening adverbial.
      if (phrase.first > floor && classes[phrase.first - 1] === 'preposition') return null
      return { phrase, at: phrase.first, distance: 'relative' }
    }
    const found = this.phraseBefore(k, floor)
    if (found === null || lower[found.first - 1] === 'whose') return null
    const phrase = this.ungoverned(found, floor)
    if (
      phrase.first > floor &&
      classes[phrase.first - 1] === 'verb' &&
      !CLAUSAL.has(lower[phrase.first - 1])
    ) {
      // "An earthquake that struck the north killed": the phrase is the object of the relative clause.
      const shared = this.lastSubject
      return shared !== null && shared.distance === 'relative'
        ? { phrase: shared.phrase, at: shared.at, distance: 'shared' }
        : null
    }
    return { phrase, at: phrase.first, distance: 'direct' }
  }

  /** "Should inform talks": a word behind a helping verb is a verb of its own, and no part of the phrase. */
  ungoverned(phrase: NounPhrase, floor: number): NounPhrase {
    const { classes, name } = this.index
    const { first, head } = phrase
    const governed =
      first > floor &&
      classes[first - 1] === 'auxiliary' &&
      classes[first] === 'open' &&
      name[first] < 0 &&
      first < head
    return governed ? { ...phrase, first: first + 1 } : phrase
  }

  /** "Racehorses has": the words right before the verb are not its subject. */
  disagrees({ phrase, distance }: Subject, group: VerbGroup): boolean {
    const { lower, name, classes } = this.index
    if (distance !== 'direct') return false
    // "In northern Halvia were brought": what a preposition governs is no subject.
    const before = classes[phrase.first - 1] === 'open' ? phrase.first - 2 : phrase.first - 1
    if (lower[before] === 'in') return true
    if (name[phrase.head] >= 0) return false
    const plural = /[^s]s$/.test(lower[phrase.head])
    return /^(?:is|was|has)$/.test(lower[group.first]) && plural
  }

  /** "A treasurer who stole … has been jailed": the phrase that opens the sentence, described before its verb comes. */
  describedSubject(sentence: Sentence, group: VerbGroup, nearest: Subject | null): Subject | null {
    const { lower, classes } = this.index
    if (
      classes[group.first] !== 'auxiliary' ||
      !/^(?:is|are|was|were|has|have|had|will)$/.test(lower[group.first])
    )
      return null
    let verbs = 0
    const main = this.mainSubject(sentence)
    if (main === null || main.last >= group.first || !/^(?:who|that|which)$/.test(lower[main.last]))
      return null
    for (let i = main.last + 1; i < group.first; i += 1) {
      const word = lower[i]
      if (
        word === ';' ||
        word === ':' ||
        word === 'that' ||
        word === 'which' ||
        word === 'who' ||
        (word === 'and' && i + 1 !== nearest?.phrase.first && this.verbFollows(i + 1, sentence))
      )
        return null
      if (classes[i] === 'subordinator' || classes[i] === 'pronoun' || CLAUSAL.has(word)) return null
      if (classes[i] === 'verb' || classes[i] === 'auxiliary') verbs += 1
    }
    if (verbs === 0) return null
    return { phrase: main, at: main.first, distance: 'relative' }
  }

  /**
   * Whom a pronoun means: the subject of its own sentence where that comes before ("the union said it would"), else of
   * the sentence before, where number and kind fit. Anything else is a guess.
   */
  pronounSubject(sentence: Sentence, pronoun: number): Subject | null {
    const { sentences } = this.reading
    const own = this.mainSubject(sentence)
    const word = this.index.lower[pronoun]
    if (own !== null && own.last <= pronoun) {
      return this.agrees(word, own) ? { phrase: own, at: pronoun, distance: 'pronoun' } : null
    }
    const at = this.at
    for (let i = at - 1; i >= 0 && i > at - 5; i -= 1) {
      const phrase = this.mainSubject(sentences[i])
      if (phrase !== null)
        return this.agrees(word, phrase) ? { phrase, at: pronoun, distance: 'pronoun' } : null
      // "He said … . He left": through a sentence that has a pronoun of the same kind itself.
      if (this.index.lower[sentences[i].first] !== word) return null
    }
    return null
  }

  agrees(pronoun: string, phrase: NounPhrase): boolean {
    const { entity, lower, name } = this.index
    const { entities, names } = this.reading
    const known = entity[phrase.head] >= 0 ? entities[entity[phrase.head]].type : null
    const joined = known === null ? lower.slice(phrase.first, phrase.coreLast).includes('and') : false
    const plural =
      joined ||
      (known === null && name[phrase.head] < 0 && /[^s]s$/.test(lower[phrase.head])) ||
      lower[phrase.head] === 'people'
    switch (pronoun) {
      case 'he':
      case 'she':
        return known === 'person'
          ? this.genderFits(pronoun, entities[entity[phrase.head]].id)
          : names[name[phrase.head]]?.type === 'person'
      case 'it':
        return (
          known === 'organization' ||
          known === 'place' ||
          (known === null && !plural && COLLECTIVES.has(lower[phrase.head]) && !HEADS.has(lower[phrase.head]))
        )
      default:
        return plural
    }
  }

  genders: ReadonlyMap<string, Gender> | null = null

  genderFits(pronoun: string, id: string): boolean {
    const { tokens, sentences, entities } = this.reading
    this.genders ??= inferGenders(tokens, sentences, entities, genderOfGivenName)
    const gender = this.genders.get(id)
    return gender === undefined || gender === (pronoun === 'she' ? 'female' : 'male')
  }

  /** The phrase that opens a sentence, an adverbial before a comma left aside; null where another thing opens it. */
  mainSubject(sentence: Sentence): NounPhrase | null {
    const { classes, lower, date, quoted } = this.index
    let i = sentence.first
    if (quoted[i + 1] || classes[i] === 'mark') return null
    if (classes[i] === 'preposition' || classes[i] === 'adverb' || date[i] >= 0) {
      const limit = Math.min(sentence.last, i + 12)
      while (i < limit && lower[i] !== ',') i += 1
      if (i >= limit) return null
      i += 1
    }
    const phrase = this.object(i, Math.min(sentence.last, i + LONGEST_CLAUSE))
    if (phrase === null || phrase.first !== i || classes[i] === 'pronoun') return null
    const next = classes[phrase.last]
    const goesOn =
      next === 'verb' ||
      next === 'auxiliary' ||
      next === 'preposition' ||
      next === 'adverb' ||
      next === 'relative' ||
      lower[phrase.last] === ','
    return goesOn ? phrase : null
  }

  /** End of the clause after the verb, exclusive. */
  clauseEnd(from: number, sentence: Sentence, verb: EventVerb): number {
    const { lower, classes, quoted, name } = this.index
    let i = from
    while (i < sentence.last && i - from < LONGEST_CLAUSE) {
      const word = lower[i]
      const wordClass = classes[i]
      if (name[i] < 0) {
        if (quoted[i] && !quoted[from - 1]) break
        if (word === '(') {
          // A translation, an age or an acronym in brackets does not end the clause.
          let close = i + 1
          while (close < sentence.last && close < i + 10 && lower[close] !== ')') close += 1
          if (lower[close] !== ')' || close + 1 >= sentence.last) break
          i = close + 1
          continue
        }
        if (wordClass === 'mark') {
          if (CLAUSE_MARKS.test(word)) break
          if (word === ',' && !this.goesOnAsList(i, sentence)) break
        }
        if (
          wordClass === 'subordinator' &&
          !(word === 'as' && i - from < 6 && /^(?:appoint|name|elect|nominate|hire|install)$/.test(verb.base))
        )
          break
        if (wordClass === 'relative') break
        if (wordClass === 'auxiliary' && i > from) break
        if (word === 'that' && i > from && classes[i + 1] !== 'open') break
        if (
          word === 'that' &&
          i > from &&
          (classes[i - 1] === 'open' || name[i - 1] >= 0) &&
          this.verbFollows(i + 1, sentence)
        )
          break
        if (
          (wordClass === 'conjunction' || word === 'but') &&
          (this.verbFollows(i + 1, sentence) || this.isPresent(i + 1))
        )
          break
        if (wordClass === 'verb' && i > from && lower[i - 1] !== 'to' && !this.isModifier(i)) break
        if (/^(?:despite|amid|following|including|according|even)$/.test(word)) break
      }
      i += 1
    }
    while (
      i > from &&
      (classes[i - 1] === 'preposition' ||
        classes[i - 1] === 'conjunction' ||
        lower[i - 1] === 'the' ||
        lower[i - 1] === ',' ||
        lower[i - 1] === 'to')
    )
      i -= 1
    return i
  }

  /** "the planned talks", "plan signed in May": a participle that does not begin a clause. */
  isModifier(i: number): boolean {
    const { lower, classes } = this.index
    if (!/(?:ed|en|ing|t|ld|ck)$/.test(lower[i])) return false
    const form = verbForms(lower[i])
    const next = classes[i + 1]
    const before = classes[i - 1]
    if (before === 'determiner' || before === 'possessive') return next === 'open' || next === 'verb'
    // "tariffs imposed by", "a man accused of"
    return (
      (next === 'preposition' && (form === undefined || !form.verb.alone)) ||
      (before === 'open' && next === 'open' && lower[i].endsWith('ing'))
    )
  }

  /** "And earns $21", "and runs a mill": a verb of today, with its object behind it. */
  isPresent(i: number): boolean {
    const { classes, lower } = this.index
    const next = classes[i + 1]
    return (
      classes[i] === 'open' &&
      /[^su]s$/.test(lower[i]) &&
      this.reading.tokens[i].text === lower[i] &&
      (next === 'determiner' || next === 'number' || /^[$€£]$/.test(lower[i + 1] ?? ''))
    )
  }

  /** Whether a verb comes before the phrase is over: the conjunction before it begins a clause. */
  verbFollows(from: number, sentence: Sentence): boolean {
    const { classes, lower } = this.index
    for (let i = from; i < sentence.last && i < from + 8; i += 1) {
      const wordClass = classes[i]
      if (wordClass === 'auxiliary' || wordClass === 'pronoun')
        return lower[i] !== 'them' && lower[i] !== 'him'
      // "was launched and stayed", but "and planned talks"
      if (wordClass === 'verb') return i === from ? classes[i + 1] !== 'open' : !this.isModifier(i)
      if (wordClass === 'to') return true
      if (
        wordClass === 'mark' ||
        wordClass === 'preposition' ||
        wordClass === 'conjunction' ||
        wordClass === 'subordinator'
      ) {
        return false
      }
    }
    return false
  }

  /** "tariffs on cars, steel and aluminium": the comma goes on with a list that an "and" closes. */
  goesOnAsList(comma: number, sentence: Sentence): boolean {
    const { lower, classes, date } = this.index
    if (date[comma - 1] >= 0 || date[comma + 1] >= 0) return false
    if (comma + 1 < sentence.last && lower[comma + 1].endsWith('ing')) return false
    let run = 0
    for (let i = comma + 1; i < sentence.last && i < comma + 16; i += 1) {
      const wordClass = classes[i]
      if (lower[i] === 'and' || lower[i] === 'or') {
        if (run === 0 || i + 1 >= sentence.last)
          return lower[i + 1] !== undefined && classes[i + 1] === 'open' && !this.verbFollows(i + 1, sentence)
        return (
          (classes[i + 1] === 'open' || classes[i + 1] === 'determiner') && !this.verbFollows(i + 1, sentence)
        )
      }
      if (lower[i] === ',') {
        if (run === 0) return false
        run = 0
        continue
      }
      if (
        wordClass !== 'open' &&
        wordClass !== 'determiner' &&
        wordClass !== 'number' &&
        wordClass !== 'possessive'
      )
        return false
      run += 1
      if (run > 5) return false
    }
    return false
  }

  /** The noun phrase that begins at the token (adverbs and dates before it skipped), up to its head. */
  object(from: number, end: number): NounPhrase | null {
    const { classes, lower, date, name } = this.index
    const { names, tokens } = this.reading
    let i = from
    while (
      i < end &&
      (classes[i] === 'adverb' || date[i] >= 0 || (DATE_PREPOSITIONS.has(lower[i]) && date[i + 1] >= 0))
    ) {
      if (date[i] >= 0) {
        const { last } = this.reading.dates[date[i]]
        // "called off Wednesday's launch"
        if (classes[last] === 'possessive') break
        i = last
      } else i += 1
    }
    const first = i
    if (lower[i] === 'about' || lower[i] === 'over' || lower[i] === 'around') i += 1
    if (/^(?:at|up|more|less|fewer)$/.test(lower[i]) && /^(?:least|most|to|than)$/.test(lower[i + 1] ?? ''))
      i += 2
    if (
      /^(?:most|all|some|many|much|half|part|parts|several|two|three|dozens|hundreds|thousands)$/.test(
        lower[i] ?? ''
      ) &&
      lower[i + 1] === 'of'
    )
      i += 2
    let head = -1
    while (i < end) {
      if (name[i] >= 0) {
        i = names[name[i]].last
        head = i - 1
        continue
      }
      if (date[i] >= 0 && classes[this.reading.dates[date[i]].last] !== 'possessive') break
      const wordClass = classes[i]
      const starts = wordClass === 'determiner' || wordClass === 'number' || CURRENCY.test(lower[i])
      if (wordClass === 'open' && tokens[i].kind === 'word') head = i
      else if (wordClass === 'possessive') head = -1
      else if (wordClass === 'verb' && this.isModifier(i) && classes[i + 1] !== 'preposition') head = -1
      else if (wordClass === 'adverb' && head < 0 && i > first) head = -1
      else if (!starts || (wordClass === 'determiner' && head >= 0)) break
      if (wordClass === 'number') head = i
      i += 1
    }
    return head < 0 ? null : { first, last: i, head, coreLast: i }
  }

  /** Who a noun phrase names: the entity under each head of its conjuncts, else the words. */
  participants(phrase: NounPhrase): Participant[] {
    const { classes, lower, entity, name } = this.index
    const { entities } = this.reading
    const found: Participant[] = []
    const end = phrase.coreLast
    let first = phrase.first
    for (let i = first; i <= end; i += 1) {
      const splits =
        i === end || ((lower[i] === 'and' || lower[i] === ',' || lower[i] === '&') && name[i] < 0)
      if (!splits) continue
      if (i > first) {
        let head = i - 1
        while (head > first && ((classes[head] !== 'open' && name[head] < 0) || LETTERS.test(lower[head])))
          head -= 1
        const index = entity[head]
        if (index >= 0) found.push({ entity: entities[index].id, name: entities[index].name })
        else if (end - phrase.first > i - first && classes[head] !== 'open')
          return [{ entity: null, name: this.plainText(phrase.first, phrase.last) }]
        else found.push({ entity: null, name: this.plainText(first, i === end ? phrase.last : i) })
      }
      first = i + 1
    }
    return found
  }

  /** The words without the article before them. */
  plainText(first: number, last: number): string {
    const { lower } = this.index
    const from = /^(?:the|a|an)$/.test(lower[first]) && first + 1 < last ? first + 1 : first
    return this.text(from, Math.min(last, from + 12))
  }

  /** "Will step down and be succeeded": the helping verb before "and" stands for both; null where none is known. */
  withSharedHelper(group: VerbGroup): VerbGroup | null {
    const { lower } = this.index
    if (lower[group.first] !== 'be') return group
    const before = lower[group.first - 1]
    if (before !== 'and' && before !== 'or') return group
    return this.lastPlanned ? { ...group, planned: true, shared: true } : null
  }

  /** Whether the last verb of the sentence that made an event tells a plan. */
  lastPlanned = false

  readVerb(sentence: Sentence, i: number, verb: EventVerb, forms: number): void {
    const { lower, classes } = this.index
    const alone = this.group(sentence, i, forms)
    const group = alone === null ? null : this.withSharedHelper(alone)
    if (group === null) return
    if (lower[i + 1] === 'to' && PLANS.has(lower[i])) return
    const nearest = this.subject(sentence, group)
    const subject =
      nearest === null || this.disagrees(nearest, group)
        ? (this.describedSubject(sentence, group, nearest) ?? nearest)
        : nearest
    if (subject === null) return
    // "Deliveries start in 2028": only a date right after a word that is also a noun makes it a verb.
    if (group.present && verb.noun) {
      const plural = /[^s]s$/.test(lower[subject.phrase.head])
      if (plural === ((forms & FORM.present) !== 0) || (!this.dateAt(i + 1) && !this.dateAt(i + 2))) return
    }
    if (!this.mayAct(subject)) return
    // "After winning the vote raised": a gerund opens no clause of its own.
    const opening = lower[subject.phrase.first]
    if (opening.endsWith('ing') && this.index.name[subject.phrase.first] < 0 && !EVENT_NOUNS.has(opening))
      return
    const before = lower[subject.phrase.first - 1]
    if (subject.distance === 'direct' && before !== undefined && subject.phrase.first > sentence.first) {
      if (BEFORE_HYPOTHESIS.has(before)) return
      // "the words that Ann Lee used"
      if (
        before === 'that' &&
        classes[subject.phrase.first - 2] === 'open' &&
        !this.dateAt(subject.phrase.first - 2)
      )
        return
    }
    if (!this.isAsserted(sentence, subject)) {
      this.lastSubject = null
      return
    }
    this.lastSubject = subject
    this.lastPlanned = group.planned
    // "Were killed and about 300 displaced": what "and" adds happened to others.
    const end =
      group.passive && classes[i + 1] === 'conjunction' ? i + 1 : this.clauseEnd(i + 1, sentence, verb)
    const next = lower[i + 1] ?? ''
    const adjacent = i + 1 < sentence.last && verb.particles.has(next)
    const object = group.passive ? null : this.object(adjacent ? i + 2 : i + 1, end)
    // "Confirmed (that) three soldiers were killed": the words open a clause and are no object.
    if (
      REPORTS.has(verb.base) &&
      (next === 'that' || (object !== null && classes[object.last] === 'auxiliary'))
    )
      return
    // "Found an engineer guilty"
    const particle =
      adjacent || (verb.base === 'find' && object !== null && verb.particles.has(lower[object.head]))
    if (object !== null && NO_OBJECTS.has(lower[object.head])) return
    if (
      !group.passive &&
      !particle &&
      object === null &&
      /^(?:it|them|him|her|us|me|itself|himself|herself|themselves)$/.test(next)
    )
      return
    // "retired Senator Ann Lee"
    if (
      object !== null &&
      verb.alone &&
      !verb.anyObject &&
      !particle &&
      this.index.name[object.head] >= 0 &&
      this.reading.names[this.index.name[object.head]].type === 'person' &&
      verb.base !== 'meet' &&
      verb.base !== 'marry' &&
      verb.base !== 'sue'
    )
      return
    const after = this.dateAt(i + 1) ? this.reading.dates[this.index.date[i + 1]].last : i + 1
    // "Agreed last year to pay"
    const late = verb.infinitive && after > i + 1 && after < end && lower[after] === 'to'
    const infinitive =
      late ||
      (verb.infinitive && next === 'to' && classes[i + 2] !== 'determiner' && classes[i + 2] !== undefined)
    if (infinitive && (SAYING.has(lower[i + 2]) || !this.isActor(subject.phrase))) return
    if (verb.base === 'agree' && (next === 'with' || group.negated || !this.isActor(subject.phrase))) return
    if (verb.base === 'name' && group.passive && (group.negated || !this.opensRole(i + 1, end))) return
    if (
      verb.base === 'name' &&
      !group.passive &&
      subject.distance === 'direct' &&
      /^an?$/.test(lower[subject.phrase.first])
    )
      return
    const head = this.contentOf(group.passive ? subject.phrase : object, i)
    const fits =
      particle ||
      infinitive ||
      (group.passive
        ? verb.anyObject || verb.objects.has(head)
        : (verb.alone && (next !== 'by' || classes[i + 2] === 'number')) ||
          (object !== null && (verb.anyObject || verb.objects.has(head))))
    const transfer = TRANSFERS.has(verb.base) && object !== null && this.isPerson(object.head)
    if (!fits && !transfer && !verb.dated) return
    if (!fits && next === 'by' && !group.passive) return
    if (object !== null && REACHING.has(verb.base) && this.isAmount(object)) return
    this.emit(sentence, group, subject, end, verb, object, !fits && !transfer)
  }

  /** Whether the clause of the subject is told as true: not under "have not confirmed that", "denied that". */
  isAsserted(sentence: Sentence, { phrase, at, distance }: Subject): boolean {
    if (distance !== 'direct' && distance !== 'pronoun') return true
    const { lower, classes } = this.index
    const clause = distance === 'direct' ? phrase.first : at
    // The phrase may hold the word: "that strike".
    const that = lower[clause] === 'that' ? clause : clause - 1
    let k = lower[that] === 'that' ? that - 1 : clause - 1
    if (k > sentence.first && this.dateAt(k)) {
      k = this.reading.dates[this.index.date[k]].first - 1
      if (DATE_PREPOSITIONS.has(lower[k])) k -= 1
    }
    if (k <= sentence.first) return true
    if (lower[that] === 'that') {
      if (DENYING.test(lower[k])) return false
      if (TELLINGS.has(lower[k]) && (classes[k - 1] === 'verb' || classes[k - 1] === 'preposition'))
        return false
    }
    if (!ASSERTING.has(lower[k])) return true
    for (let i = k - 1; i >= sentence.first && i >= k - NEGATION_REACH; i -= 1) {
      const word = lower[i]
      // "Not only said": it was said.
      if (NEGATIONS.has(word) || NEGATED.test(word)) return lower[i + 1] === 'only' || lower[i + 1] === 'just'
      if (word === 'to') return !UNDONE.has(lower[i - 1] ?? '') && !FAILURES.has(lower[i - 1] ?? '')
      if (classes[i] !== 'auxiliary' && classes[i] !== 'adverb') return true
    }
    return true
  }

  isPerson(i: number): boolean {
    const name = this.index.name[i]
    return name >= 0 && this.reading.names[name].type === 'person'
  }

  /** "6.4 percent", "95 kph": a number with a unit is a figure, and reaching it no event. */
  isAmount({ first, last }: NounPhrase): boolean {
    const { classes, lower } = this.index
    for (let i = first; i < last; i += 1) if (classes[i] === 'number' || CURRENCY.test(lower[i])) return true
    return false
  }

  /** The noun that tells what a phrase is: "talks" of "the next round of talks". */
  contentOf(phrase: NounPhrase | null, fallback: number): string {
    const { lower } = this.index
    if (phrase === null) return singular(lower[fallback] ?? '')
    const { head } = phrase
    const counts = /^(?:round|rounds|series|wave|set|string)$/.test(lower[head]) && lower[head + 1] === 'of'
    const inner = counts ? this.object(head + 2, head + 8) : null
    return singular(lower[inner?.head ?? head] ?? '')
  }

  /** "The summit is scheduled for July." */
  readSchedule(sentence: Sentence, i: number): void {
    const { lower, date } = this.index
    let k = i - 1
    while (k > sentence.first && (this.index.classes[k] === 'adverb' || lower[k] === 'been')) k -= 1
    if (!BE.has(lower[k]) && !HAVE.has(lower[k])) return
    const back = lower[i + 1] === 'back' ? 1 : 0
    const at = i + back + 2
    if (!/^(?:for|on|in)$/.test(lower[at - 1] ?? '') || at >= sentence.last || date[at] < 0) return
    const group: VerbGroup = {
      first: k,
      verb: i,
      planned: true,
      negated: NEGATIONS.has(lower[i - 1]),
      passive: true,
      present: false,
      would: false,
      date: -1
    }
    const subject = this.subject(sentence, group)
    if (subject === null || !EVENT_NOUNS.has(singular(lower[subject.phrase.head]))) return
    this.emit(
      sentence,
      group,
      subject,
      Math.max(i + 2, this.reading.dates[date[i + 2]].last),
      null,
      null,
      false
    )
  }

  opensSentence(i: number): boolean {
    return i === 0 || /^[.?!:]$/.test(this.index.lower[i - 1])
  }

  mayAct({ phrase }: Subject): boolean {
    return !NO_SUBJECTS.has(this.index.lower[phrase.head]) && !this.index.quoted[phrase.head]
  }

  /** A noun alone ("work", "officers"), which is news only with a time, a place or a plan. */
  isBare({ phrase }: Subject): boolean {
    const { lower, entity, classes, name } = this.index
    const head = lower[phrase.head]
    if (ACTORS.has(head) || EVENT_NOUNS.has(singular(head)) || entity[phrase.head] >= 0) return false
    if (classes[phrase.first] === 'determiner' || classes[phrase.first] === 'number') return false
    for (let i = phrase.first; i < phrase.coreLast; i += 1) if (name[i] >= 0) return false
    return true
  }

  /** "was named |the bank's new chairman|", but not "was named in the report". */
  opensRole(from: number, end: number): boolean {
    for (let i = from; i < end && i < from + 8; i += 1) {
      if (HEADS.has(titleForm(this.reading.tokens[i].text))) return true
    }
    return false
  }

  /** A person or body, as far as words tell: things "threaten to" without meaning it. */
  isActor({ head }: NounPhrase): boolean {
    const { lower, entity } = this.index
    const word = singular(lower[head])
    return entity[head] >= 0 || ACTORS.has(lower[head]) || COLLECTIVES.has(word) || HEADS.has(word)
  }

  /** Whether the verb moves a thing to another day: "postponed", "brought forward". */
  reschedules(verb: number): boolean {
    const { lower } = this.index
    const base = verbForms(lower[verb])?.verb.base ?? ''
    return RESCHEDULING.has(base) && (base !== 'bring' || lower[verb + 1] === 'forward')
  }

  /** "Since the dam broke in May, …": a date before the subject that a clause of its own holds. */
  isOfClause(first: number, until: number): boolean {
    const { classes, lower, name } = this.index
    let verb = false
    for (let i = first; i < until; i += 1) {
      if (name[i] >= 0) continue
      if (classes[i] === 'subordinator' || lower[i] === 'as' || lower[i] === 'since') verb = true
      else if (verb && (classes[i] === 'verb' || classes[i] === 'auxiliary')) return true
    }
    return false
  }

  /** The date that says when: after the verb, else between subject and verb, else opening the sentence. */
  when(sentence: Sentence, group: VerbGroup, subject: Subject, end: number): DateExpression | null {
    const { dates } = this.reading
    const { lower, classes, date } = this.index
    const fits = (index: number): boolean => {
      const found = dates[index]
      return (
        (found.type === 'date' ||
          (found.type === 'time' && found.iso !== null && /^\d{4}-/.test(found.iso))) &&
        !BOUNDING.has(lower[found.first - 1] ?? '')
      )
    }
    // "its revenue for the first quarter on Tuesday": the day says when, the quarter belongs to the revenue.
    let after: DateExpression | null = null
    for (let i = group.verb + 1; i < end; i += 1) {
      if (date[i] < 0 || !fits(date[i])) continue
      const found = dates[date[i]]
      // "Was postponed from 29 May"
      if (lower[found.first - 1] === 'from' && this.reschedules(group.verb)) continue
      const belongs = /^(?:for|of|between)$/.test(lower[found.first - 1] ?? '')
      // "Its forecast for this year": the year is the forecast's.
      if (
        lower[found.first - 1] === 'for' &&
        /^(?:forecast|estimate|outlook|target|guidance|projection|budget)s?$/.test(
          lower[found.first - 2] ?? ''
        )
      )
        continue
      if (found.iso !== null && found.iso.length >= 10 && !belongs) return found
      if (!belongs || after === null) after = after !== null && !belongs ? after : found
    }
    if (after !== null) return after
    if (group.date >= 0 && fits(group.date)) return dates[group.date]
    // "In April, Ann Lee introduced": nothing but the adverbial stands before the subject.
    for (let i = subject.at - 1; i >= sentence.first && i > subject.at - 16; i -= 1) {
      if (date[i] >= 0) {
        const found = dates[date[i]]
        return fits(date[i]) && !this.isOfClause(sentence.first, found.first) ? found : null
      }
      if (
        classes[i] === 'verb' ||
        classes[i] === 'auxiliary' ||
        classes[i] === 'subordinator' ||
        classes[i] === 'relative' ||
        classes[i] === 'conjunction' ||
        classes[i] === 'pronoun'
      )
        return null
      if ((classes[i] === 'mark' && lower[i] !== ',') || lower[i] === 'that') return null
    }
    return null
  }

  where(sentence: Sentence, group: VerbGroup, subject: Subject, end: number): Participant | null {
    const { lower, entity, classes } = this.index
    const { entities } = this.reading
    const placeAt = (i: number): Participant | null => {
      if (!PLACE_PREPOSITIONS.has(lower[i])) return null
      let j = i + 1
      while (j < end && entity[j] < 0 && (classes[j] === 'determiner' || classes[j] === 'open') && j < i + 4)
        j += 1
      const index = entity[j] ?? -1
      if (index < 0 || classes[j + 1] === 'possessive') return null
      const { type, name } = entities[index]
      if (type !== 'place' && !(type === 'organization' && lower[i] === 'at' && SITES.test(name))) return null
      return { entity: entities[index].id, name: entities[index].name }
    }
    for (let i = group.verb + 1; i < end; i += 1) {
      const place = placeAt(i)
      if (place !== null) return place
    }
    for (let i = subject.phrase.head; i < subject.phrase.last; i += 1) {
      const place = placeAt(i)
      if (place !== null && subject.distance !== 'pronoun') return place
    }
    // "Skelby's only bridge was closed"
    const owner = entity[subject.phrase.first] ?? -1
    if (owner >= 0 && entities[owner].type === 'place' && group.passive) {
      let i = subject.phrase.first
      while (i < subject.phrase.head && entity[i] === owner) i += 1
      if (classes[i] === 'possessive') return { entity: entities[owner].id, name: entities[owner].name }
    }
    if (subject.distance !== 'direct') return null
    for (
      let i = sentence.first;
      i < subject.phrase.first && subject.phrase.first - sentence.first < 12;
      i += 1
    ) {
      if (classes[i] === 'verb' || classes[i] === 'auxiliary') return null
      const place = placeAt(i)
      if (place !== null) return place
    }
    return null
  }

  emit(
    sentence: Sentence,
    group: VerbGroup,
    subject: Subject,
    end: number,
    verb: EventVerb | null,
    object: NounPhrase | null,
    weak: boolean
  ): void {
    const { lower, classes, entity, quoted } = this.index
    const { tokens, entities } = this.reading
    const { phrase } = subject
    const date = this.when(sentence, group, subject, end)
    if (group.present && (date === null || verb === null)) return
    // "When he is sentenced on May 14"
    const set = group.passive && /^(?:is|are)$/.test(lower[group.first])
    const planned = group.planned || ((group.present || set) && this.isAhead(date))
    if (group.present && !planned) return
    const where = this.where(sentence, group, subject, end)
    if (group.would && (date === null || this.conditional)) return
    const placed = date !== null || planned || group.negated || where !== null
    if ((weak || (this.isBare(subject) && phrase.last - phrase.first === 1)) && !placed) return
    if (weak && planned && !group.negated && date === null && where === null) return
    if (weak && group.passive && VAGUE.has(verb?.base ?? '')) return
    const actors = this.participants(phrase)
    const eventNoun = EVENT_NOUNS.has(singular(lower[phrase.head]))
    let who: Participant[] = group.passive || eventNoun ? [] : actors
    let whom: Participant[] =
      group.passive && !eventNoun ? actors : object === null ? [] : this.participants(object)
    // "Voted 13-8"
    if (object !== null && classes[object.head] === 'number') whom = []
    if (group.passive) who = this.agent(group.verb + 1, end)
    else if (object === null && verb !== null) whom = this.companion(group.verb + 1, end)
    if (eventNoun && who.length === 0) who = this.namesIn(phrase)
    if (eventNoun && !group.passive && verb !== null && !verb.alone && object !== null) who = actors
    const rest = this.without(date, group.verb + 1, end)
    const base = verb?.base ?? ''
    const what =
      verb === null || (eventNoun && group.passive)
        ? this.plainText(phrase.first, phrase.last) +
          (verb === null || /^(?:hold|conduct|stage)$/.test(base) ? '' : ` ${lower[group.verb]}`)
        : group.passive
          ? `be ${lower[group.verb]} ${rest}`
          : object === null && (eventNoun || (rest === '' && !this.isActor(phrase)))
            ? `${this.plainText(phrase.first, phrase.last)} ${base} ${rest}`
            : `${base} ${rest}`
    const whatText = what.trim()
    if (weak && !planned && !group.passive && object === null) {
      // "recorded in April" may be a participle without a clause of its own; "al-Harthy confirmed" tells what others said.
      if (rest === '' || !this.isActor(phrase) || REPORTS.has(verb?.base ?? '')) return
    }
    if (whatText === '' || (rest === '' && date === null && verb !== null && !verb.alone && !group.passive))
      return
    // Evidence runs from the subject, or from the opening date, to the end of the clause.
    let first = subject.at
    if (subject.distance === 'shared' && group.first - subject.at > 40) first = group.first
    if (date !== null && date.first < first && date.first >= sentence.first) {
      first = date.first
      if (first > sentence.first && DATE_PREPOSITIONS.has(lower[first - 1])) first -= 1
    }
    const last = Math.max(end, group.verb + 1)
    if (quoted[first] || quoted[last - 1]) return
    const ids = new Set<string>()
    for (let i = Math.max(first, sentence.first); i < last; i += 1)
      if (entity[i] >= 0) ids.add(entities[entity[i]].id)
    for (let i = phrase.first; i < phrase.last; i += 1) if (entity[i] >= 0) ids.add(entities[entity[i]].id)
    const fields: EventFields = {
      kind: 'event',
      what: whatText,
      who,
      whom,
      where,
      when: date === null ? null : { iso: date.iso, text: date.text, span: [date.start, date.end] },
      planned,
      negated: group.negated || lower[phrase.first] === 'neither' || lower[phrase.first] === 'no'
    }
    const named = [...who, ...whom].some((participant) => participant.entity !== null)
    const vague = /^(?:its|his|her|their|this|these|those|that|another)$/.test(lower[phrase.first])
    const indefinite =
      classes[phrase.first] === 'determiner' && /^(?:a|an|some|another|any)$/.test(lower[phrase.first])
    // The first sentence tells the story, even of somebody without a name.
    const lead = this.at === 0 && GRAVE.has(base)
    if (indefinite && date === null && where === null && !named && ids.size === 0 && !lead) return
    let confidence = 0.45
    if (named) confidence += 0.2
    else if (ids.size > 0) confidence += 0.1
    if (date !== null) confidence += date.iso === null ? 0.05 : 0.15
    if (where !== null) confidence += 0.08
    if (object !== null || group.passive) confidence += 0.04
    if (subject.distance === 'shared') confidence -= 0.1
    if (subject.distance === 'pronoun') confidence -= 0.12
    if (vague) confidence -= 0.15
    if (weak) confidence -= 0.06
    if (fields.negated || planned) confidence += 0.04
    if (last - first > 30) confidence -= 0.08
    if (!named && date === null && where === null) confidence -= planned || group.negated ? 0.05 : 0.15
    if (GRAVE.has(base)) confidence += 0.1
    if (confidence < (weak || indefinite || this.isBare(subject) ? 0.4 : 0.33)) return
    const draft: Draft<EventFields> = {
      fields,
      start: tokens[first].start,
      end: tokens[last - 1].end,
      statement: this.statement(group, subject, end, date),
      confidence: Math.round(Math.min(0.95, confidence) * 100) / 100,
      entities: [...ids]
    }
    this.add(draft, base)
  }

  /** The names inside a phrase: "talks between Peru and Chile". */
  namesIn(phrase: NounPhrase): Participant[] {
    const { entity, lower } = this.index
    const { entities } = this.reading
    const found = new Map<string, Participant>()
    for (let i = phrase.first; i < phrase.last; i += 1) {
      if (entity[i] < 0 || PLACE_PREPOSITIONS.has(lower[i - 1] ?? '')) continue
      const { id, name } = entities[entity[i]]
      found.set(id, { entity: id, name })
    }
    return [...found.values()]
  }

  /** "by |the army|" after a passive. */
  agent(from: number, end: number): Participant[] {
    for (let i = from; i < end; i += 1) {
      if (this.index.lower[i] !== 'by' || this.index.date[i + 1] >= 0) continue
      const phrase = this.object(i + 1, end)
      return phrase === null || this.index.lower[phrase.head].endsWith('ing') ? [] : this.participants(phrase)
    }
    return []
  }

  /** "with |Ann Lee|" after a verb without an object. */
  companion(from: number, end: number): Participant[] {
    const { lower, entity } = this.index
    for (let i = from; i < end && i < from + 6; i += 1) {
      if (lower[i] !== 'with' && lower[i] !== 'against') continue
      const phrase = this.object(i + 1, end)
      if (phrase === null) return []
      return this.participants(phrase).filter(
        () => entity[phrase.head] >= 0 || this.mayAct({ phrase, at: phrase.first, distance: 'direct' })
      )
    }
    return []
  }

  dateAt(i: number): boolean {
    return (this.index.date[i] ?? -1) >= 0
  }

  /** Whether "if" or "unless" stands in the sentence that is being read. */
  conditional = false

  isAhead(date: DateExpression | null): boolean {
    const { published } = this.reading
    // "This summer" has begun: seasons say nothing of what lies ahead.
    if (date === null || date.iso === null || published === null || /-[A-Z]{2}$/.test(date.iso)) return false
    return date.iso.slice(0, published.length) >= published.slice(0, date.iso.length)
  }

  /** The words of `[first, last)` without the date and the preposition before it. */
  without(date: DateExpression | null, first: number, last: number): string {
    const { lower, classes } = this.index
    if (date === null || date.first < first || date.first >= last || classes[date.last] === 'possessive')
      return this.text(first, last)
    let from = date.first
    while (from > first && (DATE_PREPOSITIONS.has(lower[from - 1]) || lower[from - 1] === 'for')) from -= 1
    return `${this.text(first, from)} ${this.text(date.last, last)}`.trim()
  }

  statement(group: VerbGroup, subject: Subject, end: number, date: DateExpression | null): string {
    const { entity, classes } = this.index
    const { entities } = this.reading
    const { phrase } = subject
    const index = entity[phrase.head]
    const mention = index >= 0 ? entities[index] : undefined
    const alone =
      mention !== undefined &&
      this.reading.names.some((name) => name.first === phrase.first && name.last === phrase.last)
    const actor = alone && mention.type === 'person' ? mention.name : this.text(phrase.first, phrase.last)
    const verbLast = group.verb + 1
    const opening = `${group.shared ? 'will ' : ''}${this.text(group.first, verbLast)}`
    const rest = this.without(date, verbLast, end)
    const inWords = date?.iso === undefined || date.iso === null ? null : dateInWords(date.iso)
    const kept = date !== null && classes[date.last] === 'possessive' && date.first >= verbLast
    let when = ''
    if (date !== null && inWords !== null) when = kept ? '' : ` ${inWords}`
    else if (date !== null && !kept) {
      // A date that has no calendar words ("last week") stays as the text has it.
      const before = this.index.lower[date.first - 1] ?? ''
      when = ` ${DATE_PREPOSITIONS.has(before) && date.first > 0 ? `${before} ` : ''}${date.text}`
    }
    const sentence = `${actor} ${opening} ${rest}`.trim() + when
    return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
  }

  /** Keeps one of several tellings of the same thing (headline and lead): the surest. */
  add(draft: Draft<EventFields>, base: string): void {
    const ids = new Set(
      [...draft.fields.who, ...draft.fields.whom].map((participant) => participant.entity ?? participant.name)
    )
    const key = `${base} ${draft.fields.negated}`
    for (const [i, known] of this.drafts.entries()) {
      if (this.bases[i] !== key) continue
      const others = [...known.fields.who, ...known.fields.whom]
      const shares = others.some((participant) => ids.has(participant.entity ?? participant.name))
      const one = known.fields.when?.iso ?? null
      const two = draft.fields.when?.iso ?? null
      const sameTime = one === null || two === null || one.startsWith(two) || two.startsWith(one)
      if (!shares || !sameTime || !overlaps(known.fields.what, draft.fields.what)) continue
      if (draft.confidence > known.confidence) this.drafts[i] = draft
      return
    }
    this.drafts.push(draft)
    this.bases.push(key)
  }

  readonly bases: string[] = []
}

/** Half of the shorter text's words stand in the longer one. */
function overlaps(one: string, two: string): boolean {
  const first = new Set(one.toLowerCase().split(' '))
  const second = two.toLowerCase().split(' ')
  const shared = second.filter((word) => first.has(word)).length
  return shared * 2 >= Math.min(first.size, second.length)
}

/**
 * What happened, is planned or did not happen, according to the article: a closed list of news verbs with the subject,
 * object, place and time of their clause. Words in quotation marks, questions, conditions and possibilities are left
 * out, and so are clauses whose subject is a pronoun without one certain person. `what` is a phrase with the verb in
 * its base form; the statement keeps the clause's own words with the subject named and the date resolved. A thing told
 * twice is one draft.
 */
export function readEvents(reading: Reading): Draft<EventFields>[] {
  const reader = new EventReader(reading)
  for (const [at, sentence] of reading.sentences.entries()) {
    reader.at = at
    reader.readSentence(sentence)
  }
  return reader.drafts
}
