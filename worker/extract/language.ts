/*
 * Which language a text is in, from closed lists: the script of its letters, and in Latin script the commonest function
 * words of each language with the endings and letter pairs that mark English. Lists are our own. No profile of letter
 * n-grams: news is long enough for function words, and headlines and tables (few of them) are what the marks of English
 * are for.
 */

import { byForm, formAt } from './text/forms.ts'
import { charactersLike, endOfCharacters } from './text/letters.ts'

/** Letters read from the start of the text: enough for two hundred words, and the work stays bounded. */
const SAMPLE = 1500

/** Function words of languages in Latin script; a word shared by languages counts a part for each. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: `the of and to in a is that for it was on as with his he be at by had not are but from or have an they which
    were their been has its who will would said this after more about when she her than other into two them first over
    what could new also these out some only most may such between under then no there one all if up so our you we i do
    did can my your how why where while during before against because through should might must being those both each
    very just now still even many much any every since until without within among across off down despite says year
    years week month day today people us per percent million billion news report says win wins cut cuts rise rises fall
    falls hit hits back set sets get gets make makes take takes high low world state city police court house deal talks
    market markets share shares price prices rate rates growth trade bank company sales stock stocks home school work
    old last next three four five six seven eight nine ten hundred thousand former top long big good great next open go
    come see look know think want need call called let here again own yes ago part per`,
  de: `der die das und ist nicht von zu den mit sich des auf für dem ein eine als auch es im werden aus hat dass wie bei
    nach einer sind noch einem über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei einen kann
    gegen vom wenn unter wird ich wir sie er jahr jahre keine seine ihre mehr uhr prozent`,
  fr: `le la les de des du et est un une que qui dans pour pas sur au aux par avec ce se plus ne il elle sont mais ou ont
    été cette son sa ses comme leur nous vous être fait ces après sans deux selon entre aussi lors contre était je
    depuis très même tout toute tous leurs droit personne`,
  es: `el la los las de del y en que un una por con para es se no al lo como más su sus pero fue este esta entre ha sobre
    también son desde hasta hay cuando muy sin años ser dos era según donde contra le tiene todo todos esto está año
    derecho persona toda`,
  pt: `o a os as de do da dos das e em que um uma por com para é se não no na nos nas ao mais como foi mas sua seu são
    pelo pela entre também ou até quando muito já está anos ser dois segundo sobre há depois tem às disse toda direito
    pessoa`,
  it: `il lo la i gli le di del della dei delle e è che un una in per con non si al alla da dal dalla nel nella sono come
    più ma anche ha ai dopo suo sua questo questa tra stato essere anni cui sul sulla ogni diritto individuo degli ad
    due fra loro`,
  nl: `de het een en van in is dat op te zijn met voor niet aan er om ook als bij naar maar door wordt werd over uit dan
    nog hij ze zij hebben heeft tot kan was worden deze dit geen meer jaar veel onder heeft recht ieder zijn`,
  sv: `och i att det som en på är av för med den till inte har de om ett han var men från vid när ska kan så vi efter
    också sin hade eller skulle under blev år mot mellan alla enligt var rätt har ej`,
  da: `og i at det som en på er af for med den til ikke har de om et han var men fra ved når skal kan så vi efter også
    sin havde eller skulle blev år mod mellem alle ifølge hvor ret enhver mere hun blive uden nogen`,
  no: `og i at det som en på er av for med den til ikke har de om et han var men fra ved når skal kan så vi etter også
    sin hadde eller skulle ble år mot mellom alle ifølge hvor rett enhver mer hun bli uten noen ein`,
  fi: `ja on ei että se oli hän mutta ovat kun niin myös joka kuin mukaan sekä tai ole olla vuoden vuonna sen mitä jos
    nyt vain kaikki jälkeen hänen jotka voi tämä oikeus jokaisella hänellä`,
  et: `ja on ei et see oli ta aga kui ka mis ning või oma selle pole et aasta kes seda tema kõik nii välja pärast iga
    inimesel õigus`,
  pl: `w i na z się do nie to że jest o jak po od za dla przez a ale są był było który która które oraz tym przy może
    ma pod jego tego czy już także roku będzie ich każdy prawo człowiek lub`,
  cs: `a v se na je že s z do o to k i za ve by jsou pro po jako ale podle od při který která které nebo už jeho bude
    byl bylo také roku mezi každý má právo není aby`,
  sk: `a v sa na je že s z do o to k aj za vo by sú pre po ako ale podľa od pri ktorý ktorá ktoré alebo už jeho bude bol
    bolo tiež roku medzi každý má právo nie aby`,
  sl: `in je v na se da za so z ne bi ki po tudi kot pa ali od do pri iz bil bilo bo še kar med že vsakdo ima pravico
    njegov ter`,
  hr: `i je u na se da za su od s ne koji koja koje će ili kao što bi iz po to ali nije bio do prema biti kako sve više
    godine svatko ima pravo svoje njegov te`,
  hu: `a az és hogy nem is egy van meg el ez mint de csak volt még már vagy után azt ki szerint ha lehet minden kell
    között ezt pedig joga személynek amely`,
  ro: `și de în a la cu că pe nu un o este din pentru care mai au fost se sau să ce dar sunt după prin între fi al ale
    despre acest această orice persoană are dreptul lui`,
  tr: `ve bir bu da de için ile olarak çok daha olan gibi kadar en ne ama sonra her var ise değil o göre yıl büyük iki
    ancak olduğu oldu herkes hakkı şahsın veya hakkına`,
  id: `yang dan di dengan untuk dari pada ini itu dalam tidak ke akan juga oleh telah adalah sebagai ada bisa karena
    tersebut kepada mereka saat atau lebih tahun orang setiap berhak hak`,
  vi: `và của là có các trong được cho không với những một người này đã khi từ đến để cũng về trên năm ra tại việc sẽ
    quyền mọi đều`,
  ca: `el la els les de del i en que un una per amb és no al dels ha com més però seva seu són també va aquest aquesta
    entre fins tota persona dret té o d'una`,
  sw: `na ya wa kwa ni za katika la cha kuwa hii hiyo huyo kama au yake watu pia baada bila kila mtu ana haki`,
  tl: `ang ng sa na at mga ay si ni para hindi ito siya kung may isang niya bawat tao karapatan kanyang`,
  lt: `ir yra kad į su iš kaip tai bet buvo apie jo už po ne taip pat arba nuo kurie dėl turi kiekvienas žmogus teisę`,
  lv: `un ir ka ar no par uz kas to bet vai pēc arī kā nav bija viņš tika pie katram cilvēkam tiesības ikvienam savu`,
  sq: `të e në dhe një për me që nga është i si ka se u më nuk ose kjo çdo njeri drejtë tij`,
  is: `og að í er á sem til um það var með fyrir ekki við en hann af eru hefur hver maður rétt eða skal`,
  af: `die en van in het is nie dat om te op vir met wat aan as by ook sy word deur kan elkeen reg`,
  eu: `eta da ez bat dira du izan ere dute zen duen baina hori bere edo gizaki orok eskubidea`
}

const LANGUAGES = Object.keys(FUNCTION_WORDS)
const ENGLISH = LANGUAGES.indexOf('en')

/** word → the languages that use it, as indices into `LANGUAGES`. */
const LANGUAGES_OF = new Map<string, number[]>()
for (const [index, language] of LANGUAGES.entries()) {
  for (const word of new Set((FUNCTION_WORDS[language] ?? '').split(/\s+/))) {
    const known = LANGUAGES_OF.get(word)
    if (known) known.push(index)
    else LANGUAGES_OF.set(word, [index])
  }
}

/** Endings and letters that ordinary English words carry and words of the other Latin-script languages rarely do. */
const ENGLISH_SHAPE =
  /(?:ing|ings|ed|ly|ness|tion|tions|ight|ough|ound|wn|ck|cks|ay|ays|ey|ry|ty|ths?|sh|ers|ook|ow|ows|ead|ould|ful|less|['’]s|n['’]t)$|^(?:wh|th|sh|kn|wr)|ea[^u]|oo|ee|ou[tnrd]/
const FOREIGN_LETTER = /[^a-z'’]/

/** Blocks of letters past ASCII as UTF-16 code units, in rising order: first, last, script (a tag where one language owns it). */
const SCRIPTS: readonly (readonly [number, number, string])[] = [
  [0xc0, 0x24f, 'latin'],
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'cyrillic'],
  [0x531, 0x587, 'hy'],
  [0x5d0, 0x5f4, 'he'],
  [0x620, 0x6ff, 'arabic'],
  [0x750, 0x77f, 'arabic'],
  [0x780, 0x8ff, 'und'],
  [0x900, 0x97f, 'hi'],
  [0x980, 0x9ff, 'bn'],
  [0xa00, 0xa7f, 'pa'],
  [0xa80, 0xaff, 'gu'],
  [0xb00, 0xb7f, 'or'],
  [0xb80, 0xbff, 'ta'],
  [0xc00, 0xc7f, 'te'],
  [0xc80, 0xcff, 'kn'],
  [0xd00, 0xd7f, 'ml'],
  [0xd80, 0xdff, 'si'],
  [0xe00, 0xe7f, 'th'],
  [0xe80, 0xeff, 'lo'],
  [0xf00, 0xfff, 'bo'],
  [0x1000, 0x109f, 'my'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1100, 0x11ff, 'ko'],
  [0x1200, 0x137f, 'am'],
  [0x13a0, 0x177f, 'und'],
  [0x1780, 0x17ff, 'km'],
  [0x1800, 0x1cff, 'und'],
  [0x1e00, 0x1eff, 'latin'],
  [0x1f00, 0x1fff, 'el'],
  [0x3041, 0x30ff, 'kana'],
  [0x3400, 0x9fff, 'han'],
  [0xa000, 0xabff, 'und'],
  [0xac00, 0xd7af, 'ko'],
  [0xfb50, 0xfdff, 'arabic'],
  [0xfe70, 0xfefc, 'arabic']
]

/** Letters of one language among those written in Cyrillic or Arabic script, likeliest sign first. */
const CYRILLIC: readonly (readonly [string, RegExp])[] = [
  ['be', /ў/i],
  ['uk', /[їєґ]/i],
  ['mk', /[ѓќѕ]/i],
  ['sr', /[ђћџљњ]/i],
  ['kk', /[әғқңұү]/i],
  ['ru', /[ыэё]/i],
  ['bg', /[ъщ]/i]
]
const ARABIC: readonly (readonly [string, RegExp])[] = [
  ['ur', /[ٹڈڑںے]/],
  ['ps', /[ښړډټ]/],
  ['ku', /[ڕێۆ]/],
  ['fa', /[پچژگیک]/]
]

function byLetters(sample: string, signs: readonly (readonly [string, RegExp])[], otherwise: string): string {
  return signs.find(([, letters]) => letters.test(sample))?.[0] ?? otherwise
}

/** The script most letters are in, null where there are no letters. */
function scriptOf(sample: string): string | null {
  const counts = new Map<string, number>()
  let latin = 0
  for (let i = 0; i < sample.length; i += 1) {
    const unit = sample.charCodeAt(i)
    // Almost every letter of an English article ends here.
    if (unit < 0x80) {
      if ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) latin += 1
      continue
    }
    const block = SCRIPTS.find(([, last]) => unit <= last)
    if (block && unit >= block[0]) counts.set(block[2], (counts.get(block[2]) ?? 0) + 1)
  }
  if (latin > 0) counts.set('latin', latin + (counts.get('latin') ?? 0))
  // Japanese mixes kana into Han and Korean news quotes Han: a fifth of kana or Hangul decides.
  for (const script of ['kana', 'ko']) {
    const found = counts.get(script)
    if (found !== undefined) counts.set(script, found * 5)
  }
  let best: string | null = null
  let most = 0
  for (const [script, found] of counts) {
    if (found > most) {
      most = found
      best = script
    }
  }
  return best
}

/** What a word speaks for: languages with the share of each, the looks of English, letters that English has not. */
const wordOf = byForm((surface) => {
  const word = surface.toLowerCase().replace('’', "'")
  const languages = LANGUAGES_OF.get(word)
  if (languages !== undefined) {
    const share = languages.length === 1 ? 1 : languages.length === 2 ? 0.6 : 0.4
    return { languages, share, shaped: 0, foreign: 0 }
  }
  const isForeign = word.length > 3 && FOREIGN_LETTER.test(word)
  return {
    languages: [],
    share: 0,
    shaped: word.length > 3 && !isForeign && ENGLISH_SHAPE.test(word) ? 1 : 0,
    foreign: isForeign ? (surface === word ? 1 : 0.3) : 0
  }
})

const inWord = charactersLike(/^\p{L}$/u)

/** End of letters with at most one apostrophe among them, or `at` where no letter stands there. */
function endOfWord(text: string, at: number): number {
  const end = endOfCharacters(inWord, text, at)
  const isJoined = end > at && (text[end] === "'" || text[end] === '’')
  const joined = isJoined ? endOfCharacters(inWord, text, end + 1) : end
  return joined > end + 1 ? joined : end
}

function latinLanguage(sample: string): string {
  const scores = new Float64Array(LANGUAGES.length)
  let words = 0
  let shaped = 0
  let foreign = 0
  for (let at = 0; at < sample.length;) {
    const end = endOfWord(sample, at)
    if (end === at) {
      at++
      continue
    }
    const word = wordOf(formAt(sample, at, end))
    at = end
    words += 1
    for (const language of word.languages) scores[language] = (scores[language] ?? 0) + word.share
    shaped += word.shaped
    foreign += word.foreign
  }
  let best = -1
  let top = 0
  for (const [index, score] of scores.entries()) {
    if (index !== ENGLISH && score > top) {
      top = score
      best = index
    }
  }
  const english = (scores[ENGLISH] ?? 0) + 0.4 * shaped - 0.6 * foreign
  const other = top + 0.4 * foreign
  // A tenth of English words is what tables and lists of results still hold; function words alone make up a third of prose.
  if (english > other && english >= 0.1 * words) return 'en'
  const language = best < 0 ? undefined : LANGUAGES[best]
  if (language !== undefined && top > english && top >= Math.max(1, 0.08 * words)) return language
  // A fragment without a sign of any other language ("GDP 3.4% Q1", a headline of nouns) is taken as English, because
  // the product reads English and an empty answer would hide its figures.
  return foreign === 0 && top < 1 && words < (english > 0 ? 15 : 8) ? 'en' : 'und'
}

/**
 * The language of a text as a BCP-47 primary tag (`en`, `pt`, `zh`), `und` where its letters name none of those known,
 * null where it holds no letters. Reads the first 1,500 code units.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, SAMPLE).normalize('NFC')
  const script = scriptOf(sample)
  switch (script) {
    case 'latin':
      return latinLanguage(sample)
    case 'cyrillic':
      return byLetters(sample, CYRILLIC, 'ru')
    case 'arabic':
      return byLetters(sample, ARABIC, 'ar')
    case 'han':
      return 'zh'
    case 'kana':
      return 'ja'
    default:
      return script
  }
}
