import { describe, expect, it } from 'vitest'
import { trimName, withFamilyNameHe } from '../../../worker/extract/names/edges.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'

/** The name that the tagger found at the words, as it is kept. */
function kept(text: string, words: string): string | null {
  const tokens = tokenize(text)
  const start = text.indexOf(words)
  const first = tokens.findIndex((token) => token.start === start)
  const last = tokens.findIndex((token) => token.end === start + words.length) + 1
  const name = trimName(
    { start, end: start + words.length, first, last, type: 'person', confidence: 1 },
    text,
    tokens
  )
  return name === null ? null : text.slice(name.start, name.end)
}

describe('the family name He', () => {
  it('belongs to the name behind it amid a sentence', () => {
    expect(kept('Vice Premier He Lifeng spoke.', 'Lifeng')).toBe('He Lifeng')
  })
  it.each([
    'In Geneva, He Lifeng and Ann Lowe spoke.',
    'He Lifeng, a vice premier, spoke.',
    'Rain fell. He Lifeng, who leads the talks, spoke.',
    'He Lifeng was in Geneva.'
  ])('belongs to the name where the words around it leave no room for the pronoun: %s', (text) => {
    expect(kept(text, 'Lifeng')).toBe('He Lifeng')
  })
  it.each(['He Lifeng spoke.', 'Rain fell. He Lifeng spoke.', 'They said: "He Lifeng spoke."'])(
    'is left to the pronoun where a sentence or a quotation may begin: %s',
    (text) => {
      expect(kept(text, 'Lifeng')).toBe('Lifeng')
    }
  )
})

describe('letters and forms of address', () => {
  it('are no part of a name', () => {
    expect(kept('Anita Desai KC spoke.', 'Anita Desai KC')).toBe('Anita Desai')
    expect(kept('Engr. Bisi Ade spoke.', 'Engr. Bisi Ade')).toBe('Bisi Ade')
    expect(kept('Datuk Aziz Rahman spoke.', 'Datuk Aziz Rahman')).toBe('Aziz Rahman')
  })
  it('leave a name that has nothing else', () => {
    expect(kept('Datuk spoke.', 'Datuk')).toBe('Datuk')
    expect(kept('Kelly MSPeers spoke.', 'Kelly MSPeers')).toBe('Kelly MSPeers')
  })
})

describe('withFamilyNameHe', () => {
  const added = (text: string) =>
    withFamilyNameHe([], tokenize(text)).map(({ start, end }) => text.slice(start, end))
  it('finds the name behind a title', () => {
    expect(added('China sent Vice Premier He Lifeng to London.')).toEqual(['He Lifeng'])
  })
  it.each(['The envoy left. He Lifted the lid.', 'She met the Premier. He Smiled.', 'Premier He said so.'])(
    'leaves the pronoun alone: %s',
    (text) => {
      expect(added(text)).toEqual([])
    }
  )
})
