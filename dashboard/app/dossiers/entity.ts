import type { Fact } from '../../../worker/schema/fact.ts'
import { brief } from '../../elements/brief.ts'
import { dossier, FEW } from '../../elements/dossier.ts'
import { offices } from '../../elements/offices.ts'
import { hrefOf, NOTHING_CHOSEN } from '../address.ts'
import { findEntity, someFacts } from '../api.ts'

/** Did the entity say it itself? Other quotes only name it. */
const isSaidBy = (fact: Fact, id: string): boolean =>
  fact.kind === 'quote' && fact.speaker !== null && fact.speaker.entity === id

/** A person, organisation or place: offices over time, its own words, figures that it stands in. */
export async function entity(asked: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const { id, name, roles } = await findEntity(asked, signal)
  const [quotes, figures] = await Promise.all([
    someFacts({ entity: id, kind: 'quote' }, 50, signal),
    someFacts({ entity: id, kind: 'figure' }, FEW, signal)
  ])
  const own = quotes.data.filter((fact) => isSaidBy(fact, id))
  return dossier(
    name,
    offices(roles, id),
    brief('What they said', own.slice(0, FEW), {
      more: { href: hrefOf({ ...NOTHING_CHOSEN, entity: id, kind: 'quote' }), words: 'All quotes' }
    }),
    brief('In figures', figures.data, {
      more: { href: hrefOf({ ...NOTHING_CHOSEN, entity: id, kind: 'figure' }), words: 'All figures' }
    })
  )
}
