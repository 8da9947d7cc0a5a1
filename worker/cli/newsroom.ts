import { randomBelow } from '../train/clusters.ts'

/*
 * Made-up news for `npm run chaos` and `npm run soak`: invented places and people, told by several papers who agree, differ,
 * copy each other and correct themselves, so that facts merge, conflict and move. The same seed gives the same news.
 */

/** A repeatable source of whole numbers below a bound. */
export type Draw = (bound: number) => number

/** Stands in every article, where no fact rests on it: it must be in no answer. */
export const UNTOLD = 'vixbrack'
/** What papers print under an article; far enough from its facts to be no words around their evidence. */
const COLOPHON = `Letters are welcome at any time of the day and are read by the whole desk, as are cards, drawings and calls. This page was put together by hand. Colophon: ${UNTOLD}.`

export interface Told {
  readonly title: string
  readonly publisher: string
  readonly url: string
  readonly published_at: string
  readonly text: string
}

/** What happened at one place, and everything that the papers make of it. */
export interface Story {
  readonly place: string
  /** Each paper's article, in order of time. */
  readonly articles: readonly Told[]
  /** The article of one of its papers as it reads from then on. */
  readonly revised: (article: Told, times: number) => Told
}

const FIRST = [
  'Var',
  'Sar',
  'Bren',
  'Tol',
  'Mard',
  'Kest',
  'Vell',
  'Orn',
  'Pell',
  'Hask',
  'Drum',
  'Lind',
  'Garr',
  'Wend'
]
const SECOND = ['ak', 'om', 'el', 'or', 'um', 'in', 'od', 'ar', 'ut', 'ib']
const LAST = ['mouth', 'wick', 'dorp', 'holm', 'stad', 'burg', 'gard', 'moor', 'brook', 'crag']
const GIVEN = ['Ines', 'Paul', 'Marta', 'Tomas', 'Helen', 'Victor', 'Greta', 'Simon', 'Clara', 'Anton']
const FAMILY = [
  'Okafor',
  'Etxeberria',
  'Ostrova',
  'Lindqvist',
  'Tregenza',
  'Marlow',
  'Haddad',
  'Pinto',
  'Voss',
  'Quill'
]
const PAPERS = ['Harbour Bell', 'Sarran Post', 'Northern Ledger', 'Meridian Wire', 'Evening Compass']
const QUOTES = [
  'We have never seen a month like it',
  'Nobody here expected the ships to come back so soon',
  'The fog cost us two weeks and most of our patience',
  'We are too few for this and everybody knows it',
  'It is a good spring and we will not waste it'
]
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June']

const slug = (text: string) => text.toLowerCase().replaceAll(' ', '-')

export function newsroom(seed: number): { readonly story: (n: number) => Story } {
  const story = (n: number): Story => {
    const draw = randomBelow(seed * 10_007 + n + 1)
    const of = <T>(all: readonly T[]): T => {
      const one = all[draw(all.length)]
      if (one === undefined) throw new Error('nothing to draw from')
      return one
    }
    // Numbered by syllables, so that no two stories of a run share a place.
    const at = (all: readonly string[], i: number) => all[i % all.length] ?? ''
    const place = `${at(FIRST, n)}${at(SECOND, Math.floor(n / FIRST.length))}${at(LAST, n + Math.floor(n / 140))}`
    const chief = `${of(GIVEN)} ${of(FAMILY)}`
    const mayor = `${of(GIVEN)} ${of(FAMILY)}`
    const quote = of(QUOTES)
    const month = draw(5) + 1
    const [now, then] = [at(MONTHS, month), at(MONTHS, month - 1)]
    const level = (10 + draw(60)) / 10
    const percent = 2 + draw(30)
    const rate = (20 + draw(60)) / 10
    const day = (offset: number) =>
      new Date(Date.UTC(2025, month + 1, 2 + (n % 20) + offset, 6 + draw(12))).toISOString()
    const told = (publisher: string, offset: number, title: string, text: string): Told => ({
      title,
      publisher,
      url: `https://${slug(publisher)}.example/${slug(place)}`,
      published_at: day(offset),
      text: `${text}\n${COLOPHON}`
    })
    const port = `Cargo at the port of ${place} came to ${level} million tonnes in ${now}, the port authority said. Cargo at the port of ${place} rose ${percent} percent on the month in ${now}.\n"${quote}," said ${chief}, chief executive of the port authority.`
    const papers = Array.from({ length: 4 }, (_, i) => at(PAPERS, n + i))
    const [a = '', b = '', c = '', d = ''] = papers
    const articles = [
      told(
        a,
        0,
        `${place} counts its ships`,
        `${place.toUpperCase()} – ${port}\nThe authority said that a second terminal would open in September.`
      ),
      told(
        b,
        1,
        `A busy month at ${place}`,
        `Cargo at the port of ${place} came to ${draw(3) === 0 ? level + 0.2 : level} million tonnes in ${now}, after ${(level - 0.3).toFixed(1)} million tonnes in ${then}. "${quote}," ${chief} told reporters. Unemployment in ${place} stood at ${rate} percent in ${now}, the city said.`
      ),
      told(c, 1, `${place} counts its ships`, `${place.toUpperCase()} (${a}) – ${port}`),
      told(
        d,
        2,
        `${place} has a new mayor`,
        `${mayor} was elected mayor of ${place} on Sunday. Turnout in ${place} was ${40 + draw(40)} percent. "The harbour comes first," ${mayor} said. Exports of cork from Portugal fell ${1 + draw(3)} percent in ${now}, the growers' union said.`
      )
    ]
    const revised = (article: Told, times: number): Told => ({
      ...article,
      title: `${article.title} (corrected)`,
      text: `${article.text.replace(/(\d+(?:\.\d)?) (million tonnes|percent)/, (_, value: string, unit: string) => `${(Number(value) + times / 10).toFixed(1)} ${unit}`)}\nAn earlier version of this article gave another number.${times % 2 === 0 ? ` ${chief} declined to comment.` : ''}`
    })
    return { place, articles, revised }
  }
  return { story }
}
