import { publishedAt } from './age.ts'
import type { PageArticle } from './article.ts'
import { endsSentence } from './furniture.ts'
import {
  type ArticleHead,
  articleHeads,
  isFurnitureLine,
  isHeadline,
  isRunningText,
  type Line
} from './heads.ts'
import { withoutInlineFurniture } from './inline.ts'

/** What the submission says of the page; it holds for its first article. */
export interface PageOptions {
  readonly title?: string | null
  readonly publisher?: string | null
  readonly published_at?: string | null
}

/**
 * The articles of a plain-text page: the first stands under the page's own title, others under heads of their own. The
 * texts are made of the page's own characters in order, a line for each paragraph, without what is no article.
 */
export function readPage(text: string, options: PageOptions): PageArticle[] {
  const lines = linesOf(text)
  const heads = articleHeads(lines)
  const pageAt = options.published_at ?? null
  const firstHead = heads[0]
  const opening = lines.slice(0, firstHead?.first ?? lines.length)
  const main =
    opening.some((line) => isRunningText(line.text)) || firstHead === undefined
      ? openingArticle(opening, options)
      : null
  const titles = [...(main?.title ? [main.title] : []), ...heads.map((head) => head.title)]
  const articles: PageArticle[] = main
    ? [{ ...main, text: textOf(main.lines, titles) }].map(({ lines: _, ...article }) => article)
    : []
  heads.forEach((head, i) => {
    const body = lines.slice(head.last, heads[i + 1]?.first ?? lines.length)
    const article = underHead(head, textOf(body, titles), pageAt)
    if (articles.length === 0) {
      // No text before the first head: it is the page's own.
      articles.push({
        ...article,
        title: options.title ?? article.title,
        publisher: article.publisher ?? options.publisher ?? null,
        published_at: article.published_at ?? pageAt
      })
    } else articles.push(article)
  })
  return articles
}

function underHead(head: ArticleHead, text: string, pageAt: string | null): PageArticle {
  return {
    title: head.title,
    text,
    publisher: head.publisher,
    published_at: publishedAt(head.stamp, pageAt),
    canonical_url: null,
    language: null,
    byline: head.byline
  }
}

/** The article at the top of the page: its first line is the title where it reads like one. */
function openingArticle(
  lines: readonly Line[],
  options: PageOptions
): PageArticle & { readonly lines: readonly Line[] } {
  const given = options.title ?? null
  const first = lines[0]?.text ?? ''
  const named = given !== null && plain(first) === plain(given)
  const title = given ?? (lines.length > 1 && isHeadline(first) && !isRunningText(first) ? first : null)
  return {
    title,
    text: '',
    publisher: options.publisher ?? null,
    published_at: options.published_at ?? null,
    canonical_url: null,
    language: null,
    byline: null,
    lines: named || (given === null && title !== null) ? lines.slice(1) : lines
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let apart = false
  for (const raw of text.split(/\r\n|[\n\r\u2028\u2029\f\v]/)) {
    const line = raw.trim()
    if (line === '') apart = true
    else {
      lines.push({ text: line, apart })
      apart = false
    }
  }
  return lines
}

/** After one of these, alone on a line, nothing of the article comes. */
const END_OF_ARTICLE =
  /^\W*(?:hashtags?|tags|topics|comments?(?: \(\d+\))?|\d+ comments?|leave a (?:comment|reply)|join the (?:conversation|discussion)|related (?:articles?|stor(?:y|ies)|news|posts?|content|topics|coverage)|recommended(?: for you| stories| articles)?|you (?:may|might) also (?:like|be interested in)|more (?:from|on|stories|news|in|like this|top stories)\b.{0,40}|read (?:next|also)|up next|most (?:read|popular|viewed|shared)|trending(?: now| stories)?|latest (?:news|stories|articles|headlines)|popular (?:now|stories|articles)|top stories|other stories|from the web|sponsored(?: content| stories)?|about the author|sign up for .{0,60}newsletters?.{0,40})\W*$/i

/** The lines of an article, furniture and other stories' headlines left out. */
function textOf(lines: readonly Line[], titles: readonly string[]): string {
  const kept: string[] = []
  let running = 0
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]?.text ?? ''
    if (END_OF_ARTICLE.test(line)) {
      // Such a box may stand in the midst of an article, a few paragraphs in: what comes after it is then read on.
      const rest = lines.slice(i + 1).filter((later) => isRunningText(later.text)).length
      if (running >= 2 && rest <= running) break
      continue
    }
    if (isFurnitureLine(line)) continue
    if (!isRunningText(line) && isOtherHeadline(line, titles)) continue
    const parts = withoutInlineFurniture(line, titles)
    for (const part of parts) kept.push(part)
    if (isRunningText(line)) running += 1
  }
  while (
    kept.length > 0 &&
    !endsSentence(kept[kept.length - 1] ?? '') &&
    (kept[kept.length - 1] ?? '').length < 60
  )
    kept.pop()
  return kept.join('\n')
}

/**
 * A lone line with no end of sentence: five words and more are the headline of another story, fewer a sub-heading of
 * this one. Losing a long sub-heading costs no fact; keeping a headline would give this article another one's words.
 */
function isOtherHeadline(line: string, titles: readonly string[]): boolean {
  if (endsSentence(line) || /[,–—-]$/.test(line) || /^[-–—•·*▪●◦]|^\(?\d{1,2}[.)]\s/.test(line)) return false
  if (titles.some((title) => plain(title) === plain(line))) return true
  return line.split(' ').length >= 5 && /^[\p{Lu}\p{N}'"‘“«]/u.test(line)
}
