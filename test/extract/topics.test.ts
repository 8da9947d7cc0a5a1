import { expect, test } from 'vitest'
import { deriveTopics } from '../../worker/extract/topics.ts'
import { readingOf } from './reading.ts'

test('noun pairs that recur and names, in camel case, most characteristic first', () => {
  const topics = deriveTopics(
    readingOf(
      'Ferry workers in {L Norby} began a strike on Friday. The {O Harbour Board} said ferry workers wanted too much. ' +
        'The {O Harbour Board} met ferry workers twice. {P Ida Holm} spoke. {P Ida Holm} left. {P Holm} slept.',
      '2025-06-09',
      'Ferry workers strike in Norby'
    )
  )
  expect(topics[0]).toBe('FerryWorkers')
  expect(topics).toContain('HarbourBoard')
  expect(topics.length).toBeLessThanOrEqual(5)
  expect(topics.join()).not.toContain('Holm')
})

test('no topic twice, none of dates and empty words', () => {
  const topics = deriveTopics(
    readingOf(
      'Last year officials met. Last year officials left. On Friday the Norby bridge fell. The Norby bridge was old. ' +
        'People saw the Norby bridge fall last year.',
      '2025-06-09',
      'Bridge falls'
    )
  )
  expect(new Set(topics).size).toBe(topics.length)
  expect(topics.join()).not.toMatch(/Year|Friday|People|Official/)
})

test('nothing from nothing', () => {
  expect(deriveTopics(readingOf('', null))).toEqual([])
  expect(deriveTopics(readingOf('12 % 13 % 14 %', null, '')).length).toBe(0)
})

test('only letters and digits', () => {
  for (const topic of deriveTopics(
    readingOf('{O AT&T} bought {O O’Neil-Ray Ltd.} {O AT&T} grew. {O O’Neil-Ray Ltd.} fell.')
  ))
    expect(topic).toMatch(/^[\p{L}\p{N}]+$/u)
})

test('neither the place of a dispatch, nor who brings the news, nor offices that tell it once', () => {
  const topics = deriveTopics(
    readingOf(
      '{L OSLO} – {O Norby Dispatch} readers know the harbour bridge. The harbour bridge closed in May, said the {O Labour Department}. ' +
        '{O Norby Dispatch} reporters saw the harbour bridge close. The harbour bridge was old.',
      '2025-06-09',
      'Harbour bridge closes'
    )
  )
  expect(topics[0]).toBe('HarbourBridge')
  expect(topics.join()).not.toMatch(/Oslo|Dispatch|Department/i)
})

test('a capital stands for its country, and two places are enough', () => {
  const topics = deriveTopics(
    readingOf(
      '{L Tokyo} and {L Ottawa} spoke. {L Japan} asked {L Canada} for wheat. {L Peru} and {L Chile} heard of it. {L Peru} sent ships; ' +
        '{L Chile} did too. {L Japan} paid {L Canada}.',
      '2025-06-09',
      'Tokyo and Ottawa talk'
    )
  )
  expect(topics.toSorted()).toEqual(['Canada', 'Japan'])
})

test('words that only somebody quoted says are no topic, nor nouns that say little alone', () => {
  const topics = deriveTopics(
    readingOf(
      'The ferry strike goes on. "Big handshakes, strong handshakes, strong handshakes," said {P Ida Holm}. The ferry strike hurts. ' +
        'Talks failed. More talks come. Talks, talks.',
      '2025-06-09',
      'Ferry strike: talks fail'
    )
  )
  expect(topics).toContain('FerryStrike')
  expect(topics.join()).not.toMatch(/Handshake|^Talks/)
})
