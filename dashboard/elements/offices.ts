import type { Tenure } from '../../worker/schema/tenure.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { element } from './element.ts'
import { name } from './particulars.ts'
import { time } from './time.ts'

/** From when to when articles tell of it: a day is that of an article, not of an oath. */
function span({ first_seen, last_seen, former, former_since }: Tenure): HTMLElement {
  const seen =
    first_seen === last_seen
      ? ['told ', time(first_seen)]
      : ['told from ', time(first_seen), ' to ', time(last_seen)]
  const state = !former
    ? ['held']
    : former_since === null
      ? ['former']
      : ['former since ', time(former_since)]
  return element('span', { class: 'line' }, element('span', {}, ...state), element('span', {}, ...seen))
}

function office(tenure: Tenure, subject: string): HTMLElement {
  const { person, role, organization, facts } = tenure
  const [fact] = facts
  const words = organization === null ? [role] : [role, ', ', name(organization)]
  return element(
    'li',
    {},
    // Of a person's offices the person is known; of an organisation's the holder is what is asked.
    ...(person.entity === subject ? [] : [name(person), ': ']),
    ...words,
    span(tenure),
    fact === undefined
      ? null
      : element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact }), class: 'line' }, 'The words it rests on')
  )
}

/** The offices of a person, or of an organisation's people, as articles tell of them; null where none are told. */
export const offices = (roles: readonly Tenure[], subject: string): HTMLElement | null =>
  roles.length === 0
    ? null
    : element(
        'section',
        { class: 'brief' },
        element('h3', {}, 'Offices'),
        element('ul', {}, ...roles.map((tenure) => office(tenure, subject)))
      )
