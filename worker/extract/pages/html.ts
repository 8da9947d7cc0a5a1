import type { PageArticle } from './article.ts'
import { blocksOf } from './blocks.ts'
import { isNeverText, readBody } from './body.ts'
import { type Head, readHead } from './head.ts'
import { textProperty } from './jsonld.ts'
import { readByline, readCanonical, readLanguage, readPublisher, readTitle } from './metadata.ts'
import { readPublished } from './published.ts'
import { collapse, parseTree } from './tree.ts'

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
    text: fuller(readBody(root, blocks, title), declaredBody(head)).join('\n'),
    publisher,
    published_at: readPublished(head, root, blocks, { url: url ?? canonical, language }),
    canonical_url: canonical,
    language,
    byline: readByline(head, root)
  }
}

/** The text the page declares for machines, as lines. Sites whose scripts build the page have it nowhere else. */
function declaredBody(head: Head): string[] {
  const body = textProperty(head.article, 'articleBody') ?? ''
  const lines = /<\/?(?:p|br|div)\b/i.test(body)
    ? blocksOf(parseTree(body), isNeverText).map((block) => block.text)
    : body.split(/[\r\n]+/).map(collapse)
  return lines.filter((line) => line !== '')
}

/** What is shown, unless that is less than half of what is declared: an extract, or nothing. */
function fuller(shown: string[], declared: string[]): string[] {
  const length = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0)
  return length(declared) >= 250 && length(shown) < length(declared) / 2 ? declared : shown
}
