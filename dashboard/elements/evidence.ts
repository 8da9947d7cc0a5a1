import type { Mention } from '../../worker/schema/fact.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { element, webAddress } from './element.ts'
import { time } from './time.ts'

/** Dots where the words around the evidence are cut out of a longer text. */
const before = ({ start, prefix }: Mention['evidence']): string =>
  start > prefix.length ? `… ${prefix.trimStart()}` : prefix
const after = ({ suffix }: Mention['evidence']): string =>
  /[.!?]["”’)]*\s*$/u.test(suffix) || suffix === '' ? suffix : `${suffix.trimEnd()} …`

/** The article's own words with the evidence marked, and where they stand. */
export function evidence({ article, evidence, fragment_url }: Mention): HTMLElement {
  const url = webAddress(fragment_url) ?? webAddress(article.url)
  const words = element(
    'blockquote',
    { cite: webAddress(article.url) },
    element('p', {}, before(evidence), element('mark', {}, evidence.exact), after(evidence))
  )
  const title = article.title ?? 'Article without a title'
  return element(
    'figure',
    { class: 'evidence' },
    words,
    element(
      'figcaption',
      {},
      // noopener is what lets a browser scroll to the words.
      element(
        'cite',
        {},
        url === null ? title : element('a', { class: 'source', href: url, rel: 'noopener' }, title)
      ),
      element(
        'p',
        { class: 'line' },
        article.publisher === null
          ? null
          : element(
              'a',
              { href: hrefOf({ ...NOTHING_CHOSEN, publisher: article.publisher }) },
              article.publisher
            ),
        article.published_at === null ? null : time(article.published_at),
        url === null ? element('span', {}, 'no address known') : null
      ),
      element(
        'p',
        { class: 'line' },
        element(
          'a',
          { href: hrefOf({ ...NOTHING_CHOSEN, article: article.id }) },
          'All facts of this article'
        )
      )
    )
  )
}
