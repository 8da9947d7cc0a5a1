import { describe, expect, it } from 'vitest'
import { readPage } from '../../../worker/extract/pages/page.ts'

const STORIES = [
  {
    title: 'Varnmouth closes its ferry quay',
    source: 'Varnmouth Bell',
    text: [
      'The harbour council of Varnmouth voted on Tuesday to close the old ferry quay for two years.',
      '"Nobody should stand on that quay in a storm," harbour master Ines Okafor told reporters.'
    ]
  },
  {
    title: 'Late harvest worries olive growers',
    source: 'The Sarran Post',
    text: [
      'Olive growers in the Sarran valley expect the smallest harvest in a decade. Prices rose 14 percent in a month.'
    ]
  },
  {
    title: 'Lorry fire closes road tunnel',
    source: 'Kell Courier',
    text: [
      'A fire in the Kell road tunnel forced the police to turn back traffic for six hours. Nobody was hurt.'
    ]
  }
]
type Story = (typeof STORIES)[number]
const expected = STORIES.map(({ title, source, text }) => [title, source, text.join('\n')])
const digest = (one: (story: Story, i: number) => string, between = '\n\n'): string =>
  STORIES.map(one).join(between)
const read = (text: string, options = {}): (string | null)[][] =>
  readPage(text, options).map((article) => [article.title, article.publisher, article.text])

describe('digests', () => {
  it.each<[string, string]>([
    [
      'numbers, source in brackets',
      digest((s, i) => `${i + 1}. ${s.title}\n${s.text.join('\n')}\n(Source: ${s.source})`)
    ],
    [
      'numbers in brackets',
      digest((s, i) => `(${i + 1}) ${s.title}\n\n${s.text.join('\n\n')}\n\nSource: ${s.source}`)
    ],
    [
      'numbers from anywhere',
      digest((s, i) => `${i + 4}) ${s.title}\n${s.text.join('\n')}\nVia ${s.source}`)
    ],
    ['plain headings, a dash', digest((s) => `${s.title}\n${s.text.join('\n')}\n— ${s.source}`, '\n\n\n')],
    ['plain headings, a label', digest((s) => `${s.title}\n${s.text.join('\n')}\nSource: ${s.source}`, '\n')],
    [
      'bold, Markdown links',
      digest((s) => `**${s.title}**\n\n${s.text.join('\n\n')}\n\n*Via [${s.source}](https://x.example/a)*`)
    ],
    ['hashes, source over the text', digest((s) => `### ${s.title}\n*${s.source}*\n\n${s.text.join('\n')}`)],
    ['underlines', digest((s) => `${s.title}\n-------\nSource: ${s.source}\n${s.text.join('\n')}`)],
    [
      'double underlines, rules',
      digest((s) => `${s.title}\n=====\n${s.text.join('\n')}\n(via ${s.source})`, '\n\n***\n\n')
    ],
    [
      'the source at the end of the text',
      digest((s, i) => `${i + 1}. ${s.title}\n${s.text.join('\n')} (Source: ${s.source})`)
    ],
    [
      'rules between plain headings',
      digest((s) => `${s.title}\n${s.text.join('\n')}\nSource: ${s.source}`, '\n___\n')
    ]
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(expected)
    expect(
      read(
        `MORNING DIGEST\nMonday, 5 March 2029\n\n${text}\n\n---\n\n[Read on our site](https://x.example) | [Unsubscribe](https://x.example/u)\nYou are receiving this email because you signed up.`
      )
    ).toEqual(expected)
    expect(read(text.replace(/\n/g, '\r\n'))).toEqual(expected)
  })

  it('capitals', () => {
    const text = digest((s) => `${s.title.toUpperCase()}\n${s.text.join('\n')}\nSource: ${s.source}`)
    expect(read(text)).toEqual(expected.map(([title, ...rest]) => [title?.toUpperCase(), ...rest]))
  })

  it('the day of the digest, or the story’s own', () => {
    const text = `MORNING DIGEST\nMonday, 5 March 2029\n\n${digest((s, i) => `${i + 1}. ${s.title}\n${i === 1 ? `${s.source}, 2 March 2029\n` : ''}${s.text.join('\n')}\n(Source: ${s.source})`)}`
    expect(readPage(text, {}).map((a) => a.published_at)).toEqual(['2029-03-05', '2029-03-02', '2029-03-05'])
    expect(
      readPage(text, { title: 'Digest', published_at: '2029-03-06' }).map((a) => [a.title, a.published_at])[0]
    ).toEqual(['Varnmouth closes its ferry quay', '2029-03-06'])
  })

  it('newsletters in Markdown: publisher and day under the heading', () => {
    const text = digest(
      (s) => `## ${s.title}\n*${s.source}, March 2, 2029*\n\n${s.text.join('\n\n')}`,
      '\n\n---\n\n'
    )
    expect(read(text)).toEqual(expected)
    expect(readPage(text, {}).map((a) => a.published_at)).toEqual(['2029-03-02', '2029-03-02', '2029-03-02'])
  })

  it('a linked heading gives the address', () => {
    const text = digest(
      (s, i) => `## [${s.title}](https://x.example/${i})\n${s.text.join('\n')}\nSource: ${s.source}`
    )
    expect(readPage(text, {}).map((a) => [a.title, a.canonical_url])).toEqual(
      STORIES.map((s, i) => [s.title, `https://x.example/${i}`])
    )
  })

  it('under a table of contents', () => {
    const contents = STORIES.map((s, i) => `${i + 1}. ${s.title}`).join('\n')
    const text = `IN THIS ISSUE\n${contents}\n\n${digest((s, i) => `${i + 1}. ${s.title}\n${s.text.join('\n')}\n(Source: ${s.source})`)}`
    expect(read(text)).toEqual(expected)
  })

  it('no sources, but numbers or rules', () => {
    const titles = STORIES.map((s) => s.title)
    expect(read(digest((s, i) => `${i + 1}. ${s.title}\n${s.text.join('\n')}`)).map((a) => a[0])).toEqual(
      titles
    )
    expect(read(digest((s) => `**${s.title}**\n${s.text.join('\n')}`, '\n---\n')).map((a) => a[0])).toEqual(
      titles
    )
  })
})

describe('single articles', () => {
  const opening =
    'The council of Varnmouth met on Tuesday to settle the plans for the coming year, its clerk said.'
  it.each([
    ['sub-headings in Markdown', `${opening}\n\n${digest((s) => `## ${s.title}\n${s.text.join('\n')}`)}`],
    ['bold sub-headings', `${opening}\n\n${digest((s) => `**${s.title}**\n\n${s.text.join('\n')}`)}`],
    ['a numbered list', `${opening}\n${digest((s, i) => `${i + 1}. ${s.title}\n${s.text.join('\n')}`)}`],
    [
      'a list of results',
      `At the regatta of Varnmouth the places were\n1. Gull 3-1 (Ines Okafor)\n2. Heron 9-2 (Paul Bell)\n3. Tern 12-1 (Mona Adair)\n${opening}`
    ],
    ['a source at the end', `${opening}\n${STORIES[0]?.text.join('\n')}\nSource: Varnmouth Bell`],
    ['breaks in the text', `${opening}\n***\n${STORIES[0]?.text.join('\n***\n')}\n***\n${opening}`],
    [
      'a quotation and who said it',
      `${opening}\n"It will be a long year for all of us here," he said.\n— Ines Okafor\n${opening}`
    ]
  ])('%s', (_, text) => {
    expect(readPage(`Varnmouth plans its year\n${text}`, {})).toHaveLength(1)
  })
})

describe('any input', () => {
  it.each([
    ['numbers', '1. A headline of some words\n'.repeat(50_000)],
    ['rules', '---\n'.repeat(300_000)],
    ['sources', 'Source: Kell Courier\n'.repeat(60_000)],
    [
      'stories',
      digest((s, i) => `${i + 1}. ${s.title}\n${s.text.join('\n')}\n(Source: ${s.source})`)
        .concat('\n\n')
        .repeat(2_000)
    ],
    ['open marks', `**${'*('.repeat(400_000)}`],
    ['links', '[a](b) | '.repeat(150_000)],
    ['brackets', `${'(Source: '.repeat(100_000)}.`]
  ])('%s', (_, text) => {
    expect(readPage(text, {}).length).toBeGreaterThan(0)
  })
})
