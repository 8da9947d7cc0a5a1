import type { Quotation, Token } from '../reading.ts'
import { startsParagraph } from './sentences.ts'

/** An open mark. `close` is the token that closes it where that was found ahead (single marks), else -1. */
interface Open {
  readonly family: Family
  readonly index: number
  readonly close: number
  readonly continues: boolean
}

type Family = 'double' | 'single' | 'guillemet' | 'reversed'

/** How far ahead the end of words in single marks is looked for, in tokens: it bounds the work on hostile text. */
const SINGLE_REACH = 400

/** Marks inside marks beyond this are not speech. */
const DEEPEST = 4

/** Words that lost their first letters: the mark before them is an apostrophe. */
const ELIDED = new Set('em til tis twas cause n round bout cos tween neath'.split(' '))

const DOUBLE = new Set(['"', '“', '”', '„', '``', "''", '＂'])
const SINGLE = new Set(["'", '‘', '’', '‚', '`'])
const BEFORE_OPENING = /[([{—–\-:;,/"“„«‘'`]$/u
const AFTER_CLOSING = /^[.,;:!?)\]}—–\-…"”“»’'/]/u

/** Where a mark stands: nothing or white space at its left or right. */
function atLeft(tokens: readonly Token[], index: number): boolean {
  return index === 0 || tokens[index].spaced
}
function atRight(tokens: readonly Token[], index: number): boolean {
  return index + 1 >= tokens.length || tokens[index + 1].spaced
}

/** Whether a single mark can open words: at the left of one, and no apostrophe ('90s, 'em). */
function opensSingle(tokens: readonly Token[], index: number): boolean {
  const mark = tokens[index].text
  if (mark === '’' || !SINGLE.has(mark) || atRight(tokens, index)) return false
  if (!atLeft(tokens, index) && !BEFORE_OPENING.test(tokens[index - 1].text)) return false
  const next = tokens[index + 1]
  return next.kind !== 'number' && !ELIDED.has(next.lower)
}

/**
 * The token that closes the single mark at `open`, or -1. An apostrophe after an s may be a possessive ('the workers'
 * fund is empty'): it closes only where nothing surer follows. Single marks inside are skipped with what they hold.
 */
function closeOfSingle(
  tokens: readonly Token[],
  open: number,
  end: number,
  insideDouble: boolean,
  nested = false
): number {
  let possessive = -1
  let passedNested = false
  let tries = 0
  const reach = Math.min(end, open + SINGLE_REACH)
  for (let i = open + 1; i < reach; i++) {
    const mark = tokens[i].text
    if (tokens[i].kind !== 'mark') continue
    if (insideDouble && DOUBLE.has(mark) && !atLeft(tokens, i)) break
    if (!SINGLE.has(mark)) continue
    if (i > open + 1 && opensSingle(tokens, i)) {
      // A text full of opening marks would be searched through again from each of them.
      if (nested || tries++ === DEEPEST) break
      const close = closeOfSingle(tokens, i, reach, insideDouble, true)
      if (close < 0) continue
      passedNested = true
      i = close
      continue
    }
    if ((mark !== "'" && mark !== '’') || i === open + 1 || atLeft(tokens, i)) continue
    const next = i + 1 < end ? tokens[i + 1] : undefined
    if (next !== undefined && !next.spaced && !AFTER_CLOSING.test(next.text)) continue
    const afterPause = /^[.,?!…]/.test(tokens[i - 1].text)
    // Past a pair of marks of its own, a word in marks that ended before it is likelier than a speech with a possessive.
    if (possessive >= 0 && passedNested && !afterPause) continue
    const surely =
      !/[sS]$/.test(tokens[i - 1].text) || next === undefined || !next.spaced || next.kind === 'mark'
    if (surely) return i
    if (possessive < 0) possessive = i
  }
  return possessive
}

function familyOf(mark: string): Family | null {
  if (DOUBLE.has(mark)) return 'double'
  if (mark === '«' || mark === '‹') return 'guillemet'
  if (mark === '»' || mark === '›') return 'reversed'
  return SINGLE.has(mark) ? 'single' : null
}

/** Whether a double mark opens words, told by its shape and by the space around it. */
function opensDouble(tokens: readonly Token[], index: number, isOpen: boolean): boolean {
  const mark = tokens[index].text
  const left = atLeft(tokens, index)
  const right = atRight(tokens, index)
  if (mark === '„' || mark === '``') return true
  // The wrong way round: “no“ and ”no”.
  if (mark === '“') return left || !right
  if (mark === '”') return !isOpen && left && !right
  if (isOpen) return left && !right
  if (left) return true
  if (right) return false
  const before = tokens[index - 1]
  return before.kind !== 'number' && (before.kind === 'mark' || tokens[index + 1].kind !== 'mark')
}

/**
 * Runs of words in quotation marks, in reading order, nested ones after the one they stand in. Marks may be double,
 * single, curly, angled, of two characters ('' and ``), or the wrong way round. A mark that its paragraph does not close
 * ends with the paragraph; where the next paragraph opens with a mark, the speech goes on there (`continues`).
 */
export function findQuotations(text: string, tokens: readonly Token[]): Quotation[] {
  const found: Quotation[] = []
  let paragraph = -1
  let first = 0
  let carried: Family | null = null
  while (first < tokens.length) {
    let end = first + 1
    while (end < tokens.length && !startsParagraph(text, tokens, end)) end++
    paragraph++
    carried = readParagraph(tokens, first, end, paragraph, carried, found)
    first = end
  }
  return found.sort((a, b) => a.outerStart - b.outerStart)
}

function readParagraph(
  tokens: readonly Token[],
  first: number,
  end: number,
  paragraph: number,
  carried: Family | null,
  found: Quotation[]
): Family | null {
  const stack: Open[] = []
  const add = (open: Open, last: number, outerEnd: number) => {
    const from = open.index + 1
    if (last <= from) return
    found.push({
      start: tokens[from].start,
      end: tokens[last - 1].end,
      outerStart: tokens[open.index].start,
      outerEnd,
      first: from,
      last,
      depth: stack.length,
      paragraph,
      continues: open.continues
    })
  }
  const lastOpen = (family: Family) => stack.findLastIndex((open) => open.family === family)
  const closeAt = (at: number, index: number) => {
    const open = stack[at]
    // What was opened inside and not closed is no quotation.
    stack.length = at
    add(open, index, tokens[index].end)
  }
  for (let i = first; i < end; i++) {
    if (tokens[i].kind !== 'mark') continue
    const family = familyOf(tokens[i].text)
    if (family === null) continue
    const continues = i === first && carried === family
    if (family === 'single') {
      const at = lastOpen('single')
      if (at >= 0 && stack[at].close === i) {
        closeAt(at, i)
        continue
      }
      if (!opensSingle(tokens, i)) continue
      if (at >= 0) {
        const inner = closeOfSingle(tokens, i, stack[at].close < 0 ? end : stack[at].close, false, true)
        if (inner >= 0 && stack.length < DEEPEST)
          stack.push({ family, index: i, close: inner, continues: false })
        continue
      }
      const close = closeOfSingle(tokens, i, end, lastOpen('double') >= 0)
      const nextOpens = end < tokens.length && stack.length === 0 && opensSingle(tokens, end)
      if (close >= 0 || (nextOpens && tokens[i].text === tokens[end].text))
        stack.push({ family, index: i, close, continues })
      continue
    }
    if (family === 'guillemet' || family === 'reversed') {
      const other = lastOpen(family === 'guillemet' ? 'reversed' : 'guillemet')
      if (other >= 0) closeAt(other, i)
      else if (lastOpen(family) < 0) stack.push({ family, index: i, close: -1, continues })
      continue
    }
    const at = lastOpen('double')
    if (!opensDouble(tokens, i, at >= 0)) {
      if (at >= 0) closeAt(at, i)
      continue
    }
    if (at >= 0) {
      const open = stack[at]
      // Both sides free, as in text with a space around every mark: the second one closes.
      if (atLeft(tokens, i) && atRight(tokens, i)) {
        closeAt(at, i)
        continue
      }
      if (tokens[i].text === '“' && !atLeft(tokens, i) && atRight(tokens, i)) {
        closeAt(at, i)
        continue
      }
      // The one before was never closed; it ends where the next begins.
      stack.length = at
      add(open, i, tokens[i - 1].end)
    }
    stack.push({ family, index: i, close: -1, continues })
  }
  let open: Family | null = null
  while (stack.length > 0) {
    const left = stack.pop()
    if (left === undefined || left.family === 'reversed' || (left.close >= 0 && left.close < end)) continue
    if (stack.length > 0) continue
    add(left, end, tokens[end - 1].end)
    open = left.family
  }
  return open
}
