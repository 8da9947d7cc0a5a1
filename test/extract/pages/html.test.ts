import { describe, expect, it } from 'vitest'
import { readHtml } from '../../../worker/extract/pages/html.ts'

const PARAGRAPHS = [
  'The ferry company said on Tuesday that it would add two boats to the island line from June, its first in 20 years.',
  '“We turned away 4,000 people last summer,” said Marta Lindqvist, who runs the line.',
  'The boats, bought second-hand from a lake operator, carry 120 passengers each and were built in 2011.',
  'Islanders had asked for more crossings since a storm took the southern pier, in the winter of 2019.'
]
const BODY = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('\n')
const TEXT = PARAGRAPHS.join('\n')

const page = (body: string, head = '', html = ''): string =>
  `<!DOCTYPE html><html ${html}><head><title>Two more boats for the island line - Strand Gazette</title>${head}</head><body>${body}</body></html>`

describe('the text of an article', () => {
  it.each([
    [
      'in an article element',
      `<nav><a href=/>Home</a></nav><article><h1>Two more boats for the island line</h1>${BODY}</article>`
    ],
    [
      'in nested boxes',
      `<div id=wrap><div><div class="c1"><div class="c2">${BODY}</div></div></div><div>Imprint</div></div>`
    ],
    [
      'in a table, as pages were once laid out',
      `<table><tr><td width=150><a href=/a>News</a><br><a href=/b>Sport</a></td><td>${BODY}</td></tr></table>`
    ],
    [
      'in boxes instead of paragraphs',
      `<div class="story">${PARAGRAPHS.map((text) => `<div>${text}</div>`).join('')}</div>`
    ],
    ['set with line breaks', `<div id="story">${PARAGRAPHS.join('<br><br>')}</div>`],
    [
      'in several columns',
      `<section>${PARAGRAPHS.map((text) => `<div class="col"><div><p>${text}</p></div></div>`).join('<div class="ad-slot">Advertisement</div>')}</section>`
    ],
    ['in paragraphs nobody closed', `<div>${PARAGRAPHS.map((text) => `<p>${text}`).join('\n')}</div>`],
    ['within a form that holds the whole page', `<form action=x><div class="main">${BODY}</div></form>`],
    ['with stray end tags', `<div></span></b></section><div>${BODY}</i></a></div></div></div>`],
    ['in upper-case tags', `<DIV ID=A>${PARAGRAPHS.map((text) => `<P>${text}</P>`).join('')}</DIV>`],
    [
      'in a box whose name promises furniture',
      `<div class="sidebar-layout comments-open promo">${BODY}</div>`
    ]
  ])('%s', (_, body) => {
    expect(readHtml(page(body)).text).toBe(TEXT)
  })

  it('leaves out what surrounds it', () => {
    const body = `
      <header><p>Strand Gazette, independent since 1961, read on both sides of the sound, and by the fishermen between.</p></header>
      <div class="breadcrumb"><a href=/>Home</a> &gt; <a href=/news>News</a></div>
      <article>
        <h1>Two more boats for the island line</h1>
        <p class="byline">By Jon Haug</p><p>Published 3 May 2028</p>
        <figure><img src=x><figcaption>A ferry leaves the northern pier in fog, as it has every morning since the war.</figcaption></figure>
        ${PARAGRAPHS.slice(0, 2)
          .map((text) => `<p>${text}</p>`)
          .join('')}
        <div class="share-buttons"><a href=#>Facebook</a><a href=#>Mail</a></div>
        <p><strong>READ MORE: <a href=/storm>The night the pier went down</a></strong></p>
        <p><a href=/pier>Islanders wait for a new pier, nine years after the storm</a></p>
        <aside><h3>Most read</h3><p>The council of the island has voted for a new school, a year after the old one burned.</p></aside>
        ${PARAGRAPHS.slice(2)
          .map((text) => `<p>${text}</p>`)
          .join('')}
        <p>Photo: Jon Haug</p>
        <p>Sign up for our newsletter and get the news of the sound in your inbox every morning.</p>
        <p>Follow Jon Haug on Twitter</p>
        <h2>Related articles</h2>
        <ul><li><a href=/1>School vote</a></li><li><a href=/2>Fog on the sound</a></li></ul>
      </article>
      <div id="comments"><p>I have waited for this since I was a child, and I will be on the first boat over, believe me.</p></div>
      <footer><p>© Strand Gazette. All rights reserved, on land and at sea, and on the boats between them.</p></footer>
      <script>document.write('<p>Never run.</p>')</script>`
    expect(readHtml(page(body)).text).toBe(TEXT)
  })

  it('keeps headings and list items as lines of their own', () => {
    const body = `<article><p>${PARAGRAPHS[0]}</p><h2>What will change</h2><ul><li>Six crossings a day</li><li>Night boats on Fridays</li></ul><p>${PARAGRAPHS[1]}</p></article>`
    expect(readHtml(page(body)).text.split('\n')).toEqual([
      PARAGRAPHS[0],
      'What will change',
      'Six crossings a day',
      'Night boats on Fridays',
      PARAGRAPHS[1]
    ])
  })

  it('keeps a list or a table that ends the article', () => {
    const table =
      '<table><thead><tr><th>Line</th><th>Boats</th></tr></thead><tr><td>Island</td><td><b>4</b></td></tr><tr><td>Sound</td><td></td></tr></table>'
    const tags =
      '<ul><li>Ferries</li><li>The sound</li></ul><ul><li><a href=/1>Fog stops boats on the sound</a></li></ul>'
    const body = `<article>${BODY}<ul><li>Fares rose 2 percent</li></ul>${table}${tags}</article>`
    expect(readHtml(page(body)).text.split('\n')).toEqual([
      ...PARAGRAPHS,
      'Fares rose 2 percent',
      'Line | Boats',
      'Island | 4'
    ])
  })

  it('sets each row of a table on a line, with what stands in its cells', () => {
    const table =
      '<table><tr><td><p>Island</p></td><td>4 boats,<br>two of them new</td></tr><tr><td>Sound</td><td>1 boat</td></tr></table>'
    expect(
      readHtml(page(`<article>${BODY}${table}<p>${PARAGRAPHS[0]}</p></article>`))
        .text.split('\n')
        .slice(4)
    ).toEqual(['Island | 4 boats, two of them new', 'Sound | 1 boat', PARAGRAPHS[0]])
  })

  it.each([
    ['in a time element', '<time datetime="2028-05-07">7 May</time>'],
    ['in a time element with a label', '<p>First seen <time>7 May</time></p>'],
    ['as a line of its own', '<p>7 May 2028</p>']
  ])('leaves out the day over the text, %s', (_, day) => {
    expect(readHtml(page(`<article>${day}${BODY}</article>`)).text).toBe(TEXT)
    expect(
      readHtml(page(`<article>${BODY}<p>The first boat sails on <time>7 June</time>.</p></article>`)).text
    ).toBe(`${TEXT}\nThe first boat sails on 7 June.`)
  })

  it.each([
    [
      'formatting nobody closed',
      `<p>${PARAGRAPHS[0]} <b>So far.<p>${PARAGRAPHS[1]}</span></table><p>${PARAGRAPHS[2]}`
    ],
    [
      'boxes closed too early',
      `<div><p>${PARAGRAPHS[0]} <b>So far.</div></span></table><div>${PARAGRAPHS[1]}</div><div>${PARAGRAPHS[2]}</div>`
    ],
    [
      'short paragraphs after the box',
      `<div><p>${PARAGRAPHS[0]} <b>So far.</p><p>${PARAGRAPHS[1]}</div></table><p>${PARAGRAPHS[2]}`
    ]
  ])('%s', (_, body) => {
    expect(readHtml(body).text).toBe([`${PARAGRAPHS[0]} So far.`, ...PARAGRAPHS.slice(1, 3)].join('\n'))
  })

  it.each([
    '<!DOCTYPE html [ <!ENTITY boat "a ] boat"> <!-- "it\'s > --> <!ELEMENT p (#PCDATA)> ]>',
    '<?xml version="1.0"?>\n<!doctype html PUBLIC "-//X//Y" "http://x.example" [\n<!ENTITY x ">]]>">\n] >',
    '<!DOCTYPE html [ ]>'
  ])('leaves out the document type %s', (doctype) => {
    expect(readHtml(`${doctype}${BODY}`).text).toBe(TEXT)
  })

  it('keeps links and emphasis within their sentences, and decodes entities', () => {
    const body = `<article><p>The line&rsquo;s <a class="player-link" href=/owner>owner, Lindqvist &amp; Daughters</a>, paid <b>&euro;3.2&nbsp;million</b> for the boats, the firm&#39;s books show.</p>${BODY}</article>`
    expect(readHtml(page(body)).text.split('\n')[0]).toBe(
      "The line’s owner, Lindqvist & Daughters, paid €3.2 million for the boats, the firm's books show."
    )
  })

  it('leaves out what readers wrote, though it be longer than the article', () => {
    const comment =
      '<div class="c"><p>I have waited for this since I was a child, and I will be on the first boat over, believe me, with my dog.</p></div>'
    const body = `<div class="post has-comments"><h1>Two more boats for the island line</h1><div>${BODY}</div><div id="comments">${comment.repeat(20)}</div></div>`
    expect(readHtml(page(body)).text).toBe(TEXT)
  })

  it('leaves out teasers with texts of their own beside the article', () => {
    const teaser =
      '<div class="item"><a href=/t>Fog stops traffic on the sound</a><p>Boats stayed in port for half of the day, as they had in March.</p></div>'
    const body = `<div id=page><div class="col8"><h1>Two more boats for the island line</h1>${BODY}</div><div class="col4"><h3>Latest news</h3>${teaser.repeat(3)}</div></div>`
    expect(readHtml(page(body)).text).toBe(TEXT)
  })

  it('leaves out what nobody sees', () => {
    const body = `<article><p style="display: none">A hidden line for machines, which no reader of the page will ever get to see at all.</p><p hidden>Another.</p><p class="sr-only">For screen readers only, a line about the picture above, which shows boats.</p>${BODY}</article>`
    expect(readHtml(page(body)).text).toBe(TEXT)
  })

  it('leaves out the card that opens over a name', () => {
    const card =
      '<span class="x"><span><img src=m.jpg><a href=/m>Marta Lindqvist</a><a href=/1>Ferry line seeks boats</a> <a href=/2>Fares go up</a></span></span>'
    const body = `<article><p>The line is run by <span><a href=/m>Marta Lindqvist</a>${card}</span>, a captain for 30 years, and her two daughters.</p>${BODY}</article>`
    expect(readHtml(page(body)).text.split('\n')[0]).toBe(
      'The line is run by Marta Lindqvist, a captain for 30 years, and her two daughters.'
    )
  })

  it('takes what the page declares where it shows nothing', () => {
    const article = {
      '@type': 'NewsArticle',
      headline: 'Two more boats',
      articleBody: PARAGRAPHS.join('\n\n')
    }
    const head = `<script type="application/ld+json">${JSON.stringify(article)}</script>`
    expect(readHtml(page('<div id=app></div>', head)).text).toBe(TEXT)
  })
})

describe('title, publisher, address, language, byline', () => {
  const read = (
    head: string,
    body = BODY,
    html = '',
    url: string | null = 'https://www.strandgazette.example/news/boats?utm_source=x'
  ): ReturnType<typeof readHtml> => readHtml(page(body, head, html), { url })

  it('title: the heading the page shows, not the name of the site', () => {
    const body = `<h1>Strand Gazette</h1><div><h1>Two more boats for the <i>island</i> line</h1>${BODY}</div>`
    expect(read('', body).title).toBe('Two more boats for the island line')
  })
  it('title: without a label over it', () => {
    expect(
      read(
        '<meta property="og:title" content="Two more boats for the island line">',
        `<h1><span>Local</span> Two more boats for the island line</h1>${BODY}`
      ).title
    ).toBe('Two more boats for the island line')
  })
  it('title: without the name of the site after it', () => {
    expect(read('<meta property="og:site_name" content="Strand Gazette">').title).toBe(
      'Two more boats for the island line'
    )
  })
  it('publisher: of the names given, the one that goes with the address', () => {
    const head =
      '<meta property="og:site_name" content="Local news"><script type="application/ld+json">{"@type":"Article","headline":"Boats","publisher":{"name":"Strand Gazette"}}</script>'
    expect(read(head).publisher).toBe('Strand Gazette')
    expect(read('').publisher).toBe('strandgazette.example')
    expect(read('', BODY, '', null).publisher).toBeNull()
  })
  it('publisher: by reference into the graph', () => {
    const graph = {
      '@graph': [
        { '@type': 'Organization', '@id': '#o', name: 'Strand Gazette' },
        {
          '@type': 'NewsArticle',
          headline: 'Boats',
          publisher: { '@id': '#o' },
          author: [{ name: 'Jon Haug' }, { name: 'Ida Moe' }]
        }
      ]
    }
    expect(read(`<script type="application/ld+json">${JSON.stringify(graph)}</script>`)).toMatchObject({
      publisher: 'Strand Gazette',
      byline: 'Jon Haug, Ida Moe'
    })
  })
  it('address: the one the page gives, absolute, without fragment', () => {
    expect(read('<link rel="canonical" href="/news/boats#top">').canonical_url).toBe(
      'https://www.strandgazette.example/news/boats'
    )
    expect(read('<link rel="canonical" href="https://www.strandgazette.example/">').canonical_url).toBe(
      'https://www.strandgazette.example/news/boats?utm_source=x'
    )
    expect(read('<link rel="canonical" href="javascript:alert(1)">', BODY, '', null).canonical_url).toBeNull()
  })
  it('language: of the page, else of its metadata', () => {
    expect(read('', BODY, 'lang="nb-no"').language).toBe('nb-NO')
    expect(read('<meta property="og:locale" content="en_GB">').language).toBe('en-GB')
    expect(read('', BODY, 'lang="{{locale}}"').language).toBeNull()
  })
  it('byline: without "by", date or address', () => {
    expect(read('', `<p class="byline">By Jon Haug | 3 May 2028</p>${BODY}`).byline).toBe('Jon Haug')
    expect(read('<meta name="author" content="https://example.org/jon">').byline).toBeNull()
    expect(read('<meta name="author" content="Jon Haug">').byline).toBe('Jon Haug')
  })
})

describe('any input', () => {
  it.each([
    ['nothing', ''],
    ['no markup', 'Two boats.'],
    ['an unclosed tag', '<div><p class="'],
    ['only a head', '<head><title>x'],
    ['ten thousand nested boxes', `${'<div>'.repeat(10_000)}${BODY}`],
    ['open formatting', '<b>'.repeat(100_000)],
    ['a huge attribute', `<div data-state="${'&quot;x'.repeat(100_000)}">${BODY}</div>`],
    ['nested tables', `${'<table><tr><td>'.repeat(5_000)}${BODY}`],
    ['broken JSON-LD', `<script type="application/ld+json">{"@type":</script>${BODY}`],
    ['deep JSON-LD', `<script type="application/ld+json">${'['.repeat(100_000)}</script>${BODY}`],
    ['odd characters', `\u0000\ud800&#xD800;&#99999999;<\u0000p>${BODY}`]
  ])('%s', (_, html) => {
    const article = readHtml(html, { url: 'not an address' })
    expect(typeof article.text).toBe('string')
  })

  it('finds the article under ten thousand boxes', () => {
    expect(readHtml(`${'<div>'.repeat(10_000)}${BODY}`).text).toBe(TEXT)
  })
})
