/*
 * Money whose name several countries share: "Rs 500" is Indian in one paper and Pakistani in the next. The country that
 * the text names most decides; where it names none of them, the commonest in the news stands.
 */

interface Nation {
  /** The code that the common name is read as, and the country's own. */
  readonly common: string
  readonly code: string
  /** The country, its people and its great cities. */
  readonly words: RegExp
}

const NATIONS: readonly Nation[] = [
  { common: 'INR', code: 'INR', words: /\b(?:Indian?s?|Delhi|Mumbai|Kolkata|Chennai|Bengaluru)\b/g },
  {
    common: 'INR',
    code: 'PKR',
    words: /\b(?:Pakistan(?:is?)?|Islamabad|Karachi|Lahore|Peshawar|Rawalpindi)\b/g
  },
  { common: 'INR', code: 'LKR', words: /\b(?:Sri Lankan?s?|Colombo)\b/g },
  { common: 'INR', code: 'NPR', words: /\b(?:Nepal(?:is?|ese)?|Kathmandu)\b/g },
  { common: 'KES', code: 'KES', words: /\b(?:Kenyans?|Kenya|Nairobi|Mombasa)\b/g },
  { common: 'KES', code: 'UGX', words: /\b(?:Ugandans?|Uganda|Kampala|Entebbe)\b/g },
  { common: 'KES', code: 'TZS', words: /\b(?:Tanzanians?|Tanzania|Dar es Salaam|Dodoma|Zanzibar)\b/g },
  { common: 'MXN', code: 'MXN', words: /\b(?:Mexicans?|Mexico)\b/g },
  { common: 'MXN', code: 'PHP', words: /\b(?:Philippines?|Filipinos?|Manila)\b/g },
  { common: 'MXN', code: 'ARS', words: /\b(?:Argentin(?:a|e|es|ian|ians)|Buenos Aires)\b/g },
  { common: 'MXN', code: 'CLP', words: /\b(?:Chileans?|Chile|Santiago)\b/g },
  { common: 'MXN', code: 'COP', words: /\b(?:Colombians?|Colombia|Bogot[aá])\b/g }
]

/** Codes that a common name is read as. */
export const SHARED_MONEY: ReadonlySet<string> = new Set(NATIONS.map(({ common }) => common))

/** The names that are shared; a sign (`₹`), a code or "Indian rupees" leaves no choice. */
export const SHARED_NAME = /^(?:rs\.?|re|rupees?|sh|shs|shillings?|pesos?)(?![a-z])/i

/** For each common code that stands for another country's money in a text, that money. One pass a country. */
export function moneyOfNation(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const most = new Map<string, number>()
  for (const { common, code, words } of NATIONS) {
    const count = text.match(words)?.length ?? 0
    // The common one stands first, so that it wins where both are named alike.
    if (count <= (most.get(common) ?? 0)) continue
    most.set(common, count)
    found.set(common, code)
  }
  return found
}
