import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { Entity, FactList, Related } from '../../worker/schema/answer.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import { DESK, open, overflow, PHONE, useBrowser, violations } from './browser.ts'
import { service } from './service.ts'

useBrowser()

async function ask<Shape extends v.GenericSchema>(shape: Shape, path: string): Promise<v.InferOutput<Shape>> {
  return v.parse(shape, await (await fetch(service().api + path)).json())
}
const factsAt = async (path: string): Promise<Fact[]> => (await ask(FactList, path)).data

/** The first that is there; a test on nothing would pass whatever the page shows. */
function firstOf<T>(found: readonly T[]): T {
  const [first] = found
  if (first === undefined) throw new Error('the seeds have none')
  return first
}

const hrefs = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')))

const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*' }
/** The front page without a single fact: what a test serves itself is not drowned. */
const EMPTY = '?publisher=No+Such+Paper'

describe('the front page', () => {
  test('leads to the stories, and shows what is best corroborated and what was revised', async () => {
    const { page, complaints } = await open()
    await page.waitForSelector('.dossier')
    const corroborated = await factsAt('/v1/facts?status=corroborated&limit=100')
    // Offices are in every article: they are no news.
    const news = corroborated.filter(({ kind }) => kind !== 'role')
    const most = Math.max(...news.map(({ origins }) => origins))
    const section = page.locator('.brief', { hasText: 'Most corroborated' })
    expect(await section.locator('li').first().textContent()).toContain(
      `corroborated by ${most} independent sources`
    )
    const revised = page.locator('.brief', { hasText: 'Revised since' })
    expect(await revised.locator('li').first().textContent()).toMatch(/revised on .* now/)
    await page.getByRole('navigation', { name: 'Stories' }).getByRole('link').first().click()
    await page.getByRole('heading', { name: /^Facts on #/ }).waitFor()
    expect(complaints).toEqual([])
  })

  test('is narrowed by how well facts are supported, in the address', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    await page
      .getByRole('navigation', { name: 'Support' })
      .getByRole('link', { name: 'Corroborated' })
      .click()
    await page.waitForURL((url) => url.search === '?status=corroborated')
    await page.waitForSelector('.statuses [aria-current="page"]:text-is("Corroborated")')
    const classes = await page.locator('.row').evaluateAll((rows) => rows.map((row) => row.className))
    expect(classes.length).toBeGreaterThan(0)
    expect(classes.filter((name) => !name.includes('is-corroborated'))).toEqual([])
    // What was pressed was made anew: the keyboard goes on at the list.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('facts')
    await page.getByRole('link', { name: 'Any support' }).click()
    await page.waitForURL((url) => url.search === '')
  })

  test('shows its list also when what stands over it cannot be had', async () => {
    const { page } = await open(EMPTY)
    await page.route('**/v1/topics', (route) => route.abort())
    await page.goto(service().dashboard)
    await page.waitForSelector('.row')
    expect(await page.locator('.dossier').count()).toBe(0)
  })

  test('says when the service answers from its memory', async () => {
    const { page } = await open(EMPTY)
    await page.route('**/v1/facts*', (route) =>
      route.fulfill({
        json: { data: [], next: null },
        headers: { ...CORS, 'Cache-Status': 'factlet; hit; detail=stale' }
      })
    )
    await page.goto(service().dashboard)
    await page.locator('#stale', { hasText: 'what you see was true a while ago' }).waitFor()
  })
})

describe('a story', () => {
  test('shows what happened when, and each day once', async () => {
    const timeline = await factsAt('/v1/topics/china/timeline?limit=100')
    const { page, complaints } = await open('?topic=china')
    await page.locator('.timeline').last().waitFor()
    expect(await hrefs(page, '.timeline a')).toEqual(timeline.map(({ id }) => `?fact=${id}`))
    const days = await page.locator('.timeline').last().locator('.day:not(.unseen)').allTextContents()
    expect(days).toEqual([...new Set(days)])
    expect(complaints).toEqual([])
  })

  test('draws figures that move, with their numbers in a table that leads to the facts', async () => {
    const { page } = await open('?topic=china')
    const figure = page.locator('.series').first()
    await figure.waitFor()
    expect(await figure.locator('svg rect').count()).toBe(await figure.locator('tr').count())
    expect(await figure.locator('svg').getAttribute('aria-label')).toMatch(/values, in the table below$/)
    await figure.locator('td a').first().click()
    await page.waitForURL((url) => url.searchParams.get('fact') !== null)
    await page.waitForSelector('.fact-figure')
  })

  test('names who said what', async () => {
    const { page } = await open('?topic=china')
    const voices = page.locator('.brief', { hasText: 'Who said what' })
    await voices.waitFor()
    const names = await voices.locator('.line').allTextContents()
    expect(names.length).toBeGreaterThan(1)
    expect(names).toEqual([...new Set(names)])
  })

  test('sets what sources say side by side, each disagreement once', async () => {
    const [one, other] = await factsAt('/v1/facts?kind=figure&limit=2')
    if (one === undefined || other === undefined) throw new Error('the seeds have no two figures')
    const said = (value: string, publisher: string) => ({
      value,
      said_by: null,
      publishers: [publisher],
      since: null
    })
    const [a, b] = [said('12', 'The Gazette'), said('15', 'The Ledger')]
    const disputed = [
      {
        ...one,
        status: 'disputed',
        conflicts: [{ kind: 'value', with: other.id, differs: 'value', ours: a, theirs: b }]
      },
      {
        ...other,
        status: 'disputed',
        conflicts: [{ kind: 'value', with: one.id, differs: 'value', ours: b, theirs: a }]
      }
    ]
    const { page } = await open(EMPTY)
    await page.route('**/v1/facts?*status=disputed*', (route) =>
      route.fulfill({ json: { data: disputed, next: null }, headers: CORS })
    )
    await page.goto(`${service().dashboard}/?topic=china`)
    const rows = page.locator('.dossier .sides tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(1)
    expect(await rows.locator('td').allTextContents()).toEqual([
      '12The Gazette',
      '15The Ledger',
      'The other fact'
    ])
    expect(await violations(page)).toEqual([])
    // The way to a fact that is disputed shows the same table there.
    await page.goto(`${service().dashboard}/?status=disputed`)
    await page.locator('.pane h3', { hasText: 'Where sources differ' }).waitFor()
    await page.locator('.status-disputed', { hasText: 'sources differ: 12 or 15' }).first().waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('can be put on another page: the snippets, and the card as it will look', async () => {
    const { page, complaints } = await open('?topic=china')
    await page.getByText('Put this timeline on your page').click()
    const fold = page.locator('.dossier > .fold')
    expect(await fold.getByLabel('As a frame, for any site').inputValue()).toContain(
      `src="${service().api}/embed/topic/china"`
    )
    expect(await fold.getByLabel(/^As an element/).inputValue()).toContain('<factlet-embed topic="china"')
    await page.frameLocator('.dossier .preview iframe').locator('body :text("China")').first().waitFor()
    await fold.getByRole('button', { name: 'Copy' }).first().click()
    await fold.locator('[role=status]', { hasText: /Copied|Selected/ }).waitFor()
    expect(complaints).toEqual([])
  })
})

describe('a name', () => {
  test('shows offices over time and the words of a person', async () => {
    const entity = await ask(Entity, '/v1/entities/christine-lagarde')
    const { page } = await open('?entity=christine-lagarde')
    const offices = page.locator('.brief', { hasText: 'Offices' })
    await offices.waitFor()
    expect(await offices.locator('li').count()).toBe(entity.roles.length)
    const own = (await factsAt('/v1/facts?entity=christine-lagarde&kind=quote')).filter(
      (fact) => fact.kind === 'quote' && fact.speaker?.entity === 'christine-lagarde'
    )
    expect(await hrefs(page, '.brief:has(:text("What they said")) li a')).toEqual(
      own.map(({ id }) => `?fact=${id}`)
    )
  })

  test('shows the figures of a place, and leads to all of them', async () => {
    const { page } = await open('?entity=china')
    await page.locator('.brief', { hasText: 'In figures' }).getByRole('link', { name: 'All figures' }).click()
    await page.waitForURL(
      (url) => url.searchParams.get('entity') === 'china' && url.searchParams.get('kind') === 'figure'
    )
  })
})

describe('an article', () => {
  test('shows its facts in the order of the text, and its neighbours with the reason', async () => {
    const article = firstOf(firstOf(await factsAt('/v1/facts?topic=china')).mentions).article.id
    const inOrder = await factsAt(`/v1/articles/${article}/facts`)
    const related = (await ask(Related, `/v1/articles/${article}/related`)).data.slice(0, 4)
    const { page } = await open(`?article=${article}`)
    await page.waitForSelector('.row')
    expect(
      await page.locator('.row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-fact')))
    ).toEqual(inOrder.map(({ id }) => id))
    const near = page.locator('.brief', { hasText: 'Related articles' }).locator('li')
    expect(await near.count()).toBe(related.length)
    expect(await near.first().textContent()).toMatch(/Both (say: |name )/)
    await near.first().getByRole('link').click()
    await page.waitForURL((url) => url.searchParams.get('article') === firstOf(related).article.id)
  })
})

describe('a fact', () => {
  test('tells which sources count, and why others do not', async () => {
    const fact = firstOf(await factsAt('/v1/facts?status=corroborated'))
    const { page } = await open(`?fact=${fact.id}`)
    await page.locator('.pane h3', { hasText: `${fact.origins} independent sources` }).waitFor()
    expect(
      await page
        .locator('.pane section', { hasText: 'independent sources' })
        .locator('.grounds > li .line')
        .allTextContents()
    ).toEqual(fact.origin_groups.map(({ detail }) => expect.stringContaining(detail)))
  })

  test('has its arithmetic worked out, with the facts that it took', async () => {
    const fact = firstOf(
      (await factsAt('/v1/facts?kind=figure&limit=100')).filter(({ checks }) => checks.length > 0)
    )
    const { page } = await open(`?fact=${fact.id}`)
    const worked = page.locator('.pane section', { hasText: 'Worked out again' })
    await worked.waitFor()
    expect(await worked.locator('code').first().textContent()).toContain(firstOf(fact.checks).formula)
    expect(await worked.locator('a').first().getAttribute('href')).toBe(
      `?fact=${firstOf(firstOf(fact.checks).inputs).fact}`
    )
  })

  test('shows its history when asked, and why it cannot when it cannot', async () => {
    const fact = firstOf(await factsAt('/v1/facts?status=corroborated'))
    const { page } = await open(`?fact=${fact.id}`)
    await page.route('**/history', (route) => route.abort())
    await page.getByText('History', { exact: true }).click()
    await page.locator('.fold').getByRole('alert').waitFor()
    await page.unroute('**/history')
    await page.locator('.fold').getByRole('button', { name: 'Try again' }).click()
    const versions = page.locator('.fold .grounds > li')
    await versions.first().waitFor()
    expect(await versions.count()).toBe(fact.version)
    expect(await versions.last().textContent()).toContain('article tells it')
  })
})

describe('search', () => {
  test('follows what is typed, in one entry of the history', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    const before = await page.evaluate(() => history.length)
    await page.getByRole('searchbox').pressSequentially('tariff', { delay: 20 })
    await page.getByRole('heading', { name: 'Facts for “tariff”' }).waitFor()
    expect(new URL(page.url()).search).toBe('?q=tariff')
    const found = await factsAt('/v1/facts?q=tariff')
    expect(found.length).toBeGreaterThan(0)
    expect(await page.locator('.row').count()).toBe(found.length)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search')
    expect(await page.evaluate(() => history.length)).toBe(before + 1)
    await page.getByRole('searchbox').fill('zzzzzz')
    await page.getByRole('heading', { name: 'No facts here' }).waitFor()
    await page.getByRole('searchbox').blur()
    await page.goBack()
    await page.getByRole('heading', { name: 'Latest facts' }).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
  })
})

describe('keys', () => {
  test('search, lead and explain themselves, and can be switched off', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search')
    // A letter in a field is a letter.
    await page.keyboard.press('a')
    expect(await page.getByRole('searchbox').inputValue()).toBe('a')
    await page.goto(`${service().dashboard}/?kind=figure`)
    await page.waitForSelector('.row')
    await page.keyboard.press('g')
    await page.waitForURL((url) => url.search === '')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys' })
    await help.waitFor()
    expect(await violations(page)).toEqual([])
    await help.getByLabel('Keys of one letter are off').check()
    await help.getByRole('button', { name: 'Close' }).click()
    await page.keyboard.press('a')
    await page.keyboard.press('/')
    expect(new URL(page.url()).search).toBe('')
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('search')
  })
})

describe('for everybody', () => {
  test.each(
    (['a story', 'a name', 'an article', 'a narrowed list', 'a fact'] as const).flatMap((view) => [
      { view, words: 'wide and light', options: { ...DESK, colorScheme: 'light' as const } },
      { view, words: 'narrow and dark', options: { ...PHONE, colorScheme: 'dark' as const } }
    ])
  )('axe finds nothing in $view, $words, and nothing is wider than the screen', async ({ view, options }) => {
    const fact = firstOf(await factsAt('/v1/facts?status=corroborated'))
    const search = {
      'a story': '?topic=china',
      'a name': '?entity=christine-lagarde',
      'an article': `?article=${firstOf(fact.mentions).article.id}`,
      'a narrowed list': '?status=corroborated',
      'a fact': `?fact=${fact.id}`
    }[view]
    const { page } = await open(search, options)
    await page.waitForSelector('.row:visible, .fact:visible')
    // What is folded must be as good; cards have tests of their own, and frames take axe long.
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    await page.locator('.fold [aria-live] li').first().waitFor({ state: 'attached' })
    await page.evaluate(() => {
      for (const frame of document.querySelectorAll('iframe')) frame.remove()
    })
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
  })
})
