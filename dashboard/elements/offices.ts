import type { Tenure } from '../../worker/schema/tenure.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { element } from './element.ts'
import { name } from './particulars.ts'
import { time } from './time.ts'

function office(
  { person, role, organization, former, former_since, first_seen, last_seen, facts }: Tenure,
  subject: string
): HTMLElement {
  const [fact] = facts
  // Of a person's offices the person is known; of an organisation's the holder is what is asked.
  const others = [person, organization]
    .filter((each) => each !== null)
    .filter(({ entity }) => entity !== subject)
  const words = [...others.filter((each) => each === person).map(({ name }) => `${name}:`), role]
  const state = !former
    ? ['held']
    : former_since === null
      ? ['former']
      : ['former since ', time(former_since)]
  // Days of articles, not of oaths.
  const seen =
    first_seen === last_seen
      ? ['told ', time(first_seen)]
      : ['told from ', time(first_seen), ' to ', time(last_seen)]
  return element(
    'li',
    {},
    fact === undefined
      ? words.join(' ')
      : element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact }) }, words.join(' ')),
    element(
      'span',
      { class: 'line' },
      ...others.map((each) => element('span', {}, name(each))),
      element('span', {}, ...state),
      element('span', {}, ...seen)
    )
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
