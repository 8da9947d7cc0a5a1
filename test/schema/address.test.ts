import { describe, expect, it } from 'vitest'
import { canonicalUrl, isOneSite, publisherFromUrl } from '../../worker/schema/address.ts'

const ONE = 'https://gazette.example/2028/05/boats'

describe('one address for one article', () => {
  it.each([
    ONE,
    'http://gazette.example/2028/05/boats',
    'https://www.gazette.example/2028/05/boats/',
    'HTTPS://WWW.Gazette.Example:443/2028/05/boats',
    'http://gazette.example:80/2028/05/boats#comments',
    'https://gazette.example/2028/05/boats?utm_source=a&utm_medium=b&fbclid=c&gclid=d&ref=e',
    'https://m.gazette.example/2028/05/boats',
    'https://mobile.gazette.example/2028/05/boats',
    'https://amp.gazette.example/2028/05/boats',
    'https://gazette.example/amp/2028/05/boats',
    'https://gazette.example/2028/05/boats/amp/',
    'https://gazette.example/2028/05/boats?amp=1',
    'https://gazette.example/2028/05/boats?outputType=amp',
    'https://gazette.example/2028/05/boats.amp',
    'https://gazette.example/2028/05/boats/print',
    'https://gazette.example/2028/05/boats?print=true',
    'https://gazette.example//2028/05/boats/index.html',
    'https://user:secret@gazette.example/2028/05/boats',
    '  https://gazette.example./2028/05/boats  ',
    'https://www.google.com/amp/s/gazette.example/2028/05/boats',
    'https://gazette-example.cdn.ampproject.org/c/s/gazette.example/2028/05/boats'
  ])('%s', (url) => {
    expect(canonicalUrl(url)).toBe(ONE)
  })

  it('keeps and sorts what tells articles apart', () => {
    expect(canonicalUrl('https://a.example/story.php?page=2&id=7&utm_source=x')).toBe(
      'https://a.example/story.php?id=7&page=2'
    )
    expect(canonicalUrl('https://a.example/story?id=7')).not.toBe(
      canonicalUrl('https://a.example/story?id=8')
    )
    expect(canonicalUrl('https://a.example/Story')).not.toBe(canonicalUrl('https://a.example/story'))
    expect(canonicalUrl('https://a.example:8080/x')).toBe('https://a.example:8080/x')
    expect(canonicalUrl('https://a.example/example/')).toBe('https://a.example/example')
    expect(canonicalUrl('https://a.example/camp')).toBe('https://a.example/camp')
    expect(canonicalUrl('https://a.example/blueprint')).toBe('https://a.example/blueprint')
    expect(canonicalUrl('https://a.example/x?view=results')).toBe('https://a.example/x?view=results')
  })

  it('is its own canonical form', () => {
    for (const url of [
      ONE,
      'https://a.example/',
      'https://a.example/%C3%A9t%C3%A9?q=a%20b&z=%26',
      'https://münchen.example/ä'
    ]) {
      const once = canonicalUrl(url)
      expect(once).not.toBeNull()
      expect(canonicalUrl(once ?? '')).toBe(once)
    }
  })

  it('keeps a domain that is all labels', () => {
    expect(canonicalUrl('https://m.uk/x')).toBe('https://m.uk/x')
    expect(canonicalUrl('https://www.example/x')).toBe('https://www.example/x')
    expect(canonicalUrl('https://www.m.gazette.example')).toBe('https://gazette.example/')
  })

  it.each([
    '',
    'boats',
    '/2028/05/boats',
    'ftp://a.example/x',
    'javascript:alert(1)',
    'mailto:a@b.example',
    'https://',
    `https://a.example/${'x'.repeat(5_000)}`
  ])('no address: %s', (url) => {
    expect(canonicalUrl(url)).toBeNull()
    expect(publisherFromUrl(url)).toBeNull()
  })
})

it('names the site of an address', () => {
  expect(publisherFromUrl('https://www.Gazette.example/x')).toBe('gazette.example')
  expect(publisherFromUrl('https://news.gazette.example/x')).toBe('news.gazette.example')
})

it.each([
  'https://google.evil.ex/amp/s/gazette.example/2028/05/boats',
  'https://google.abc.de/amp/s/gazette.example/2028/05/boats',
  'https://notgoogle.com/amp/s/gazette.example/2028/05/boats',
  'https://google.com.evil.example/amp/s/gazette.example/2028/05/boats',
  'https://cdn.ampproject.org.evil.example/c/s/gazette.example/2028/05/boats'
])('a host that only looks like a cache of Google speaks for nobody: %s', (url) => {
  expect(canonicalUrl(url)).not.toBe(ONE)
})

it.each([
  ['https://www.gazette.example/x', 'http://gazette.example/y', true],
  ['https://amp.gazette.example/x', 'https://www.gazette.example/y', true],
  ['https://news.gazette.example/x', 'https://www.gazette.example/y', true],
  ['https://gazette-example.cdn.ampproject.org/c/s/gazette.example/x', 'https://gazette.example/y', true],
  ['https://gazette.example/x', 'https://courier.example/x', false],
  ['https://fakegazette.example/x', 'https://gazette.example/x', false],
  ['https://gazette.example.evil.test/x', 'https://gazette.example/x', false],
  ['nothing', 'nothing', false]
])('%s and %s are of one site: %s', (a, b, one) => {
  expect(isOneSite(a, b)).toBe(one)
  expect(isOneSite(b, a)).toBe(one)
})
