import type { Related } from '../../../worker/schema/answer.ts'
import { dossier, FEW } from '../../elements/dossier.ts'
import { element } from '../../elements/element.ts'
import { embedding } from '../../elements/embedding.ts'
import { time } from '../../elements/time.ts'
import { hrefOf, NOTHING_CHOSEN } from '../address.ts'
import { apiHref, relatedTo } from '../api.ts'

type Neighbour = Related['data'][number]

/** Why an article is near another: what both tell, else whom both name. */
function reason({ shared }: Neighbour): string {
  const [first, ...further] = shared.facts
  if (first !== undefined)
    return `Both say: ${first.statement}${further.length === 0 ? '' : ` (and ${further.length} more)`}`
  return `Both name ${shared.entities
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')}`
}

const neighbour = (near: Neighbour): HTMLElement =>
  element(
    'li',
    {},
    element(
      'a',
      { href: hrefOf({ ...NOTHING_CHOSEN, article: near.article.id }) },
      near.article.title ?? 'Article without a title'
    ),
    element(
      'span',
      { class: 'line' },
      near.article.publisher === null ? null : element('span', {}, near.article.publisher),
      near.article.published_at === null ? null : time(near.article.published_at)
    ),
    element('span', { class: 'line' }, reason(near))
  )

/** What is near an article, with the reason and its age, and the way to embed its facts. */
export async function article(id: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const { data } = await relatedTo(id, signal)
  return dossier(
    'About this article',
    data.length === 0
      ? null
      : element(
          'section',
          { class: 'brief' },
          element('h3', {}, 'Related articles'),
          element('ul', {}, ...data.slice(0, FEW).map(neighbour))
        ),
    embedding({
      what: 'article',
      id,
      words: 'The facts of this article',
      source: 'Factlet',
      page: apiHref(`/v1/articles/${id}/facts`)
    })
  )
}
