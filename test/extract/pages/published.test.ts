import { describe, expect, it } from 'vitest'
import { readHtml } from '../../../worker/extract/pages/html.ts'

const BODY =
  '<p>The bridge over the Ouvelle will stay closed to lorries until the autumn, the county said after a survey.</p><p>Inspectors had found cracks in two of its nine arches, none of them new, and all of them longer than before.</p>'

const published = (head: string, body = '', options: { url?: string; lang?: string } = {}): string | null =>
  readHtml(
    `<html lang="${options.lang ?? 'en'}"><head><title>Bridge closed</title>${head}</head><body><article><h1>Bridge closed to lorries</h1>${body}${BODY}</article></body></html>`,
    { url: options.url ?? 'https://news.example/bridge' }
  ).published_at

const ld = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

describe('what the page declares', () => {
  it.each([
    [
      'JSON-LD',
      ld({ '@type': 'NewsArticle', datePublished: '2027-04-02T08:15:00+02:00', dateModified: '2027-05-01' }),
      '2027-04-02T08:15:00+02:00'
    ],
    [
      'a graph',
      ld({
        '@graph': [
          { '@type': 'WebSite', datePublished: '2001-01-01' },
          { '@type': 'Article', datePublished: '2027-04-02' }
        ]
      }),
      '2027-04-02'
    ],
    [
      'a list, and a type of several',
      ld([{ '@type': ['Thing', 'BlogPosting'], datePublished: ['2027-04-02'] }]),
      '2027-04-02'
    ],
    [
      'JSON-LD with a comma too many',
      '<script type="application/ld+json">{"@type":"Article","headline":"a\nb","datePublished":"2027-04-02",}</script>',
      '2027-04-02'
    ],
    [
      'JSON-LD that is no JSON',
      '<script type="application/ld+json">{"@type":"Article", headline: \'x\', "datePublished" : "2027-04-02T01:02:03Z"</script>',
      '2027-04-02T01:02:03Z'
    ],
    [
      'Open Graph',
      '<meta property="article:published_time" content="2027-04-02T08:15:00Z">',
      '2027-04-02T08:15:00Z'
    ],
    [
      'a zone with no colon',
      '<meta property="article:published_time" content="2027-04-02T08:15:00+0530">',
      '2027-04-02T08:15:00+05:30'
    ],
    ['Dublin Core', '<meta name="DC.date.issued" content="2027-04-02">', '2027-04-02'],
    ['a compact form', '<meta name="pubdate" content="20270402">', '2027-04-02'],
    ['mail format', '<meta name="date" content="Fri, 02 Apr 2027 08:15:00 GMT">', '2027-04-02'],
    [
      'a time with no zone: only the day is known',
      '<meta name="sailthru.date" content="2027-04-02 08:15:00">',
      '2027-04-02'
    ],
    [
      'published before modified',
      '<meta property="og:updated_time" content="2027-06-01T00:00:00Z"><meta property="article:published_time" content="2027-04-02T08:15:00Z">',
      '2027-04-02T08:15:00Z'
    ],
    [
      'modified, where there is nothing else',
      '<meta property="article:modified_time" content="2027-06-01T09:00:00Z">',
      '2027-06-01T09:00:00Z'
    ],
    ['no day of the calendar', '<meta property="article:published_time" content="2027-02-31">', null],
    ['an empty value', '<meta property="article:published_time" content=" ">', null]
  ])('%s', (_, head, expected) => {
    expect(published(head)).toBe(expected)
  })

  it('microdata and time elements', () => {
    expect(published('', '<span itemprop="datePublished" content="2027-04-02">2 April</span>')).toBe(
      '2027-04-02'
    )
    expect(
      published('', '<time datetime="2027-04-02T10:00:00+01:00" itemprop="datePublished">Friday</time>')
    ).toBe('2027-04-02T10:00:00+01:00')
    expect(published('', '<time datetime="2027-04-02">Friday</time>')).toBe('2027-04-02')
    expect(published('', '<time class="entry-date">April 2, 2027</time>')).toBe('2027-04-02')
  })

  it('a video on the page has a day of its own', () => {
    expect(
      published(
        ld({ '@type': 'VideoObject', datePublished: '2020-01-01', uploadDate: '2020-01-01' }),
        '<p>Published: 2 April 2027</p>'
      )
    ).toBe('2027-04-02')
  })
})

describe('the local day', () => {
  const evening = '<meta property="article:published_time" content="2027-04-03T01:30:00Z">'
  it('is the one of the address', () => {
    expect(published(evening, '', { url: 'https://news.example/2027/04/02/bridge/' })).toBe('2027-04-02')
    expect(published(evening, '', { url: 'https://news.example/2027/04/03/bridge/' })).toBe(
      '2027-04-03T01:30:00Z'
    )
  })
  it('or the one shown', () => {
    expect(published(evening, '<time datetime="2027-04-02 20:30:00">April 2, 2027 at 8:30 p.m.</time>')).toBe(
      '2027-04-02'
    )
    expect(published(evening, '<p>Published: 2 April 2027, 8:30 pm</p>')).toBe('2027-04-02')
  })
  it('a day far off is the day of something else', () => {
    expect(published(evening, '<time datetime="2027-03-20">20 March</time>')).toBe('2027-04-03T01:30:00Z')
    expect(published(evening, '', { url: 'https://news.example/2019/12/24/bridge/' })).toBe(
      '2027-04-03T01:30:00Z'
    )
  })
})

describe('the day in the address', () => {
  it.each([
    ['https://news.example/2027/04/02/bridge', '2027-04-02'],
    ['https://news.example/news/20270402/bridge', '2027-04-02'],
    ['https://news.example/world/2027/apr/02/bridge', '2027-04-02'],
    ['https://news.example/bridge-2027-04-02.html', '2027-04-02'],
    ['https://news.example/2027/04/bridge', null],
    ['https://news.example/articles/20271899', null],
    ['https://2027.04.02.example/bridge', null]
  ])('%s', (url, day) => {
    expect(published('', '', { url })).toBe(day)
  })
})

describe('the day shown', () => {
  it.each([
    ['en', '<p>Published: 2 April 2027</p>'],
    ['en', '<p>Posted on Friday, April 2nd, 2027 by Ann</p>'],
    ['en-US', '<div class="meta">4/2/2027</div>'],
    ['en-GB', '<div class="meta">02/04/2027</div>'],
    ['en', '<span class="article-date">Apr. 2, 2027 | 11:15 PM</span>'],
    ['de', '<p>Veröffentlicht am 2. April 2027, 10:00 Uhr</p>'],
    ['de', '<span class="datum">02.04.2027</span>'],
    ['fr', '<p>Publié le 2 avril 2027 à 10h00</p>'],
    ['es', '<p>Publicado el 2 de abril de 2027</p>'],
    ['it', '<p class="data">Pubblicato il 2 aprile 2027</p>'],
    ['pt-BR', '<p>Publicado em 02/04/2027</p>'],
    ['nl', '<div class="post-date">2 april 2027</div>'],
    ['pl', '<p>Opublikowano 2 kwietnia 2027</p>'],
    ['ro', '<p class="date">vineri, 2 aprilie 2027</p>'],
    ['tr', '<p class="date">2 Nisan 2027</p>'],
    ['ru', '<p class="date">2 апреля 2027, 10:00</p>'],
    ['ja', '<p class="date">2027年4月2日</p>'],
    ['en', '<p>By Ann Bell, 2 April 2027</p>']
  ])('%s %s', (lang, shown) => {
    expect(published('', shown, { lang })).toBe('2027-04-02')
  })

  it('not the day of the visit, of comments, of other stories, of a change', () => {
    const body =
      '<div class="site-header__date">May 9, 2027</div><p>Updated: 5 May 2027</p><p class="date">2 April 2027</p><div class="related"><span class="date">1 January 2020</span></div><div class="comment"><time datetime="2027-04-03">3 April</time></div>'
    expect(published('', body)).toBe('2027-04-02')
  })

  it('no day from running text, and none made up from a year', () => {
    expect(
      published(
        '',
        '<p>The county had closed it before, on 3 May 1999, when a barge struck the second arch, and again in the flood year that nobody here likes to talk about any more, least of all the engineers of the county.</p><p>© 2027 News</p>'
      )
    ).toBeNull()
  })

  it('what the scripts of the page keep, before any other day', () => {
    expect(
      published('', '<script>window.__STATE__ = {"article":{"publishedAt":"2027-04-02T10:00:00Z"}}</script>')
    ).toBe('2027-04-02T10:00:00Z')
  })
})
