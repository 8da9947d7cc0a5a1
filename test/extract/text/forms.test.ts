import { describe, expect, it } from 'vitest'
import { byForm, formAt } from '../../../worker/extract/text/forms.ts'
import { charactersLike, endOfCharacters } from '../../../worker/extract/text/letters.ts'

describe('formAt', () => {
  it('gives what stands in the text, and its small letters', () => {
    const form = formAt('In Łódź, ISTANBUL', 3, 7)
    expect([form.text, form.lower]).toEqual(['Łódź', 'łódź'])
    expect(formAt('a Łódź', 2, 6)).toBe(form)
  })

  it('tells words of one hash apart', () => {
    // FNV-1a of both is 0x5e4daa9d.
    expect([formAt('costarring', 0, 10).hash, formAt('liquid', 0, 6).hash]).toEqual([0x5e4daa9d, 0x5e4daa9d])
    expect([formAt('costarring', 0, 10).text, formAt('liquid', 0, 6).text]).toEqual(['costarring', 'liquid'])
  })

  it('is right however many words there were', () => {
    const words = Array.from({ length: 70_000 }, (_, i) => `W${i}`)
    const text = words.join(' ')
    const lower = byForm((word) => word.toLowerCase())
    let at = 0
    const wrong = words.filter((word) => {
      const form = formAt(text, at, at + word.length)
      at += word.length + 1
      return form.text !== word || lower(form) !== form.lower
    })
    expect(wrong).toEqual([])
  })
})

describe('byForm', () => {
  it('works out once a form, and keeps nothing of long ones', () => {
    const asked: string[] = []
    const size = byForm((text) => asked.push(text))
    const long = 'x'.repeat(41)
    for (const word of ['Ann', 'Ann', long, long]) size(formAt(word, 0, word.length))
    expect(asked).toEqual(['Ann', long, long])
  })

  it('does not take a form from before all were forgotten for a new one', () => {
    const early = formAt('Ravenna', 0, 7)
    const same = byForm((text) => text)
    for (let i = 0; i < 40_000; i++) {
      const word = `X${i}`
      same(formAt(word, 0, word.length))
    }
    expect(same(early)).toBe('Ravenna')
    expect(same(formAt('Ravenna', 0, 7))).toBe('Ravenna')
  })
})

describe('endOfCharacters', () => {
  const letters = charactersLike(/^\p{L}$/u)

  it.each([
    ['Ann Lee', 0, 3],
    ['Ann', 0, 3],
    ['né!', 0, 2],
    [' Ann', 0, 0],
    ['', 0, 0],
    // Letters beyond the first plane are two units long; half of one is none.
    ['𝐀b𝐁', 0, 5],
    ['a😀', 0, 1],
    ['a\ud835', 0, 1]
  ])('%j from %i ends at %i', (text, at, end) => {
    expect(endOfCharacters(letters, text, at)).toBe(end)
  })
})
