import { describe, expect, test } from 'vitest'
import { wallOf } from '../../../worker/pipeline/fetch/walls.ts'

const page = (given: { url?: string; html?: string; title?: string | null; text?: string }) =>
  wallOf({
    url: 'https://bell.example.com/quay',
    html: '',
    title: 'Quay shut',
    text: 'The quay is shut.',
    ...given
  })

describe('pages that stand before the article', () => {
  test.each([
    ['asks for consent', { url: 'https://consent.bell.example.com/?continue=1' }],
    ['asks for consent', { title: 'Before you continue' }],
    ['check for robots', { title: 'Just a moment...' }],
    ['paywall', { html: '<script type="application/ld+json">{"isAccessibleForFree": false}</script>' }],
    ['paywall', { html: '<p>Subscribe to continue reading</p>' }],
    ['paywall', { html: '<p>To read the full story, please subscribe.</p>' }]
  ])('%s', (reason, given) => {
    expect(page(given)).toContain(reason)
  })
})

test('an article is an article, also with an offer beside it', () => {
  expect(page({})).toBeNull()
  expect(page({ html: '<p>Subscribe to our newsletter</p>' })).toBeNull()
  expect(
    page({ html: '<p>Subscribe to continue reading</p>', text: 'The quay is shut. '.repeat(200) })
  ).toBeNull()
})
