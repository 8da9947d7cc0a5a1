import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from '../../worker/store/cursor.ts'

const ascii = fc.string({ unit: 'binary-ascii', maxLength: 60 })

test('a cursor gives back its key, and has only characters of a URL', () => {
  fc.assert(
    fc.property(ascii, (key) => {
      const cursor = encodeCursor(key)
      expect(cursor).toMatch(/^[\w-]*$/)
      expect(decodeCursor(cursor)).toBe(key)
    })
  )
})

test('what is no cursor of ours is null, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      const key = decodeCursor(cursor)
      if (key !== null) expect(encodeCursor(key)).toBe(cursor)
    })
  )
})
