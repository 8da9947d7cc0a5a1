import { beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '../../worker/schema/fact.ts'
import type { Shown } from '../../worker/schema/shown.ts'
import { renderCards, renderFrame, renderPage } from '../../worker/views/render.tsx'
import { elementSnippet, frameSnippet, oembedHtml } from '../../worker/views/snippets.ts'
import { claim, event, figure, hostile, HOSTILE, HOSTILE_URL, quote, role } from '../views/sample.ts'
import { useChromium } from './chromium.ts'
import { article, useHost } from './host.ts'
import { service } from './service.ts'

/*
 * What articles hold is text, whatever it looks like. The same documents are opened with their policy and without: the
 * policy is the second lock, and a test that passes by it alone would not see the first one missing.
 */

const open = useChromium()
const host = useHost()

const FACTS = [quote, claim, figure, event, role].map((fact) => hostile<Fact>(fact))
const ARTICLE = {
  id: 'a_aaaaaaaaaaaaaaaaaaaa',
  title: HOSTILE,
  publisher: HOSTILE,
  url: HOSTILE_URL,
  published_at: HOSTILE,
  language: HOSTILE,
  words: 1,
  facts: 9,
  text_hash: '',
  received_at: HOSTILE
}
const SHOWN: Shown[] = [
  ...FACTS.map((fact): Shown => ({ what: 'fact', fact, roles: [] })),
  { what: 'article', article: ARTICLE, facts: FACTS },
  { what: 'topic', slug: HOSTILE, hashtag: `#${HOSTILE}`, events: FACTS },
  {
    what: 'series',
    id: HOSTILE,
    measure: HOSTILE,
    unit: HOSTILE,
    basis: HOSTILE,
    change: true,
    facts: [
      hostile(figure),
      { ...hostile(figure), period: '2025' },
      { ...hostile(figure), period: '2024', value: -3 }
    ],
    isLatest: true
  }
]
const LOOK = { theme: 'auto', dir: 'ltr' } as const

/** What would have run or loaded, or leads to script; and what should have been elements of ours alone. */
const PLANTED = `(() => {
  const found = []
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.tagName === 'IMG') found.push('img')
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(name)
        if (['href', 'src', 'action', 'xlink:href'].includes(name) && /^\\s*javascript:/i.test(value)) found.push(value)
      }
      if (element.shadowRoot) look(element.shadowRoot)
    }
  }
  look(document)
  return found
})()`

interface Served {
  readonly what: string
  readonly body: string
  readonly policy: string
}
const documents: Served[] = []
beforeAll(async () => {
  for (const shown of SHOWN) {
    const { body, headers } = await renderFrame(shown, LOOK, 'https://factlet.example')
    documents.push({
      what: `a frame of a ${shown.what}`,
      body,
      policy: headers['Content-Security-Policy'] ?? ''
    })
    if (shown.what !== 'fact') continue
    const page = await renderPage(shown, 'https://factlet.example')
    documents.push({
      what: `the page of a ${shown.fact.kind}`,
      body: page.body,
      policy: page.headers['Content-Security-Policy'] ?? ''
    })
  }
})

describe('words of articles are text', () => {
  test.each([true, false])('in every document, with its policy: %s', async (hasPolicy) => {
    expect(documents.length).toBe(13)
    const { page, complaints } = await open(host.put('/empty', article('')))
    for (const { what, body, policy } of documents) {
      // Frames of the real service are not part of this.
      const alone = body.replaceAll('https://factlet.example/embed/', 'about:blank#')
      const url = host.put('/hostile', alone, hasPolicy ? { 'content-security-policy': policy } : {})
      await page.goto(url)
      expect(await page.evaluate(PLANTED), what).toEqual([])
      expect(await page.locator('body').textContent(), what).toContain('<script>alert(2)</script>')
    }
    expect(complaints.filter((one) => !one.includes('frame-src'))).toEqual([])
  })

  test('in shadow roots', async () => {
    const asked = SHOWN.map((shown, i) => ({ what: shown.what, id: `x${i}` }))
    const { cards } = renderCards(
      asked,
      SHOWN.map((shown) => ({ shown, successor: null })),
      'https://factlet.example'
    )
    const url = host.put('/shadow', article(''))
    const { page, complaints } = await open(url)
    await page.evaluate((all) => {
      for (const html of all) {
        const element = document.createElement('div')
        element.attachShadow({ mode: 'open' }).innerHTML = html
        document.body.append(element)
      }
    }, Object.values(cards))
    expect(await page.evaluate(PLANTED)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('in what an editor pastes', async () => {
    const fallback = { words: HOSTILE, source: HOSTILE, page: 'https://factlet.example/f/x' }
    const snippets = [
      frameSnippet('about:blank', HOSTILE, 100),
      elementSnippet('https://factlet.example', 'fact', HOSTILE, fallback, 100),
      oembedHtml('about:blank', HOSTILE, fallback, { width: 100, height: 100 })
    ].map((snippet) => snippet.replace(/<script async[^>]*><\/script>/, ''))
    const { page, complaints } = await open(host.put('/pasted', article(snippets.join(''))))
    expect(await page.evaluate(PLANTED)).toEqual([])
    expect(await page.locator('script').count()).toBe(0)
    expect(await page.locator('iframe').first().getAttribute('title')).toBe(HOSTILE)
    expect(complaints).toEqual([])
  })
})

describe('nothing that a host or a reader gives runs', () => {
  test('attributes of the element', async () => {
    const { api } = service()
    const { page, complaints } = await open(
      host.put(
        '/attributes',
        article(
          `<factlet-embed fact="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;" theme="&quot; onload=alert(2)" dir="x">A</factlet-embed><factlet-embed fact="__proto__">B</factlet-embed><factlet-embed topic="../../f/x?y=<script>alert(3)</script>" series="javascript:alert(4)">C</factlet-embed><script src="${api}/embed.js"></script>`
        )
      )
    )
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(PLANTED)).toEqual([])
    expect(await page.getByText('A', { exact: true }).isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  test('addresses of frames, with what is behind the hash', async () => {
    const { api } = service()
    const list = await (await fetch(`${api}/v1/facts?limit=1`)).text()
    const id = /"id":"(f_\w+)"/.exec(list)?.[1] ?? ''
    for (const address of [
      `/embed/fact/${id}?childId=%3Cscript%3Ealert(1)%3C/script%3E#?secret=%22%3E%3Cscript%3Ealert(2)%3C/script%3E`,
      `/embed/fact/${id}#"><img src=x onerror=alert(1)>`,
      `/embed/topic/<script>alert(1)</script>`,
      `/embed/series/javascript:alert(1)`,
      `/f/${id}#<img src=x onerror=alert(1)>`
    ]) {
      const url = host.put(
        '/framed',
        article(`<iframe src="${api}${address.replaceAll('"', '&quot;')}" title="x"></iframe>`)
      )
      const { page, complaints } = await open(url)
      await page.waitForLoadState('networkidle')
      expect(
        complaints.filter((one) => one.includes('dialog')),
        address
      ).toEqual([])
    }
  })

  test('messages of a host change nothing in a frame', async () => {
    const { api } = service()
    const list = await (await fetch(`${api}/v1/facts?limit=1`)).text()
    const id = /"id":"(f_\w+)"/.exec(list)?.[1] ?? ''
    const { page, complaints } = await open(
      host.put('/messages', article(`<iframe src="${api}/embed/fact/${id}#?secret=abc" title="x"></iframe>`))
    )
    const frame = page.frameLocator('iframe').locator('body')
    const before = await frame.innerHTML()
    await page.evaluate(() => {
      const target = document.querySelector('iframe')?.contentWindow
      for (const data of [
        null,
        1,
        'x',
        '<img src=x onerror=alert(1)>',
        { message: 'ready' },
        { message: 'ready', secret: 'abc', html: '<b>' },
        { message: 'link', secret: 'abc', value: 'javascript:alert(1)' }
      ])
        target?.postMessage(data, '*')
    })
    await page.waitForTimeout(100)
    expect(await frame.innerHTML()).toBe(before)
    expect(complaints).toEqual([])
  })

  test('a page that pretends to be a frame of ours makes no frame higher', async () => {
    const { api } = service()
    const other = host.put('/other', `<script>parent.postMessage({ 'factlet-height': 5000 }, '*')</script>`)
    const { page } = await open(
      host.put(
        '/pretends',
        article(
          `<iframe src="${other}" title="x" height="100"></iframe><script src="${api}/embed.js"></script>`
        )
      )
    )
    await page.waitForLoadState('networkidle')
    expect((await page.locator('iframe').boundingBox())?.height).toBeLessThan(200)
  })
})
