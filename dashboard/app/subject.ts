import type { Article } from '../../worker/schema/article.ts'
import type { Entity } from '../../worker/schema/answer.ts'
import { type Address, hrefOf, KINDS, STATUS_WORDS } from './address.ts'
import { findArticle, findEntity, findTopic, isAborted } from './api.ts'

/** What a list is about: its heading, a line on the subject, and the filters that can be taken off. */
export interface Subject {
  readonly title: string
  readonly about: string | null
  readonly filters: readonly { readonly name: string; readonly without: string }[]
}

/** The list itself tells when the service is down; here a subject without its name is called by its slug. */
const orNull = (error: unknown): null => {
  if (isAborted(error)) throw error
  return null
}

const personal = ({ type, roles, facts, aliases }: Entity): string => {
  const offices = new Set(roles.flatMap((role) => (role.former ? [] : [role.role])))
  return [
    type,
    ...offices,
    facts === 1 ? 'named in one fact' : `named in ${facts} facts`,
    aliases.length === 0 ? null : `also ${aliases.join(', ')}`
  ]
    .filter((words) => words !== null)
    .join(' · ')
}

const bibliographic = ({ publisher, words, facts }: Article): string =>
  [publisher, `${words.toLocaleString('en')} words`, facts === 1 ? 'one fact' : `${facts} facts`]
    .filter((part) => part !== null)
    .join(' · ')

/** Looks up the names behind the filters of an address. */
export async function subjectOf(address: Address, signal: AbortSignal): Promise<Subject> {
  const [entity, article, topic] = await Promise.all([
    address.entity === null ? null : findEntity(address.entity, signal).catch(orNull),
    address.article === null ? null : findArticle(address.article, signal).catch(orNull),
    address.topic === null ? null : findTopic(address.topic, signal).catch(orNull)
  ])
  const entityName = address.entity === null ? null : (entity?.name ?? address.entity)
  const articleName = address.article === null ? null : `“${article?.title ?? 'an article without a title'}”`
  const places = [
    entityName === null ? null : `that name ${entityName}`,
    articleName === null ? null : `in ${articleName}`,
    address.publisher === null ? null : `in ${address.publisher}`,
    address.topic === null ? null : `on ${topic?.hashtag ?? `#${address.topic}`}`,
    address.q === null ? null : `for “${address.q}”`
  ].filter((place) => place !== null)
  const noun = address.kind === null ? 'facts' : KINDS[address.kind].many.toLowerCase()
  const without = (filter: 'entity' | 'article' | 'publisher' | 'topic' | 'status' | 'q') =>
    hrefOf({ ...address, [filter]: null, fact: null })
  return {
    title:
      places.length === 0
        ? `Latest ${noun}`
        : [noun.charAt(0).toUpperCase() + noun.slice(1), ...places].join(' '),
    about: entity !== null ? personal(entity) : article !== null ? bibliographic(article) : null,
    filters: [
      ...(entityName === null ? [] : [{ name: entityName, without: without('entity') }]),
      ...(articleName === null ? [] : [{ name: 'This article', without: without('article') }]),
      ...(address.publisher === null ? [] : [{ name: address.publisher, without: without('publisher') }]),
      ...(address.topic === null
        ? []
        : [{ name: topic?.hashtag ?? `#${address.topic}`, without: without('topic') }]),
      ...(address.status === null
        ? []
        : [{ name: STATUS_WORDS[address.status], without: without('status') }]),
      ...(address.q === null ? [] : [{ name: `“${address.q}”`, without: without('q') }])
    ]
  }
}
