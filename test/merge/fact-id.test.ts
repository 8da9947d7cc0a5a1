import { expect, it } from 'vitest'
import { factId } from '../../worker/merge/fact-id.ts'
import { contentId } from '../../worker/schema/id.ts'

it('gives facts ids as all else has them', async () => {
  for (const key of ['claim|ann-lee|harbour close in may|2025-06-02', '', 'Łódź – “ja” 🚀', 'é'.repeat(5000)])
    expect(factId(key).slice(2)).toBe((await contentId('a', key)).slice(2))
})
