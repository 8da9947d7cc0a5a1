import { publishedAt } from './age.ts'
import type { PageArticle } from './article.ts'
import { type DigestStory, digestStories } from './digest.ts'
import { endsSentence } from './furniture.ts'
import { type ArticleHead, articleHeads, leadIn } from './heads.ts'
import { withoutInlineFurniture } from './inline.ts'
import { bylineOf, isRunningText, type Line, linesOf, plain } from './lines.ts'
import { ownName } from './own-name.ts'
import { isFurnitureLine, stampLine } from './stampline.ts'

/** What the submission says of the page; it holds for its first article. */
export interface PageOptions {
  readonly title?: string | null
  readonly publisher?: string | null
  readonly published_at?: string | null
}

/** Headlines looked for inside the articles: every one is a search over the whole page. */
const MOST_TITLES = 60

/**
 * The articles of a plain-text page: the first stands under the page's own title, others under heads of their own. The
 * texts are made of the page's own characters in order, a line for each paragraph, without what is no article.
 */
export function readPage(text: string, options: PageOptions): PageArticle[] {
  const lines = linesOf(text)
  const stamped = articleHeads(lines)
  const digest = digestStories(lines)
  // Heads that tell when are the surer sign; a digest has to show more stories than they do.
  const isDigest = digest.length > stamped.length
  const heads: readonly StoryHead[] = isDigest ? digest : stamped
  const given = {
    title: options.title ?? null,
    publisher: options.publisher ?? null,
    published_at: options.published_at ?? null
  }
  /** Of what has no head of its own: the page's opening story, and those of a digest. */
  const own = given.publisher ?? ownName(lines)
  const opening = lines.slice(0, heads[0]?.first ?? lines.length)
  // No text before the first head: that one is the page's own.
  const opens = heads.length === 0 || opening.some((line) => isRunningText(line.text))
  const top = opens ? leadIn(opening, given.title) : null
  const titles = [...(top?.title ? [top.title] : []), ...heads.map((head) => head.title)].slice(
    0,
    MOST_TITLES
  )
  const articles: PageArticle[] = []
  if (top) {
    const { day, byline } = saidUnderTitle(opening)
    const published_at = given.published_at ?? day
    articles.push({
      ...UNKNOWN,
      ...given,
      publisher: own,
      title: top.title,
      published_at,
      byline,
      text: textOf(opening.slice(top.start), titles)
    })
  }
  const pageAt = given.published_at ?? (isDigest ? dayOver(opening) : null)
  heads.forEach((head, i) => {
    const body = lines.slice(head.last, head.end ?? heads[i + 1]?.first ?? lines.length)
    const closing = body[body.length - 1]
    if (closing && typeof head.cut === 'number')
      body[body.length - 1] = { ...closing, text: closing.text.slice(0, head.cut).trimEnd() }
    const article = underHead(head, textOf(body, titles), pageAt)
    // A digest was submitted under its own name and day, not under those of its first story.
    if (isDigest) articles.push({ ...article, publisher: article.publisher ?? own })
    else if (articles.length > 0) articles.push(article)
    else articles.push({ ...article, ...submitted(article, head, given) })
  })
  return articles
}

/** The head of an article, of either kind. */
type StoryHead = Omit<ArticleHead, 'stamp'> &
  Pick<DigestStory, 'stamp'> &
  Partial<Pick<DigestStory, 'end' | 'cut' | 'url'>>

/** The day a digest says it is of, over its stories. */
function dayOver(lines: readonly Line[]): string | null {
  for (const { text } of lines.slice(0, 12)) {
    const stamp = stampLine(text)?.stamp
    if (stamp?.kind === 'day') return stamp.day
  }
  return null
}

const UNKNOWN = { canonical_url: null, language: null, byline: null }

/** The first article is the page's own: what was submitted with the page comes before what its head says, but for its age. */
function submitted(
  article: PageArticle,
  head: StoryHead,
  given: { title: string | null; publisher: string | null; published_at: string | null }
): Pick<PageArticle, 'title' | 'publisher' | 'published_at'> {
  return {
    title: given.title ?? article.title,
    publisher: given.publisher ?? article.publisher,
    published_at:
      head.stamp?.kind === 'day'
        ? (given.published_at ?? article.published_at)
        : (article.published_at ?? given.published_at)
  }
}

function underHead(head: StoryHead, text: string, pageAt: string | null): PageArticle {
  return {
    ...UNKNOWN,
    title: head.title,
    text,
    publisher: head.publisher,
    published_at: head.stamp === null ? pageAt : publishedAt(head.stamp, pageAt),
    canonical_url: head.url ?? null,
    byline: head.byline
  }
}

/** What the lines between the title and the text tell of the article. */
function saidUnderTitle(lines: readonly Line[]): { day: string | null; byline: string | null } {
  let day: string | null = null
  let byline: string | null = null
  for (const { text } of lines.slice(0, 8)) {
    if (isRunningText(text)) break
    const stamp = stampLine(text)?.stamp
    if (stamp?.kind === 'day') day ??= stamp.day
    byline ??= bylineOf(text)
  }
  return { day, byline }
}

/** After one of these, alone on a line, nothing of the article comes. */
const END_OF_ARTICLE =
  /^\W*(?:hashtags?|tags|topics|comments?(?: \(\d+\))?|\d+ comments?|leave a (?:comment|reply)|join the (?:conversation|discussion)|related (?:articles?|stor(?:y|ies)|news|posts?|content|topics|coverage)|recommended(?: for you| stories| articles)?|you (?:may|might) also (?:like|be interested in)|more (?:from|on|stories|news|in|like this|top stories)\b.{0,40}|read (?:next|also)|up next|most (?:read|popular|viewed|shared)|trending(?: now| stories)?|latest (?:news|stories|articles|headlines)|popular (?:now|stories|articles)|top stories|other stories|from the web|sponsored(?: content| stories)?|about the authors?)\W*$/i

/** The lines of an article, furniture and other stories' headlines left out. */
function textOf(lines: readonly Line[], titles: readonly string[]): string {
  const known = new Set(titles.map(plain))
  const kept: string[] = []
  let ahead = 0
  for (const { text } of lines) if (isRunningText(text)) ahead += text.length
  let read = 0
  for (const { text } of lines) {
    if (END_OF_ARTICLE.test(text)) {
      // Such a box may stand in the midst of an article, a few paragraphs in: what comes after it is then read on.
      if (read > 0 && ahead <= read) break
      continue
    }
    const running = isRunningText(text)
    if (running) {
      ahead -= text.length
      read += text.length
    }
    if (isFurnitureLine(text) || (!running && isOtherHeadline(text, known))) continue
    kept.push(...withoutInlineFurniture(text, titles))
  }
  // A sub-heading with nothing under it belongs to what the page shows next.
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
function isOtherHeadline(line: string, known: ReadonlySet<string>): boolean {
  if (known.has(plain(line))) return true
  if (endsSentence(line) || /[,–—-]$/.test(line) || /^[-–—•·*▪●◦]|^\(?\d{1,2}[.)]\s/.test(line)) return false
  return line.split(' ').length >= 5 && /^[\p{Lu}\p{N}'"‘“«]/u.test(line)
}
