import { DEMONYMS } from './word-tables.ts'
import { words } from './words.ts'

/*
 * Goods that go from one country to another are told in many ways: as exports, as shipments, as goods that were sold.
 */

/** A country's exports, or its imports. */
export interface Flow {
  /** `china`, as `words` has it joined; null where the words do not say whose. */
  readonly owner: string | null
  /** Words that stand for what is counted: `export` and where the goods go to, or `import` and whence they come. */
  readonly core: readonly string[]
}

const oneWord = (text: string): string => words(text).join('')

/** Countries, as `words` has them joined. */
export const COUNTRIES: ReadonlySet<string> = new Set([...DEMONYMS.values()].map(oneWord))

/** Seats of government that stand for their country where its offices or its trade are meant. */
export const SEATS: ReadonlyMap<string, string> = new Map(
  `beijing:china washington:unitedstates moscow:russia tokyo:japan berlin:germany paris:france rome:italy
  madrid:spain ottawa:canada canberra:australia seoul:southkorea delhi:india ankara:turkey brasilia:brazil
  warsaw:poland kyiv:ukraine lisbon:portugal dublin:ireland athens:greece vienna:austria stockholm:sweden oslo:norway`
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [seat = '', country = ''] = pair.split(':').map(oneWord)
      return [seat, country] as const
    })
)

const EXPORT = oneWord('exports')

/** A country, or its people or seat, in one to three words with capitals. */
const NAME = '(?:the )?(?:\\p{Lu}[\\p{L}.]*)(?: \\p{Lu}[\\p{L}.]*){0,2}'
/** Where a name may begin: within a word each letter would be tried anew. */
const START = '(?<![\\p{L}.])'
const OWN = "(?:['\\u2019]s?)?"
const GOODS = '(?:goods|products|shipments|exports|sales|cargo)'
/** What may stand between the verb and where the goods go: an amount, its measure. */
const AMOUNT = '(?:[^.;:]|\\.\\d){0,60}?'

const PATTERNS: readonly RegExp[] = [
  // "Chinese exports to the United States", "Japan's shipments of cars to Canada"
  new RegExp(
    `${START}(?<from>${NAME})${OWN} (?:\\p{Ll}+ )?${GOODS}(?: of \\p{Ll}+)? (?:bound )?(?:to|for) (?<to>${NAME})`,
    'u'
  ),
  // "exports from China to the United States"
  new RegExp(`${GOODS} from (?<from>${NAME}) (?:bound )?(?:to|for) (?<to>${NAME})`, 'iu'),
  // "Japan shipped $1.2 billion worth of goods to Canada"
  new RegExp(
    `${START}(?<from>${NAME}) (?:has |had )?(?:shipped|exported|sold|sent|ships|exports|sells|sends)(?<!exports) ${AMOUNT} (?:to|for) (?<to>${NAME})`,
    'u'
  ),
  // "goods left Chinese ports for American buyers"
  new RegExp(
    `(?:left|leave|leaving|shipped|sent|sailed) (?:from )?(?<from>${NAME})${OWN} (?:ports?|harbou?rs?|factories|shores) (?:bound )?(?:for|to) (?<to>${NAME})`,
    'u'
  )
]
/** "exports to the United States fell, with China shipping 28.8 billion": whose they are stands behind. */
const TO = new RegExp(`(?:^|[^\\p{L}])${GOODS} (?:bound )?(?:to|for) (?<to>${NAME})`, 'iu')
const SHIPPING = new RegExp(`${START}(?<from>${NAME}) (?:shipping|exporting|sending|selling)(?!\\p{L})`, 'u')

const isCountry = (text: string | undefined): string | null => {
  // Offices and adjectives may stand beside: "American buyers" is America, "Beijing" is China.
  const all = words(text ?? '')
  const joined = all.join('')
  const country = COUNTRIES.has(joined) ? joined : all.find((word) => COUNTRIES.has(word))
  return country ?? all.map((word) => SEATS.get(word)).find((known) => known !== undefined) ?? null
}

/** Characters of a sentence that are looked at. */
const REACH = 400

/** The flow of goods between two countries that a sentence tells of; null where it tells of none. */
export function flowIn(sentence: string): Flow | null {
  const text = sentence.slice(0, REACH)
  for (const pattern of PATTERNS) {
    const { from, to } = pattern.exec(text)?.groups ?? {}
    const [owner, target] = [isCountry(from), isCountry(to)]
    if (owner !== null && target !== null && owner !== target) return { owner, core: [EXPORT, target] }
  }
  const target = isCountry(TO.exec(text)?.groups?.['to'])
  if (target === null || /(?<!\p{L})imports?(?!\p{L})/iu.test(text)) return null
  const owner = isCountry(SHIPPING.exec(text)?.groups?.['from'])
  return { owner: owner === target ? null : owner, core: [EXPORT, target] }
}

const list = (text: string): ReadonlySet<string> => new Set(text.split(' ').map(oneWord))
/** Words of a measure that say that something is traded, and leave open which way. */
const VAGUE = list('goods products sales trade worth cargo merchandise')
/** Words of how it goes, and to whom. */
const WAYS = list('ports harbours shores factories buyers customers consumers left bound shipped sent')

/** Whether a measure says no more than that goods are traded, and perhaps where to. */
export const isTrade = (core: readonly string[]): boolean =>
  core.some((word) => VAGUE.has(word) || word === EXPORT) &&
  core.every((word) => VAGUE.has(word) || word === EXPORT || WAYS.has(word) || COUNTRIES.has(word))

/** Whether it leaves open which way. "Exports" alone are those to everywhere. */
export const isVague = (core: readonly string[]): boolean => isTrade(core) && !core.includes(EXPORT)
