import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { EditionTaken, EvidenceMismatch, publish } from '../../worker/store/publication.ts'
import { lastEdition } from '../setup/publish.ts'
import { figure, publication } from '../setup/sample.ts'

const count = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')
const tables = ['editions', 'articles', 'article_texts', 'facts', 'mentions', 'links', 'entities', 'aliases']
const counts = () => Promise.all(tables.map(count))

describe('evidence', () => {
  const text = 'In Ravenna turnout rose 4 percent 🗳️, the town said: turnout rose 4 percent.'

  test('that is the text at its offsets is stored', async () => {
    const draft = await figure(text, 'turnout rose 4 percent', 4)
    const edition = await lastEdition()
    await publish(env.DB, await publication(text, [draft], edition + 1))
    const row = await env.DB.prepare('SELECT exact FROM mentions WHERE fact_id = ?')
      .bind(draft.id)
      .first<string>('exact')
    expect(row).toBe('turnout rose 4 percent')
  })

  test.each([
    ['stands one character further', (start: number) => ({ start: start + 1 })],
    ['has an end past the text', () => ({ end: 10_000 })],
    ['has other words', () => ({ exact: 'turnout rose 5 percent' })],
    ['has the words in another case', () => ({ exact: 'Turnout rose 4 percent' })]
  ])('that %s is refused, and nothing of the article is stored', async (_, change) => {
    const other = `${text} ${_}`
    const draft = await figure(other, 'turnout rose 4 percent', 4)
    const before = await counts()
    const wrong = { ...draft, evidence: { ...draft.evidence, ...change(draft.evidence.start) } }
    const edition = await lastEdition()
    await expect(publish(env.DB, await publication(other, [wrong], edition + 1))).rejects.toThrow(
      EvidenceMismatch
    )
    expect(await counts()).toEqual(before)
  })

  test('that its article does not hold is refused by the database itself, whatever code writes it', async () => {
    const article = await env.DB.prepare('SELECT id FROM articles LIMIT 1').first<string>('id')
    const insert = env.DB.prepare(
      "INSERT INTO mentions (fact_id, article_id, draft_id, told_at, start, exact, draft) VALUES (?, ?, 'f_y', '', 0, ?, ?)"
    )
    await expect(insert.bind('f_x', article, 'words that are not there', '{}').run()).rejects.toThrow(
      'evidence is not in the text'
    )
    await expect(insert.bind('f_x', 'a_unknown', 'turnout', '{}').run()).rejects.toThrow(
      'evidence is not in the text'
    )
  })
})

test('of two publications that saw the same state, one is told to do its work again', async () => {
  const texts = ['Turnout rose 7 percent in Ravenna.', 'Turnout rose 8 percent in Ravenna.']
  const edition = await lastEdition()
  const publications = await Promise.all(
    texts.map(async (text, i) =>
      publication(text, [await figure(text, `rose ${7 + i} percent`, 7 + i)], edition + 1)
    )
  )
  const outcomes = await Promise.allSettled(publications.map((one) => publish(env.DB, one)))
  expect(outcomes.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const rejected = outcomes.find((one) => one.status === 'rejected')
  expect(rejected?.reason).toBeInstanceOf(EditionTaken)
  expect(await lastEdition()).toBe(edition + 1)
})
