import type { Atom } from '../text/atoms.ts'

/** What a number is counted in. `code` is `percent`, `percentage point`, an ISO 4217 code or a singular noun. */
export interface UnitReading {
  readonly code: string
  /** Index after its last atom. */
  readonly end: number
  readonly kind: 'percent' | 'money' | 'measure' | 'time' | 'age' | 'noun'
}

type Kind = UnitReading['kind']

/** ISO 4217 codes by the sign before or after a number. A bare `$` is the US dollar, `¥` the yen unless the text says otherwise. */
const SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '￥': 'JPY',
  '₹': 'INR',
  '₩': 'KRW',
  '₦': 'NGN',
  '₱': 'PHP',
  '₽': 'RUB',
  '₺': 'TRY',
  '₪': 'ILS',
  '฿': 'THB',
  '₫': 'VND',
  '₴': 'UAH',
  '₸': 'KZT',
  '₵': 'GHS',
  // Before a number the cent's sign is the cedi's: "GH¢500".
  '¢': 'GHS',
  '₭': 'LAK',
  '₡': 'CRC',
  '₲': 'PYG',
  '₾': 'GEL',
  '₼': 'AZN',
  '₮': 'MNT'
}
/** What stands before a dollar sign to tell whose dollar it is. */
const DOLLARS: Readonly<Record<string, string>> = {
  us: 'USD',
  usd: 'USD',
  c: 'CAD',
  ca: 'CAD',
  cad: 'CAD',
  cdn: 'CAD',
  can: 'CAD',
  a: 'AUD',
  au: 'AUD',
  aud: 'AUD',
  nz: 'NZD',
  hk: 'HKD',
  s: 'SGD',
  sg: 'SGD',
  nt: 'TWD',
  r: 'BRL',
  j: 'JMD',
  tt: 'TTD',
  bz: 'BZD',
  ec: 'XCD',
  fj: 'FJD',
  z: 'ZWL',
  mx: 'MXN',
  bds: 'BBD'
}
/** Letters that stand before a number and are money there. */
const PREFIXES: Readonly<Record<string, string>> = {
  rm: 'MYR',
  rs: 'INR',
  re: 'INR',
  rp: 'IDR',
  tk: 'BDT',
  ksh: 'KES',
  kshs: 'KES',
  sh: 'KES',
  shs: 'KES',
  n: 'NGN',
  r: 'ZAR',
  ush: 'UGX',
  tsh: 'TZS',
  php: 'PHP',
  dh: 'AED',
  dhs: 'AED',
  sr: 'SAR',
  rmb: 'CNY',
  sfr: 'CHF',
  fr: 'CHF',
  nis: 'ILS',
  le: 'EGP',
  ngn: 'NGN'
}
const CODES = new Set(
  (
    'usd eur gbp jpy cny inr aud cad chf sek nok dkk nzd hkd sgd krw twd thb myr idr php vnd pkr bdt lkr npr zar ngn kes ghs egp ' +
    'mad aed sar qar kwd bhd omr jod ils try rub uah pln czk huf ron bgn rsd brl mxn ars clp cop pen uyu irr iqd kzt uzs ugx ' +
    'tzs etb xof xaf isk hrk gel amd azn mmk khr lak mnt bnd mop syp lbp yer afn dzd tnd lyd sdg sos rwf zmw bwp mwk mzn aoa ' +
    'cup dop gtq hnl nio crc pab pyg bob ves jmd ttd bbd bsd xcd htg all mkd mdl byn kgs tjs tmt btn mvr mur scr mga nad'
  ).split(' ')
)
/** Names of money in the singular, in small letters. A name that several countries share stands for the commonest in the news. */
const MONEY: Readonly<Record<string, string>> = {
  dollar: 'USD',
  buck: 'USD',
  'us dollar': 'USD',
  'american dollar': 'USD',
  'canadian dollar': 'CAD',
  'australian dollar': 'AUD',
  'new zealand dollar': 'NZD',
  'hong kong dollar': 'HKD',
  'singapore dollar': 'SGD',
  'singaporean dollar': 'SGD',
  'taiwan dollar': 'TWD',
  'new taiwan dollar': 'TWD',
  'jamaican dollar': 'JMD',
  'zimbabwe dollar': 'ZWL',
  euro: 'EUR',
  quid: 'GBP',
  'pound sterling': 'GBP',
  'british pound': 'GBP',
  'egyptian pound': 'EGP',
  'lebanese pound': 'LBP',
  'syrian pound': 'SYP',
  'sudanese pound': 'SDG',
  yen: 'JPY',
  'japanese yen': 'JPY',
  yuan: 'CNY',
  'chinese yuan': 'CNY',
  renminbi: 'CNY',
  rupee: 'INR',
  'indian rupee': 'INR',
  'pakistani rupee': 'PKR',
  'pakistan rupee': 'PKR',
  'sri lankan rupee': 'LKR',
  'nepali rupee': 'NPR',
  'nepalese rupee': 'NPR',
  rupiah: 'IDR',
  'indonesian rupiah': 'IDR',
  ringgit: 'MYR',
  'malaysian ringgit': 'MYR',
  baht: 'THB',
  'thai baht': 'THB',
  dong: 'VND',
  taka: 'BDT',
  won: 'KRW',
  'korean won': 'KRW',
  'south korean won': 'KRW',
  kyat: 'MMK',
  franc: 'CHF',
  'swiss franc': 'CHF',
  'cfa franc': 'XOF',
  krona: 'SEK',
  kronor: 'SEK',
  'swedish krona': 'SEK',
  'swedish kronor': 'SEK',
  krone: 'NOK',
  kroner: 'NOK',
  'norwegian krone': 'NOK',
  'norwegian kroner': 'NOK',
  'danish krone': 'DKK',
  'danish kroner': 'DKK',
  'icelandic krona': 'ISK',
  'icelandic kronur': 'ISK',
  zloty: 'PLN',
  koruna: 'CZK',
  'czech koruna': 'CZK',
  forint: 'HUF',
  lei: 'RON',
  'bulgarian lev': 'BGN',
  kuna: 'HRK',
  ruble: 'RUB',
  rouble: 'RUB',
  hryvnia: 'UAH',
  tenge: 'KZT',
  lira: 'TRY',
  'turkish lira': 'TRY',
  shekel: 'ILS',
  riyal: 'SAR',
  'saudi riyal': 'SAR',
  'qatari riyal': 'QAR',
  rial: 'IRR',
  'iranian rial': 'IRR',
  toman: 'IRR',
  dirham: 'AED',
  'moroccan dirham': 'MAD',
  'kuwaiti dinar': 'KWD',
  'iraqi dinar': 'IQD',
  'jordanian dinar': 'JOD',
  rand: 'ZAR',
  naira: 'NGN',
  cedi: 'GHS',
  birr: 'ETB',
  'kenyan shilling': 'KES',
  'kenya shilling': 'KES',
  'ugandan shilling': 'UGX',
  'ugandan shillings': 'UGX',
  'tanzanian shilling': 'TZS',
  peso: 'MXN',
  'mexican peso': 'MXN',
  'philippine peso': 'PHP',
  'argentine peso': 'ARS',
  'chilean peso': 'CLP',
  'colombian peso': 'COP',
  'cuban peso': 'CUP',
  real: 'BRL',
  reais: 'BRL',
  'brazilian real': 'BRL',
  'peruvian sol': 'PEN',
  bolivar: 'VES',
  colones: 'CRC',
  quetzal: 'GTQ',
  quetzales: 'GTQ',
  lempira: 'HNL',
  cordoba: 'NIO',
  'peruvian soles': 'PEN',
  guarani: 'PYG',
  guaranies: 'PYG',
  boliviano: 'BOB',
  gourde: 'HTG',
  kwacha: 'ZMW',
  kwanza: 'AOA',
  pula: 'BWP',
  metical: 'MZN',
  meticais: 'MZN',
  ariary: 'MGA',
  manat: 'AZN',
  lari: 'GEL',
  dram: 'AMD',
  tugrik: 'MNT',
  riel: 'KHR',
  rufiyaa: 'MVR',
  'us cent': 'US cent'
}

/** Units of measure as they are written after a number: `surface surface … > unit`. Plurals in -s are understood. */
const MEASURES: ReadonlyArray<readonly [Kind, string, string]> = [
  ['percent', 'percent', 'percent|per cent|pct|pc|percentage'],
  ['percent', 'percentage point', 'percentage point|percentage-point|pp|ppt|ppts|pps|% point'],
  ['percent', 'basis point', 'basis point|basis-point|bp|bps'],
  ['measure', 'point', 'point|pt|pts'],
  ['money', 'cent', 'cent'],
  ['money', 'penny', 'pence|penny'],
  ['measure', 'kilometre', 'kilometre|kilometer|km|kms'],
  ['measure', 'metre', 'metre|meter|m'],
  ['measure', 'centimetre', 'centimetre|centimeter|cm|cms'],
  ['measure', 'millimetre', 'millimetre|millimeter|mm'],
  ['measure', 'micrometre', 'micrometre|micrometer|micron|μm|µm'],
  ['measure', 'nanometre', 'nanometre|nanometer'],
  ['measure', 'mile', 'mile|mi'],
  ['measure', 'nautical mile', 'nautical mile'],
  ['measure', 'light year', 'light year|light - year'],
  ['measure', 'foot', 'foot|feet|ft'],
  ['measure', 'inch', 'inch|inches'],
  ['measure', 'yard', 'yard|yd|yds'],
  ['measure', 'mile per hour', 'mph'],
  ['measure', 'kilometre per hour', 'kph|kmh|kmph|km / h'],
  ['measure', 'kilogram', 'kilogram|kilogramme|kilo|kg|kgs'],
  ['measure', 'gram', 'gram|gramme|g'],
  ['measure', 'milligram', 'milligram|mg'],
  ['measure', 'microgram', 'microgram|mcg|μg|µg'],
  ['measure', 'tonne', 'tonne|metric ton|metric tonne'],
  ['measure', 'ton', 'ton'],
  ['measure', 'ounce', 'ounce|oz'],
  ['measure', 'pound', 'pound|lb|lbs'],
  ['measure', 'litre', 'litre|liter|l'],
  ['measure', 'millilitre', 'millilitre|milliliter|ml'],
  ['measure', 'gallon', 'gallon|gal'],
  ['measure', 'barrel of oil', 'barrel of oil|barrel of crude|barrel of crude oil'],
  ['measure', 'barrel', 'barrel|bbl|bbls'],
  ['measure', 'barrel per day', 'bpd'],
  ['measure', 'bushel', 'bushel'],
  ['measure', 'celsius', 'celsius|c|° c|degree celsius|degree c|degree centigrade'],
  ['measure', 'fahrenheit', 'fahrenheit|f|° f|degree fahrenheit|degree f'],
  ['measure', 'degree', 'degree|°'],
  ['measure', 'hertz', 'hertz|hz'],
  ['measure', 'kilohertz', 'kilohertz|khz'],
  ['measure', 'megahertz', 'megahertz|mhz'],
  ['measure', 'gigahertz', 'gigahertz|ghz'],
  ['measure', 'watt', 'watt|w'],
  ['measure', 'kilowatt', 'kilowatt|kw'],
  ['measure', 'megawatt', 'megawatt|mw'],
  ['measure', 'gigawatt', 'gigawatt|gw'],
  ['measure', 'terawatt', 'terawatt|tw'],
  ['measure', 'kilowatt hour', 'kilowatt hour|kilowatt-hour|kwh'],
  ['measure', 'megawatt hour', 'megawatt hour|megawatt-hour|mwh'],
  ['measure', 'gigawatt hour', 'gigawatt hour|gigawatt-hour|gwh'],
  ['measure', 'terawatt hour', 'terawatt hour|terawatt-hour|twh'],
  ['measure', 'volt', 'volt|v'],
  ['measure', 'kilovolt', 'kilovolt|kv'],
  ['measure', 'kilovolt per centimetre', 'kv / cm'],
  ['measure', 'ampere', 'ampere|amp'],
  ['measure', 'joule', 'joule'],
  ['measure', 'calorie', 'calorie'],
  ['measure', 'kilocalorie', 'kilocalorie|kcal'],
  ['measure', 'horsepower', 'horsepower|hp|ps'],
  ['measure', 'brake horsepower', 'bhp'],
  ['measure', 'newton metre', 'nm|newton metre|newton meter'],
  ['measure', 'foot pound-force', 'lb ft|lb-ft|pound-foot|pound foot|pound-feet|pound feet'],
  ['measure', 'megapascal', 'mpa'],
  ['measure', 'kilopound per square inch', 'ksi'],
  ['measure', 'pound per square inch', 'psi'],
  ['measure', 'decibel', 'decibel|db'],
  ['measure', 'bit', 'bit'],
  ['measure', 'byte', 'byte'],
  ['measure', 'kilobyte', 'kilobyte|kb'],
  ['measure', 'megabyte', 'megabyte|mb'],
  ['measure', 'gigabyte', 'gigabyte|gb'],
  ['measure', 'terabyte', 'terabyte|tb'],
  ['measure', 'megabit per second', 'mbps'],
  ['measure', 'gigabit per second', 'gbps'],
  ['measure', 'megapixel', 'megapixel|mp'],
  ['measure', 'pixel', 'pixel|px'],
  ['measure', 'mile per gallon', 'mpg'],
  ['measure', 'revolutions per minute', 'rpm'],
  ['measure', 'square metre', 'square metre|square meter|sq m|sq. m|sqm|m2|m²'],
  ['measure', 'square kilometre', 'square kilometre|square kilometer|sq km|sq. km|km2|km²'],
  ['measure', 'square foot', 'square foot|square feet|sq ft|sq. ft|sqft'],
  ['measure', 'square inch', 'square inch|square inches'],
  ['measure', 'square mile', 'square mile|sq mile|sq mi'],
  ['measure', 'cubic metre', 'cubic metre|cubic meter|m3|m³'],
  ['measure', 'cubic foot', 'cubic foot|cubic feet'],
  ['measure', 'cubic yard', 'cubic yard'],
  ['measure', 'cubic centimetre', 'cubic centimetre|cubic centimeter|cc'],
  ['measure', 'acre', 'acre'],
  ['measure', 'hectare', 'hectare|ha'],
  ['measure', 'part per million', 'part per million|parts per million|ppm'],
  ['measure', 'part per billion', 'part per billion|parts per billion|ppb'],
  ['measure', 'point per game', 'ppg'],
  ['measure', 'rebound per game', 'rpg'],
  ['measure', 'assist per game', 'apg'],
  ['measure', 'magnitude', 'magnitude'],
  ['measure', 'generation wireless', 'g wireless'],
  ['time', 'second', 'second|sec|secs'],
  ['time', 'millisecond', 'millisecond|ms'],
  ['time', 'minute', 'minute|min|mins'],
  ['time', 'hour', 'hour|hr|hrs'],
  ['time', 'day', 'day'],
  ['time', 'night', 'night'],
  ['time', 'week', 'week'],
  ['time', 'fortnight', 'fortnight'],
  ['time', 'month', 'month'],
  ['time', 'quarter', 'quarter'],
  ['time', 'year', 'year|yr|yrs'],
  ['time', 'decade', 'decade'],
  ['time', 'century', 'century|centuries']
]
/** Single letters that are a unit only when close to the number (`5g`, `12 C` stays open for C, F, W, V alone). */
const CLOSE_LETTERS = new Set(['m', 'g', 'l'])
const CAPITAL_LETTERS = new Set(['c', 'f', 'w', 'v'])

interface Entry {
  readonly rest: readonly string[]
  readonly code: string
  readonly kind: Kind
}

const entries = new Map<string, Entry[]>()

function enter(surface: string, code: string, kind: Kind): void {
  // Atoms come without hyphens inside words: "pound-feet" is three of them.
  const parts = surface.replaceAll('-', ' - ').split(' ')
  const list = entries.get(parts[0]) ?? []
  list.push({ rest: parts.slice(1), code, kind })
  entries.set(parts[0], list)
}

for (const [kind, code, surfaces] of MEASURES) {
  for (const surface of surfaces.split('|')) {
    enter(surface, code, kind)
    const [head, ...tail] = surface.split(' ')
    if (tail.length > 0 && /[a-z]{3}$/.test(head) && !head.endsWith('s'))
      enter(`${head}s ${tail.join(' ')}`, code, kind)
    if (/[a-z]{3}$/.test(surface) && !/(?:s|feet|people|per million|per billion)$/.test(surface))
      enter(`${surface}s`, code, kind)
  }
}
for (const [name, code] of Object.entries(MONEY)) {
  enter(name, code, 'money')
  if (/[a-z]{3}$/.test(name) && !/s$/.test(name)) enter(`${name}s`, code, 'money')
}
for (const code of CODES) enter(code, code.toUpperCase(), 'money')
for (const [sign, code] of Object.entries(SIGNS)) enter(sign, code, 'money')
enter('%', 'percent', 'percent')
enter('﹪', 'percent', 'percent')
// The longest surface first, so that "percentage points" is not read as "percentage".
for (const list of entries.values()) list.sort((a, b) => b.rest.length - a.rest.length)

/** Irregular plurals among what is counted in the news. */
const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  canvases: 'canvas',
  feet: 'foot',
  teeth: 'tooth',
  geese: 'goose',
  mice: 'mouse',
  lives: 'life',
  wives: 'wife',
  knives: 'knife',
  leaves: 'leaf',
  halves: 'half',
  thieves: 'thief',
  wolves: 'wolf',
  shelves: 'shelf',
  criteria: 'criterion',
  phenomena: 'phenomenon',
  viruses: 'virus',
  crises: 'crisis',
  analyses: 'analysis',
  bases: 'base',
  buses: 'bus',
  gases: 'gas',
  oxen: 'ox',
  aircraft: 'aircraft',
  series: 'series',
  species: 'species',
  movies: 'movie',
  cookies: 'cookie',
  ties: 'tie',
  lies: 'lie',
  pies: 'pie',
  calories: 'calorie',
  headquarters: 'headquarters',
  news: 'news',
  means: 'means',
  troops: 'troop',
  potatoes: 'potato',
  tomatoes: 'tomato',
  heroes: 'hero',
  vetoes: 'veto'
}

/** Singular of an English noun in small letters. Names and acronyms should be passed as they stand. */
export function singular(noun: string): string {
  const small = noun.toLowerCase()
  if (Object.hasOwn(IRREGULAR, small)) return IRREGULAR[small]
  const compound = /^(.*?)(men|women|children|people)$/.exec(small)
  if (compound && compound[1].length > 2) return compound[1] + IRREGULAR[compound[2]]
  if (small.length < 4 || !small.endsWith('s')) return noun
  if (/(?:ss|us|is)$/.test(small) && !IS_PLURALS.test(small)) return noun
  if (small.endsWith('ies') && small.length > 4) return `${noun.slice(0, -3)}y`
  if (/(?:sses|shes|ches|xes|zzes)$/.test(small)) return noun.slice(0, -2)
  return noun.slice(0, -1)
}

/** Plurals in -is; other words in -is are singular (`crisis`, `tennis`). */
const IS_PLURALS =
  /^(?:iraqi|israeli|pakistani|saudi|yazidi|yemeni|kuwaiti|omani|bangladeshi|azerbaijani|somali|emirati|qatari|nazi|punjabi|bengali|nepali|kashmiri|houthi|tutsi|taxi|ski|alibi)s$/

/** Whether a word in small letters looks like a plural noun. */
export const isPlural = (word: string): boolean =>
  (Object.hasOwn(IRREGULAR, word) && IRREGULAR[word] !== word) ||
  (word.length > 3 && /s$/.test(word) && !/(?:ss|us|is|ous|'s|’s)$/.test(word)) ||
  /(?:men|women|children)$/.test(word) ||
  IS_PLURALS.test(word)

const matches = (atoms: readonly Atom[], from: number, rest: readonly string[]): boolean => {
  for (let k = 0; k < rest.length; k++) if (atoms[from + k]?.lower !== rest[k]) return false
  return true
}

/**
 * Reads the unit that begins at an atom (what follows a number): `%`, `percentage points`, `km`, `US dollars`, `yuan`,
 * `square feet`. A letter alone counts only as it is usually written. Null where no unit of the tables stands there.
 */
export function readUnit(atoms: readonly Atom[], from: number, text: string): UnitReading | null {
  const atom = atoms[from]
  if (!atom) return null
  const list = entries.get(atom.lower)
  if (!list) return null
  if (atom.kind === 'word' && atom.lower.length === 1) {
    const capital = text[atom.start] !== atom.lower
    if (CAPITAL_LETTERS.has(atom.lower)) {
      if (!capital) return null
    } else if (!CLOSE_LETTERS.has(atom.lower) || capital || atom.spaced) return null
  }
  // "us" is a pronoun, "US dollars" is money: what is written small is no code. Short names need their own case.
  if (
    atom.lower === 'try' ||
    atom.lower === 'all' ||
    atom.lower === 'cop' ||
    atom.lower === 'pen' ||
    atom.lower === 'top'
  ) {
    if (text.slice(atom.start, atom.end) !== atom.lower.toUpperCase()) return null
  }
  for (const entry of list) {
    if (matches(atoms, from + 1, entry.rest))
      return { code: entry.code, end: from + 1 + entry.rest.length, kind: entry.kind }
  }
  return null
}

export interface CurrencyReading {
  readonly code: string
  /** Index of its first atom. */
  readonly start: number
}

/** Reads the money sign or letters that end just before an atom: `$`, `US$`, `C $`, `Rs.`, `RM`, `EUR`. */
export function readCurrencyBefore(atoms: readonly Atom[], at: number, text: string): CurrencyReading | null {
  const atom = atoms[at - 1]
  if (!atom) return null
  if (Object.hasOwn(SIGNS, atom.lower)) {
    const code = SIGNS[atom.lower]
    const before = atoms[at - 2]
    if (atom.lower === '$' && before?.kind === 'word') {
      const letters = text.slice(before.start, before.end)
      const known = Object.hasOwn(DOLLARS, before.lower) && letters === letters.toUpperCase()
      // "US $5" with a space too, but the pronoun and the article "A $5 fee" only when close.
      if (
        known &&
        (!atom.spaced ||
          (before.lower.length > 1 && before.lower !== 'can') ||
          before.lower === 'c' ||
          before.lower === 's')
      ) {
        return { code: DOLLARS[before.lower], start: at - 2 }
      }
    }
    return { code, start: at - 1 }
  }
  // "$US160 million"
  if (
    atom.kind === 'word' &&
    !atoms[at].spaced &&
    atoms[at - 2]?.lower === '$' &&
    Object.hasOwn(DOLLARS, atom.lower)
  ) {
    return { code: DOLLARS[atom.lower], start: at - 2 }
  }
  const point = atom.lower === '.' && !atom.spaced ? 1 : 0
  const word = atoms[at - 1 - point]
  if (!word || word.kind !== 'word') return null
  const letters = text.slice(word.start, word.end)
  if (Object.hasOwn(PREFIXES, word.lower) && word.capital) {
    // "Sh", "Re", "Le", "Fr", "N" are parts of names too; money stands close to its number or is written in capitals.
    const close = !atoms[at].spaced
    if (
      close ||
      word.lower === 'rm' ||
      word.lower === 'rs' ||
      word.lower === 'rmb' ||
      word.lower === 'rp' ||
      word.lower === 'php' ||
      word.lower === 'tk'
    ) {
      return { code: PREFIXES[word.lower], start: at - 1 - point }
    }
  }
  if (point === 0 && CODES.has(word.lower) && letters === letters.toUpperCase())
    return { code: word.lower.toUpperCase(), start: at - 1 }
  return null
}

/** Whether letters close before digits are money (`RM3`, `EUR50m`) and no code of another kind (`MH370`). */
export const isMoneyPrefix = (letters: string): boolean => {
  const small = letters.toLowerCase()
  if (small === 'us' || letters === 'Sh') return true
  return (
    CODES.has(small) ||
    (letters.length > 1 && Object.hasOwn(PREFIXES, small) && !/^(?:sh|re|le|fr|sr|dh)$/.test(small))
  )
}

const PER_UNITS = new Set(
  (
    'second minute hour day night week month quarter year annum decade century barrel share gallon litre liter person head capita ' +
    'kilometre kilometer km mile tonne ton kilogram kilo kg gram unit game match ounce oz pound employee worker customer user ' +
    'student pupil patient household family room ticket vote passenger vehicle car square metre meter foot watt kilowatt kwh mwh ' +
    'megawatt hectare acre bushel million billion thousand hundred centimetre cm inch dozen carton bottle pack packet item visit ' +
    'trip ride flight seat page word minute download click subscriber song stream episode season child resident inhabitant'
  ).split(' ')
)
const PER_NAMES: Readonly<Record<string, string>> = {
  annum: 'year',
  liter: 'litre',
  kilometer: 'kilometre',
  km: 'kilometre',
  meter: 'metre',
  kg: 'kilogram',
  kilo: 'kilogram',
  oz: 'ounce',
  kwh: 'kilowatt hour',
  mwh: 'megawatt hour',
  cm: 'centimetre'
}

/** Reads `per hour`, `a month`, `an hour`, `/kg`, `per square foot` after a unit: what one such is. */
export function readPer(
  atoms: readonly Atom[],
  from: number
): { readonly noun: string; readonly end: number } | null {
  const first = atoms[from]
  if (!first) return null
  let i = from
  // "£24 a-year"
  if (first.lower === '-' && !first.spaced) i++
  const word = atoms[i]?.lower
  if (word !== 'per' && word !== 'a' && word !== 'an' && word !== 'each' && word !== '/' && word !== 'every')
    return null
  i++
  if (atoms[i]?.lower === '-') i++
  let noun = atoms[i]?.lower
  if (noun === undefined) return null
  if (noun === 'square' || noun === 'cubic') {
    const next = atoms[i + 1]?.lower
    if (next === undefined || !/^(?:foot|metre|meter|mile|kilometre|kilometer|yard|inch)$/.test(next))
      return null
    return { noun: `${noun} ${Object.hasOwn(PER_NAMES, next) ? PER_NAMES[next] : next}`, end: i + 2 }
  }
  if ((noun === 'sq' || noun === 'sq.') && atoms[i + 1]?.lower === 'ft')
    return { noun: 'square foot', end: i + 2 }
  if (!PER_UNITS.has(noun)) return null
  // "4 percent a year earlier" is a time, not a rate.
  if (/^(?:ago|earlier|before|later|after|from)$/.test(atoms[i + 1]?.lower ?? '')) return null
  if (Object.hasOwn(PER_NAMES, noun)) noun = PER_NAMES[noun]
  return { noun, end: i + 1 }
}
