import { revisedTo } from '../../../worker/views/words/status.ts'
import { brief } from '../../elements/brief.ts'
import { dossier, FEW } from '../../elements/dossier.ts'
import { element } from '../../elements/element.ts'
import { hrefOf, NOTHING_CHOSEN } from '../address.ts'
import { listTopics, someFacts } from '../api.ts'

/** Stories that are offered at once: more are no overview, and on a phone a screen of their own. */
const MOST_STORIES = 8
/** Facts that are looked through for the best corroborated, and figures for revised ones: the API's longest page. */
const LOOKED_THROUGH = 100

/** The news: what stories there are, where sources differ, what was revised, and what many tell. */
export async function today(signal: AbortSignal): Promise<HTMLElement | null> {
  const [topics, disputed, corroborated, figures] = await Promise.all([
    listTopics(signal),
    someFacts({ status: 'disputed' }, 2 * FEW, signal),
    someFacts({ status: 'corroborated' }, LOOKED_THROUGH, signal),
    someFacts({ kind: 'figure' }, LOOKED_THROUGH, signal)
  ])
  // A figure that was revised is told as such, not praised for how many repeated it before; who holds which office is in
  // every article, and no news.
  const most = corroborated.data
    .filter((fact) => fact.kind !== 'role' && revisedTo(fact) === null)
    .toSorted((a, b) => b.origins - a.origins)
    .slice(0, FEW)
  const revised = figures.data.filter((fact) => revisedTo(fact) !== null).slice(0, FEW)
  const stories = topics.data
    .slice(0, MOST_STORIES)
    .map(({ slug, hashtag }) =>
      element(
        'li',
        {},
        element('a', { class: 'chip', href: hrefOf({ ...NOTHING_CHOSEN, topic: slug }) }, hashtag)
      )
    )
  // Both sides of a dispute are disputed, and each names the other.
  const differing = disputed.data
    .filter(
      (fact, i, all) =>
        !all.slice(0, i).some((earlier) => earlier.conflicts.some((conflict) => conflict.with === fact.id))
    )
    .slice(0, FEW)
  const columns = [
    brief('Where sources differ', differing, {
      more: { href: hrefOf({ ...NOTHING_CHOSEN, status: 'disputed' }), words: 'All disputed facts' }
    }),
    brief('Revised since', revised),
    brief('Most corroborated', most, {
      more: { href: hrefOf({ ...NOTHING_CHOSEN, status: 'corroborated' }), words: 'All corroborated facts' }
    })
  ].filter((column) => column !== null)
  const parts = [
    stories.length === 0
      ? null
      : element('nav', { 'aria-label': 'Stories' }, element('ul', { class: 'chips' }, ...stories)),
    columns.length === 0 ? null : element('div', { class: 'columns' }, ...columns)
  ]
  return parts.every((part) => part === null)
    ? null
    : dossier('Today', element('h2', { class: 'unseen' }, 'Today'), ...parts)
}
