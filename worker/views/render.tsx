import type { Child } from 'hono/jsx'
import { PROBLEMS, type ProblemType } from '../schema/problem.ts'
import type { Asked, Cards, EmbedQuery } from '../schema/embed.ts'
import type { Found, Shown, ShownFact } from '../schema/shown.ts'
import { addresses } from './address.ts'
import { NoticeCard } from './cards/notice.tsx'
import { FoundCard } from './cards/shown.tsx'
import { describeShown } from './describe.ts'
import { FRAME_SCRIPT } from './browser/frame-script.ts'
import { PAGE_SCRIPT } from './browser/page-script.ts'
import { Frame } from './frame.tsx'
import { hashOf } from './hash.ts'
import { FactPage, Sheet } from './page/page.tsx'
import { PAGE_STYLE } from './page/style.ts'
import { frameStyle, pageStyle, SHADOW_STYLE } from './style.ts'

type Look = Pick<EmbedQuery, 'theme' | 'dir'>

/** A document and the headers that belong to it. */
export interface Document {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** What our components render is never asynchronous: they hold no promises. */
const html = (child: Child): string => String(child)

const document = (child: Child): string => `<!DOCTYPE html>${html(child)}`

/** Style and script of a frame by hash, and nothing else: no picture, no connection, no form, no other frame. */
const framePolicy = async (style: string): Promise<string> =>
  `default-src 'none'; style-src ${await hashOf(style)}; script-src ${await hashOf(FRAME_SCRIPT)}; frame-ancestors *; base-uri 'none'; form-action 'none'`

/** A card as a document for a frame. */
export async function renderFrame(shown: Shown, look: Look, origin: string): Promise<Document> {
  const to = addresses(origin)
  const style = frameStyle(shown.what)
  return {
    body: document(
      <Frame
        title={describeShown(shown, to).title}
        style={style}
        look={look}
        canonical={shown.what === 'fact' ? to.page(shown.fact.id) : null}
      >
        <FoundCard found={{ shown, successor: null }} to={to} />
      </Frame>
    ),
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': await framePolicy(style)
    }
  }
}

/** A frame that says what is not there, with words of the problem alone. */
export async function renderFrameNotice(type: ProblemType, detail: string, look: Look): Promise<Document> {
  const style = frameStyle('fact')
  const title = type === 'gone' ? 'Withdrawn' : PROBLEMS[type].title
  return {
    body: document(
      <Frame title={title} style={style} look={look} canonical={null}>
        <NoticeCard title={title} words={detail} withdrawn={type === 'gone'} />
      </Frame>
    ),
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': await framePolicy(style)
    }
  }
}

/** Cards for the shadow roots of one page, by the kind and id they were asked for under. */
export function renderCards(asked: readonly Asked[], found: readonly Found[], origin: string): Cards {
  const to = addresses(origin)
  return {
    style: SHADOW_STYLE,
    cards: Object.fromEntries(
      asked.flatMap(({ what, id }, i) => {
        const one = found[i] ?? null
        return one === null ? [] : [[`${what}/${id}`, html(<FoundCard found={one} to={to} />)]]
      })
    )
  }
}

const STYLE_OF_PAGE = pageStyle(PAGE_STYLE)

/** A page may show our own frames and pictures, and nobody else's; no site may frame it. */
const pagePolicy = async (): Promise<string> =>
  `default-src 'none'; style-src ${await hashOf(STYLE_OF_PAGE)}; script-src ${await hashOf(PAGE_SCRIPT)}; frame-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`

const pageHeaders = async () => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': await pagePolicy()
})

/** The permanent page of a fact. */
export async function renderPage(shown: ShownFact, origin: string): Promise<Document> {
  return {
    body: document(<FactPage shown={shown} style={STYLE_OF_PAGE} to={addresses(origin)} origin={origin} />),
    headers: await pageHeaders()
  }
}

/** A page that says what is not there, with words of the problem alone. */
export const renderPageNotice = (type: ProblemType, detail: string, origin: string): Promise<Document> =>
  renderWords(type === 'gone' ? 'Withdrawn' : PROBLEMS[type].title, detail, origin)

/** A page of a few words. */
export async function renderWords(
  title: string,
  words: string,
  origin: string,
  fact: string | null = null
): Promise<Document> {
  return {
    body: document(
      <Sheet title={title} style={STYLE_OF_PAGE} origin={origin}>
        <main>
          <h1>{title}</h1>
          <p>{words}</p>
          {fact !== null && (
            <p>
              <a href={addresses(origin).page(fact)}>Back to the fact</a>
            </p>
          )}
        </main>
      </Sheet>
    ),
    headers: await pageHeaders()
  }
}
