import { expect, test } from 'vitest'
import { isVerbatim } from '../../worker/views/words/speech.ts'

test('words are shown in marks only where all of them stood in marks', () => {
  expect(isVerbatim({ statement: 'Ines Okafor said: “It is too late.”', content: 'It is too late.' })).toBe(
    true
  )
  expect(
    isVerbatim({ statement: 'Ines Okafor said that it was "too late".', content: 'it was "too late"' })
  ).toBe(false)
  expect(isVerbatim({ statement: 'Ines Okafor said: “He told me ‘no’”', content: 'He told me ‘no’' })).toBe(
    true
  )
})
