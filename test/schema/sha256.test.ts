import { expect, it } from 'vitest'
import { contentId, factId } from '../../worker/schema/id.ts'
import { sha256 } from '../../worker/schema/sha256.ts'

const platform = async (text: string): Promise<number[]> => [
  ...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
]

it('hashes as the platform does, whatever the length, also again after a longer text', async () => {
  const texts = [
    ...Array.from({ length: 200 }, (_, length) => 'x'.repeat(length)),
    'Łódź – “ja” 🚀',
    '\ud800 alone',
    'é'.repeat(5000),
    ''
  ]
  for (const text of texts) expect([...sha256(text)]).toEqual(await platform(text))
})

it('gives facts ids as all else has them', async () => {
  const key = 'claim|ann-lee|harbour close in may|2025-06-02'
  expect(factId(key).slice(2)).toBe((await contentId('a', key)).slice(2))
})
