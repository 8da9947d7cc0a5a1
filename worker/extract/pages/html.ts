import type { PageArticle } from './article.ts'
import { blocksOf } from './blocks.ts'
import { isNeverText, readBody } from './body.ts'
import { readHead } from './head.ts'
import { readByline, readCanonical, readLanguage, readPublisher, readTitle } from './metadata.ts'
import { readPublished } from './published.ts'
import { parseTree } from './tree.ts'

/**
 * The article of a web page: its text, a line for each paragraph, heading and list item, and what the page tells of it.
 * Scripts never run, nothing is fetched. `url` is the address the page was read from, for what the page itself does not
 * say. Any text is answered: a page with no article gives an empty text.
 */
export function readHtml(html: string, options: { url?: string | null } = {}): PageArticle {
  const url = options.url ?? null
  const root = parseTree(html)
  const head = readHead(root)
  const blocks = blocksOf(root, isNeverText)
  const language = readLanguage(head)
  const canonical = readCanonical(head, url)
  const publisher = readPublisher(head, canonical ?? url)
  const title = readTitle(head, publisher)
  return {
    title,
    text: readBody(root, blocks, title).join('\n'),
    publisher,
    published_at: readPublished(head, root, blocks, { url: url ?? canonical, language }),
    canonical_url: canonical,
    language,
    byline: readByline(head, root)
  }
}
