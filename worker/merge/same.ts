import { eventClash, eventKeys, eventLikeness, eventsApart, type EventReading } from './event.ts'
import type { Reading } from './fact.ts'
import { figureClash, figureKeys, figureLikeness, clashAtSight, type FigureReading } from './figure.ts'
import { factKey } from './fact-key.ts'
import { once } from './once.ts'
import { roleClash, roleKeys, roleLikeness, rolesApart, type RoleReading } from './role.ts'
import { overlap } from './signature.ts'
import {
  haveOneSpeaker,
  saysOfWhatever,
  speechApart,
  speechClash,
  speechKeys,
  speechLikeness,
  type SpeechReading
} from './speech.ts'
import { contentWords, spaced } from './words.ts'

/*
 * Whether two articles assert one fact. Every relation is symmetrical, deterministic, and sees the two readings alone.
 */

export const isSpeech = (one: Reading): one is SpeechReading =>
  one.draft.kind === 'quote' || one.draft.kind === 'claim'
const isFigure = (one: Reading): one is FigureReading => one.draft.kind === 'figure'
const isEvent = (one: Reading): one is EventReading => one.draft.kind === 'event'
const isRole = (one: Reading): one is RoleReading => one.draft.kind === 'role'

/** The likeness of two readings whose ids are the same: they are one fact, whatever else. */
const CERTAIN = Infinity

/** How sure it is that two readings are one fact: 0 where they are not, and more where they are more alike. */
export function likeness(a: Reading, b: Reading): number {
  if (a.draft.kind !== b.draft.kind) return 0
  if (sameKey(a, b)) return CERTAIN
  if (!related(a, b)) return 0
  if (isSpeech(a) && isSpeech(b)) return speechLikeness(a, b)
  if (isFigure(a) && isFigure(b)) return figureLikeness(a, b)
  if (isEvent(a) && isEvent(b)) return eventLikeness(a, b)
  if (isRole(a) && isRole(b)) return roleLikeness(a, b)
  return 0
}

/** Share of one text in another from which one is a copy, whatever they name. */
const COPIED = 0.6

/**
 * Whether two readings may speak of one world. Where one of them names nobody, words alone do not say so: councils of
 * two towns raise fees by 5 percent in the same month. Articles on topics that have nothing in common are then on two
 * stories, unless one is a copy of the other.
 */
function related(a: Reading, b: Reading): boolean {
  if (isSpeech(a) && isSpeech(b) && (saysOfWhatever(a) || saysOfWhatever(b)))
    return haveOneSpeaker(a, b) || (a.article.id !== b.article.id && isCopy(a, b))
  if (a.article.id === b.article.id) return true
  if ((isInSomeTown(a) || isInSomeTown(b)) && !haveMoreInCommon(a, b)) return isCopy(a, b)
  if (a.draft.entities.length > 0 && b.draft.entities.length > 0) return true
  const topics = new Set(a.draft.topics.map(fold))
  if (
    topics.size === 0 ||
    b.draft.topics.length === 0 ||
    b.draft.topics.some((topic) => topics.has(fold(topic)))
  )
    return true
  return isCopy(a, b)
}

const isCopy = (a: Reading, b: Reading): boolean =>
  a.textHash === b.textHash ||
  (a.source !== undefined &&
    b.source !== undefined &&
    overlap(a.source.signature, b.source.signature) >= COPIED)

const fold = (topic: string): string => topic.toLowerCase()

/** A town that the article named before. */
const SOME_TOWN =
  /(?<!\p{L})(?:the|this|that|our|their) (?:\p{Ll}+ ){0,2}(?:city|town|village|county|district|borough|municipality|suburb|parish|neighbou?rhood)(?!\p{L})/iu

/** Whether what happened, or was counted, is told of `the city`, which can be any. */
const isInSomeTown = once(({ draft }: Reading): boolean => {
  if (draft.kind !== 'event' && draft.kind !== 'figure') return false
  const named =
    draft.entities.some(({ type }) => type === 'place') ||
    (draft.kind === 'event' && draft.where !== null && draft.where.entity !== null)
  return !named && SOME_TOWN.test(`${draft.statement} ${draft.evidence.exact}`)
})

/**
 * Whether two articles name one thing beside what happened: fires kill four in two cities on one day, and both articles are
 * on a fire.
 */
function haveMoreInCommon(a: Reading, b: Reading): boolean {
  if (a.draft.entities.some(({ id }) => b.draft.entities.some((one) => one.id === id))) return true
  const told = new Set([a, b].filter(isInSomeTown).flatMap(({ draft }) => contentWords(draft.statement)))
  const topics = new Set(a.draft.topics.map(fold))
  return b.draft.topics.some(
    (topic) => topics.has(fold(topic)) && contentWords(spaced(topic)).some((word) => !told.has(word))
  )
}

/**
 * Whether two readings, of other keys, cannot be one fact at a glance: without a look at the words around a figure, or at
 * more than what was said, the deed of an event and the name of who holds an office.
 */
export function apartAtSight(a: Reading, b: Reading): boolean {
  if (isFigure(a)) return !isFigure(b) || clashAtSight(a, b)
  if (isSpeech(a)) return !isSpeech(b) || speechApart(a, b)
  if (isEvent(a)) return !isEvent(b) || eventsApart(a, b)
  return !isRole(a) || !isRole(b) || rolesApart(a, b)
}

/** Whether two readings are one fact. */
export const same = (a: Reading, b: Reading): boolean => likeness(a, b) > 0

/** Whether two readings cannot be one fact, though a third may be like both. */
export function clash(a: Reading, b: Reading): boolean {
  if (sameKey(a, b)) return false
  if (isSpeech(a) && isSpeech(b)) return speechClash(a, b)
  if (isFigure(a) && isFigure(b)) return figureClash(a, b)
  if (isEvent(a) && isEvent(b)) return eventClash(a, b)
  if (isRole(a) && isRole(b)) return roleClash(a, b)
  return true
}

const sameKey = (a: Reading, b: Reading): boolean => keyOf(a) === keyOf(b)

/** A reading's key; normalising words is most of the work of a comparison, and a reading is compared with many. */
export const keyOf = once(({ draft, article }: Reading): string =>
  factKey(draft, article.published_at, article.id)
)

/** Rows that a reading costs in the index of candidates, at most. */
export const MAX_KEYS = 8

/**
 * What a reading is found by: readings that may be one fact, or that contradict each other, have a key in common. Keys
 * are made of the rarest words at hand (long words are rare ones) in twos and threes, so that a key has few readings
 * however many facts there are; those that rest on the time of publication hold a fortnight.
 *
 * @returns one to eight different keys
 */
export const candidateKeys = once((reading: Reading): readonly string[] => {
  if (isSpeech(reading)) return unique(speechKeys(reading))
  const equal = `=${keyOf(reading)}`
  if (isFigure(reading)) return unique([equal, ...figureKeys(reading)])
  if (isEvent(reading)) return unique([equal, ...eventKeys(reading)])
  if (isRole(reading)) return unique([equal, ...roleKeys(reading)])
  return []
})

const unique = (keys: readonly string[]): string[] => [...new Set(keys)]
