/** Words of the text that are asked for, or are not to be there. Several are a phrase. */
export interface Asked {
  readonly wanted: readonly (readonly string[])[]
  readonly unwanted: readonly (readonly string[])[]
}

/** How many words one question may have: more would be a way to make it cost. */
const MAX_WORDS = 12

/**
 * Reads a question: words, "phrases", and a minus before what is not to be there. All else is punctuation, so that no text
 * is wrong: a quotation mark that none follows opens a phrase to the end. What is one word to people may be several here
 * ("U.S."), which then are a phrase. Null where no word is wanted, or too many are.
 */
export function readQuestion(q: string): Asked | null {
  const wanted: string[][] = []
  const unwanted: string[][] = []
  const text = q.normalize('NFC').replace(/[\xab\xbb\u201c-\u201e]/gu, '"')
  for (const [, minus, phrase, word] of text.matchAll(/(-?)"([^"]*)"?|([^\s"]+)/gu)) {
    const words = (phrase ?? word ?? '').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []
    const isUnwanted = minus === '-' || word?.startsWith('-') === true
    if (words.length > 0) (isUnwanted ? unwanted : wanted).push(words)
  }
  const terms = [...wanted, ...unwanted].flat().length
  return wanted.length === 0 || terms > MAX_WORDS ? null : { wanted, unwanted }
}
