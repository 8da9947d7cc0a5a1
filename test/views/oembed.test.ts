import { beforeAll, describe, expect, test } from 'vitest'
import { OEmbed } from '../../worker/schema/embed.ts'
import { Problem } from '../../worker/schema/problem.ts'
import * as v from 'valibot'
import { call, ORIGIN, read } from '../setup/call.ts'
import { GONE, MERGED, storeDeparted, type Stored, storeOne } from './stored.ts'

let stored: Stored
beforeAll(async () => {
  stored = await storeOne()
  await storeDeparted(stored.of('figure').id)
})

const ask = (url: string, rest = ''): string => `/oembed?url=${encodeURIComponent(url)}${rest}`

describe('/oembed', () => {
  test('answers a rich embed of a fact', async () => {
    const { id, statement } = stored.of('figure')
    const answer = await read(OEmbed, ask(`${ORIGIN}/f/${id}`))
    expect(answer).toMatchObject({
      type: 'rich',
      version: '1.0',
      title: statement,
      author_name: 'Harbour Courier',
      provider_name: 'Factlet',
      provider_url: ORIGIN,
      width: 600,
      thumbnail_url: `${ORIGIN}/f/${id}.png`,
      thumbnail_width: 1200,
      thumbnail_height: 630
    })
    // WordPress finds the quote and the frame by this shape, and takes all other tags out.
    expect(answer.html).toMatch(
      /^<blockquote><a href="[^"]+">[^<]+<\/a><\/blockquote><iframe src="[^"]+" title="[^"]+" width="600" height="\d+"[^>]*><\/iframe>$/
    )
    expect(answer.html).toContain(`src="${ORIGIN}/embed/fact/${id}"`)
  })

  test('obeys the limits of the consumer, in the markup too', async () => {
    const url = `${ORIGIN}/f/${stored.of('quote').id}`
    const answer = await read(OEmbed, ask(url, '&maxwidth=320&maxheight=150'))
    expect([answer.width, answer.height]).toEqual([320, 150])
    expect(answer.html).toContain('width="320" height="150"')
    expect(answer.thumbnail_url).toBeUndefined()
    const narrow = await read(OEmbed, ask(url, '&maxwidth=300'))
    expect(narrow.height).toBeGreaterThan((await read(OEmbed, ask(url, '&maxwidth=900'))).height)
  })

  test('answers XML with the same fields', async () => {
    const url = `${ORIGIN}/f/${stored.of('figure').id}`
    const response = await call(ask(url, '&format=xml'))
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    const xml = await response.text()
    const json = await read(OEmbed, ask(url))
    for (const [name, value] of Object.entries(json)) {
      const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1]
      const plain = text
        ?.replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
      expect(plain, name).toBe(String(value))
    }
  })

  test('knows frames of every kind, and addresses with what others add to them', async () => {
    const figure = stored.of('figure')
    const series = figure.kind === 'figure' ? (figure.series ?? '') : ''
    for (const path of [
      `/embed/fact/${figure.id}`,
      `/embed/article/${stored.article}`,
      `/embed/topic/${figure.topics[0]}`,
      `/embed/series/${encodeURIComponent(series)}`,
      `/f/${figure.id}/`,
      `/f/${figure.id}?utm_source=x#top`,
      `/f/${MERGED}`
    ])
      expect((await read(OEmbed, ask(ORIGIN + path))).type, path).toBe('rich')
  })

  test('takes what WordPress and others send beside it, without another answer for each', async () => {
    const path = ask(`${ORIGIN}/f/${stored.of('figure').id}`)
    const plain = await call(path)
    const other = await call(`${path}&dnt=1&omit_script=true&lang=de`)
    expect(other.status).toBe(200)
    expect(other.headers.get('etag')).toBe(plain.headers.get('etag'))
  })

  test.each([
    ['another site', 'https://news.example/f/f_aaaaaaaaaaaaaaaaaaaa', 404],
    ['our API', `${ORIGIN}/v1/facts/f_aaaaaaaaaaaaaaaaaaaa`, 404],
    ['a fact that never was', `${ORIGIN}/f/f_dddddddddddddddddddd`, 404],
    ['a fact that is no more', `${ORIGIN}/f/${GONE}`, 410],
    ['script', 'javascript:alert(1)', 404],
    ['no address', '%%%', 404],
    ['a broken escape', `${ORIGIN}/embed/topic/%E0%A4%A`, 404],
    ['our host as a user', `http://factlet.test@news.example/f/f_aaaaaaaaaaaaaaaaaaaa`, 404]
  ])('of %s is a problem', async (_what, url, status) => {
    const response = await call(ask(url))
    expect(response.status).toBe(status)
    expect(v.parse(Problem, await response.json()).detail).not.toContain('alert')
  })

  test('says 501 of other formats, and 400 of limits that are none', async () => {
    const url = `${ORIGIN}/f/${stored.of('figure').id}`
    expect((await call(ask(url, '&format=yaml'))).status).toBe(501)
    expect((await call(ask(url, '&maxwidth=-1'))).status).toBe(400)
    expect((await call('/oembed')).status).toBe(400)
  })
})
