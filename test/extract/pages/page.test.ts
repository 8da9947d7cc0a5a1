import { describe, expect, it } from 'vitest'
import { readPage } from '../../../worker/extract/pages/page.ts'

const HARBOUR = [
  'The harbour council of Varnmouth voted on Tuesday to close the old ferry quay for two years.',
  'Engineers found that the timber piles had lost a third of their strength, the council said in a statement.',
  '"Nobody should stand on that quay in a storm," harbour master Ines Okafor told reporters.',
  'Ferries will leave from the coal pier until the work is done in 2031.'
]
const OLIVES =
  'Olive growers in the Sarran valley expect the smallest harvest in a decade after a dry spring. Prices at the press rose 14 percent in a month. "We have never started picking this late," said grower Paul Etxeberria.'
const TUNNEL =
  'A fire in the Kell road tunnel forced the police to turn back traffic for six hours on Sunday. Nobody was hurt. The operator said a lorry had overheated near the northern end.'

const titles = (page: string, options = {}): (string | null)[] =>
  readPage(page, options).map((article) => article.title)

describe('a page of one article', () => {
  it('takes the first line for the title and the rest for the text', () => {
    const [article, ...others] = readPage(['Varnmouth closes its ferry quay', ...HARBOUR].join('\n'), {})
    expect(others).toEqual([])
    expect(article).toEqual({
      title: 'Varnmouth closes its ferry quay',
      text: HARBOUR.join('\n'),
      publisher: null,
      published_at: null,
      canonical_url: null,
      language: null,
      byline: null
    })
  })

  it('keeps what the submission says', () => {
    const [article] = readPage(HARBOUR.join('\n'), {
      title: 'Quay shut',
      publisher: 'The Varnmouth Bell',
      published_at: '2029-03-06'
    })
    expect(article).toMatchObject({
      title: 'Quay shut',
      publisher: 'The Varnmouth Bell',
      published_at: '2029-03-06'
    })
    expect(article?.text).toBe(HARBOUR.join('\n'))
  })

  it('does not take a first sentence for a title', () => {
    expect(readPage(HARBOUR.join('\n\n'), {})[0]).toMatchObject({ title: null, text: HARBOUR.join('\n') })
  })

  it.each([
    ['Explore what Quaynote AI can do for you:', 'Quaynote'],
    ['Subscribe to The Varnmouth Bell', 'The Varnmouth Bell'],
    ['Sign up for Varnmouth Bell newsletters', 'Varnmouth Bell'],
    ['Get the Varnmouth Bell app', 'Varnmouth Bell'],
    ['© 2029 The Varnmouth Bell. All rights reserved.', 'The Varnmouth Bell'],
    // No name of a site:
    ['Subscribe to our newsletter', null],
    ['Subscribe to The Latest News', null],
    ['Sign up for Free', null],
    ['© 2029 Harbour Pictures', null],
    ['Get the app', null],
    ['All rights reserved', null],
    [`Subscribe to ${'A'.repeat(200)}`, null]
  ])('the page names its own site: %s', (line, publisher) => {
    const page = ['Varnmouth closes its ferry quay', ...HARBOUR, 'Comments', line].join('\n')
    expect(readPage(page, {})[0]).toMatchObject({ publisher, text: HARBOUR.join('\n') })
    expect(readPage(page, { publisher: 'Sarran Post' })[0]?.publisher).toBe('Sarran Post')
  })

  it('that names two sites is of neither', () => {
    const page = [...HARBOUR, 'Comments', 'Get the Sarran Post app', 'Subscribe to Kell Courier'].join('\n')
    expect(readPage(page, {})[0]?.publisher).toBeNull()
  })

  it('answers text of any kind', () => {
    for (const text of [
      '',
      '\n\n',
      'x',
      'ago',
      '3 hours ago',
      '- \n- \n',
      '\u0000\n\ud800',
      '7 minutes ago\n'.repeat(50)
    ]) {
      expect(() => readPage(text, {})).not.toThrow()
    }
    expect(readPage('', {})[0]?.text).toBe('')
  })
})

describe('articles under heads of their own', () => {
  const opening = ['Varnmouth closes its ferry quay', ...HARBOUR, 'Related Articles', '', '']

  it('publisher, age, publisher again, title', () => {
    const page = [
      ...opening,
      'Sarran Post',
      '25 minutes ago',
      '- Sarran Post',
      'Late harvest worries olive growers',
      OLIVES,
      '',
      '',
      'Kell Courier',
      '2 days ago',
      '- Kell Courier',
      'Lorry fire closes road tunnel',
      TUNNEL
    ].join('\n')
    const articles = readPage(page, { published_at: '2029-03-06T10:10:00+02:00' })
    expect(articles.map(({ title, publisher, published_at }) => [title, publisher, published_at])).toEqual([
      ['Varnmouth closes its ferry quay', null, '2029-03-06T10:10:00+02:00'],
      ['Late harvest worries olive growers', 'Sarran Post', '2029-03-06T09:45:00+02:00'],
      ['Lorry fire closes road tunnel', 'Kell Courier', '2029-03-04']
    ])
    expect(articles.map((article) => article.text)).toEqual([HARBOUR.join('\n'), OLIVES, TUNNEL])
  })

  it.each([
    [
      'publisher and age in one line under the title',
      ['Late harvest worries olive growers', 'Sarran Post • 3h ago', OLIVES]
    ],
    [
      'publisher and age over the title',
      ['Sarran Post · 3 hours ago', 'Late harvest worries olive growers', OLIVES]
    ],
    ['a hyphen between', ['Late harvest worries olive growers', 'Sarran Post - 3 hours ago', OLIVES]],
    ['publisher, title, age', ['Sarran Post', 'Late harvest worries olive growers', '3 hours ago', OLIVES]],
    ['title, publisher, age', ['Late harvest worries olive growers', 'Sarran Post', '3 hours ago', OLIVES]],
    ['publisher, age, title', ['Sarran Post', '3 hours ago', 'Late harvest worries olive growers', OLIVES]],
    [
      'blank lines between all',
      ['Sarran Post', '', '3 hours ago', '', 'Late harvest worries olive growers', '', OLIVES]
    ],
    ['all in one line', ['Late harvest worries olive growers (Sarran Post, 3 hours ago)', OLIVES]],
    ['dashes in one line', ['Late harvest worries olive growers - Sarran Post - 3 hours ago', OLIVES]],
    ['Markdown', ['### Late harvest worries olive growers', '*Sarran Post — 3 hours ago*', OLIVES]],
    [
      'labels',
      ['Source: Sarran Post', 'Published: 3 hours ago', 'Title: Late harvest worries olive growers', OLIVES]
    ],
    [
      'a reading time',
      ['Late harvest worries olive growers', 'Sarran Post | 3 hours ago | 4 min read', OLIVES]
    ]
  ])('%s', (_, block) => {
    const articles = readPage([...opening, ...block].join('\n'), { published_at: '2029-03-06T10:00:00Z' })
    expect(articles).toHaveLength(2)
    expect(articles[1]).toMatchObject({
      title: 'Late harvest worries olive growers',
      publisher: 'Sarran Post',
      published_at: '2029-03-06T07:00:00Z',
      text: OLIVES
    })
    expect(articles[0]?.text).toBe(HARBOUR.join('\n'))
  })

  it('links, names and a reading time around the title that opens the page', () => {
    const page = [
      'Skip to main content',
      'Courier',
      'Lorry fire closes road tunnel',
      'Story by Mona Adair',
      '• 3h • 2 min read',
      TUNNEL,
      'View comments'
    ].join('\n')
    expect(readPage(page, { published_at: '2029-03-06T10:00:00Z', publisher: 'Kell Courier' })).toMatchObject(
      [
        {
          title: 'Lorry fire closes road tunnel',
          publisher: 'Kell Courier',
          byline: 'Mona Adair',
          published_at: '2029-03-06T07:00:00Z',
          text: TUNNEL
        }
      ]
    )
  })

  it('what was submitted with the page comes first, for its first article alone', () => {
    const page = [
      'Late harvest worries olive growers',
      'By Ana Ruiz | Sarran Post | March 1, 2029',
      OLIVES,
      'Lorry fire closes road tunnel',
      'By Mona Adair | Kell Courier | March 2, 2029',
      TUNNEL
    ].join('\n')
    expect(
      readPage(page, { title: 'Olives', publisher: 'The Post', published_at: '2029-03-03' })
    ).toMatchObject([
      { title: 'Olives', publisher: 'The Post', published_at: '2029-03-03', text: OLIVES },
      {
        title: 'Lorry fire closes road tunnel',
        publisher: 'Kell Courier',
        published_at: '2029-03-02',
        text: TUNNEL
      }
    ])
  })

  it.each([
    'Oil up',
    'Will the late harvest make olive oil dearer this winter?',
    'Sarran Oil to buy Kell Press Inc.'
  ])('the headline "%s"', (title) => {
    const block = ['', 'Sarran Post', '3 hours ago', '- Sarran Post', title, OLIVES]
    expect(titles([...opening, ...block].join('\n'))).toEqual(['Varnmouth closes its ferry quay', title])
  })

  it('a question for a headline over the publisher', () => {
    const title = 'Will the late harvest make olive oil dearer this winter?'
    expect(titles([...opening, title, 'Sarran Post • 3h ago', OLIVES].join('\n'))).toEqual([
      'Varnmouth closes its ferry quay',
      title
    ])
    expect(readPage([title, OLIVES].join('\n'), {})).toMatchObject([{ title, text: OLIVES }])
  })

  it('sections dashed before the publisher', () => {
    const block = [
      'Sarran Post',
      '3 hours ago',
      '- Business',
      '- Sarran Post',
      'Late harvest worries olive growers',
      OLIVES
    ]
    expect(readPage([...opening, '', ...block].join('\n'), {})[1]).toMatchObject({
      title: 'Late harvest worries olive growers',
      publisher: 'Sarran Post',
      text: OLIVES
    })
    expect(readPage([...opening, '', ...block].join('\n'), {})[0]?.text).toBe(HARBOUR.join('\n'))
  })

  it('a byline and a day under the title that opens the page', () => {
    const page = ['Lorry fire closes road tunnel', 'By Mona Adair', 'March 4, 2029', TUNNEL].join('\n')
    expect(readPage(page, {})).toMatchObject([
      {
        title: 'Lorry fire closes road tunnel',
        byline: 'Mona Adair',
        published_at: '2029-03-04',
        text: TUNNEL
      }
    ])
    expect(
      readPage(['Lorry fire closes road tunnel', 'Published: March 4, 2029', TUNNEL].join('\n'), {})
    ).toMatchObject([{ published_at: '2029-03-04', text: TUNNEL }])
    expect(readPage(page, { published_at: '2029-03-05' })[0]?.published_at).not.toBeNull()
  })

  it('a byline, a publisher and a day', () => {
    const block = ['Lorry fire closes road tunnel', 'By Mona Adair | Kell Courier | March 4, 2029', TUNNEL]
    expect(readPage([...opening, ...block].join('\n'), {})[1]).toMatchObject({
      title: 'Lorry fire closes road tunnel',
      publisher: 'Kell Courier',
      byline: 'Mona Adair',
      published_at: '2029-03-04'
    })
  })

  it('gives the first one the page where no text stands before it', () => {
    const page = [
      'Late harvest worries olive growers',
      'Sarran Post • 3h ago',
      OLIVES,
      '',
      'Lorry fire closes road tunnel',
      'Kell Courier • 5h ago',
      TUNNEL
    ].join('\n')
    expect(titles(page)).toEqual(['Late harvest worries olive growers', 'Lorry fire closes road tunnel'])
    expect(readPage(page, { published_at: '2029-03-06' }).map((article) => article.published_at)).toEqual([
      '2029-03-06',
      '2029-03-06'
    ])
    expect(readPage(page, {}).map((article) => article.published_at)).toEqual([null, null])
  })

  it('leaves out teasers: a head with no text is no article', () => {
    const page = [
      ...opening,
      'Sarran Post',
      '1 hour ago',
      'Late harvest worries olive growers',
      'Kell Courier',
      '2 hours ago',
      'Lorry fire closes road tunnel',
      TUNNEL
    ].join('\n')
    expect(titles(page)).toEqual(['Varnmouth closes its ferry quay', 'Lorry fire closes road tunnel'])
  })

  it('takes no comment and no timeline for an article', () => {
    const page = [
      ...HARBOUR,
      'March 4, 2029',
      'The quay is closed',
      HARBOUR[0],
      'Comments',
      'Ann Bell',
      '2 hours ago',
      'They should have done this years ago, it was a disgrace.'
    ].join('\n')
    expect(readPage(page, {})).toHaveLength(1)
  })
})

describe('what is no part of an article', () => {
  it('furniture lines', () => {
    const page = [
      'Varnmouth closes its ferry quay',
      'Share',
      'Advertisement',
      HARBOUR[0],
      'PHOTO: VARNMOUTH COUNCIL',
      'Listen to article',
      HARBOUR[1],
      'Sign up for our morning newsletter',
      'Read more: Ten walks along the coast',
      HARBOUR[2],
      'Follow us on Facebook',
      HARBOUR[3],
      'Hashtags',
      '#Varnmouth #Ferries',
      'Try our new quiz',
      'Comments',
      'No comments yet...'
    ].join('\n')
    expect(readPage(page, {})[0]?.text).toBe(HARBOUR.join('\n'))
  })

  it('headlines of other stories between paragraphs, while sub-headings stay lines of their own', () => {
    const page = [
      HARBOUR[0],
      'Council of Varnmouth seeks new harbour master',
      HARBOUR[1],
      'Weak piles',
      HARBOUR[2],
      HARBOUR[3]
    ].join('\n')
    expect(readPage(page, {})[0]?.text.split('\n')).toEqual([
      HARBOUR[0],
      HARBOUR[1],
      'Weak piles',
      HARBOUR[2],
      HARBOUR[3]
    ])
  })

  it('keeps list items, lines that go on, and long lines without a full stop', () => {
    const items = [
      '- Two piers out of service until further notice',
      '3. Work on the northern mole in the spring',
      'The council named three reasons:'
    ]
    const page = [HARBOUR[0], ...items, HARBOUR[1]].join('\n')
    expect(readPage(page, {})[0]?.text).toBe(page)
  })

  it("another article's headline, a credit and a button inside a paragraph", () => {
    const page = [
      'Late harvest worries olive growers',
      OLIVES,
      '',
      'Kell Courier',
      '2 hours ago',
      'Lorry fire closes road tunnel',
      `Smoke over the northern end. PHOTO: KELL/POOL Listen to article ${TUNNEL} Late harvest worries olive growers Traffic was back to normal by noon.`
    ].join('\n')
    expect(readPage(page, {})[1]?.text.split('\n')).toEqual([
      'Smoke over the northern end.',
      TUNNEL,
      'Traffic was back to normal by noon.'
    ])
  })

  it('does not cut a title out of a sentence', () => {
    const text = `The paper had asked whether Late harvest worries olive growers at all. ${OLIVES}`
    const page = [
      'Late harvest worries olive growers',
      OLIVES,
      '',
      'Kell Courier',
      '2 hours ago',
      'Dry valley',
      'Lorry fire closes road tunnel',
      text
    ].join('\n')
    expect(readPage(page, {}).at(-1)?.text).toBe(text)
  })

  it('sets a sub-heading squeezed between sentences on a line of its own', () => {
    const long = Array.from(
      { length: 12 },
      (_, i) =>
        `The mayor of Kell said on day ${i} that the tunnel would stay shut for repairs until the summer.`
    ).join(' ')
    const page = `${long} Costly repairs The bill may reach four million crowns. Editors of The Courier asked him twice.`
    const lines = readPage(page, {})[0]?.text.split('\n')
    expect(lines).toEqual([
      long,
      'Costly repairs',
      'The bill may reach four million crowns. Editors of The Courier asked him twice.'
    ])
  })

  it('what readers say under it', () => {
    const page = [
      'Lorry fire closes road tunnel',
      TUNNEL,
      '3 Comments',
      'I was stuck there for five hours with two children, what a day.'
    ].join('\n')
    expect(readPage(page, {})[0]?.text).toBe(TUNNEL)
  })

  it('reads on after a box of other stories in the midst of the article', () => {
    const page = [
      HARBOUR[0],
      'Related Articles',
      'Council of Varnmouth seeks new harbour master',
      ...HARBOUR.slice(1)
    ].join('\n')
    expect(readPage(page, {})[0]?.text).toBe(HARBOUR.join('\n'))
  })

  it('joins lines that were broken at a width', () => {
    const wrapped =
      'The harbour council of Varnmouth voted\non Tuesday to close the old ferry quay\nfor two years. Engineers had found that\nthe piles were weak.\n\nFerries will leave from the coal pier\nuntil the work is done, the council said\nin a statement.'
    expect(readPage(wrapped, {})[0]?.text).toBe(
      'The harbour council of Varnmouth voted on Tuesday to close the old ferry quay for two years. Engineers had found that the piles were weak.\nFerries will leave from the coal pier until the work is done, the council said in a statement.'
    )
  })
})

describe('limits', () => {
  it('the texts are made of the characters of the page in order', () => {
    const page = [
      'Varnmouth closes its ferry quay',
      ...HARBOUR,
      '',
      'Sarran Post',
      '1 hour ago',
      'Late harvest worries olive growers',
      OLIVES
    ].join('\r\n')
    for (const { text } of readPage(page, {})) {
      let at = 0
      for (const line of text.split('\n')) {
        at = page.indexOf(line, at)
        expect(at).toBeGreaterThanOrEqual(0)
        at += line.length
      }
    }
  })

  it.each([
    ['one long line', 'word '.repeat(40_000)],
    ['sentences', 'It rained. '.repeat(18_000)],
    ['short lines', 'Kell Courier\n3 hours ago\n'.repeat(8_000)],
    ['heads', `Kell Courier\n3 hours ago\nLorry fire closes road tunnel\n${TUNNEL}\n`.repeat(800)],
    ['ends of articles', 'Comments\n'.repeat(22_000)],
    ['bars', '| '.repeat(100_000)],
    ['capitals', `PHOTO: ${'AB/'.repeat(60_000)}`],
    ['no spaces', 'x'.repeat(200_000)]
  ])('stays linear on %s', (_, text) => {
    readPage(text, { published_at: '2029-03-06' })
  })
})
