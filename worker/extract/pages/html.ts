import { publishedAt } from './age.ts'
import type { PageArticle } from './article.ts'
import { blocksOf } from './blocks.ts'
import { furnitureFilter, isNeverText, readBody } from './body.ts'
import { type Head, readHead } from './head.ts'
import { textProperty } from './jsonld.ts'
import { readByline, readCanonical, readLanguage, readPublisher, readTitle } from './metadata.ts'
import type { PageOptions } from './page.ts'
import { readPublished } from './published.ts'
import { type OpenPage, readStories } from './stories.ts'
import { collapse, parseTree } from './tree.ts'

/**
 * The article of a web page: its text, a line for each paragraph, heading and list item, and what the page tells of it.
 * Scripts never run, nothing is fetched. `url` is the address the page was read from, for what the page itself does not
 * say. Any text is answered: a page with no article gives an empty text.
 */
export function readHtml(html: string, options: { url?: string | null } = {}): PageArticle {
  return readOne(openPage(html, options.url ?? null))
}

/** What the submission says of a page. */
export interface HtmlPageOptions extends PageOptions {
  /** The address the page was read from. */
  readonly url?: string | null
}

/**
 * The articles of a web page that may show several: aggregators, sections, digests. Each story has its own title,
 * address, publisher and day as its card tells them; the page's publisher and the day submitted stand in where it does
 * not. A page of one article gives what `readHtml` gives, under what was submitted with it. Any text is answered.
 */
export function readHtmlPage(html: string, options: HtmlPageOptions = {}): PageArticle[] {
  const page = openPage(html, options.url ?? null)
  const { title = null, publisher = null, published_at = null } = options
  const own = readOne(page)
  const found = readStories(page, own)
  if (found === null)
    return [
      {
        ...own,
        title: title ?? own.title,
        publisher: publisher ?? own.publisher,
        published_at: published_at ?? own.published_at
      }
    ]
  const stories = found.stories.map((story) => ({
    ...own,
    title: story.title,
    text: story.text,
    byline: story.byline,
    canonical_url: story.url,
    publisher: story.publisher ?? publisher ?? own.publisher,
    published_at:
      story.moment ?? (story.stamp === null ? published_at : publishedAt(story.stamp, published_at))
  }))
  if (found.main === null) return stories
  const main = {
    ...own,
    text: found.main,
    title: title ?? own.title,
    publisher: publisher ?? own.publisher,
    published_at: published_at ?? own.published_at
  }
  return [main, ...stories]
}

function openPage(html: string, url: string | null): OpenPage {
  const root = parseTree(html)
  return { root, url, head: readHead(root), blocks: blocksOf(root, isNeverText) }
}

function readOne({ root, url, head, blocks }: OpenPage): PageArticle {
  const kept = blocksOf(root, furnitureFilter(root, blocks))
  const language = readLanguage(head)
  const canonical = readCanonical(head, url)
  const publisher = readPublisher(head, canonical ?? url)
  const title = readTitle(head, publisher)
  return {
    title,
    text: fuller(readBody(root, kept, title), declaredBody(head)).join('\n'),
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
