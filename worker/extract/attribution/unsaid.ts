import { indexTokens } from '../text/phrases.ts'
import type { Reading } from '../reading.ts'
import { HEADS } from '../roles/words.ts'
import { sentenceAt } from './channels.ts'
import type { Attribution } from './attribution.ts'

/*
 * Speech that the article only imagines, asks for, denies or lays on somebody: "could say", "refused to say", "if he
 * says", "was told". It makes no claim of the one it seems to come from.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))

const NEGATIONS = words(
  "not never n't didn't doesn't don't hasn't haven't hadn't won't wouldn't cannot can't couldn't without isn't wasn't aren't weren't"
)
/** What somebody could say was not said. */
const POSSIBLE = words("could might may should must can shall ought 'd")
/** Before "to say": it was not said, or not yet. */
const UNDONE = words(
  `refused refuses refusing declined declines declining failed fails failing want wants wanted wanting expected expects likely unlikely planned plans
  planning due set unable able reluctant needs need needed hoped hopes wished afraid supposed ready preparing prepared
  scheduled asked invited urged required tempted going`
)
const CONDITIONS = words('if unless whether lest')
/** In the passive, the one before them hears and the one after "by" speaks. */
const HEARING = words(
  `told asked warned accused criticised criticized urged blamed ordered reminded informed advised questioned charged called
  described assured notified quoted cited praised condemned accused instructed`
)
const BE = words('is are was were be been being am')
/** "was said to be", "is believed to have". */
const REPUTED = words(
  'said believed thought alleged understood known rumoured rumored reported considered expected'
)
/** They tell of what things show as well as of what papers say. */
const SHOWING =
  /^(?:show(?:s|ed|n|ing)?|suggest(?:s|ed|ing)?|reveal(?:s|ed|ing)?|indicat(?:es?|ed|ing)|mean(?:s|t)?|demonstrat(?:es?|ed|ing)|signal(?:s|led|ed|ing|ling)?|prov(?:es?|ed|ing)|reflect(?:s|ed|ing)?)$/
/** Verbs by which only things show; of a person they are no speech. */
const SHOWING_ALONE = /^(?:show|mean|demonstrat|signal|prov|reflect)/
/** Papers, counts and studies, which speak. */
const PAPERS = words(
  `study studies survey surveys poll polls polling report reports data figures statistics research findings finding results document documents record records
  email emails e-mail e-mails message messages letter letters review analysis analyses index numbers accounts filing filings minutes census
  transcript transcripts video videos footage images tests test memo memos indictment complaint audit estimates estimate
  paper papers article articles book investigation inquiry assessment forecast forecasts projections calculations
  evidence log logs trial trials model models papers researchers scientists authors economists analysts experts
  officials investigators prosecutors police researchers lawyers testimony statement statements returns count tally
  spreadsheet invoices receipts diary chart charts map maps file files database release readings measurements questionnaire`
)
const SOMEBODY = words(
  'he she who they we i member members team camp staff aides allies advisers advisors office company group party board committee court department ministry agency association union administration government campaign critics people many some others'
)
const NOBODY = words('nobody none neither no you')

const DETERMINERS = words(
  'a an the this that these those its his her their our my your first second third last next another'
)

/** Verbs of saying that are nouns in the same form: "rejected calls", "amid reports". */
const NOUN_FORMS =
  /^(?:(?:claim|call|report|demand|charge|pledge|promise|request|plea|threat|estimate|forecast|comment|complaint|warning|suggestion|allegation|accusation|assertion|prediction)s?|vows?)$/
/** Words before such a noun that describe it: "rejected new calls". */
const NOUN_QUALITIES = 2

/** How many helping words may stand between the one who speaks and the verb. */
const HELPERS = 6

/** Whether the words do not tell that somebody said this. */
export function isUnsaid(reading: Reading, attribution: Attribution): boolean {
  const { cue, source } = attribution
  const { lower, classes, quoted } = indexTokens(reading)
  const sentence = sentenceAt(reading, cue.first)
  if (sentence === undefined) return false
  const verb = lower[cue.first]
  if (isQuality(lower, cue.first) || isObject(reading, attribution, sentence.first)) return true
  if (source === null) {
    // What a clause hangs on: "…, suggesting that".
    if (SHOWING.test(verb)) return true
  } else if (NOBODY.has(lower[source.first]) || isQuestioned(reading, source.first)) return true
  else if (CONDITIONS.has(lower[source.first - 1] ?? '') && source.first > sentence.first) return true
  else if (CONDITIONS.has(lower[source.first])) return true
  if (
    classes[sentence.first] === 'auxiliary' &&
    lower[sentence.last - 1] === '?' &&
    verb !== 'asked' &&
    verb !== 'asks' &&
    quoted[cue.first] === 0
  )
    return true
  if (SHOWING.test(verb) && source !== null && !mayShow(reading, attribution)) return true
  for (let i = cue.first - 1; i >= sentence.first && i >= cue.first - HELPERS; i -= 1) {
    const word = lower[i]
    if (source !== null && i < source.last && i >= source.first) break
    if (NEGATIONS.has(word)) return true
    if (POSSIBLE.has(word)) return true
    if (word === 'to') {
      // "had nothing to say" and "asked her to say" are far from the verb; only the word before "to" counts.
      // "Voters were more likely to say" tells what they say.
      return UNDONE.has(lower[i - 1] ?? '') && !/^(?:more|less)$/.test(lower[i - 2] ?? '')
    }
    if (BE.has(word) && isHeard(attribution, verb, lower)) return true
    if (classes[i] !== 'adverb' && classes[i] !== 'auxiliary') break
  }
  return false
}

/** "Who told you that": a question after the one who speaks. "Ann Lee, who said" has her name before it. */
function isQuestioned(reading: Reading, i: number): boolean {
  const { lower, classes } = indexTokens(reading)
  return lower[i] === 'who' && (classes[i - 1] ?? 'mark') === 'mark' && lower[i - 1] !== ','
}

/** "Their first publicly announced talks", "a newly reported case": what follows is described so, and nobody says it. */
const isQuality = (lower: readonly string[], verb: number): boolean =>
  /ed$/.test(lower[verb]) && /ly$/.test(lower[verb - 1] ?? '') && DETERMINERS.has(lower[verb - 2] ?? '')

/**
 * "The minister rejected claims that": the word is what the verb or preposition before it is about, and whoever stands
 * before them does not say it. With the one who does behind it ("claims by Ann Lee that"), it is a cue.
 */
function isObject(reading: Reading, { source, cue }: Attribution, from: number): boolean {
  const { lower, classes, name } = indexTokens(reading)
  if (!NOUN_FORMS.test(lower[cue.first]) || (source !== null && source.first >= cue.last)) return false
  let i = cue.first - 1
  if (i >= from && classes[i] === 'preposition') return source === null || source.last <= i
  // "Those interviewed claim that": a participle that the source ends with is the speaker's.
  const least = Math.max(from, source === null || source.last - source.first === 1 ? from : source.last)
  for (let k = 0; k < NOUN_QUALITIES && i > least && classes[i] === 'open' && name[i] < 0; k++) i--
  return (
    i > from &&
    i >= least &&
    classes[i] === 'verb' &&
    !NOUN_FORMS.test(lower[i]) &&
    classes[i - 1] !== 'determiner'
  )
}

/** "Ann Lee was told that": she heard it. With "by" the one after it speaks, where the words follow the verb. */
function isHeard({ source, cue, content }: Attribution, verb: string, lower: readonly string[]): boolean {
  if (REPUTED.has(verb) && lower[cue.last] === 'to') return true
  if (!HEARING.has(verb)) return false
  // "She was asked whether": a question, of nobody that the sentence names.
  if (source === null) return verb !== 'asked'
  const agent = source.first >= cue.last && lower[source.first - 1] === 'by'
  return !agent || content[0].first < cue.first
}

/** Whether the source of a verb of showing is a paper, or of a verb of suggesting somebody. */
function mayShow(reading: Reading, { source, cue }: Attribution): boolean {
  const { lower, entity, name, classes } = indexTokens(reading)
  if (source === null) return false
  const alone = SHOWING_ALONE.test(lower[cue.first])
  for (let i = source.first; i < source.last; i += 1) {
    if (PAPERS.has(lower[i])) return true
    if (classes[i] === 'preposition' && i > source.first) break
    if (alone || classes[i + 1] === 'possessive') continue
    if (entity[i] >= 0 || name[i] >= 0 || SOMEBODY.has(lower[i]) || HEADS.has(lower[i])) return true
    if (lower[i].endsWith('s') && HEADS.has(lower[i].slice(0, -1))) return true
  }
  return false
}

const CUT_AFTER = words('the a an its their our your my his and or but nor who which whose whom')
/** Verbs after which a clause stands, and no thing alone. */
const BEFORE_CLAUSES =
  /^(?:sa(?:id|ys?|ying)|t(?:old|ells?)|argu(?:es?|ed|ing)|insist(?:s|ed|ing)?|not(?:es?|ed|ing)|maintain(?:s|ed|ing)?|contend(?:s|ed|ing)?)$/
/** "Said little", "said the opposite", "told a different story": things that are said. */
const SAYINGS = words(
  'same opposite contrary little much nothing something more less lot truth story stories tale thing things word words yes no so lie lies joke goodbye hello thanks sorry'
)
/** Words up to which a run without a verb is a thing and no clause with a verb that is not known. */
const LONGEST_THING = 5

/** Whether the content is no sentence: cut off before its end, or a thing where a clause should stand. */
export function isCut(reading: Reading, { cue, content }: Attribution): boolean {
  const { lower, classes, quoted } = indexTokens(reading)
  const run = content[content.length - 1]
  let last = run.last - 1
  while (last > run.first && classes[last] === 'mark') last--
  if (CUT_AFTER.has(lower[last])) return true
  if (!BEFORE_CLAUSES.test(lower[cue.first]) || SAYINGS.has(lower[cue.last] ?? '')) return false
  let size = 0
  for (const { first, last: end } of content)
    for (let i = first; i < end; i++) {
      const wordClass = classes[i]
      if (wordClass === 'mark') continue
      size++
      if (size > LONGEST_THING || quoted[i] === 1 || SAYINGS.has(lower[i])) return false
      if (wordClass === 'verb' || wordClass === 'auxiliary' || wordClass === 'possessive') return false
      // "Prices soar": behind its subject any word may be a verb.
      if (wordClass === 'pronoun' || wordClass === 'to') return false
      if (wordClass === 'open' && i > first && classes[i - 1] === 'open')
        if (/[^s]s$/.test(lower[i]) || /[^s]s$/.test(lower[i - 1])) return false
    }
  return true
}
