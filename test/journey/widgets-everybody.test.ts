import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { FactList, SeriesList, TopicList, ArticleList } from '../../worker/schema/answer.ts'
import { Cards, OEmbed } from '../../worker/schema/embed.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import { renderFrame } from '../../worker/views/render.tsx'
import { useChromium } from './chromium.ts'
import { article, useHost } from './host.ts'
import { service } from './service.ts'

const open = useChromium()
const host = useHost()

let facts: Fact[] = []
/** One card of each kind, one where sources differ, one that was revised, an article, topics, series. */
let chosen: string[] = []
beforeAll(async () => {
  const get = async <T extends v.GenericSchema>(schema: T, path: string): Promise<v.InferOutput<T>> =>
    v.parse(schema, await (await fetch(service().api + path)).json())
  for (let cursor: string | null = ''; cursor !== null;) {
    const list: FactList = await get(
      FactList,
      `/v1/facts?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`
    )
    facts.push(...list.data)
    cursor = list.next
  }
  const kinds = ['quote', 'claim', 'figure', 'event', 'role'].flatMap(
    (kind) => facts.find((fact) => fact.kind === kind) ?? []
  )
  const special = [
    facts.find(({ status }) => status === 'disputed'),
    facts.find(({ status }) => status === 'corroborated'),
    facts.find(({ conflicts }) => conflicts.some(({ kind }) => kind === 'revision'))
  ].filter((fact) => fact !== undefined)
  const articles = (await get(ArticleList, '/v1/articles?limit=1')).data
  const topics = (await get(TopicList, '/v1/topics')).data.slice(0, 2)
  const series = (await get(SeriesList, '/v1/series?limit=3')).data
  chosen = [
    ...[...kinds, ...special].map(({ id }) => `fact/${id}`),
    ...articles.map(({ id }) => `article/${id}`),
    ...topics.map(({ slug }) => `topic/${slug}`),
    ...series.map(({ id }) => `series/${id}`)
  ]
})

/** What axe finds, and beside its usual rules text contrast of 7:1. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
    .analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

const elements = (): string =>
  chosen
    .map((of) => {
      const slash = of.indexOf('/')
      return `<factlet-embed ${of.slice(0, slash)}="${of.slice(slash + 1)}"></factlet-embed>`
    })
    .join('')

describe('for everybody', () => {
  test.each([
    ['light', 260],
    ['dark', 260],
    ['light', 1280],
    ['dark', 1280]
  ] as const)(
    'axe finds nothing in any card, in %s at %i pixels, and nothing is wider than its place',
    async (colorScheme, width) => {
      const url = host.put(
        '/all',
        article(
          `${elements()}<script src="${service().api}/embed.js"></script>`,
          '<style>:root{color-scheme:light dark}body{margin:0}</style>'
        )
      )
      const { page, complaints } = await open(url, { viewport: { width, height: 900 }, colorScheme })
      await page
        .locator('factlet-embed .card')
        .nth(chosen.length - 1)
        .waitFor()
      for (const summary of await page.locator('factlet-embed summary').all()) await summary.click()
      expect(await violations(page)).toEqual([])
      const wide = await page.locator('factlet-embed').evaluateAll((all) =>
        all.flatMap((element) => {
          const card = element.shadowRoot?.querySelector('.card')
          return card == null || card.scrollWidth > card.clientWidth ? [element.outerHTML] : []
        })
      )
      expect(wide).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      ).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    }
  )

  test('axe finds nothing in frames, and on the permanent page', async () => {
    const { api } = service()
    const [fact = ''] = chosen
    const framed = host.put(
      '/frames',
      article(
        [fact, `fact/f_${'a'.repeat(20)}`]
          .map(
            (of, i) => `<iframe src="${api}/embed/${of}" title="Card ${i}" width="300" height="400"></iframe>`
          )
          .join('')
      )
    )
    for (const url of [framed, `${api}/f/${fact.slice('fact/'.length)}`]) {
      const { page } = await open(url, { viewport: { width: 320, height: 700 }, colorScheme: 'dark' })
      expect(await violations(page), url).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(over, url).toBeLessThanOrEqual(0)
    }
  })

  test('cards have names that a screen reader can tell', async () => {
    const quote = facts.find((fact) => fact.kind === 'quote' && fact.speaker !== null)
    const { page } = await open(`${service().api}/embed/fact/${quote?.id}`)
    const name = quote?.kind === 'quote' ? quote.speaker?.name : ''
    expect(await page.getByRole('article', { name: `Quote of ${name}` }).count()).toBe(1)
    const series = chosen.find((of) => of.startsWith('series/')) ?? ''
    await page.goto(`${service().api}/embed/${series}`)
    expect(await page.getByRole('img').getAttribute('aria-label')).toContain('The table has all numbers.')
    await page.locator('summary').click()
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['Period', 'Value', 'Source'])
  })

  test('oEmbed gives every card a height at which it is whole', async () => {
    const { api } = service()
    const some = [
      ...new Set([...chosen, ...facts.filter((_, i) => i % 15 === 0).map(({ id }) => `fact/${id}`)])
    ]
    for (const width of [260, 600]) {
      const { page } = await open(`${api}/healthz`, { viewport: { width, height: 300 } })
      for (const of of some) {
        const url = encodeURIComponent(`${api}/embed/${of.split('/').map(encodeURIComponent).join('/')}`)
        const answer = v.parse(
          OEmbed,
          await (await fetch(`${api}/oembed?url=${url}&maxwidth=${width}`)).json()
        )
        await page.setViewportSize({ width, height: answer.height })
        await page.goto(`${api}/embed/${of}`)
        const cut = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
        expect(cut, `${of} at ${width}, given ${answer.height}`).toBeLessThanOrEqual(0)
      }
    }
  })
})

describe('weight, compressed with gzip', () => {
  const packed = (text: string): number => gzipSync(text).length

  test('every fact of the seeds is a card of at most 3 KB, in one request', async () => {
    const sizes: number[] = []
    for (const fact of facts) {
      const { body } = await renderFrame(
        { what: 'fact', fact, roles: [] },
        { theme: 'auto', dir: 'ltr' },
        service().api
      )
      sizes.push(packed(body))
    }
    console.log(`cards of facts: ${Math.min(...sizes)} to ${Math.max(...sizes)} bytes`)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3000)
  })

  test('so are the others', async () => {
    for (const of of chosen) {
      const size = packed(await (await fetch(`${service().api}/embed/${of}`)).text())
      console.log(`${of}: ${size} bytes`)
      expect(size, of).toBeLessThanOrEqual(3000)
    }
  })

  test('embed.js is at most 1.5 KB, and ten cards at most 10 KB', async () => {
    const script = packed(await (await fetch(`${service().api}/embed.js`)).text())
    const answer = await (
      await fetch(
        `${service().api}/embed/cards?of=${facts
          .slice(0, 10)
          .map(({ id }) => `fact/${id}`)
          .join(',')}`
      )
    ).text()
    expect(Object.keys(v.parse(Cards, JSON.parse(answer)).cards).length).toBe(10)
    console.log(`embed.js: ${script} bytes; ten cards: ${packed(answer)} bytes`)
    expect(script).toBeLessThanOrEqual(1500)
    expect(packed(answer)).toBeLessThanOrEqual(10_000)
  })
})
