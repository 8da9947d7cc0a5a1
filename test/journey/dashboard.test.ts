import { gzipSync } from 'node:zlib'
import { type Page } from 'playwright-core'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { FactList } from '../../worker/schema/answer.ts'
import { DESK, open, overflow, PHONE, useBrowser, violations } from './browser.ts'
import { service } from './service.ts'

useBrowser()

/** Answers the API's lists with a body of our own. */
const serveFacts = (page: Page, body: unknown) =>
  page.route('**/v1/facts*', (route) =>
    route.fulfill({ json: body, headers: { 'Access-Control-Allow-Origin': '*' } })
  )

const factsOf = async (search = ''): Promise<FactList> =>
  v.parse(FactList, await (await fetch(`${service().api}/v1/facts${search}`)).json())

describe('the list', () => {
  test('shows what the API lists, in its order', async () => {
    const { page, complaints } = await open()
    await page.waitForSelector('.row')
    const { data } = await factsOf()
    const shown = await page
      .locator('.row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-fact')))
    expect(shown).toEqual(data.map((fact) => fact.id))
    expect(complaints).toEqual([])
  })

  test('is filtered by kind with the keyboard, in the address and in the rows', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the facts')
    // The masthead with search, "Add" and "Keys", then "All", "Quotes", "Claims", "Figures".
    for (let i = 0; i < 8; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Latest figures' }).waitFor()
    expect(new URL(page.url()).search).toBe('?kind=figure')
    const kinds = await page.locator('.row .kind').allTextContents()
    expect(kinds.length).toBeGreaterThan(0)
    expect(new Set(kinds)).toEqual(new Set(['Figure']))
    // The link that was pressed still has the focus, and says that it is where the reader is.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Figures')
    expect(await page.locator('.kinds [aria-current="page"]').textContent()).toBe('Figures')
    await page.goBack()
    await page.getByRole('heading', { name: 'Latest facts' }).waitFor()
  })

  test('goes on with "More" to where the API ends, without a fact twice', async () => {
    const { page } = await open('?kind=figure')
    await page.waitForSelector('.row')
    const more = page.getByRole('button', { name: 'More' })
    for (let pages = 0; pages < 50 && (await more.isVisible()); pages++) {
      const before = await page.locator('.row').count()
      await more.click()
      await page.locator('.row').nth(before).waitFor()
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('row-link')
    }
    const ids = await page
      .locator('.row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-fact')))
    expect(ids).toEqual([...new Set(ids)])
    let expected = 0
    for (let cursor: string | null = ''; cursor !== null;) {
      const list = await factsOf(`?kind=figure${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expected += list.data.length
      cursor = list.next
    }
    expect(ids.length).toBe(expected)
  })

  test('is walked with j and k, which do nothing outside it', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    await page.locator('.row-link').first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const at = await page
      .locator('.row')
      .evaluateAll((rows) => rows.findIndex((row) => row.contains(document.activeElement)))
    expect(at).toBe(1)
  })

  test('says so when nothing passes the filters, and offers the way out', async () => {
    const { page } = await open('?publisher=No+Such+Paper')
    await page.getByRole('heading', { name: 'No facts here' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'All facts' }).click()
    await page.waitForSelector('.row')
    expect(new URL(page.url()).search).toBe('')
  })

  test('says what to do while nothing was ever read', async () => {
    const { page } = await open('?kind=role')
    await serveFacts(page, { data: [], next: null })
    await page.goto(service().dashboard)
    await page.getByRole('heading', { name: 'No facts yet' }).waitFor()
  })

  test('leaves out a kind that does not exist', async () => {
    const { page } = await open('?kind=rumour')
    await page.getByRole('heading', { name: 'Latest facts' }).waitFor()
  })

  test('holds its place while it loads', async () => {
    const { page } = await open('', PHONE)
    await page.waitForSelector('.row')
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            resolve(list.getEntries().reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0))
          }).observe({ type: 'layout-shift', buffered: true })
          setTimeout(() => resolve(0), 500)
        })
    )
    expect(shift).toBeLessThan(0.01)
  })
})

describe('a fact', () => {
  test('shows its evidence marked, and leads to the source at these words', async () => {
    const { data } = await factsOf('?kind=figure')
    const { page, complaints } = await open('?kind=figure')
    await page.locator('.row-link').nth(1).click()
    const chosen = data[1]
    expect(chosen).toBeDefined()
    if (chosen === undefined) return
    await page.waitForURL((url) => url.searchParams.get('fact') === chosen.id)
    expect(new URL(page.url()).searchParams.get('kind')).toBe('figure')
    expect(await page.locator('.pane mark').allTextContents()).toEqual(
      chosen.mentions.map(({ evidence }) => evidence.exact)
    )
    const sources = await page
      .locator('.pane a.source')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(sources).toEqual(
      chosen.mentions.flatMap(({ article, fragment_url }) => fragment_url ?? article.url ?? [])
    )
    expect(sources[0]).toContain('#:~:text=')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('fact-title')
    await page.keyboard.press('Escape')
    expect(
      await page.locator('.row-link[aria-current]').evaluate((link) => link === document.activeElement)
    ).toBe(true)
    expect(complaints).toEqual([])
  })

  test('has an address of its own', async () => {
    // Words of which only some were quoted are told as the article tells them.
    const whole = (await factsOf('?kind=quote')).data.flatMap((fact) =>
      fact.kind === 'quote' && fact.statement.endsWith(`“${fact.content}”`) ? [fact] : []
    )
    const { page } = await open(`?fact=${whole[0]?.id}`)
    await page.waitForSelector('.pane mark')
    expect(await page.locator('.pane h2').textContent()).toBe(`“${whole[0]?.content}”`)
  })

  test('is checked against the stored text on request', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Check the words again' }).click()
    await page.getByText('The stored text still says exactly this.').waitFor()
  })

  test('leads to all that is known of a name, and the filter comes off again', async () => {
    const { data } = await factsOf()
    const fact = data.find(({ entities }) => entities.length > 0)
    const entity = fact?.entities[0]
    expect(entity).toBeDefined()
    if (entity === undefined) return
    const { page } = await open(`?fact=${fact?.id}`)
    await page.locator('.names a').first().click()
    await page.getByRole('heading', { name: `Facts that name ${entity.name}` }).waitFor()
    expect(new URL(page.url()).search).toBe(`?${new URLSearchParams({ entity: entity.id })}`)
    const { data: naming } = await factsOf(`?entity=${encodeURIComponent(entity.id)}`)
    expect(await page.locator('.row').count()).toBe(naming.length)
    await page.getByRole('link', { name: 'take this filter off' }).click()
    await page.getByRole('heading', { name: 'Latest facts' }).waitFor()
  })

  test('leads to the other facts of its article', async () => {
    const { page } = await open()
    await page.getByRole('link', { name: 'All facts of this article' }).first().click()
    await page.getByRole('heading', { name: /^Facts in “/ }).waitFor()
    expect(await page.locator('.row').count()).toBeGreaterThan(0)
  })

  test('that does not exist is told as such, with no button that cannot help', async () => {
    for (const id of ['f_aaaaaaaaaaaaaaaaaaaa', '../articles']) {
      const { page } = await open(`?fact=${encodeURIComponent(id)}`)
      await page.locator('.pane').getByRole('alert').waitFor()
      expect(await page.locator('.pane').getByRole('button').count()).toBe(0)
    }
  })

  test('is text, whatever it holds', async () => {
    const list = await factsOf('?kind=event')
    const planted = '<img src=x onerror="document.title=1">&amp;<script>document.title=2</script>'
    const [first] = list.data
    const { page, complaints } = await open('?kind=role')
    await serveFacts(page, {
      data: [
        {
          ...first,
          statement: planted,
          entities: [{ id: '"><u>x', name: planted, type: 'person' }],
          mentions: first?.mentions.map((mention) => ({
            ...mention,
            article: {
              ...mention.article,
              title: planted,
              publisher: planted,
              url: 'javascript:document.title=3'
            },
            evidence: { ...mention.evidence, exact: planted },
            fragment_url: 'javascript:document.title=4'
          }))
        }
      ],
      next: null
    })
    await page.goto(service().dashboard)
    await page.waitForSelector('.pane mark')
    expect(await page.locator('.row .headline').textContent()).toBe(planted)
    expect(await page.locator('.pane mark').first().textContent()).toBe(planted)
    expect(await page.locator('main img, main script, main u, main a[href^="javascript"]').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

describe('on a phone', () => {
  test('nothing is wider than the screen', async () => {
    const { data } = await factsOf()
    for (const search of [
      '',
      '?kind=figure',
      '?kind=quote',
      `?fact=${data[0]?.id}`,
      '?publisher=No+Such+Paper'
    ]) {
      const { page } = await open(search, PHONE)
      await page.waitForSelector('.row:visible, .fact:visible, .notice:visible')
      expect(await overflow(page), search).toBe(0)
    }
  })

  test('a fact takes the place of the list, and the way back leads to where the reader was', async () => {
    const { page } = await open('', PHONE)
    await page.waitForSelector('.row')
    const row = page.locator('.row-link').nth(12)
    await row.scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => scrollY)
    expect(before).toBeGreaterThan(0)
    await row.tap()
    await page.waitForSelector('.fact:visible')
    expect(await page.locator('.rows').isVisible()).toBe(false)
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.getByRole('link', { name: 'Back to the list' }).tap()
    await page.waitForSelector('.row:visible')
    expect(await page.evaluate(() => scrollY)).toBe(before)
  })
})

describe('when the API is in trouble', () => {
  test('and does not answer, the page says so and tries again on request', async () => {
    const { page } = await open('?kind=role')
    await page.route(`${service().api}/**`, (route) => route.abort('connectionrefused'))
    await page.goto(service().dashboard)
    const alert = page.getByRole('alert')
    await alert.getByRole('heading', { name: 'The service does not answer' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.unroute(`${service().api}/**`)
    await alert.getByRole('button', { name: 'Try again' }).press('Enter')
    await page.waitForSelector('.row')
    // The button is gone; the keyboard goes on at the list, not at the top of the page.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('facts')
  })

  test('and says why, the page repeats it', async () => {
    const { page } = await open('?kind=role')
    await page.route('**/v1/facts*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: JSON.stringify({
          title: 'The service cannot answer right now',
          status: 503,
          detail: 'The store is being moved.'
        })
      })
    )
    await page.goto(service().dashboard)
    await page.getByText('The store is being moved.').waitFor()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  })

  test('behind a proxy that answers with a page, the page keeps its words', async () => {
    const { page } = await open('?kind=role')
    await page.route('**/v1/facts*', (route) =>
      route.fulfill({
        status: 502,
        contentType: 'text/html',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: '<h1>Bad gateway</h1>'
      })
    )
    await page.goto(service().dashboard)
    await page.getByText('It answered with status 502.').waitFor()
  })

  test('a further page that fails leaves the list, and is asked for again', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    const before = await page.locator('.row').count()
    await page.route('**/v1/facts?*cursor=*', (route) => route.abort())
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.locator('.row').count()).toBe(before)
    await page.unroute('**/v1/facts?*cursor=*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.row').nth(before).waitFor()
  })
})

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing, in %s', async (colorScheme) => {
    const { data } = await factsOf('?kind=figure')
    for (const options of [DESK, PHONE]) {
      for (const search of ['', `?kind=figure&fact=${data[0]?.id}`]) {
        const { page } = await open(search, { ...options, colorScheme })
        await page.waitForSelector('.row:visible, .fact:visible')
        expect(await violations(page), search).toEqual([])
      }
    }
  })

  test('the page asks nobody but itself and the API, and leaves nothing behind', async () => {
    const { page } = await open('?kind=role')
    const asked = new Set<string>()
    page.on('request', (request) => asked.add(new URL(request.url()).origin))
    const response = await page.goto(service().dashboard)
    await page.waitForSelector('.row')
    expect([...asked].toSorted()).toEqual([service().api, service().dashboard].toSorted())
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain(`connect-src ${service().api};`)
    expect(policy).not.toContain('unsafe')
  })

  test('the scripts of the first load stay small, and charts and the form come when they are needed', async () => {
    const { page } = await open('?kind=role')
    await page.waitForSelector('.row')
    const scripts = new Map<string, Promise<Buffer>>()
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body())
    })
    await page.goto(service().dashboard)
    await page.waitForSelector('.row')
    let bytes = 0
    for (const body of scripts.values()) bytes += gzipSync(await body).byteLength
    expect(bytes).toBeGreaterThan(1000)
    expect(bytes).toBeLessThan(20_000)
    const loaded = () => [...scripts.keys()].map((url) => /([a-z]+)-[^/]*$/.exec(url)?.[1])
    expect(loaded()).toEqual(['index'])
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { name: 'Hand an article in' }).waitFor()
    expect(loaded().toSorted()).toEqual(['add', 'index', 'session'])
  })
})
