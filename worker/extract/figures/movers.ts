import type { Atom } from '../text/atoms.ts'

export type Direction = 'increase' | 'decrease'

export interface Mover {
  /** Its atom. */
  readonly at: number
  readonly change: Direction
  /** The number is where it went, not how far: `rose to 5`. */
  readonly level: boolean
}

const words = (list: string) => new Set(list.split(' '))

const RISE = words(
  'rise rises risen rising rose up gain gains gained gaining jump jumps jumped jumping increase increases increased increasing climb ' +
    'climbs climbed climbing grow grows grew grown growing surge surges surged surging soar soars soared soaring advance advances ' +
    'advanced advancing rally rallied higher expand expanded expands expanding improve improved improving spike spiked leap leapt ' +
    'leaped rocketed skyrocketed swelled widened strengthened appreciated accelerated quickened rebounded ballooned hike hiked raise raised ' +
    'boost boosted lift lifted add adds added upped rebound growth doubled doubles doubling tripled trebled quadrupled'
)
const FALL = words(
  'fall falls fell fallen falling drop drops dropped dropping decline declines declined declining down decrease decreases decreased ' +
    'decreasing plunge plunges plunged plunging plummet plummets plummeted plummeting slide slides slid sliding slump slumps slumped ' +
    'slumping tumble tumbles tumbled tumbling sink sinks sank sunk sinking dip dips dipped dipping lower lowered shrink shrinks shrank shrunk ' +
    'shrinking slip slips slipped slipping cut cuts cutting reduce reduces reduced reducing lose loses lost losing ease eased easing ' +
    'shed sheds shedding contract contracted contracting weakened narrowed depreciated slowed retreated crashed collapsed dived ' +
    'dove halved trimmed slashed slash reduction loss'
)
/** Between a word of change and its number: `rose by about 5`, `cut a further 25`. */
const FILLERS = words(
  'by about around nearly almost just only a an another further roughly some approximately as much many of between slightly well the ' +
    'modest sharp steep whopping staggering record estimated additional on average up to from close exactly precisely'
)
/** Objects that are changed: `grow sales by 35 percent`. */
const OBJECT_LIMIT = 6

const AFTER_RISE = words(
  'increase rise gain jump surge growth climb advance hike spike leap improvement rally boost higher more'
)
const AFTER_FALL = words(
  'drop decrease decline fall plunge slump slide dip reduction cut loss contraction tumble downturn lower fewer less'
)

function wordAt(atoms: readonly Atom[], i: number): string {
  const atom = atoms[i]
  return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
}

// Neither "growth" nor "loss": those are measured themselves, and a loss may be a sum.
const NOUN_RISE = words('increase rise gain jump surge climb advance leap')
const NOUN_FALL = words('drop decrease decline fall plunge slump slide dip contraction')

/** "Made up 20 percent", "ended up with": here "up" moves nothing. */
const MADE_UP =
  /^(?:made|make|makes|making|set|gave|give|ended|picked|took|take|signed|split|wound|come|came|taken|showed|opened|follow|back|backed)$/
const IDIOMS = /^(?:added|add|adds)$/

const directionOf = (word: string): Direction | null =>
  RISE.has(word) ? 'increase' : FALL.has(word) ? 'decrease' : null

/** Whether a word is one of rising or falling. */
export const isMover = (word: string): boolean => directionOf(word) !== null

const PACES = words('rate pace clip speed tempo')

/** Whether a word is one of speed: `pace`, `rate`. */
export const isPace = (atom: Atom): boolean => PACES.has(atom.lower)

/**
 * Where the phrase begins that tells how fast (`at an annualised rate of 3 percent`, `at a 3 percent annual pace`): it
 * stands between a verb of change and its number, and is not what is measured. -1 where there is none.
 */
export function paceStart(atoms: readonly Atom[], lead: number, end: number): number {
  let i = lead - 1
  if (wordAt(atoms, i) === 'of') {
    if (!PACES.has(wordAt(atoms, i - 1))) return -1
    i -= 2
    for (let n = 0; n < 5 && !/^(?:a|an|the)$/.test(wordAt(atoms, i)); n++) i--
  } else {
    let j = end
    while (j < end + 4 && atoms[j] && !PACES.has(atoms[j].lower)) j++
    if (j === end + 4 || !PACES.has(wordAt(atoms, j))) return -1
  }
  return /^(?:a|an|the)$/.test(wordAt(atoms, i)) && wordAt(atoms, i - 1) === 'at' ? i - 1 : -1
}

/**
 * The noun of change that a number tells the size of: `the drop was 3 percent`, `put the fall at 3 percent`, `a rise in
 * exports of 3 percent`.
 */
export function nounMoverBefore(atoms: readonly Atom[], lead: number, floor: number): Mover | null {
  let i = lead - 1
  while (i > floor && /^(?:been|was|were|is|just|only|reached|had|has|still)$/.test(wordAt(atoms, i))) i--
  if (i === lead - 1) {
    if (!/^(?:of|at)$/.test(wordAt(atoms, i))) return null
    i--
  }
  const from = i
  for (; i > floor && from - i < 6; i--) {
    const word = wordAt(atoms, i)
    const change = NOUN_RISE.has(word) ? 'increase' : NOUN_FALL.has(word) ? 'decrease' : null
    if (change !== null) {
      const noun = i === from || /^(?:in|of|for|on)$/.test(wordAt(atoms, i + 1))
      const opened =
        atoms[i - 1]?.lower === '-' ||
        /^(?:a|an|the|this|that|its|their|month|quarter|year|annual|monthly|quarterly|further|sharp|steep|overall)$/.test(
          wordAt(atoms, i - 1)
        )
      return noun && opened ? { at: i, change, level: false } : null
    }
    if (word === '' || directionOf(word) !== null) return null
  }
  return null
}

/**
 * The word of change before a number, with nothing between but fillers (`rose by about`), or its object and `by`
 * (`grow sales by`).
 *
 * @param lead where the number or its bound begins.
 * @param floor the first atom to look at.
 */
export function moverBefore(atoms: readonly Atom[], lead: number, floor: number): Mover | null {
  let level = false
  let object = 0
  for (let i = lead - 1; i >= Math.max(floor, lead - 10); i--) {
    const atom = atoms[i]
    if (atom.kind === 'mark') {
      if (atom.lower === '(' || atom.lower === '-') continue
      return null
    }
    const word = atom.lower
    const change =
      IDIOMS.test(word) || (word === 'up' && MADE_UP.test(wordAt(atoms, i - 1))) ? null : directionOf(word)
    // "up to 5" bounds the number and does not move it; "from" behind a mover names where it came from.
    if (change !== null && !(word === 'up' && wordAt(atoms, i + 1) === 'to')) {
      if (wordAt(atoms, i + 1) === 'from' && i + 3 >= lead) return { at: i, change, level: true }
      return { at: i, change, level }
    }
    if (word === 'to' && wordAt(atoms, i - 1) !== 'up' && wordAt(atoms, i - 1) !== 'close') {
      if (i !== lead - 1) return null
      level = true
      continue
    }
    if (FILLERS.has(word)) continue
    // Something else: the object of the change or a time, and only where "by" or "from" stands at the number.
    const opener = wordAt(atoms, lead - 1)
    if ((opener !== 'by' && opener !== 'from') || ++object > OBJECT_LIMIT) return null
    if (
      /^(?:is|are|was|were|has|have|had|that|which|who|said|will|would|and|but|or|while|after|before)$/.test(
        word
      )
    )
      return null
  }
  return null
}

/** The word of change behind a number: `a 4 percent drop`, `3% increase`, `5% higher`. */
export function moverAfter(atoms: readonly Atom[], end: number, stop: ReadonlySet<string>): Mover | null {
  for (let i = end; i < end + 4; i++) {
    const word = wordAt(atoms, i)
    if (word === '' && atoms[i]?.lower === '-') continue
    if (AFTER_RISE.has(word)) return { at: i, change: 'increase', level: false }
    if (AFTER_FALL.has(word)) return { at: i, change: 'decrease', level: false }
    if (word === '' || stop.has(word)) return null
  }
  return null
}
