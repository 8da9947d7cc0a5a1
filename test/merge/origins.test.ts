import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../../worker/merge/fact.ts'
import { groupOrigins } from '../../worker/merge/origins.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import { claim, event, figure, quote } from './readings.ts'
import { by } from './telling.ts'

const dispatch = `The ferry Solveig ran aground off Quillmouth on Sunday with 140 people on board, and was pulled free by two
tugs in the evening. Its captain, Ines Caldow, told the inquiry that the light on the northern mole had been dark. The
company that runs the ferry said it would sail again within a week. The harbour office had no comment on the light.`

const withText = (reading: Reading, text: string, article: string): Reading => ({
  ...reading,
  textHash: text,
  article: { ...reading.article, id: article },
  source: sourceOf(text)
})

const ferry = (publisher: string, text: string, article: string): Reading =>
  withText(by(publisher, figure(140, '140 people on board', { unit: 'person' })), text, article)

const told = (readings: readonly Reading[]) => groupOrigins(readings).origins

describe('groupOrigins', () => {
  it('takes ten reprints of one dispatch for one origin', () => {
    const prints = Array.from({ length: 10 }, (_, i) =>
      ferry(
        `Paper ${i}`,
        `${dispatch}\nPaper ${i} has ${i} more words of its own to say at the end.`,
        `a_${i}`
      )
    )
    expect(told(prints)).toMatchObject([
      { reason: 'same text', detail: 'All 10 articles have most of their words in common.' }
    ])
  })

  it('names the agency whose text they carry', () => {
    const wire = ferry('Northern Wire', `QUILLMOUTH (Northern Wire) \u2013 ${dispatch}`, 'a_1')
    const cut = ferry(
      'The Post',
      `${dispatch.split('\n')[0]} ${dispatch.split('\n')[1]}\nSource: Northern Wire`,
      'a_2'
    )
    expect(told([wire, cut])).toEqual([
      {
        articles: ['a_1', 'a_2'],
        reason: 'wire copy',
        detail: 'Both articles carry the text of Northern Wire.'
      }
    ])
  })

  it('keeps apart what two agencies wrote on one subject, and one agency twice', () => {
    const other = `The captain of a ferry that stranded near Quillmouth blames a broken lamp. It happened late in the day. Tugs
came after four hours, and 140 passengers walked off in their own shoes, some of them singing, at half past nine.`
    const [one, two] = [
      ferry('Post', `QUILLMOUTH (Reuters) \u2013 ${dispatch}`, 'a_1'),
      ferry('Courier', `QUILLMOUTH (AFP) \u2013 ${other}`, 'a_2')
    ]
    expect(told([one, two])).toHaveLength(2)
    expect(told([one, ferry('Courier', `QUILLMOUTH (Reuters) \u2013 ${other}`, 'a_2')])).toHaveLength(2)
  })

  it('counts two papers that tell the same number in their own words twice', () => {
    const [one, two] = [
      by('Post', figure(12, 'rose 12 percent')),
      by('Courier', figure(12, 'grew by 12 percent'))
    ]
    expect(told([one, two]).map(({ reason }) => reason)).toEqual(['own reporting', 'own reporting'])
  })

  it('takes an interview for one origin, and a conference for as many as came', () => {
    const words = 'we will not sell this shipyard to anybody'
    const said = (publisher: string, channel: string | null): Reading => {
      const reading = by(publisher, quote('Ada Moran', words))
      if (reading.draft.kind !== 'quote') throw new Error('no quote')
      return { ...reading, draft: { ...reading.draft, channel } }
    }
    expect(told([said('Post', 'Radio Nine'), said('Courier', 'Radio Nine')])).toMatchObject([
      { reason: 'same interview', detail: 'Both articles give what was said in one place: Radio Nine.' }
    ])
    expect(told([said('Post', 'Radio Nine'), said('Courier', null)])).toHaveLength(1)
    expect(told([said('Post', 'news conference'), said('Courier', 'news conference')])).toHaveLength(2)
    expect(told([said('Post', null), said('Courier', null)])).toHaveLength(2)
    expect(told([said('Post', 'Radio Nine'), said('Courier', 'Channel Two')])).toHaveLength(2)
  })

  it('follows "as X reported" to the paper that reported', () => {
    const first = by('Quillmouth Courier', event(['Ada Moran'], 'resign'))
    const second = by(
      'Post',
      event(['Ada Moran'], 'resign', {}, { suffix: ', the Quillmouth Courier reported on Monday.' })
    )
    expect(told([first, second])).toMatchObject([{ reason: 'reported by another' }])
    const third = by('Herald', event(['Ada Moran'], 'resign', {}, { prefix: 'according to Reuters, ' }))
    const fourth = by('Globe', event(['Ada Moran'], 'resign', {}, { suffix: ', Reuters said.' }))
    expect(told([third, fourth])).toMatchObject([
      { reason: 'reported by another', detail: 'Both articles go back to a report of Reuters.' }
    ])
    expect(told([third])).toMatchObject([
      { reason: 'reported by another', detail: 'Herald goes back to a report of Reuters.' }
    ])
  })

  it('does not take a paper named in passing, or its own report, for a source', () => {
    const first = by(
      'Courier',
      event(['Ada Moran'], 'resign', {}, { suffix: ', the Courier reported first.' })
    )
    const second = by(
      'Post',
      event(['Ada Moran'], 'resign', {}, { suffix: ' from the board of the Courier.' })
    )
    expect(told([first, second])).toHaveLength(2)
  })

  it('counts one newsroom once, and articles of unknown publishers each', () => {
    const say = (publisher: string | null) => by(publisher, claim('Ada Moran', 'the yard would close in May'))
    expect(told([say('Post'), say('Post')])).toMatchObject([
      { reason: 'own reporting', detail: 'Both articles are by Post.' }
    ])
    expect(told([say(null), say(null)])).toHaveLength(2)
  })

  it('says of a group held together by two things what each holds', () => {
    const text = (publisher: string, article: string) => ferry(publisher, dispatch, article)
    const [one, two, three] = [
      text('Post', 'a_1'),
      text('Courier', 'a_2'),
      by('Post', figure(140, '140 souls', { unit: 'person' }))
    ]
    expect(told([one, two, three])).toMatchObject([
      {
        reason: 'same text',
        detail: '2 of the 3 articles have most of their words in common; 2 of the 3 articles are by Post.'
      }
    ])
  })

  it('knows no origin of nothing', () => {
    expect(told([])).toEqual([])
  })

  it('does not depend on the order of the readings', { timeout: 60_000 }, () => {
    const words = ['rose 12 percent', 'grew by 12 percent', 'climbed 12 percent']
    const one = fc.record({
      publisher: fc.constantFrom('Post', 'Courier', 'Reuters', null),
      text: fc.constantFrom(dispatch, `PARIS (Reuters) \u2013 ${dispatch}`, 'Short.', `${dispatch} More.`),
      exact: fc.constantFrom(...words),
      suffix: fc.constantFrom('', ', Reuters reported.', ', according to the Courier.'),
      published: fc.constantFrom('2025-03-11T09:00:00Z', '2025-03-12T09:00:00Z', null)
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 7 }), fc.infiniteStream(fc.nat()), (all, picks) => {
        const readings = all.map(({ publisher, text, exact, suffix, published }, i) =>
          withText(by(publisher, figure(12, exact, {}, { suffix, published })), text, `a_${i}`)
        )
        const shuffled = readings
          .map((reading) => ({ reading, at: picks.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ reading }) => reading)
        const groups = told(readings)
        expect(told(shuffled)).toEqual(groups)
        expect(groups.flatMap(({ articles }) => articles).toSorted()).toEqual(
          readings.map(({ article }) => article.id).toSorted()
        )
      }),
      { numRuns: 60 }
    )
  })
})
