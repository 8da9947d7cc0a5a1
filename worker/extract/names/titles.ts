/*
 * Words that stand before a person's name without being part of it. Closed lists of general English; the roles reader
 * uses them too. They are features of the name tagger as well: after a change train it anew.
 */

export type Gender = 'female' | 'male'

const words = (list: string): string[] => list.split(' ')

const MALE = words(
  'mr messrs sir lord baron count duke earl king prince emperor pope father fr friar abbot imam ayatollah mullah sheikh ' +
    'shaikh sultan emir monsieur herr señor signor hajj bishop archbishop'
)
const FEMALE = words(
  'mrs ms miss madam madame mme mlle lady dame baroness countess duchess queen princess empress sister mother nun abbess ' +
    'sheikha frau señora signora'
)
const NEUTRAL = words(
  'dr doctor prof professor rev reverend hon honourable honorable mx st saint rabbi pastor cardinal canon deacon chaplain ' +
    'majesty highness excellency holiness'
)

/** Forms of address, without points and in lower case, and the gender that they tell. */
export const HONORIFICS: ReadonlyMap<string, Gender | null> = new Map<string, Gender | null>([
  ...MALE.map((word): [string, Gender] => [word, 'male']),
  ...FEMALE.map((word): [string, Gender] => [word, 'female']),
  ...NEUTRAL.map((word): [string, null] => [word, null])
])

/** Offices and ranks that are written before a name: "Prime Minister", "Sen.", "chief executive". Lower case, no points. */
export const OFFICES: ReadonlySet<string> = new Set(
  words(
    'president minister premier chancellor secretary governor gov senator sen sens representative rep reps congressman ' +
      'congresswoman speaker mayor councillor councilor councilman councilwoman alderman mp mps mep mla msp pm cm taoiseach ' +
      'ambassador envoy diplomat consul commissioner director chairman chairwoman chairperson chair chief ceo cfo coo cto ' +
      'executive founder co-founder cofounder owner boss head leader deputy vice acting interim former then ex ' +
      'president-elect treasurer administrator manager supervisor superintendent supt inspector insp commander cmdr general ' +
      'gen colonel col major maj captain capt lieutenant lt sergeant sgt corporal cpl private admiral adm marshal brigadier ' +
      'officer detective det constable sheriff judge justice magistrate prosecutor attorney solicitor barrister lawyer counsel ' +
      'advocate dictator crown whip principal dean provost rector vice-president vice-chairman director-general ' +
      'secretary-general attorney-general governor-general generalissimo regent warlord spokesman spokeswoman spokesperson ' +
      'co-chair cochair lawmaker legislator parliamentarian politician democrat republican'
  )
)

/** Callings and kinship that stand before a name: "economist", "striker", "brother". Lower case. */
export const CALLINGS: ReadonlySet<string> = new Set(
  words(
    'economist analyst strategist trader investor billionaire businessman businesswoman entrepreneur banker adviser advisor ' +
      'consultant expert researcher scientist physicist chemist biologist historian philosopher sociologist psychologist ' +
      'epidemiologist virologist engineer architect doctor physician surgeon nurse teacher lecturer student scholar academic ' +
      'journalist reporter correspondent editor columnist commentator broadcaster presenter anchor host author writer novelist ' +
      'poet playwright photographer filmmaker producer actor actress comedian singer musician rapper composer conductor artist ' +
      'painter sculptor dancer model designer chef coach trainer manager striker midfielder defender goalkeeper winger forward ' +
      'captain skipper batsman bowler pitcher quarterback sprinter swimmer boxer golfer cyclist jockey driver pilot astronaut ' +
      'activist campaigner organizer organiser dissident rebel militant cleric preacher priest farmer fisherman shopkeeper ' +
      'resident villager neighbour neighbor witness victim suspect defendant plaintiff veteran candidate contender challenger ' +
      'rival colleague partner husband wife son daughter father mother brother sister uncle aunt nephew niece cousin grandson ' +
      'granddaughter grandfather grandmother widow widower friend ally aide'
  )
)

/** A word of the text as the lists spell it: lower case, without the point of an abbreviation. */
export function titleForm(word: string): string {
  const lower = word.toLowerCase()
  return lower.endsWith('.') && lower.indexOf('.') === lower.length - 1 ? lower.slice(0, -1) : lower
}

/** Whether the word may stand before a person's name as a title, office or calling. */
export function isTitle(word: string): boolean {
  const form = titleForm(word)
  return HONORIFICS.has(form) || OFFICES.has(form) || CALLINGS.has(form)
}
