import type { UnidentifiedFact } from '../schema/fact.ts'
import { basisOf } from './figure-sentence.ts'
import { nameWords } from './who.ts'
import { words } from './words.ts'

const plain = (text: string | null | undefined): string => words(text ?? '').join(' ')
const named = (one: { entity: string | null; name: string } | null): string =>
  one === null ? '' : (one.entity ?? nameWords(one.name).join(' '))

/** A quote of fewer words is said again on another day. */
const LASTING = 8

/**
 * What a fact is the same fact by, as one article words it: readings with equal keys are one fact. Its hash is the
 * fact's id, so a change here changes ids and needs a migration.
 *
 * Marks, case, spelling and number words make no other key. A figure's key holds its basis and period: a fall on the
 * month and a fall on the year are two facts. What the words alone do not date is dated by the day of publication,
 * since "twelve people were hurt" and "no comment" are other facts in other weeks; and a counted noun alone is told
 * apart by the words around it.
 *
 * A fact that names nobody and nothing ("the mayor said …", "it raised its fee by 5 percent") is of its article alone:
 * two towns say the same of themselves, in the same words. Articles on one story are brought together by `same`.
 *
 * @param published ISO 8601 day or moment the article was published, null where it does not say
 * @param article id of the article
 */
export function factKey(fact: UnidentifiedFact, published: string | null = null, article = ''): string {
  const key = wordedKey(fact, published)
  return fact.entities.length === 0 ? `${key}|${article}` : key
}

function wordedKey(fact: UnidentifiedFact, published: string | null): string {
  const day = published?.slice(0, 10) ?? ''
  switch (fact.kind) {
    case 'quote':
    case 'claim': {
      const content = words(fact.content)
      const dated = content.length >= LASTING && fact.kind === 'quote'
      const speaker = fact.speaker === null ? '' : named(fact.speaker)
      return [fact.kind, speaker, content.join(' '), dated ? '' : (fact.said_on ?? day)].join('|')
    }
    case 'figure': {
      const measure = plain(fact.measure)
      return [
        'figure',
        measure,
        fact.value,
        fact.value_high ?? '',
        fact.unit ?? '',
        fact.bound,
        fact.change ?? '',
        basisOf(fact) ?? '',
        fact.period ?? day,
        fact.about
          .map(({ id }) => id)
          .toSorted()
          .join('+'),
        measure === '' || measure === plain(fact.unit) ? plain(fact.statement) : ''
      ].join('|')
    }
    case 'event':
      return [
        'event',
        fact.who.map(named).toSorted().join('+'),
        plain(fact.what),
        fact.whom.map(named).toSorted().join('+'),
        named(fact.where),
        fact.when?.iso ?? day,
        fact.planned ? 'planned' : '',
        fact.negated ? 'not' : ''
      ].join('|')
    case 'role':
      return [
        'role',
        named(fact.person),
        plain(fact.role),
        named(fact.organization),
        fact.former ? 'former' : ''
      ].join('|')
  }
}
