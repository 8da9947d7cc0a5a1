/*
 * Word forms, each held once for all articles. A language repeats few words often: what is known of a form is worked out
 * once, and the strings of an article's tokens are those of the articles before. A string that was looked up once is
 * found again by its address, where one that was just cut from a text is hashed, compared and copied first.
 */

export interface Form {
  /** Its place among those that are held, -1 where it is not. */
  readonly number: number
  /** How often all had been forgotten when it was met. */
  readonly epoch: number
  readonly hash: number
  readonly text: string
  /** In small letters. */
  readonly lower: string
}

/** Forms that are held at most, and the longest of them; past that all are forgotten, so that memory stays bounded. */
const MOST = 30_000
const LONGEST = 40
const SLOTS = 1 << 16

/** Open addressing over the hash of the letters: no string is made to look one up. */
const table = Array.from({ length: SLOTS }, (): Form | null => null)
let held = 0
let epoch = 0

/** The form that stands in the text from `start` up to `end`. */
export function formAt(text: string, start: number, end: number): Form {
  // FNV-1a
  let hash = 0x811c9dc5 | 0
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  if (end - start > LONGEST) return newForm(-1, hash, text.slice(start, end))
  let slot = slotOf(hash)
  for (let form = table[slot]; form !== null; form = table[slot]) {
    if (form.hash === hash && isSpelled(form.text, text, start, end)) return form
    slot = (slot + 1) & (SLOTS - 1)
  }
  if (held >= MOST) {
    table.fill(null)
    held = 0
    epoch++
    slot = slotOf(hash)
  }
  // A slice may be a view, which would keep its whole article: this one is of a copy.
  return (table[slot] = newForm(held++, hash, ` ${text.slice(start, end)}`.slice(1)))
}

const newForm = (number: number, hash: number, text: string): Form => ({
  number,
  epoch,
  hash,
  text,
  lower: text.toLowerCase()
})

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (SLOTS - 1)

function isSpelled(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/**
 * A function of a form's text that is worked out once a form. Kept by number: every reader asks for every token, and a
 * `Map` of thousands of words takes three far reads of memory where a list takes one.
 */
export function byForm<T extends object | string | number | boolean>(
  workOut: (text: string) => T
): (form: Form) => T {
  const known = Array.from({ length: MOST }, (): T | undefined => undefined)
  let since = epoch
  return ({ text, number, epoch: of }) => {
    // A long form, or one of an article that was begun before all were forgotten.
    if (number < 0 || of !== epoch) return workOut(text)
    if (since !== epoch) {
      known.fill(undefined)
      since = epoch
    }
    return (known[number] ??= workOut(text))
  }
}
