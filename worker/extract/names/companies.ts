import type { Name, Token } from '../reading.ts'
import { LIST } from './lexicon.ts'
import { titleForm, isTitle } from './titles.ts'
import { SIGN } from './words.ts'
import type { WordInfo } from './words.ts'

/*
 * Firms, clubs and charities that carry a family name or an invented word ("Marks & Moss", "Orvell") are people or
 * places to a tagger that learned from agency copy. The words around one of their mentions tell what all of them are.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Kinds of firm that stand before the name: "chipmaker Orvell". None is a calling of people. */
const KINDS = words(
  'airline carrier automaker carmaker chipmaker drugmaker drinksmaker planemaker shipbuilder steelmaker toymaker brewer brewery ' +
    'retailer grocer supermarket supermarkets lender insurer reinsurer brokerage company firm conglomerate chain ' +
    'startup start-up manufacturer supplier utility charity newspaper magazine website broadcaster consultancy consortium ' +
    'subsidiary unit operator housebuilder homebuilder pharmacy bookmaker club studio marketplace ' +
    'refiner smelter distillery biotech fintech nonprofit non-profit watchdog think-tank'
)
/** What only a body has, though candidates have a spokesman and a staff: "Orvell shareholders", "Orvell's shareholders". */
const POSSESSIONS = words(
  'shareholders investors employees revenue revenues earnings subsidiary executives ' +
    'shareholding passengers subscribers'
)
/** Some of these are verbs too, and people have plans and fans: only after a name that owns them. */
const OWNED = words(
  'headquarters shares stock workers customers profit profits sales factory factories plant plants fleet stores dividend takeover ' +
    'acquisition bonds valuation'
)
const MOVES =
  /^(?:rose|fell|jumped|climbed|dropped|slid|slumped|gained|lost|closed|opened|were|traded|tumbled|surged|soared|plunged)$/
/** Of a body too, but people speak for people: only after a name that owns it. */
const CHIEF = words('chief managing finance general')
/** Last words of the names of firms alone: foundations and campaigns are named after people. */
const ENDINGS = words(
  'inns breweries brewing foods bakeries stores homes properties estates motors aerospace aviation shipping logistics freight ' +
    'railways semiconductors electronics robotics software analytics biosciences therapeutics pharma biotech chemicals metals ' +
    'mining resources minerals renewables solar utilities investments ventures asset advisers advisors associates brothers sons ' +
    'productions pictures records publishing communications broadcasting solutions works innovations instruments ' +
    'inc incorporated corp corporation ltd limited plc llc holdings systems technologies industries airlines airways ' +
    'pharmaceuticals laboratories telecom rovers wanderers'
)

/** The names, with those of firms that the tagger took for people or places set right. */
export function withCompanies(
  names: readonly Name[],
  tokens: readonly Token[],
  infos: readonly WordInfo[]
): Name[] {
  const firms = new Set<string>()
  const short = new Set<string>()
  const people = new Set<string>()
  for (const name of names) {
    if (!isDoubtful(name, infos)) continue
    const surface = surfaceOf(name, tokens)
    if (isPerson(name, tokens, infos)) {
      people.add(surface)
      people.add(tokens[name.last - 1]?.text ?? '')
    } else if (isFirm(name, tokens, infos)) firms.add(surface)
  }
  for (const name of names) {
    // "Orvell" where the text has "Orvell Systems" too.
    if (name.last - name.first > 1 && (name.type === 'organization' || firms.has(surfaceOf(name, tokens))))
      if (ENDINGS.has(tokens[name.last - 1]?.lower.replace(/\.$/, '') ?? ''))
        short.add(tokens[name.first]?.text ?? '')
  }
  if (firms.size + short.size === 0) return [...names]
  return names.map((name) => {
    if (!isDoubtful(name, infos)) return name
    const surface = surfaceOf(name, tokens)
    return (firms.has(surface) || (name.type !== 'place' && short.has(surface))) && !people.has(surface)
      ? { ...name, type: 'organization' }
      : name
  })
}

/** A place that no list of places knows may be a firm too. */
function isDoubtful({ type, first, last }: Name, infos: readonly WordInfo[]): boolean {
  if (type === 'person' || type === 'other') return true
  const places = LIST.city | LIST.cityPart | LIST.country | LIST.countryPart | LIST.region
  return (
    type === 'place' &&
    infos.slice(first, last).every(({ lists, signs }) => (lists & places) === 0 && (signs & SIGN.place) === 0)
  )
}

const surfaceOf = ({ first, last }: Name, tokens: readonly Token[]): string =>
  tokens
    .slice(first, last)
    .map(({ text }) => text)
    .join(' ')

/** Called by a title or a given name. */
function isPerson({ first, last }: Name, tokens: readonly Token[], infos: readonly WordInfo[]): boolean {
  const before = tokens[first - 1]
  if (before?.kind === 'word' && isTitle(before.text) && !KINDS.has(titleForm(before.text))) return true
  const given = LIST.maleName | LIST.femaleName | LIST.givenName
  return (
    last - first > 1 && ((infos[first]?.lists ?? 0) & given) !== 0 && !endsAsFirm(last - 1, tokens, infos)
  )
}

function endsAsFirm(last: number, tokens: readonly Token[], infos: readonly WordInfo[]): boolean {
  const word = tokens[last]?.lower ?? ''
  return ENDINGS.has(word) || ((infos[last]?.signs ?? 0) & SIGN.body) !== 0
}

function isFirm({ first, last, type }: Name, tokens: readonly Token[], infos: readonly WordInfo[]): boolean {
  const lower = (i: number): string => tokens[i]?.lower ?? ''
  // "Champions League", "World Congress": what is neither a person nor a body may end as a body does.
  if (type === 'person' && last - first > 1 && endsAsFirm(last - 1, tokens, infos)) return true
  if (KINDS.has(lower(first - 1)) && tokens[first - 1]?.text === lower(first - 1)) return true
  // "shares in Orvell"
  if (
    /^(?:shares|stake|stock|investors|shareholders)$/.test(lower(first - 2)) &&
    /^(?:in|of)$/.test(lower(first - 1))
  )
    return true
  const owns = /^['’]s?$/.test(lower(last))
  if (owns) {
    const next = FORMER.test(lower(last + 1)) ? last + 2 : last + 1
    return (
      POSSESSIONS.has(lower(next)) ||
      OWNED.has(lower(next)) ||
      (CHIEF.has(lower(next)) &&
        /^(?:executive|director|manager|officer|financial|operating|counsel)$/.test(lower(next + 1)))
    )
  }
  if (lower(last) === 'shares' && MOVES.test(lower(last + 1))) return true
  return POSSESSIONS.has(lower(last)) && tokens[last]?.text === lower(last)
}

const FORMER = /^(?:former|interim|acting|new|then|outgoing|incoming)$/
