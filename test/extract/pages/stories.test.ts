import { describe, expect, it } from 'vitest'
import { readHtml, readHtmlPage } from '../../../worker/extract/pages/html.ts'

const URL_OF_PAGE = 'https://roundup.example/today'
const FERRY = [
  'The harbour council of Varnmouth voted on Tuesday to close the old ferry quay for two years.',
  '"Nobody should stand on that quay in a storm," harbour master Ines Okafor told reporters.'
]
const OLIVES = [
  'Olive growers in the Sarran valley expect the smallest harvest in a decade after a dry spring.',
  'Prices at the press rose 14 percent in a month, the growers said.'
]
const TUNNEL = [
  'A fire in the Kell road tunnel forced the police to turn back traffic for six hours on Sunday.',
  'Nobody was hurt, and the tunnel was open again by noon.'
]
const STORIES = [
  { title: 'Varnmouth closes its ferry quay', source: 'Varnmouth Bell', day: '2029-03-06', text: FERRY },
  { title: 'Late harvest worries olive growers', source: 'Sarran Post', day: '2029-03-05', text: OLIVES },
  { title: 'Lorry fire closes road tunnel', source: 'Kell Courier', day: '2029-03-04', text: TUNNEL }
]
type Story = (typeof STORIES)[number]

const paragraphs = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('\n')
const page = (body: string, head = '', title = 'Roundup: the news of the day'): string =>
  `<!doctype html><html><head><title>${title}</title>${head}</head><body><nav><a href=/>Home</a> <a href=/b>Business</a></nav>${body}<footer>© Roundup</footer></body></html>`
const each = (card: (story: Story, i: number) => string): string => STORIES.map(card).join('\n')
const expected = STORIES.map(({ title, source, day, text }) => [title, source, day, text.join('\n')])
const read = (html: string, options = {}): (string | null)[][] =>
  readHtmlPage(html, { url: URL_OF_PAGE, ...options }).map((article) => [
    article.title,
    article.publisher,
    article.published_at,
    article.text
  ])

describe('pages of several stories', () => {
  it.each<[string, (story: Story, i: number) => string]>([
    [
      'articles with a source and a time',
      (s) =>
        `<article><h2><a href="https://x.example/${s.day}">${s.title}</a></h2><p class="meta"><span class="source">${s.source}</span> <time datetime="${s.day}">some days ago</time></p>${paragraphs(s.text)}</article>`
    ],
    [
      'articles with a header',
      (s) =>
        `<article><header><h3>${s.title}</h3><div>${s.source} • <time datetime="${s.day}">then</time></div></header>${paragraphs(s.text)}</article>`
    ],
    [
      'sections, source over the heading',
      (s) =>
        `<section><div class=kicker>${s.source}</div><h2><a href="/go?to=${s.day}">${s.title}</a></h2><time datetime="${s.day}">then</time>${paragraphs(s.text)}</section>`
    ],
    [
      'list items',
      (s) =>
        `<li class="teaser"><h3><a href="/${s.day}">${s.title}</a></h3><div>${paragraphs(s.text)}</div><p>Source: ${s.source}</p><time datetime="${s.day}">then</time></li>`
    ],
    [
      'boxes in boxes',
      (s) =>
        `<div class="row"><div class="related-card"><div><a href="/${s.day}"><h4>${s.title}</h4></a></div><div class="provider-name">${s.source}</div><span><time datetime="${s.day}">x</time></span><div>${paragraphs(s.text)}</div></div></div>`
    ],
    [
      'headings with no boxes',
      (s) =>
        `<h2>${s.title}</h2><p>${s.source} | <time datetime="${s.day}">then</time></p>${paragraphs(s.text)}<hr>`
    ],
    [
      'the source in brackets after the text',
      (s) =>
        `<h2>${s.title}</h2><p><time datetime="${s.day}">then</time></p>${paragraphs(s.text)}<p>(Source: ${s.source})</p>`
    ]
  ])('%s', (_, card) => {
    expect(read(page(`<main><h1>Roundup</h1>${each(card)}</main>`))).toEqual(expected)
    expect(read(page(`<div><div>${each(card)}</div></div>`))).toEqual(expected)
  })

  it('addresses of the stories, absolute; the site they lead to where no source is named', () => {
    const cards = each(
      (s, i) =>
        `<article><h2><a href="${i === 0 ? '/own' : `https://www.paper${i}.example/a`}">${s.title}</a></h2>${paragraphs(s.text)}</article>`
    )
    const articles = readHtmlPage(page(cards), {
      url: URL_OF_PAGE,
      publisher: 'Roundup',
      published_at: '2029-03-07'
    })
    expect(articles.map((a) => [a.canonical_url, a.publisher, a.published_at])).toEqual([
      ['https://roundup.example/own', 'Roundup', '2029-03-07'],
      ['https://www.paper1.example/a', 'paper1.example', '2029-03-07'],
      ['https://www.paper2.example/a', 'paper2.example', '2029-03-07']
    ])
  })

  it('ages count from the day submitted', () => {
    const cards = each(
      (s) => `<article><h2>${s.title}</h2><p>${s.source} • 2 days ago</p>${paragraphs(s.text)}</article>`
    )
    expect(read(page(cards), { published_at: '2029-03-07' }).map((story) => story.slice(1, 3))).toEqual(
      STORIES.map((s) => [s.source, '2029-03-05'])
    )
  })

  it('a main article with other stories under it', () => {
    const more = [
      ...OLIVES,
      ...OLIVES.map((line) => line.replace('Olive', 'Almond')),
      'It will rain in June, the weather office said.'
    ]
    const body = `<h1>Varnmouth closes its ferry quay</h1><div>${paragraphs([...FERRY, ...FERRY.map((line) => `${line} So it was.`)])}</div>
      <div><section><h3><a href="https://a.example/1">Late harvest worries olive growers</a></h3><p class=source>Sarran Post</p>${paragraphs(more)}</section>
      <section><h3><a href="https://b.example/2">Lorry fire closes road tunnel</a></h3><p class=source>Kell Courier</p>${paragraphs([...TUNNEL, ...TUNNEL.map((line) => `${line} So it was.`)])}</section></div>`
    const articles = readHtmlPage(page(body, '', 'Varnmouth closes its ferry quay'), { url: URL_OF_PAGE })
    expect(articles.map((a) => [a.title, a.publisher])).toEqual([
      ['Varnmouth closes its ferry quay', 'roundup.example'],
      ['Late harvest worries olive growers', 'Sarran Post'],
      ['Lorry fire closes road tunnel', 'Kell Courier']
    ])
    expect(articles[0]?.text.startsWith(FERRY[0] ?? '')).toBe(true)
    expect(articles[0]?.text).not.toContain('Olive')
  })
})

describe('pages of one article', () => {
  const long = [...FERRY, ...OLIVES, ...TUNNEL, ...FERRY.map((line) => `${line} So it was.`)]
  it.each([
    [
      'sub-headings',
      `<article><h1>The week</h1>${each((s) => `<h2>${s.title}</h2>${paragraphs(s.text)}`)}</article>`
    ],
    [
      'sections with sub-headings',
      `<h1>The week</h1>${each((s) => `<section><h2>${s.title}</h2>${paragraphs(s.text)}</section>`)}`
    ],
    [
      'cards of further stories under it',
      `<article><h1>The week</h1>${paragraphs(long)}</article><div>${each((s) => `<article><h3><a href=/x>${s.title}</a></h3><p>${s.text[0]}</p></article>`)}</div>`
    ],
    [
      'cards in boxes under it',
      `<div><h1>The week</h1>${paragraphs(long)}</div><ul>${each((s) => `<li><h3><a href=/x>${s.title}</a></h3><p>${s.text[0]}</p></li>`)}</ul>`
    ],
    ['one card', `<article><h2><a href=/x>${STORIES[0]?.title}</a></h2>${paragraphs(FERRY)}</article>`],
    ['nothing', '']
  ])('%s', (_, body) => {
    const html = page(body, '', 'The week')
    expect(readHtmlPage(html, { url: URL_OF_PAGE })).toEqual([readHtml(html, { url: URL_OF_PAGE })])
  })

  it('a page that calls itself an article, of one paper', () => {
    const html = page(
      each((s) => `<article><h2><a href="/${s.day}">${s.title}</a></h2>${paragraphs(s.text)}</article>`),
      '<meta property="og:type" content="article">'
    )
    expect(readHtmlPage(html, { url: URL_OF_PAGE })).toHaveLength(1)
  })

  it('what was submitted with it comes first', () => {
    expect(
      readHtmlPage(page(`<article>${paragraphs(FERRY)}</article>`), {
        title: 'Quay',
        publisher: 'Bell',
        published_at: '2029-03-06'
      })
    ).toMatchObject([
      { title: 'Quay', publisher: 'Bell', published_at: '2029-03-06', text: FERRY.join('\n') }
    ])
  })
})

describe('any input', () => {
  const card = `<article><h2><a href="https://x.example/1">Lorry fire closes road tunnel</a></h2><p class=source>Kell Courier</p>${paragraphs(TUNNEL)}</article>`
  it.each([
    ['many stories', card.repeat(5_000)],
    ['nested stories', '<article><h2>A heading here</h2><p>Some text that ends.</p>'.repeat(20_000)],
    ['nested cards', `${'<div><h2>A heading</h2>'.repeat(40_000)}${card}`],
    ['headings', '<h2>Lorry fire closes road tunnel'.repeat(40_000)],
    ['tables', `${'<table><tr><td>'.repeat(60_000)}${card}${card}`],
    ['rows', `<table>${'<tr><td>Milk<td>2 percent'.repeat(50_000)}</table>`],
    ['stray tags', `${card}${'</div></b></table><p>'.repeat(60_000)}${card}`],
    ['an internal subset that never ends', `<!DOCTYPE x [${'<!-- "'.repeat(200_000)}`],
    ['times', `<p>${'<time>7 June</time> '.repeat(50_000)}</p>${card}${card}`],
    ['bad addresses', card.replace('https://x.example/1', 'http://[').repeat(3)]
  ])('%s', (_, html) => {
    expect(readHtmlPage(html, { url: 'no address' }).length).toBeGreaterThan(0)
  })
})
