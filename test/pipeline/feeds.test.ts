import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFeed } from '../../worker/pipeline/feeds.ts'

const BASE = 'https://news.example.com/feeds/all'

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title> Harbour Courier </title>
<item><title>Quay shut</title><link>/quay</link><description>The quay &amp; the pier.</description><pubDate>Mon, 09 Jun 2025 08:00:00 GMT</pubDate></item>
<item><title>Again</title><link>https://news.example.com/quay</link></item>
<item><title>No link</title></item>
<item><title>Script</title><link>javascript:alert(1)</link></item></channel></rss>`

test('RSS: links against the feed, each once, web addresses alone', () => {
  expect(readFeed(RSS, BASE)).toEqual({
    format: 'rss',
    title: 'Harbour Courier',
    items: [
      {
        url: 'https://news.example.com/quay',
        title: 'Quay shut',
        published: '2025-06-09T08:00:00.000Z',
        said: expect.stringContaining('The quay')
      }
    ]
  })
})

test('Atom', () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Bell</title><entry><id>tag:1</id><title>Quay</title>
    <link rel="alternate" href="https://bell.example.com/quay"/><updated>2025-06-09T08:00:00Z</updated></entry></feed>`
  expect(readFeed(atom, BASE)).toMatchObject({
    format: 'atom',
    title: 'Bell',
    items: [{ url: 'https://bell.example.com/quay', published: '2025-06-09T08:00:00.000Z' }]
  })
})

test('RDF', () => {
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Bell</title></channel>
    <item><title>Quay</title><link>https://bell.example.com/quay</link></item></rdf:RDF>`
  expect(readFeed(rdf, BASE)).toMatchObject({
    items: [{ url: 'https://bell.example.com/quay', published: null }]
  })
})

test('a JSON Feed', () => {
  const json = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Bell',
    items: [{ id: '1', url: 'https://bell.example.com/quay', date_published: '2025-06-09T10:00:00+02:00' }]
  })
  expect(readFeed(json, BASE)).toMatchObject({
    format: 'json',
    items: [{ url: 'https://bell.example.com/quay', published: '2025-06-09T08:00:00.000Z' }]
  })
})

test('a news sitemap', () => {
  const sitemap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://bell.example.com/quay</loc><news:news><news:publication><news:name>Bell</news:name></news:publication>
    <news:publication_date>2025-06-09</news:publication_date><news:title>Quay &amp; pier</news:title></news:news></url>
    <url><loc>https://bell.example.com/pier</loc><lastmod>2025-06-10</lastmod></url></urlset>`
  expect(readFeed(sitemap, BASE)).toMatchObject({
    format: 'sitemap',
    items: [
      { url: 'https://bell.example.com/quay', title: 'Quay & pier', published: '2025-06-09T00:00:00.000Z' },
      { url: 'https://bell.example.com/pier', title: null, published: '2025-06-10T00:00:00.000Z' }
    ]
  })
})

test('what a feed says of an item tells when the item changed', () => {
  const said = (text: string) => readFeed(text, BASE)?.items[0]?.said
  expect(said(RSS)).toBe(said(RSS.replace('Harbour Courier', 'Harbor Courier')))
  expect(said(RSS)).not.toBe(said(RSS.replace('The quay', 'A quay')))
})

describe('what is no feed', () => {
  test.each([
    '',
    'Some words.',
    '<html><body><p>A page</p></body></html>',
    '{"version":1}',
    '[]',
    'null',
    '<rss'
  ])('%s', (text) => {
    expect(readFeed(text, BASE)?.items ?? []).toEqual([])
  })
  test('any text is read without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => RSS.replace('quay', text))
        ),
        (text) => {
          readFeed(text, BASE)
        }
      ),
      { numRuns: 200 }
    )
  })
  test.each([
    ['RSS', '<rss><channel>'],
    ['Atom', '<feed>'],
    ['a sitemap', '<urlset><url>']
  ])('%s of a million elements within each other is none', (_, opening) => {
    expect(readFeed(opening + '<a>'.repeat(1_000_000), BASE)).toBeNull()
  })
  test('a JSON Feed of a million arrays within each other is none', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
    expect(
      readFeed(`{"version":"https://jsonfeed.org/version/1","items":${deep}}`, BASE)?.items ?? []
    ).toEqual([])
  })
  test('entities of its own grow to nothing', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ten words of it"><!ENTITY b "${'&a;'.repeat(10)}"><!ENTITY c "${'&b;'.repeat(10)}"><!ENTITY d SYSTEM "file:///etc/passwd">]>
      <rss><channel><item><title>&c;&d;</title><link>/quay</link></item></channel></rss>`
    expect(readFeed(bomb, BASE)?.items).toMatchObject([{ title: '&c;&d;' }])
  })
  test('names of what objects inherit are names like others', () => {
    const sitemap = `<urlset><url><__proto__>x</__proto__><constructor>y</constructor><loc>/quay</loc></url></urlset>`
    expect(readFeed(sitemap, BASE)?.items).toMatchObject([
      { url: 'https://news.example.com/quay', title: null }
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('x' in {}).toBe(false)
  })
  test('at most two hundred items are taken', () => {
    const items = Array.from(
      { length: 500 },
      (_, i) => `<item><link>https://a.example.com/${i}</link></item>`
    )
    expect(readFeed(`<rss><channel>${items.join('')}</channel></rss>`, BASE)?.items).toHaveLength(200)
  })
})
