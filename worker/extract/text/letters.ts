/*
 * Kinds of character looked up by UTF-16 code unit: a regular expression that asks the Unicode tables for each of them
 * costs several times as much.
 */

/** Tells for text and place how many code units a character of some kind has there: 0 where it is of another. */
export type Characters = (text: string, at: number) => 0 | 1 | 2

const YES = 1
const NO = 2

/** @param pattern matches a string of one such character */
export function charactersLike(pattern: RegExp): Characters {
  /** By code unit; 0 is not looked up yet. */
  const known = new Uint8Array(65536)
  return (text, at) => {
    // Beyond the end there is no character. To ask a list for NaN, once, has V8 take every later look into it the long way.
    if (at >= text.length) return 0
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length)
      return pattern.test(text.slice(at, at + 2)) ? 2 : 0
    if (known[unit] === 0) known[unit] = pattern.test(String.fromCharCode(unit)) ? YES : NO
    return known[unit] === YES ? 1 : 0
  }
}

/** With one space for each run of white space. Few texts have another, and to replace each takes longer than to look. */
export const withSingleSpaces = (text: string): string =>
  /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text

/** First place from `at` on that is none of the characters. */
export function endOfCharacters(like: Characters, text: string, at: number): number {
  let end = at
  for (let size = like(text, end); size > 0; size = like(text, end)) end += size
  return end
}
