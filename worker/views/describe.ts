import type { Shown } from '../schema/shown.ts'
import type { Addresses } from './address.ts'
import { shorten, titleOf } from './words/kinds.ts'

/** The longest title of a window, a frame or a link. */
const TITLE = 200

/** What a card is called, who stands behind it, and where it leads. */
export interface Description {
  readonly title: string
  /** The publisher, where it is one. */
  readonly source: string | null
  readonly page: string
}

const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

export function describeShown(shown: Shown, to: Addresses): Description {
  switch (shown.what) {
    case 'fact':
      return {
        title: shorten(titleOf(shown.fact), TITLE),
        source: shown.fact.mentions[0]?.article.publisher ?? null,
        page: to.page(shown.fact.id)
      }
    case 'article':
      return {
        title: shorten(`Facts of “${shown.article.title ?? 'an article'}”`, TITLE),
        source: shown.article.publisher,
        page: to.embed('article', shown.article.id)
      }
    case 'topic':
      return {
        title: shorten(`${shown.hashtag}: what happened when`, TITLE),
        source: null,
        page: to.embed('topic', shown.slug)
      }
    case 'series':
      return {
        title: shorten(upperFirst(shown.measure), TITLE),
        source: null,
        page: to.embed('series', shown.id)
      }
  }
}
