/*
 * Closed lists of general English that normalise words. Entries are lower case; words of a list go through the same
 * stemming as texts do.
 */

const list = (text: string): string[] => text.trim().split(/\s+/)
const pairs = (text: string): [string, string][] =>
  list(text).map((pair) => {
    const at = pair.indexOf(':')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })

/** Words that any sentence may have, and that tell two facts apart in none. */
export const STOP_WORDS: readonly string[] = list(`
a an the this that these those there here it its itself he him his she her hers they them their theirs we us our ours
you your yours i me my mine who whom whose which what when where why how
am is are was were be been being do does did done have has had having will would shall should can could may might must
and or but if so as than then because while although though since until unless whether
of in on at by without for from to into onto with within about against between through during before after above over under
up down out off again further once both each few more most other some such only own same too very just also even still
already now yet ever upon per via among amid across around toward towards along according s t re ve ll d m
said say says saying told tell tells`)

/** Irregular forms, each with its plain one. */
export const IRREGULAR: ReadonlyMap<string, string> = new Map(
  pairs(`
fell:fall fallen:fall rose:rise risen:rise grew:grow grown:grow shrank:shrink shrunk:shrink sank:sink sunk:sink
sold:sell bought:buy brought:bring thought:think caught:catch taught:teach sought:seek fought:fight
said:say told:tell made:make took:take taken:take gave:give given:give went:go gone:go came:come saw:see seen:see
got:get gotten:get found:find left:leave lost:lose won:win met:meet held:hold kept:keep led:lead built:build
spent:spend sent:send lent:lend meant:mean felt:feel dealt:deal slept:sleep paid:pay laid:lay heard:hear
stood:stand understood:understand began:begin begun:begin ran:run spoke:speak spoken:speak broke:break broken:break
chose:choose chosen:choose drove:drive driven:drive wrote:write written:write rode:ride ridden:ride
threw:throw thrown:throw knew:know known:know flew:fly flown:fly drew:draw drawn:draw withdrew:withdraw
withdrawn:withdraw struck:strike stricken:strike stuck:stick hung:hang swung:swing shot:shoot sat:sit lit:light
became:become overcame:overcome forgot:forget forgotten:forget hid:hide hidden:hide bore:bear born:bear borne:bear
wore:wear worn:wear swore:swear sworn:swear tore:tear torn:tear stole:steal stolen:steal froze:freeze frozen:freeze
fed:feed bred:breed fled:flee bled:bleed died:die dying:die lying:lie lain:lie tied:tie tying:tie
men:man women:woman people:person children:child feet:foot teeth:tooth mice:mouse lives:life wives:wife
wolves:wolf knives:knife shelves:shelf halves:half leaves:leave countries:country crises:crisis analyses:analysis
criteria:criterion indices:index held:hold upheld:uphold sprang:spring swam:swim sang:sing rang:ring drank:drink
ate:eat eaten:eat beat:beat beaten:beat bit:bit dug:dig won:win undertook:undertake undertaken:undertake
shook:shake shaken:shake rebuilt:rebuild underwent:undergo undergone:undergo showed:show shown:show outgrew:outgrow
using:use used:use`)
)

/** Single words whose UK and US spelling differ by no rule. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map(
  pairs(`
programme:program programmes:program grey:gray tyre:tire tyres:tire cheque:check cheques:check aluminium:aluminum
licence:license licences:license practise:practice mum:mom mums:mom judgement:judgment ageing:aging sceptical:skeptical
sceptic:skeptic sulphur:sulfur mould:mold plough:plow storey:story storeys:story kerb:curb jewellery:jewelry
draught:draft manoeuvre:maneuver manoeuvres:maneuver moustache:mustache pyjamas:pajamas cosy:cozy whisky:whiskey
fulfil:fulfill enrol:enroll skilful:skillful instalment:installment enrolment:enrollment artefact:artifact
organise:organize realise:realize`)
)

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  pairs(`
zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50 sixty:60
seventy:70 eighty:80 ninety:90`).map(([word, value]) => [word, Number(value)])
)

/** Days of the week and months. */
export const CALENDAR = `monday tuesday wednesday thursday friday saturday sunday january february march april may june july
  august september october november december`

export const SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['bn', 1e9],
  ['tn', 1e12],
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['lakh', 1e5],
  ['million', 1e6],
  ['crore', 1e7],
  ['billion', 1e9],
  ['trillion', 1e12]
])

/** Several words that are one. Longer phrases stand before those they begin with. */
export const PHRASES: readonly (readonly [string, string])[] = [
  ['united states of america', 'unitedstates'],
  ['united states', 'unitedstates'],
  ['united kingdom', 'unitedkingdom'],
  ['great britain', 'unitedkingdom'],
  ['united nations', 'unitednations'],
  ['european union', 'europeanunion'],
  ['euro zone', 'eurozone'],
  ['euro area', 'eurozone'],
  ['per cent', 'percent'],
  ['gross domestic product', 'gdp'],
  ['chief executive officer', 'chiefexecutive'],
  ['chief executive', 'chiefexecutive'],
  ['chief financial officer', 'financechief'],
  ['finance chief', 'financechief'],
  ['prime minister', 'primeminister'],
  ['vice president', 'vicepresident'],
  ['director general', 'directorgeneral'],
  ['stepped down', 'resign'],
  ['step down', 'resign'],
  ['stepping down', 'resign'],
  ['steps down', 'resign'],
  ['took over', 'acquire'],
  ['take over', 'acquire'],
  ['pulled out', 'withdraw'],
  ['pull out', 'withdraw'],
  ['called off', 'cancel'],
  ['call off', 'cancel'],
  ['put off', 'postpone'],
  ['shut down', 'close'],
  ['set up', 'found'],
  ['gave birth to', 'bear'],
  ['taken into custody', 'arrested'],
  ['lost their lives', 'died'],
  ['lost his life', 'died'],
  ['lost her life', 'died'],
  ['passed away', 'died'],
  ['made landfall in', 'hit'],
  ['make landfall in', 'hit'],
  ['makes landfall in', 'hit'],
  ['went up', 'rise'],
  ['go up', 'rise'],
  ['went down', 'fall'],
  ['go down', 'fall'],
  ['year on year', 'yearonyear'],
  ['month on month', 'monthonmonth']
]

/** Peoples and languages by country, and countries by their shorter names. */
export const DEMONYMS: ReadonlyMap<string, string> = new Map(
  pairs(`
america:unitedstates american:unitedstates americans:unitedstates britain:unitedkingdom british:unitedkingdom
britons:unitedkingdom briton:unitedkingdom chinese:china japanese:japan german:germany germans:germany french:france
italian:italy italians:italy spanish:spain spaniards:spain portuguese:portugal dutch:netherlands holland:netherlands
belgian:belgium swiss:switzerland austrian:austria polish:poland poles:poland czech:czechia hungarian:hungary
romanian:romania bulgarian:bulgaria greek:greece greeks:greece turkish:turkey turks:turkey turkiye:turkey
russian:russia russians:russia ukrainian:ukraine ukrainians:ukraine belarusian:belarus swedish:sweden norwegian:norway
danish:denmark finnish:finland icelandic:iceland irish:ireland scottish:scotland welsh:wales estonian:estonia
latvian:latvia lithuanian:lithuania serbian:serbia croatian:croatia slovak:slovakia slovenian:slovenia
albanian:albania indian:india indians:india pakistani:pakistan bangladeshi:bangladesh nepali:nepal nepalese:nepal
afghan:afghanistan iranian:iran iranians:iran iraqi:iraq israeli:israel israelis:israel palestinian:palestine
palestinians:palestine syrian:syria lebanese:lebanon jordanian:jordan saudi:saudiarabia yemeni:yemen qatari:qatar
kuwaiti:kuwait emirati:emirates egyptian:egypt libyan:libya tunisian:tunisia algerian:algeria moroccan:morocco
sudanese:sudan ethiopian:ethiopia kenyan:kenya ugandan:uganda tanzanian:tanzania rwandan:rwanda congolese:congo
nigerian:nigeria nigerians:nigeria ghanaian:ghana senegalese:senegal malian:mali angolan:angola zambian:zambia
zimbabwean:zimbabwe mozambican:mozambique canadian:canada canadians:canada mexican:mexico mexicans:mexico cuban:cuba
haitian:haiti jamaican:jamaica brazilian:brazil brazilians:brazil argentine:argentina argentinian:argentina
chilean:chile peruvian:peru colombian:colombia venezuelan:venezuela bolivian:bolivia ecuadorian:ecuador
uruguayan:uruguay paraguayan:paraguay korean:korea koreans:korea vietnamese:vietnam thai:thailand
indonesian:indonesia malaysian:malaysia filipino:philippines filipinos:philippines philippine:philippines
cambodian:cambodia burmese:myanmar singaporean:singapore taiwanese:taiwan mongolian:mongolia kazakh:kazakhstan
uzbek:uzbekistan georgian:georgia armenian:armenia azerbaijani:azerbaijan australian:australia
australians:australia european:europe europeans:europe african:africa asian:asia`)
)

/**
 * Words of one meaning in news, the first of each line standing for all. Kept to words whose other senses are rare,
 * since two facts that differ by such a word alone become one.
 */
export const SYNONYMS: readonly (readonly string[])[] = `
kill die dead death toll fatality casualty perish
injure wound hurt injury
fall drop decline decrease shrink slump tumble plunge slip dip slide contraction reduction
rise raise increase grow climb gain jump surge soar growth expand expansion
cut reduce lower trim slash
buy purchase acquire acquisition
sell sale
arrest detain
resign quit resignation
appoint name appointment
begin start commence
end finish conclude
close shut closure
cancel scrap axe
postpone delay
return back
attack assault
crash accident collision
disaster catastrophe
dry empty
approve endorse approval pass adopt
reject refuse rejection
forecast predict projection
employ hire
employee worker staff
firm company business corporation
home house household
lawmaker legislator
car vehicle automobile
ship vessel boat
film movie
child kid
doctor physician
lawyer attorney solicitor
chairman chairwoman chair chairperson
spokesman spokeswoman spokesperson
chiefexecutive ceo
financechief cfo
vicepresident vp
profit earnings
revenue turnover
wage salary
export shipment
unemployment jobless
evacuate evacuation
damage destroy destruction
explode explosion blast
protest demonstrate demonstration protester demonstrator
vote ballot
flood flooding
plant factory works
visit visitor travel trip
announce unveil
ban prohibit outlaw
dismiss sack oust
charge indict
sentence jail imprison
seize capture
release free
marry wed
leave depart
arrive reach land
beat defeat
block halt stop
allow permit let
demand urge
promise pledge vow
strike hit
economy gdp economic
agreement deal accord pact
warn caution
tariff duty levy
rescue save
fire blaze wildfire
suspend suspension
sue lawsuit
choose pick select
show reveal
investigate probe investigation
send dispatch
need require
help aid assist
try attempt
build construct construction
big large
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '))
