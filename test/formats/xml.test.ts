import fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, test } from 'vitest'
import { sitemap } from '../../worker/formats/sitemap.ts'
import { attributes, escapeXml } from '../../worker/formats/xml.ts'
import { oembedXml } from '../../worker/views/oembed.ts'

/** Reads a document strictly. @returns what stands at each path */
function texts(xml: string, ...paths: readonly string[]): (string | undefined)[] {
  const document = XmlDocument.fromString(xml)
  try {
    return paths.map((path) => document.get(path)?.content)
  } finally {
    document.dispose()
  }
}

/** What breaks out of text, attributes, comments and sections; and what XML cannot hold. */
const BREAKING = `"'><x y="1"/>]]><!-- --><![CDATA[<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;&amp;&#0;<?php ?>`
const HOSTILE = `${BREAKING}\u0000\u0008\ufffe\ud800`
const KEPT = `${BREAKING}\ufffd`

describe('words of articles are text in XML', () => {
  test('whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(HOSTILE)), (words) => {
        const [text, count] = texts(
          `<a${attributes({ b: words })}>${escapeXml(`x${words}`)}</a>`,
          '/a',
          '/a/*'
        )
        expect(text?.startsWith('x')).toBe(true)
        expect(count).toBeUndefined()
      }),
      { numRuns: 30 }
    )
  })

  test('in answers of oEmbed', () => {
    const xml = oembedXml({
      type: 'rich',
      version: '1.0',
      title: HOSTILE,
      author_name: HOSTILE,
      provider_name: 'Factlet',
      provider_url: 'https://factlet.example',
      cache_age: 60,
      html: HOSTILE,
      width: 100,
      height: 100
    })
    expect(texts(xml, '/oembed/title', '/oembed/html', '/oembed/title/*')).toEqual([KEPT, KEPT, undefined])
  })

  test('in sitemaps', () => {
    const xml = sitemap([{ url: `https://factlet.example/${HOSTILE}` }])
    expect(texts(xml, '//*[local-name()="loc"]', '//*[local-name()="loc"]/*')).toEqual([
      `https://factlet.example/${KEPT}`,
      undefined
    ])
  })
})
