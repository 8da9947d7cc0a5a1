/** The world's news agencies: the full name, then the other names they sign with. */
const AGENCIES: readonly (readonly string[])[] = `
Reuters|Thomson Reuters
Associated Press|AP|The Associated Press
Agence France-Presse|AFP
Deutsche Presse-Agentur|dpa
Xinhua|Xinhua News Agency|Xinhua news agency
Kyodo News|Kyodo
Jiji Press|Jiji
Press Trust of India|PTI
Asian News International|ANI
Indo-Asian News Service|IANS
United News of India|UNI
TASS
RIA Novosti|RIA
Interfax
Ukrinform
EFE|Agencia EFE
Europa Press
ANSA
Adnkronos
Bloomberg|Bloomberg News
Dow Jones Newswires|Dow Jones
United Press International|UPI
PA Media|PA|Press Association
Australian Associated Press|AAP
Canadian Press|The Canadian Press|CP
Yonhap|Yonhap News Agency|Yonhap news agency
KCNA|Korean Central News Agency
Anadolu Agency|Anadolu|AA
Saudi Press Agency|SPA
Emirates News Agency|WAM
Qatar News Agency|QNA
Kuwait News Agency|KUNA
Middle East News Agency|MENA
IRNA|Islamic Republic News Agency
Tasnim|Tasnim News Agency
MTI
Austria Press Agency|APA
NTB
TT News Agency|TT
Ritzau
STT
BNS|Baltic News Service
Belga
ANP
Lusa
PAP|Polish Press Agency
CTK|Czech News Agency
TASR
Agerpres
BTA
HINA
Tanjug
Bernama
Antara
Vietnam News Agency|VNA
Associated Press of Pakistan|APP
Bangladesh Sangbad Sangstha|BSS
United News of Bangladesh|UNB
China News Service|CNS
Central News Agency|CNA
African News Agency
Panapress
News Agency of Nigeria|NAN
Agencia Brasil
Telam
Inter Press Service|IPS
Religion News Service|RNS
Kaiser Health News|KHN
PR Newswire
Business Wire
GlobeNewswire`
  .trim()
  .split('\n')
  .map((line) => line.split('|'))

const FULL_NAME: ReadonlyMap<string, string> = new Map(
  AGENCIES.flatMap(([full = '', ...others]) =>
    [full, ...others].map((name) => [name.toLowerCase(), full] as const)
  )
)
/** Abbreviations that are common words or initials say an agency's name only where a label stands. */
const LONG_NAMES = AGENCIES.flatMap(([full = '', ...others]) =>
  [full, ...others]
    .filter((name) => name.length > 4 || name === 'TASS' || name === 'ANSA')
    .map((name) => ({ name, pattern: new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'u'), full }))
)

/** An agency's full name for any of its names; null where it is none that is known. */
export const agencyOf = (name: string): string | null =>
  FULL_NAME.get(name.trim().toLowerCase().replace(/^the /, '')) ??
  FULL_NAME.get(name.trim().toLowerCase()) ??
  null

/** The agencies that a run of text names in full. */
export const agenciesIn = (text: string): string[] => [
  // Hardly any text names one: looking for the bare letters first is cheaper than the pattern.
  ...new Set(
    LONG_NAMES.flatMap(({ name, pattern, full }) => (text.includes(name) && pattern.test(text) ? [full] : []))
  )
]

/** Last words by which a name is an agency's, though no list has it. */
const SOUNDS_LIKE =
  /(?:\b(?:Wire|Newswire|News Agency|Press Agency|News Service|Wire Service|Press Association)|[a-z]wire)$/
/** One to five words with capitals; small words may stand between. */
const NAME = String.raw`\p{Lu}[\p{L}&'’-]*(?:\.\p{L}+)*(?: (?:of|de|and|\p{Lu}[\p{L}&'’-]*(?:\.\p{L}+)*)){0,4}`

/** `LONDON, June 9 (Reuters) –`: whatever stands in such brackets is the sender, whether or not it is known. */
const DATELINE = new RegExp(String.raw`^[^\n()]{2,60}\((${NAME}|dpa)\)\s?[-\u2013\u2014:]`, 'u')
/** `(Reuters) -` with no place before it. */
const BARE_DATELINE = new RegExp(String.raw`^\((${NAME}|dpa)\)\s?[-\u2013\u2014:]`, 'u')
const CREDITS: readonly RegExp[] = [
  new RegExp(String.raw`(?:Source|Sources|Credit|Agency|Agencies)\s?: ?(?:the |The )?(${NAME}|dpa)`, 'gu'),
  new RegExp(String.raw`(?:\u00a9|\([cC]\)|Copyright)\s?(?:\d{4} )?(?:the |The )?(${NAME}|dpa)`, 'gu'),
  new RegExp(
    String.raw`(?:supplied|provided|distributed|syndicated|produced|published) (?:by|from) (?:the |The )?(${NAME}|dpa)`,
    'gu'
  ),
  new RegExp(String.raw`(?:[Ww]ith|[Aa]dditional) (?:\w+ )?(?:from|by) (?:the |The )?(${NAME}|dpa)`, 'gu'),
  new RegExp(String.raw`(?:[Rr]eporting|[Ww]riting) by (?:the |The )?(${NAME}|dpa)`, 'gu'),
  new RegExp(String.raw`\((${NAME}|dpa)\)\s*$`, 'gu'),
  new RegExp(String.raw`[\u2013\u2014-] ?(${NAME}|dpa)\.?\s*$`, 'gu'),
  new RegExp(String.raw`^(${NAME}|dpa)\.?$`, 'gmu')
]

const HEAD = 200
const TAIL = 400
const known = (name: string): string | null => {
  const plain = name.replace(/(?<![.\s])[.\s]+$/, '').replace(/^The /, '')
  return agencyOf(plain) ?? (SOUNDS_LIKE.test(plain) ? plain : null)
}

/**
 * The agency that an article names as its source: in the dateline, in the line of its author, or in the credits at its
 * end. A name in the credits must be an agency's, known or by its last word; a newspaper's own copyright is none.
 *
 * @returns the agency's full name where it is known, else the name as it stands; null where none is named
 */
export function wireOf(text: string): string | null {
  const head = text.slice(0, HEAD)
  const label = (DATELINE.exec(head) ?? BARE_DATELINE.exec(head))?.[1]
  if (label !== undefined) return agencyOf(label) ?? label
  const author = authorsOf(text)
  if (author !== null && known(author) !== null) return known(author)
  const tail = text.slice(-TAIL)
  for (const pattern of CREDITS)
    for (const [, name] of tail.matchAll(pattern)) {
      const agency = name === undefined ? null : known(name)
      if (agency !== null) return agency
    }
  return null
}

const PERSON = String.raw`(?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+)(?: (?:de|van|von|der|al|bin|\p{Lu}\.|\p{Lu}[\p{L}'’-]+)){1,4}`
const PEOPLE = String.raw`${PERSON}(?:(?:, | and )${PERSON}){0,5}`
const BY_LINE = new RegExp(String.raw`^(?:By|BY) (${PEOPLE})(?:, [^\n]{1,60})?$`, 'mu')
const REPORTING_BY = new RegExp(String.raw`(?:Reporting|Writing|Text) by (${PEOPLE})`, 'u')

function authorsOf(text: string): string | null {
  const found = BY_LINE.exec(text.slice(0, 300)) ?? REPORTING_BY.exec(text.slice(-TAIL))
  return found?.[1]?.replace(/ and /g, ', ') ?? null
}

/** Who wrote an article, as a line `By …` near its beginning or `Reporting by …` at its end says; no agencies. */
export function bylineOf(text: string): string | null {
  const authors = authorsOf(text)
  return authors === null || known(authors) !== null ? null : authors
}
