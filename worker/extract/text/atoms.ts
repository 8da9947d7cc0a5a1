import type { Token } from '../reading.ts'
import { byForm } from './forms.ts'

/**
 * A token as the grammars of numbers and dates want it: hyphenated words taken apart (`third-quarter`, `twenty-five`),
 * words in small letters and without their points (`nov`, `pm`). `number` carries its digits as written.
 */
export interface Atom {
  readonly start: number
  readonly end: number
  readonly kind: Token['kind']
  /** Small letters, points of abbreviations removed; marks and numbers as they stand. */
  readonly lower: string
  /** It starts with a capital. */
  readonly capital: boolean
  /** White space stands before it. */
  readonly spaced: boolean
  /** Index of the token it is of. */
  readonly token: number
}

const HYPHENS = /[-\u2010\u2011]/

/** What is asked of a token's text, or of a part of it. */
function describe(text: string) {
  const lower = text.toLowerCase()
  return {
    lower,
    pointless: lower.replaceAll('.', ''),
    capital: lower !== text && lower.charCodeAt(0) !== text.charCodeAt(0),
    isHyphenated: HYPHENS.test(text)
  }
}
const describeForm = byForm(describe)

function push(
  atoms: Atom[],
  token: Token,
  index: number,
  from: number,
  to: number,
  kind: Token['kind']
): void {
  const isWhole = from === 0 && to === token.text.length
  const { lower, pointless, capital } = isWhole
    ? describeForm(token.form)
    : describe(token.text.slice(from, to))
  atoms.push({
    start: token.start + from,
    end: token.start + to,
    kind,
    lower: kind === 'word' ? pointless : lower,
    capital,
    spaced: from === 0 && token.spaced,
    token: index
  })
}

const known = new WeakMap<readonly Token[], readonly Atom[]>()

/**
 * Takes the hyphenated words of a text apart. Every token gives one atom or more, in order. The atoms of the same
 * tokens are worked out once: dates and figures both read them.
 */
export function atomize(tokens: readonly Token[]): readonly Atom[] {
  let atoms = known.get(tokens)
  if (!atoms) {
    atoms = atomsOf(tokens)
    known.set(tokens, atoms)
  }
  return atoms
}

function atomsOf(tokens: readonly Token[]): Atom[] {
  const atoms: Atom[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (token.kind !== 'word' || !describeForm(token.form).isHyphenated) {
      push(atoms, token, index, 0, token.text.length, token.kind)
      continue
    }
    let from = 0
    for (let i = 0; i <= token.text.length; i++) {
      if (i < token.text.length && !HYPHENS.test(token.text[i])) continue
      if (i > from)
        push(atoms, token, index, from, i, /^\d/.test(token.text.slice(from, i)) ? 'number' : 'word')
      if (i < token.text.length) push(atoms, token, index, i, i + 1, 'mark')
      from = i + 1
    }
  }
  return atoms
}
