import type { Entity } from '../../worker/schema/answer.ts'
import { brief } from './brief.ts'
import { element } from './element.ts'
import { time } from './time.ts'

/** The offices of a person, or of an organisation's people, as articles tell of them. */
export const offices = (roles: Entity['roles']): HTMLElement | null =>
  brief('Offices', roles, {
    note: (fact) => {
      const first = fact.mentions[0]?.article.published_at
      return element(
        'span',
        {},
        fact.kind === 'role' && fact.former ? 'former' : 'held',
        ...(first == null ? [] : [', told ', time(first)])
      )
    }
  })
