import type { Name, Token } from '../reading.ts'
import { HONORIFICS, isTitle, OFFICES, titleForm } from './titles.ts'

/**
 * What the tagger's labels say, held against the text: a name that is none is null, and abbreviated titles at an edge
 * are cut off. Rules for what annotated articles of one kind cannot teach.
 */
export function trimName(name: Name, text: string, tokens: readonly Token[]): Name | null {
  if (isInAddress(text, name.start, name.end) || isCurrency(text, name.end)) return null
  if (isPartyLabel(tokens, name)) return { ...name, type: 'other' }
  let { first, last, type } = name
  if (type === 'person' && followsFamilyName(tokens, first, last)) first--
  const isPerson = type === 'person'
  while (last - first > 1 && isTitleOf(tokens[first].text, isPerson)) first++
  if (isPerson) while (last - first > 1 && LETTERS.has(tokens[last - 1].text)) last--
  while (last - first > 1 && isShortTitle(tokens[last - 1].text)) {
    last--
    // before a title stands the place it is held for: "Ohio Gov. Reed"
    if (type === 'organization') type = 'place'
  }
  if (first === name.first && last === name.last) return name
  return { ...name, first, last, type, start: tokens[first].start, end: tokens[last - 1].end }
}

/** "Sen.", "Gov.", "Mr.": only the abbreviated forms, since "Major" and "Dean" are given names too. */
function isShortTitle(word: string): boolean {
  const form = titleForm(word)
  return word.endsWith('.') && form.length > 1 && (HONORIFICS.has(form) || OFFICES.has(form)) && form !== 'st'
}

/** Letters behind a name. */
const LETTERS = new Set('KC QC KBE MBE OBE CBE MSP TD PhD'.split(' '))
/** Forms of address of some countries, which are no given names. */
const STYLES = new Set('engr alhaji alhaja datuk dato ustad shri smt'.split(' '))
const isTitleOf = (word: string, isPerson: boolean): boolean =>
  isShortTitle(word) || (isPerson && STYLES.has(titleForm(word)))

/** Whether the words are part of a web address, a mail address or an account's handle. */
function isInAddress(text: string, start: number, end: number): boolean {
  return (
    /[/@#_=]/.test(text.slice(Math.max(0, start - 1), start)) ||
    /^(?:[@_=]|\.\w{1,20}\/|:\/\/)/.test(text.slice(end, end + 24))
  )
}

/** "US$5": the letters tell whose money it is, not a place. */
const isCurrency = (text: string, end: number): boolean => /^[$€£¥]/.test(text.slice(end, end + 1))

/** "(R-Texas)", ", D-Ohio,": party and state of a lawmaker. */
function isPartyLabel(tokens: readonly Token[], { first, last }: Name): boolean {
  const before = tokens[first - 1]?.text
  return last - first === 1 && (before === '(' || before === ',') && /^[DRI]-\p{Lu}/u.test(tokens[first].text)
}

/** What stands behind a subject and not behind the verb that "He" would have: "He Lifeng was", "He Lifeng, who". */
const AFTER_SUBJECT = new Set("is was has had will would said says told who 's ’s".split(' '))
const AFTER_COMMA = new Set(['a', 'an', 'the', 'who', 'whose'])

/**
 * "Vice Premier He Lifeng": a capital letter amid a sentence tells the family name He from the pronoun, which the
 * tagger takes it for. Where a sentence or quoted words may begin ("said: He …"), what stands behind the name must tell.
 */
function followsFamilyName(tokens: readonly Token[], first: number, last: number): boolean {
  if (tokens[first - 1]?.text !== 'He') return false
  const before = tokens[first - 2]
  if (before !== undefined && (before.kind === 'word' || before.text === ',')) return true
  const [next, afterNext] = [tokens[last]?.lower ?? '', tokens[last + 1]?.lower ?? '']
  return last - first === 1 && (AFTER_SUBJECT.has(next) || (next === ',' && AFTER_COMMA.has(afterNext)))
}

/** How sure a name is that a title before it tells. */
const TOLD_BY_TITLE = 0.9

/**
 * Adds people of the family name He whom the tagger read over: "Vice Premier He Lifeng spoke". A title before it and a
 * capital behind it leave no room for the pronoun.
 */
export function withFamilyNameHe(names: readonly Name[], tokens: readonly Token[]): Name[] {
  const isTaken = (i: number): boolean => names.some(({ first, last }) => first <= i && i < last)
  const added: Name[] = []
  for (let i = 1; i + 1 < tokens.length; i++) {
    if (tokens[i].text !== 'He') continue
    if (!isTitle(tokens[i - 1].text) || !/^\p{Lu}\p{Ll}/u.test(tokens[i + 1].text)) continue
    if (isTaken(i) || isTaken(i + 1)) continue
    added.push({
      start: tokens[i].start,
      end: tokens[i + 1].end,
      first: i,
      last: i + 2,
      type: 'person',
      confidence: TOLD_BY_TITLE
    })
  }
  return added.length === 0 ? [...names] : [...names, ...added].sort((a, b) => a.start - b.start)
}
