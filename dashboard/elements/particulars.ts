import type { Fact } from '../../worker/schema/fact.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { periodInWords } from '../../worker/views/words/dates.ts'
import { type Child, element } from './element.ts'

type Row = readonly [label: string, words: Child | readonly Child[]]

/** A name, with a link to all that is known of it where it is an entity. */
export const name = ({ entity, name }: { readonly entity: string | null; readonly name: string }): Child =>
  entity === null ? name : element('a', { href: hrefOf({ ...NOTHING_CHOSEN, entity }) }, name)

const joined = (names: readonly { readonly entity: string | null; readonly name: string }[]): Child[] =>
  names.flatMap((each, index) => (index === 0 ? [name(each)] : [', ', name(each)]))

function rowsOf(fact: Fact): Row[] {
  switch (fact.kind) {
    case 'quote':
    case 'claim':
      return [
        [
          'Speaker',
          fact.speaker === null
            ? `not named${fact.speaker_unknown === undefined ? '' : `: ${fact.speaker_unknown}`}`
            : name(fact.speaker)
        ],
        ['Told through', fact.channel],
        ['Said on', fact.said_on === null ? null : periodInWords(fact.said_on)]
      ]
    case 'figure':
      return [['About', joined(fact.about.map(({ id, name }) => ({ entity: id, name })))]]
    case 'event':
      return [
        ['What', fact.what],
        ['Who', joined(fact.who)],
        ['Whom', joined(fact.whom)],
        ['Where', fact.where === null ? null : name(fact.where)],
        [
          'When',
          fact.when === null
            ? null
            : fact.when.iso === null
              ? `“${fact.when.text}” (no date known)`
              : periodInWords(fact.when.iso)
        ],
        ['State', fact.negated ? 'did not happen' : fact.planned ? 'planned when it was reported' : null]
      ]
    case 'role':
      return [
        ['Person', name(fact.person)],
        ['Role', fact.former ? `${fact.role} (former)` : fact.role],
        ['Organization', fact.organization === null ? null : name(fact.organization)]
      ]
  }
}

/** What a fact of its kind says, field by field. Fields that the article leaves open are left out. */
export function particulars(fact: Fact): HTMLElement | null {
  const rows = rowsOf(fact).flatMap(([label, words]) => {
    const parts = (Array.isArray(words) ? words : [words]).filter((part: Child) => part !== null)
    return parts.length === 0
      ? []
      : [element('div', {}, element('dt', {}, label), element('dd', {}, ...parts))]
  })
  return rows.length === 0 ? null : element('dl', { class: 'particulars' }, ...rows)
}
