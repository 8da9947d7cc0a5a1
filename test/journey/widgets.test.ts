import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { OEmbed } from '../../worker/schema/embed.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import { useChromium } from './chromium.ts'
import { article, useHost } from './host.ts'
import { service } from './service.ts'

const open = useChromium()
const host = useHost()

const PHONE = { viewport: { width: 360, height: 740 } }

let facts: Fact[] = []
beforeAll(async () => {
  const list = await fetch(`${service().api}/v1/facts?limit=100`)
  facts = v.parse(FactList, await list.json()).data
})

const of = (kind: Fact['kind'], is: (fact: Fact) => boolean = () => true): Fact => {
  const found = facts.find((fact) => fact.kind === kind && fact.mentions[0]?.article.url != null && is(fact))
  if (found === undefined) throw new Error(`the seeds hold no such ${kind}`)
  return found
}
const embed = (fact: Fact): string => `${service().api}/embed/fact/${fact.id}`
const script = (): string => `<script src="${service().api}/embed.js"></script>`

async function oembed(url: string, rest = ''): Promise<OEmbed> {
  const response = await fetch(`${service().api}/oembed?url=${encodeURIComponent(url)}${rest}`)
  return v.parse(OEmbed, await response.json())
}

/** How far the page moved under the reader, by the browser's own count. */
const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(0), 500)
      })
  )

/** Keeps what frames tell the page. */
const LISTEN = `<script>window.told = []; addEventListener('message', (event) => told.push({ data: event.data, from: event.source }))</script>`
const told = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => (Reflect.get(window, 'told') as { data: unknown }[]).map(({ data }) => data))

describe('a frame', () => {
  test('is a whole card without JavaScript, and its evidence opens', async () => {
    const fact = of('quote')
    const url = host.put(
      '/plain',
      article(`<iframe src="${embed(fact)}" title="A fact" width="100%" height="420"></iframe>`)
    )
    const { page } = await open(url, { ...PHONE, javaScriptEnabled: false })
    const card = page.frameLocator('iframe')
    await card.getByText('The words').click()
    expect(await card.locator('mark').first().textContent()).toBe(fact.mentions[0]?.evidence.exact)
    expect(await card.locator('mark').first().isVisible()).toBe(true)
    expect(await card.locator('.words').textContent()).toBe(
      fact.kind === 'quote' ? `“${fact.content}”` : null
    )
  })

  test('opens its evidence by keyboard, and leads to the words in the article in a window of its own', async () => {
    const fact = of('figure')
    const { page, complaints } = await open(embed(fact))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
    await page.keyboard.press('Enter')
    expect(await page.locator('mark').first().isVisible()).toBe(true)
    const link = page.locator('.source a').first()
    expect(await link.getAttribute('href')).toBe(`${service().api}/f/${fact.id}/s/1`)
    expect(await page.locator('base').getAttribute('target')).toBe('_blank')
    const source = await fetch(`${service().api}/f/${fact.id}/s/1`, { redirect: 'manual' })
    expect(source.headers.get('location')).toBe(fact.mentions[0]?.fragment_url)
    expect(complaints).toEqual([])
  })

  test('asks nobody for anything, and leaves nothing behind', async () => {
    const { page } = await open(`${service().api}/healthz`)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(embed(of('event')))
    expect(asked).toEqual([embed(of('event'))])
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  })

  test('has the height that was given for it, so that nothing moves and nothing is cut', async () => {
    const { width, height } = await oembed(`${service().api}/f/${of('claim').id}`, '&maxwidth=320')
    const url = host.put(
      '/fits',
      article(
        `<iframe src="${embed(of('claim'))}" title="A fact" width="${width}" height="${height}" frameborder="0"></iframe>${script()}`
      )
    )
    const { page } = await open(url, PHONE)
    const card = page.frameLocator('iframe')
    await card.locator('.card').waitFor()
    expect(await shiftOf(page)).toBe(0)
    const room = await card.locator('html').evaluate((root) => root.scrollHeight - root.clientHeight)
    expect(room).toBe(0)
  })

  test('tells its height to AMP, to hosts of Datawrapper’s kind and to pym', async () => {
    const fact = of('role')
    const url = host.put(
      '/heights',
      `${LISTEN}${article(`<iframe src="${embed(fact)}?childId=place-1&initialWidth=300&parentTitle=T&parentUrl=U" title="A fact" width="300" height="400"></iframe>`)}`
    )
    const { page } = await open(url)
    await page.waitForFunction(() => Reflect.get(window, 'told').length >= 2)
    const [amp, pym] = await told(page)
    const { height } = v.parse(v.object({ height: v.pipe(v.number(), v.minValue(80)) }), amp)
    expect(amp).toEqual({
      sentinel: 'amp',
      type: 'embed-size',
      height,
      'datawrapper-height': { [fact.id]: height },
      'factlet-height': height
    })
    expect(pym).toBe(`pymxPYMxplace-1xPYMxheightxPYMx${height}`)
    // The evidence makes the card higher, and its host hears of it.
    await page.frameLocator('iframe').locator('summary').click()
    await page.waitForFunction(() => Reflect.get(window, 'told').length >= 4)
    const after = (await told(page))[2]
    expect(Reflect.get(Object(after), 'height')).toBeGreaterThan(height)
  })

  test.each(['first', 'second'])('grows on a page that has our script, coming %s', async (order) => {
    const fact = of('figure')
    const place = `<iframe src="${embed(fact)}" title="A fact" width="320" height="90"></iframe>`
    const url = host.put(`/grows-${order}`, article(order === 'second' ? script() + place : place))
    const { page } = await open(url)
    await page.frameLocator('iframe').locator('summary').waitFor()
    if (order === 'first') await page.addScriptTag({ url: `${service().api}/embed.js` })
    const frame = page.locator('iframe')
    await page.waitForFunction(() => (document.querySelector('iframe')?.offsetHeight ?? 0) > 100)
    const closed = (await frame.boundingBox())?.height ?? 0
    await page.frameLocator('iframe').locator('summary').click()
    await page.waitForFunction(
      (height) => (document.querySelector('iframe')?.offsetHeight ?? 0) > height + 40,
      closed
    )
  })
})

/** What WordPress keeps of an oEmbed answer of a provider that it does not know, and what its script does with it. */
const WORDPRESS_SCRIPT = `
addEventListener('message', ({ data, source }) => {
  if (!data || !(data.secret || data.message || data.value)) return
  if (/[^a-zA-Z0-9]/.test(data.secret)) return
  for (const frame of document.querySelectorAll('iframe[data-secret="' + data.secret + '"]')) {
    if (source !== frame.contentWindow) continue
    for (const quote of document.querySelectorAll('blockquote[data-secret="' + data.secret + '"]')) quote.style.display = 'none'
    frame.removeAttribute('style')
    if (data.message === 'height') frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)))
    if (data.message === 'link' && new URL(data.value).host === new URL(frame.src).host) window.followed = data.value
  }
})
addEventListener('load', () => {
  for (const frame of document.querySelectorAll('iframe[data-secret]'))
    frame.contentWindow.postMessage({ message: 'ready', secret: frame.dataset.secret }, '*')
})`

describe('WordPress', () => {
  test('shows the frame in the place of the quote, at its height, and follows its links to our site alone', async () => {
    const fact = of('figure')
    const { html } = await oembed(
      `${service().api}/f/${fact.id}`,
      '&maxwidth=600&maxheight=900&dnt=1&format=json'
    )
    const [, quote, src, title, width, height] =
      /^<blockquote>(.*?)<\/blockquote><iframe src="([^"]*)" title="([^"]*)" width="(\d+)" height="(\d+)"/s.exec(
        html
      ) ?? []
    const secret = 'a1B2c3D4e5'
    const url = host.put(
      '/wordpress',
      article(
        `<script>${WORDPRESS_SCRIPT}</script><blockquote class="wp-embedded-content" data-secret="${secret}">${quote}</blockquote><iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; visibility: hidden;" title="${title}" src="${src}#?secret=${secret}" data-secret="${secret}" width="${width}" height="${height}" frameborder="0"></iframe>`
      )
    )
    const { page, complaints } = await open(url)
    const frame = page.locator('iframe')
    await frame.waitFor({ state: 'visible' })
    expect(await page.locator('blockquote').isVisible()).toBe(false)
    // WordPress makes no frame lower than 200 pixels.
    expect(Number(await frame.getAttribute('height'))).toBeGreaterThanOrEqual(200)
    await page.frameLocator('iframe').locator('.source a').first().click()
    await page.waitForFunction(() => Reflect.get(window, 'followed') !== undefined)
    expect(await page.evaluate(() => Reflect.get(window, 'followed'))).toBe(
      `${service().api}/f/${fact.id}/s/1`
    )
    expect(page.url()).toBe(url)
    expect(complaints).toEqual([])
  })

  test('finds the answer by the page of a fact alone', async () => {
    const page = await (await fetch(`${service().api}/f/${of('quote').id}`)).text()
    const [, href = ''] =
      /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(page) ?? []
    const answer = v.parse(OEmbed, await (await fetch(href.replaceAll('&amp;', '&'))).json())
    expect(answer.html).toContain(`/embed/fact/${of('quote').id}`)
  })
})

describe('the element', () => {
  const elements = (list: readonly Fact[]): string =>
    list
      .map(
        (fact) =>
          `<factlet-embed fact="${fact.id}"><blockquote cite="${service().api}/f/${fact.id}">The text of ${fact.id}</blockquote></factlet-embed>`
      )
      .join('')

  test('ten on a page of a news site with a strict policy are one script and one request', async () => {
    const ten = facts.slice(0, 10)
    const { api } = service()
    const url = host.put('/strict', article(elements(ten), script()), {
      'content-security-policy': `default-src 'none'; script-src ${api}; connect-src ${api}; style-src 'none'; require-trusted-types-for 'script'; trusted-types factlet; base-uri 'none'; frame-ancestors 'none'`
    })
    const { page, complaints } = await open(host.put('/empty', article('')))
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(api)) asked.push(new URL(request.url()).pathname)
    })
    await page.goto(url)
    await page.locator('factlet-embed .card').nth(9).waitFor()
    expect(asked.toSorted()).toEqual(['/embed.js', '/embed/cards'])
    // The style sheet came into force without any style-src.
    const border = await page
      .locator('factlet-embed .card')
      .first()
      .evaluate((card) => getComputedStyle(card).borderTopWidth)
    expect(border).toBe('1px')
    expect(complaints).toEqual([])
    expect(await page.context().cookies()).toEqual([])
  })

  test('keeps the text between its tags where no card comes', async () => {
    const [fact] = facts
    if (fact === undefined) throw new Error('no facts')
    const url = host.put(
      '/fallback',
      article(`${elements([fact])}<factlet-embed fact="nothing">Plain words</factlet-embed>${script()}`)
    )
    const { page: still } = await open(url, { javaScriptEnabled: false })
    expect(await still.getByText(`The text of ${fact.id}`).isVisible()).toBe(true)
    const { page } = await open(host.put('/empty', article('')))
    await page.route('**/embed/cards*', (route) => route.abort('connectionrefused'))
    await page.goto(url)
    await page.waitForTimeout(200)
    expect(await page.getByText(`The text of ${fact.id}`).isVisible()).toBe(true)
    await page.unroute('**/embed/cards*')
    await page.reload()
    await page.locator('factlet-embed .card').waitFor()
    expect(await page.getByText('Plain words').isVisible()).toBe(true)
  })

  test('is not touched by the style of the page, and is by its custom properties and themes', async () => {
    const fact = of('figure')
    const url = host.put(
      '/themed',
      article(
        `<factlet-embed fact="${fact.id}"></factlet-embed><factlet-embed fact="${fact.id}" theme="dark" dir="rtl" lang="ar"></factlet-embed>${script()}`,
        `<style>*{text-transform:uppercase;letter-spacing:1em;line-height:3} p{display:none} article{border:9px solid red!important} body{--factlet-paper:rgb(1,2,3)}</style>`
      )
    )
    const { page } = await open(url, { colorScheme: 'light' })
    await page.locator('factlet-embed .card').nth(1).waitFor()
    const style = (n: number) =>
      page
        .locator('factlet-embed .card')
        .nth(n)
        .evaluate((card) => {
          const { borderTopWidth, textTransform, letterSpacing, backgroundColor, color, direction } =
            getComputedStyle(card)
          return { borderTopWidth, textTransform, letterSpacing, backgroundColor, color, direction }
        })
    expect(await style(0)).toEqual({
      borderTopWidth: '1px',
      textTransform: 'none',
      letterSpacing: 'normal',
      backgroundColor: 'rgb(1, 2, 3)',
      color: 'rgb(27, 27, 25)',
      direction: 'ltr'
    })
    expect(await style(1)).toMatchObject({ color: 'rgb(239, 238, 232)', direction: 'rtl' })
    expect(await page.locator('factlet-embed .scope').first().isVisible()).toBe(true)
  })

  test('takes the room that it was given, so that nothing moves when the card comes', async () => {
    const fact = of('figure')
    const page = await (await fetch(`${service().api}/f/${fact.id}`)).text()
    const [, escaped = ''] = /<textarea id="element"[^>]*>(.*?)<\/textarea>/s.exec(page) ?? []
    const snippet = escaped
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
    expect(snippet).toContain(`<factlet-embed fact="${fact.id}"`)
    const { page: shown } = await open(host.put('/snippet', article(snippet)), PHONE)
    await shown.locator('factlet-embed .card').waitFor()
    expect(await shiftOf(shown)).toBe(0)
  })

  test('shows what was put in later, and changes with its attribute', async () => {
    const [first, second] = [of('quote'), of('role')]
    const { page } = await open(host.put('/later', article(script())))
    await page.evaluate((id) => {
      const element = document.createElement('factlet-embed')
      element.setAttribute('fact', id)
      document.body.append(element)
    }, first.id)
    await page.locator('factlet-embed .quote').waitFor()
    await page.evaluate((id) => document.querySelector('factlet-embed')?.setAttribute('fact', id), second.id)
    await page.locator('factlet-embed .role').waitFor()
  })
})

test('what the README shows to paste is a card, as a frame and as an element', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const snippets = [...readme.matchAll(/```html\n(.+?)\n```/gs)].map(([, html = '']) =>
    html.replaceAll('http://127.0.0.1:8787', service().api)
  )
  expect(snippets.length).toBe(2)
  const { page, complaints } = await open(host.put('/readme', article(snippets.join(''))))
  await page.frameLocator('iframe').locator('.card.figure').waitFor()
  await page.locator('factlet-embed .card.figure').waitFor()
  expect(complaints).toEqual([])
})

describe('print', () => {
  test('has the words it rests on, though they were closed', async () => {
    const { page } = await open(embed(of('quote')))
    expect(await page.locator('mark').first().isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('mark').first().isVisible()).toBe(true)
  })
})

describe('the permanent page', () => {
  test('is read without JavaScript, with snippets to select', async () => {
    const fact = of('quote')
    const { page } = await open(`${service().api}/f/${fact.id}`, { javaScriptEnabled: false })
    expect(await page.locator('h1').textContent()).toBe(fact.statement)
    expect(await page.locator('figure mark').first().textContent()).toBe(fact.mentions[0]?.evidence.exact)
    expect(await page.locator('.embedding textarea').count()).toBe(3)
    expect(await page.getByRole('button').count()).toBe(0)
  })

  test('previews the card, copies a snippet, and has both in another theme', async () => {
    const fact = of('figure')
    const { page, complaints } = await open(`${service().api}/f/${fact.id}`, {
      permissions: ['clipboard-read', 'clipboard-write']
    })
    await page.getByLabel('Theme').selectOption('dark')
    await page.frameLocator('#preview').locator('[data-theme=dark] .card').waitFor()
    await page.getByRole('button', { name: 'Copy' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `/embed/fact/${fact.id}?theme=dark"`
    )
    expect(await page.getByLabel('As an element').inputValue()).toContain('theme="dark"')
    expect(complaints).toEqual([])
  })
})
