import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { assembleRecurrence } from '../../worker/train/recurrence.ts'

it('the module that ships is what its source assembles', () => {
  const shipped = readFileSync(new URL('../../worker/extract/models/attribution.wasm', import.meta.url))
  expect(Buffer.from(assembleRecurrence()).equals(shipped)).toBe(true)
})
