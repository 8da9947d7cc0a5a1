import { describe, expect, test } from 'vitest'
import { decode } from '../../../worker/pipeline/fetch/charset.ts'

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part))
  )

describe('the encoding of a page', () => {
  test.each([
    ['a byte order mark comes first', bytes([0xef, 0xbb, 0xbf], 'é'), 'text/html; charset=iso-8859-1', 'é'],
    ['UTF-16', bytes([0xff, 0xfe, 0xe9, 0x00]), null, 'é'],
    ['the header', bytes([0xe9]), 'text/html; charset=ISO-8859-1', 'é'],
    ['the header in quotes', bytes([0xe9]), 'text/html; charset="windows-1252"', 'é'],
    [
      'the markup',
      bytes('<meta charset="windows-1251">', [0xe9]),
      'text/html',
      '<meta charset="windows-1251">й'
    ],
    [
      'the older markup',
      bytes('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', [0xb1]),
      null,
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">ą'
    ],
    ['nothing: UTF-8 where it is that', bytes('é'), null, 'é'],
    ['nothing: Windows-1252 where not', bytes([0xe9, 0x93]), null, 'é“'],
    ['an unknown name counts for none', bytes('é'), 'text/html; charset=klingon', 'é'],
    ['no bytes', bytes(), null, '']
  ])('%s', (_, given, contentType, text) => {
    expect(decode(given, contentType)).toBe(text)
  })
  test('markup that can be read is in no UTF-16', () => {
    expect(decode(bytes('<meta charset="utf-16">é'), null)).toBe('<meta charset="utf-16">é')
  })
})
