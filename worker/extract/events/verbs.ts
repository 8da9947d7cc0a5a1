/*
 * The verbs and nouns by which news tells that something happened. Closed lists of general English; forms are worked
 * out from the base. A verb that is not here makes no event: a reader lists meetings, deals, votes and deaths, not
 * what people thought or how things looked.
 */

/** Bits of the grammatical forms that one spelling can be. */
export const FORM = { base: 1, present: 2, past: 4, participle: 8, progressive: 16 } as const

/** What makes the verb tell an event: nothing more, an object, one of certain objects, one of certain next words. */
export interface EventVerb {
  readonly base: string
  /** It tells an event without an object ("resign"). */
  readonly alone: boolean
  /** It tells an event with any noun phrase after it ("impose"). */
  readonly anyObject: boolean
  /** Singular nouns, one of which heads the object ("talk" for "hold"). */
  readonly objects: ReadonlySet<string>
  /** Words, one of which comes next ("off" for "call"). */
  readonly particles: ReadonlySet<string>
  /** It tells an event only in a clause that says when, or that it is planned or did not happen. */
  readonly dated: boolean
  /** Its base and present are nouns as well ("vote", "strikes"), so that only a helping verb shows the verb. */
  readonly noun: boolean
  /** An infinitive after it belongs to what happened ("agreed to slash"). */
  readonly infinitive: boolean
}

const split = (list: string): string[] => list.split(/\s+/).filter((word) => word !== '')

const TALKS = `talk meeting conversation discussion negotiation summit conference session hearing debate call dialogue
  consultation`
const DEALS = `agreement deal accord pact treaty truce ceasefire settlement compromise understanding contract framework memorandum
  partnership alliance armistice bargain plea consensus`
const VOTES = `election vote referendum poll ballot primary caucus runoff by-election`
const GATHERINGS = `rally protest demonstration march vigil ceremony funeral parade festival concert fundraiser briefing event
  forum workshop exhibition auction tournament race match game trial exercise drill inquest inquiry mass service strike
  walkout sit-in`

/** Verbs that tell an event without an object, or with one. */
const FREE = split(`
  abdicate abstain adjourn advance agree apologise apologize appeal arrive attend capsize clash collapse
  compete concede confess convene convert cooperate crash debut default defect depart derail detonate die
  disappear disband dissolve divorce dock drown emigrate enlist erupt escape evacuate expire explode flee
  graduate demonstrate intervene invade land march marry meet merge migrate mutiny negotiate overdose participate perish
  plead premiere protest qualify quit rebel relocate reopen resign resume retaliate retire retreat return
  reunite riot secede separate shut sink splash strike succumb sue surrender testify travel undock vanish
  vote wed withdraw`)

/** Verbs that need an object, or stand in the passive. */
const TRANSITIVE = split(`
  abandon abduct abolish acquire acquit activate adopt ambush amend annex appoint apprehend approve arm
  arrest assassinate assault attack authorise authorize autopsy award ban bar beat behead besiege blockade
  bomb bombard boycott breach broadcast broker bury buy cancel capture censure charge clinch commemorate
  commission convict damage declassify defeat delay demolish demote deploy deport destroy detain
  detect devastate disarm disclose discover discuss dismantle dismiss dispatch fire disqualify divert donate
  double downgrade elect enact endorse erect evacuate evict execute exhume exonerate expel 
  extradite finance fine flee flood free fund grant hack halt hijack hike hire honor honour host impeach
  impose imprison inaugurate indict infect injure inspect install intercept invade investigate invite
  jail kidnap kill launch legalise legalize liberate loosen loot massacre mediate merge mobilise mobilize
  murder name nationalise nationalize negotiate nominate occupy orbit oust outbid outlaw oversee overthrow
  overturn pardon poison postpone premiere privatise privatize prosecute purchase quarantine raid
  rape ratify ravage recall redirect reinstate reject relocate rename renew reopen repatriate repay repeal
  replace rescind rescue reshuffle restart restrict resume revoke rob sack sanction scrap seize sentence
  shell shoot sign slash smuggle stab storm subpoena succeed sue summon suspend sweep terminate topple torch
  torture transplant unseal upgrade uphold vaccinate vandalise vandalize veto visit win withdraw wound`)

/** Ordinary verbs that tell an event only where the clause says when, or that it is planned or did not happen. */
const DATED = split(`
  accompany adjust administer air apply approach assemble assign assist attempt audit bid borrow brief
  bring burst campaign catch change chair choose clean collect combine come command compensate compile
  compose confiscate confront consult contact contest contribute correct counter crown debate decide
  dedicate defend defer develop dig direct discard discharge display distribute dive divide draft drag
  draw drill drive dump earn eat eject embark emerge encounter end enforce engage escort evade examine
  exchange exhibit expose extinguish fail fight fill finalise finalize finish flock fly foil follow force
  gather give go grab greet guard guide halt hand handle happen hide hunt implement inform inherit
  initiate inject instruct insure interrupt interview kick knock land lay lease leave lend lobby lock
  lodge make man manufacture monitor mount move notify obtain offer open operate oppose organise organize
  overhaul overrun overtake pack paint park perform pick plant play post prepare present prevent print
  proceed process produce prohibit propose protect provide pull push put question rebuild receive reclaim
  recover recruit redesign refer refund reinforce remove rent repair report request resettle retain
  retrieve revise revive ride ring roll run rush sail salute save scan screen secure select serve shake slam
  shelter shift shut sing sit skip sleep slide smash sponsor spread start steal stop strengthen strip
  study submit substitute support survey swap swim switch tackle take target teach tear throw tour tow
  trace train transfer transform translate transport treat trigger turn undergo unite unload update vacate
  volunteer walk warm welcome widen wreck write clinch raise cut increase reduce lower ease tighten lift
  close begin build form create establish send enter join cancel sell order search settle review cross
  block extend complete deny address confirm clear introduce issue file deliver hold hit strike score test
  back conclude accept reveal release publish pass set break lose reach seal demand announce unveil miss ask pay dispute bear declare recall weaken strengthen`)

/** Too vague on their own: they tell an event only with one of these objects. */
const WITH_OBJECTS: Readonly<Record<string, string>> = {
  accept: `offer nomination invitation resignation bribe apology plea proposal deal award prize refugee post job`,
  address: 'parliament congress assembly conference rally crowd nation council convention summit',
  announce: `plan tariff sanction candidacy bid resignation retirement deal agreement partnership measure ceasefire truce decision
    campaign cut layoff layoffs investment package programme program withdrawal ban closure merger death appointment suspension
    lockdown election intention budget date winner increase rate initiative team recall engagement arrest reward change launch
    strike end support endorsement departure result acquisition takeover offer`,
  back: 'bill plan proposal motion candidate bid',
  begin: `${TALKS} campaign trial investigation production war operation work strike tour construction hearing withdrawal`,
  block:
    'bill deal merger law nomination road access order merger move plan sale rule resolution ban aid website',
  break: 'record ground ceasefire truce',
  bring: 'charge lawsuit case suit',
  build: 'factory plant wall bridge hospital dam settlement railway airport road port school reactor',
  cast: 'vote ballot',
  celebrate: 'anniversary',
  clear: 'protester camp bill',
  close: 'border embassy airport school office factory plant store airspace road deal investigation',
  complete:
    'takeover acquisition merger withdrawal deal sale construction mission purchase flight evacuation transaction',
  conclude: `${DEALS} ${TALKS} visit trip tour trial investigation`,
  conduct:
    'test raid strike operation drill exercise airstrike search launch investigation study survey poll experiment trial',
  confirm: 'nomination appointment nominee',
  create: 'agency commission committee ministry council job fund company post',
  cross: 'border line',
  cut: 'rate tax tariff duty price wage job staff budget spending forecast production output tie power fund funding estimate position',
  declare:
    'war emergency victory independence bankruptcy holiday winner ceasefire truce state martial candidacy',
  deliver: 'speech verdict address ruling lecture aid sermon shipment',
  demand: 'resignation',
  deny: 'bail appeal request entry visa permit asylum motion',
  drop: 'charge bid case plan bomb lawsuit suit claim out',
  ease: 'sanction restriction rule lockdown curb control',
  end: `${TALKS} strike war sanction lockdown ban programme program season run campaign contract siege truce ceasefire practice
    investigation policy bid visit trip tour protest career`,
  enter: 'race force airspace talks administration market',
  establish: `agency commission committee ministry council company relation tie fund`,
  exit: 'race deal bloc',
  extend: `deadline ceasefire truce contract sentence ban curfew lockdown deal agreement ${VOTES} sanction visa invitation offer state`,
  face: 'trial',
  file: `lawsuit complaint petition appeal motion suit charge papers paperwork claim bankruptcy brief report`,
  fire: 'missile rocket shot gun coach manager bullet gas director chief minister secretary employee staff worker aide head official teacher',
  form: 'government coalition alliance party committee cabinet company partnership',
  found: 'company party organisation organization charity school newspaper firm',
  freeze: 'asset account fund aid hiring payment rate price wage account',
  give: 'birth speech evidence testimony approval interview lecture notice',
  ground: 'plane jet fleet aircraft flight',
  have: `${TALKS}`,
  hit: 'target building hospital city town village house area ship base school car vehicle record island coast country milestone',
  hold: `${TALKS} ${VOTES} ${GATHERINGS}`,
  increase: 'tariff duty tax rate fine budget production output',
  introduce:
    'bill legislation law measure tariff tax rule ban system amendment resolution sanction policy legislation levy scheme',
  issue: `order warrant ban directive ruling decree subpoena apology recall permit licence license bond alert`,
  join: 'alliance bloc coalition party team club union race board strike force army company lawsuit',
  leak: 'document email memo video cable letter',
  leave: 'office party post job company country alliance bloc team',
  lift: 'sanction restriction ban lockdown curfew embargo blockade siege trophy',
  lose: 'seat election case majority match game vote title race referendum appeal job control bid life',
  lower: 'tariff duty tax rate forecast price flag',
  offer: 'resignation apology',
  make: 'visit announcement arrest debut acquisition bid offer landing appearance stop trip speech arrest purchase donation',
  mark: 'anniversary',
  open: `fire investigation inquiry probe office factory plant store border embassy trial talks talk exhibition airport bridge
    account case branch school`,
  order: `investigation strike withdrawal closure release inquiry review evacuation arrest recall halt company government agency court
    troops probe evacuation plane jet`,
  pass: 'bill law legislation resolution measure budget amendment act motion test',
  pay: 'visit fine ransom tribute compensation damages',
  publish:
    'report book study letter data paper result article findings finding estimate list document memoir',
  pull: 'plug',
  raise: 'rate tax tariff duty price wage fund million billion money capital estimate forecast target',
  reach: `${DEALS} verdict final semifinal quarterfinal orbit summit playoff`,
  recognise: 'state independence government statehood sovereignty republic',
  recognize: 'state independence government statehood sovereignty republic',
  reduce: 'tariff duty tax rate sentence workforce production output staff',
  relax: 'restriction rule lockdown curb control',
  release: `prisoner hostage report data video album document statement result figure suspect man woman film trailer footage book
    detainee captive body emails email`,
  reveal: 'plan budget identity document design proposal',
  reverse: 'decision policy ruling ban conviction course',
  review: 'case decision sentence',
  score: 'goal point run try winner century touchdown penalty hat-trick',
  seal: `${DEALS} victory`,
  search: 'home house office property apartment building',
  secure: `${DEALS} release victory nomination win majority`,
  sell: 'stake business unit company share house asset bond weapon arm property subsidiary',
  send: 'troops troop force aid soldier delegation envoy letter team missile ship jet drone convoy package',
  set: 'record',
  settle: 'lawsuit case suit claim dispute charge',
  ship: 'weapon arm missile aid',
  stage: 'protest rally coup walkout attack raid march demonstration sit-in strike drill exhibition',
  start: `${TALKS} campaign trial investigation production war operation work strike tour fire`,
  strike: `${DEALS}`,
  suffer: 'defeat attack stroke injury loss setback',
  supply: 'weapon arm missile aid',
  take: 'office control power part effect action oath stand responsibility command delivery',
  test: 'missile weapon rocket bomb device',
  tighten: 'sanction restriction rule lockdown curb control security border',
  top: 'poll chart',
  unveil:
    'plan budget proposal statue memorial package strategy bill model design programme program product portrait'
}

const PHRASAL: Readonly<Record<string, string>> = {
  advance: 'to',
  appeal: 'against',
  blow: 'up',
  bow: 'out',
  break: 'out off down into up',
  burn: 'down',
  bring: 'back down in',
  call: 'off',
  find: 'guilty',
  knock: 'out',
  carry: 'out',
  close: 'down',
  come: 'home into',
  compete: 'in',
  cut: 'off short',
  drop: 'out',
  fight: 'off',
  file: 'for',
  fly: 'to into',
  give: 'up birth',
  go: 'bankrupt public home free',
  gun: 'down',
  hand: 'over down in',
  head: 'to',
  hold: 'off up',
  kick: 'off',
  lay: 'off',
  lift: 'off',
  link: 'up',
  participate: 'in',
  pass: 'away',
  plead: 'guilty not',
  pull: 'out',
  qualify: 'for',
  return: 'to from home',
  roll: 'out back',
  rule: 'in against that for',
  run: 'for',
  sell: 'off out',
  set: 'off up',
  shoot: 'down dead',
  shut: 'down',
  sign: 'off up into',
  speak: 'by to',
  spin: 'off',
  splash: 'down',
  stand: 'down trial',
  step: 'down aside',
  strike: 'down',
  swear: 'in',
  take: 'off place over effect office power part',
  team: 'up',
  throw: 'out',
  travel: 'to',
  turn: 'down back',
  vote: 'to for against in on down',
  walk: 'out off free',
  wash: 'out away',
  write: 'to',
  wind: 'up'
}

/** An infinitive after them belongs to what happened. */
const INFINITIVE = new Set(
  split('agree decide vote pledge vow promise offer refuse decline order move threaten choose opt elect')
)
/** Base or present is a common noun, so without a helping verb it is read as one. */
const NOUNS = new Set(
  split(`
    address advance appeal approach arrest assault attack award back ban bar beat block blockade blow bomb
    boycott breach break broadcast burn bury call capture cast charge clash clear close commission conduct
    cover crash cross cut damage deal debut default delay demand detail divorce document downgrade drive
    drop ease end escape exit export face fight file finance fine fire flood form free freeze fund grant
    ground hack halt hand head hike hire hit hold host import increase invite issue kick kidnap land launch
    leak leave lift link march mark merge move murder name offer open orbit order pardon pass pay plead
    pledge poison premiere promise protest pull purchase raid raise rape rebel recall record release report
    rescue retreat return review riot roll rule run sack sanction score search sell sentence separate set
    shell ship shoot sign speak spin stage stand start step strike suffer supply sweep talk team test threat
    throw top torch trade transplant travel turn upgrade veto visit vote vow walk win wound`)
)

const IRREGULAR: Readonly<Record<string, string>> = {
  meet: 'met met',
  hold: 'held held',
  win: 'won won',
  lose: 'lost lost',
  shoot: 'shot shot',
  hit: 'hit hit',
  buy: 'bought bought',
  sell: 'sold sold',
  build: 'built built',
  beat: 'beat beaten',
  strike: 'struck struck',
  sweep: 'swept swept',
  cut: 'cut cut',
  freeze: 'froze frozen',
  send: 'sent sent',
  begin: 'began begun',
  overthrow: 'overthrew overthrown',
  oversee: 'oversaw overseen',
  withdraw: 'withdrew withdrawn',
  quit: 'quit quit',
  flee: 'fled fled',
  sink: 'sank sunk',
  shut: 'shut shut',
  wed: 'wed wed',
  take: 'took taken',
  step: 'stepped stepped',
  stand: 'stood stood',
  break: 'broke broken',
  lay: 'laid laid',
  come: 'came come',
  go: 'went gone',
  set: 'set set',
  blow: 'blew blown',
  swear: 'swore sworn',
  bow: 'bowed bowed',
  throw: 'threw thrown',
  wind: 'wound wound',
  fight: 'fought fought',
  give: 'gave given',
  spin: 'spun spun',
  run: 'ran run',
  speak: 'spoke spoken',
  fly: 'flew flown',
  have: 'had had',
  make: 'made made',
  bring: 'brought brought',
  pay: 'paid paid',
  leave: 'left left',
  cast: 'cast cast',
  seek: 'sought sought',
  drive: 'drove driven',
  choose: 'chose chosen',
  plead: 'pleaded pleaded',
  broadcast: 'broadcast broadcast',
  found: 'founded founded',
  outbid: 'outbid outbid',
  catch: 'caught caught',
  dig: 'dug dug',
  draw: 'drew drawn',
  eat: 'ate eaten',
  find: 'found found',
  get: 'got got',
  hang: 'hung hung',
  hide: 'hid hidden',
  keep: 'kept kept',
  lead: 'led led',
  lend: 'lent lent',
  put: 'put put',
  read: 'read read',
  ride: 'rode ridden',
  ring: 'rang rung',
  shake: 'shook shaken',
  sing: 'sang sung',
  sit: 'sat sat',
  sleep: 'slept slept',
  slide: 'slid slid',
  spend: 'spent spent',
  split: 'split split',
  spread: 'spread spread',
  steal: 'stole stolen',
  stick: 'stuck stuck',
  swim: 'swam swum',
  teach: 'taught taught',
  tear: 'tore torn',
  write: 'wrote written',
  burst: 'burst burst',
  rebuild: 'rebuilt rebuilt',
  overrun: 'overran overrun',
  overtake: 'overtook overtaken',
  undergo: 'underwent undergone',
  hear: 'heard heard',
  bid: 'bid bid',
  bear: 'bore born',
  let: 'let let'
}
/** They double their last letter before -ed and -ing. */
const DOUBLING = new Set(
  split(
    'ban scrap bar drop stop ship stab equip fit grab man refer rid skip spot strip submit swap swim transfer trap dig get put sit cut run chat bid let split tag rob step kidnap hijack sit plan top cut hit set shut quit begin run win transfer rebel sag expel wed outbid gun'
  )
)

function regularForms(base: string): [present: string, past: string, progressive: string] {
  const present = /(?:s|x|z|ch|sh|o)$/.test(base)
    ? `${base}es`
    : /[^aeiou]y$/.test(base)
      ? `${base.slice(0, -1)}ies`
      : `${base}s`
  if (DOUBLING.has(base)) {
    const doubled = base + base.slice(-1)
    return [present, `${doubled}ed`, `${doubled}ing`]
  }
  if (base.endsWith('ee')) return [present, `${base}d`, `${base}ing`]
  if (base.endsWith('e')) return [present, `${base}d`, `${base.slice(0, -1)}ing`]
  if (/[^aeiou]y$/.test(base)) return [present, `${base.slice(0, -1)}ied`, `${base}ing`]
  return [present, `${base}ed`, `${base}ing`]
}

/** One spelling as a form of an event verb; `forms` are bits of `FORM`. */
export interface VerbForm {
  readonly verb: EventVerb
  readonly forms: number
}

const FORMS = new Map<string, VerbForm>()

function add(form: string, verb: EventVerb, bit: number): void {
  const known = FORMS.get(form)
  if (known === undefined) FORMS.set(form, { verb, forms: bit })
  // "found" is the past of "find" and the base of "found": the first comer keeps the spelling.
  else if (known.verb === verb) FORMS.set(form, { verb, forms: known.forms | bit })
}

const free = new Set(FREE)
const transitive = new Set(TRANSITIVE)
const strong = [...FREE, ...TRANSITIVE, ...INFINITIVE, ...Object.keys(WITH_OBJECTS), ...Object.keys(PHRASAL)]
const dated = new Set(DATED)
const known = new Set(strong)
// "found" is the past of "find" more often than a verb of its own, so that "find" comes first.
const ALL = new Set(['find', ...strong, ...DATED])
for (const base of ALL) {
  const verb: EventVerb = {
    base,
    alone: free.has(base),
    anyObject: transitive.has(base),
    objects: new Set(split(WITH_OBJECTS[base] ?? '')),
    particles: new Set(split(PHRASAL[base] ?? '')),
    dated: dated.has(base),
    noun: NOUNS.has(base) || !known.has(base),
    infinitive: INFINITIVE.has(base)
  }
  const [present, past, progressive] = regularForms(base)
  const [irregularPast, participle] = (IRREGULAR[base] ?? `${past} ${past}`).split(' ')
  add(base, verb, FORM.base)
  add(present, verb, FORM.present)
  // "cancelled" and "canceled"
  if (/[aeiou]l$/.test(base)) {
    add(`${base}led`, verb, FORM.past | FORM.participle)
    add(`${base}ling`, verb, FORM.progressive)
  }
  add(irregularPast, verb, FORM.past)
  add(participle, verb, FORM.participle)
  add(progressive, verb, FORM.progressive)
}

/** The event verb that a lower-case word is a form of, or undefined. */
export function verbForms(word: string): VerbForm | undefined {
  return FORMS.get(word)
}

/** Nouns that name something that happens, singular. */
export const EVENT_NOUNS: ReadonlySet<string> = new Set(
  split(`${TALKS} ${DEALS} ${VOTES} ${GATHERINGS} attack airstrike strike explosion blast fire wildfire blaze earthquake quake
    tsunami storm hurricane typhoon cyclone tornado flood landslide eruption avalanche crash collision accident derailment
    shooting stabbing bombing killing murder assassination war fighting battle clash riot unrest siege raid operation offensive
    invasion mission launch flight landing docking takeoff visit trip tour trial investigation probe merger acquisition takeover
    sale auction release premiere shutdown lockdown curfew coup outbreak epidemic evacuation withdrawal inauguration season
    championship cup final semifinal olympics games match playoff play-off fixture arrest execution appointment resignation
    election hearing verdict sentencing recall rescue search reading count census celebration pilgrimage boycott blockade
    hostage-taking kidnapping robbery heist opening closure reopening rollout`)
)
