import { CALLINGS, OFFICES } from '../names/titles.ts'

/*
 * Words of offices, callings and posts. Closed lists of general English.
 */

const list = (words: string): string[] => words.split(/\s+/)

/** Words of the title lists that qualify an office and are none themselves, and callings that are no role in public life. */
const NO_HEADS = new Set(
  list(`deputy vice acting interim former then ex private major general minor crown whip principal regent
    democrat republican husband wife son daughter father mother brother sister uncle aunt nephew niece cousin grandson
    granddaughter grandfather grandmother widow widower friend ally neighbour neighbor resident villager witness victim
    suspect defendant plaintiff mps reps sens colleague partner rival forward host model challenger contender officer chief`)
)
/** Nouns that head a role, lower case and without points: "secretary", "analyst", "coach". */
export const HEADS: ReadonlySet<string> = new Set(
  [...OFFICES, ...CALLINGS]
    .filter((word) => !NO_HEADS.has(word))
    .concat(
      list(`chief officer general principal whip partner forward king queen prince princess emperor pope archbishop bishop cardinal
      ayatollah imam rabbi sultan emir patriarch professor undersecretary under-secretary attorney-general co-director co-president
      president-designate pm vp svp evp president-elect mayor-elect governor-elect premier-designate chancellor
      representative delegate nominee comptroller auditor registrar curator ombudsman negotiator meteorologist
      seismologist climatologist geologist astronomer pediatrician pathologist coroner criminologist statistician demographer
      sociologist anthropologist archaeologist ecologist botanist economist mathematician theologian linguist lobbyist pollster
      strategist publicist fundraiser firefighter paramedic midwife pharmacist psychiatrist therapist geneticist biochemist
      oncologist cardiologist neurologist neuroscientist surgeon-general commander-in-chief chief-of-staff editor-in-chief
      fellow chair chairwoman vice-chair vice-chancellor vice-premier deputy-director spymaster commissioner-general
      organiser organizer conservationist environmentalist investigator analyst secretary undersecretary ceo councillor
      lieutenant-governor postmaster librarian archivist translator interpreter designer developer programmer inventor
      restaurateur publisher columnist essayist critic blogger screenwriter translator co-author co-owner co-leader
      vicar curate parson chaplain superintendent headteacher headmaster headmistress cricketer footballer rower skier skater
      racer wrestler gymnast athlete guard centre-back defenseman goaltender umpire referee boatswain captain co-captain
      accountant astrophysicist assistant member owner counsel understudy treasurer trustee governor regulator banker broker dealer consultant counsellor counselor aide adviser tsar czar`)
    )
)
/** Departments that belong to the title itself: "Treasury Secretary", "Foreign Minister". */
export const PORTFOLIOS: ReadonlySet<string> = new Set(
  list(`treasury commerce trade defense defence foreign finance interior justice state health education energy labor labour
    agriculture transport transportation homeland security housing veterans affairs environment economy economic home culture
    sport sports immigration industry planning water oil petroleum development information communications tourism science
    technology infrastructure budget police public works social welfare family women youth employment local government
    external internal national attorney prime chief vice deputy armed forces army navy air force staff and of for the digital
    opposition shadow majority minority climate business innovation food rural mining human rights civil service press district circuit appeals`)
)
/** They say that the office is no longer, or was at the time, held. */
export const FORMER: ReadonlySet<string> = new Set([
  'former',
  'ex',
  'then',
  'late',
  'onetime',
  'one-time',
  'retired',
  'erstwhile',
  'sometime'
])
/** Descriptions before a title that are no part of it. */
export const DESCRIPTIONS: ReadonlySet<string> = new Set(
  list(`longtime long-time embattled present current fellow controversial popular prominent new newly renowned noted famed veteran
    billionaire self-described self-styled influential powerful billionaire outspoken respected legendary disgraced ousted jailed
    aging ageing young old older senior-most right-wing left-wing far-right far-left centrist conservative liberal progressive
    independent slain award-winning prize-winning hon'ble honourable honorable murdered imprisoned detained exiled`)
)
/** Lower-case words that stand before a capitalised title as a part of it. */
export const SMALL_QUALIFIERS: ReadonlySet<string> = new Set(
  list(
    'former then late acting interim outgoing incoming deputy vice senior assistant associate chief retired onetime'
  )
)
/** Common nouns that name an organisation known from the text: "a statistician at the bureau". */
export const ORGANISATION_NOUNS: ReadonlySet<string> = new Set(
  list(`bureau company bank firm agency university ministry group institute department fund club school college hospital
    council commission committee party union federation association foundation organisation organization center centre
    trust ferry charity council county city town district province region parish inquiry newspaper magazine network brokerage consultancy think-tank museum party court team league exchange authority board`)
)
