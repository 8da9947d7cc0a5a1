import type * as v from 'valibot'
import type { Source } from '../../worker/schema/article.ts'
import { coined, random } from './growth.ts'

/*
 * Articles to hand in by the hundred: 300 to 700 words of the kinds of sentence that news is made of, with names and
 * figures drawn for each. Stories are told by several papers, in part in the same words, so that articles meet facts of
 * earlier ones as they do in a newsroom. The same numbers give the same articles.
 */

const FIRST =
  'Ines,Paul,Marta,Henrik,Aisha,Tomas,Leila,George,Noor,Elena,Victor,Hana,Samuel,Ruth,Diego,Mei'.split(',')
const TRADES = 'Shipping,Foods,Motors,Energy,Textiles,Rail,Semiconductors,Insurance,Paper,Mining'.split(',')
const PAPERS =
  'The Varnmouth Bell,Lindhaven Courier,Ostrel Morning,Quayside Gazette,Tarsk Tribune,Northern Ledger'.split(
    ','
  )
const OFFICES = 'chief executive,finance director,chair,head of operations,spokesperson'.split(',')
const GOODS = 'timber,steel,grain,machine parts,olive oil,batteries,medicines,fertiliser'.split(',')
const THINGS =
  'lanterns,bicycles,turbines,blankets,pianos,ladders,umbrellas,saddles,windows,telescopes,harvesters,carpets,bottles,engines,mirrors,sleepers,greenhouses,barrels,ferries,kettles,brushes,magnets,helmets,printers,chimneys,curtains,generators,hammocks,propellers,mattresses,radiators,scaffolds,trolleys,violins,wardrobes,cushions,dredgers,elevators,fountains,gearboxes,hydrants,incubators,joists,lathes,mosaics,nets,ovens,pallets,quilts,rafters,sensors,tankers,uniforms,valves,winches,anchors,benches,compasses,drills,easels'.split(
    ','
  )
const LIKE =
  'crooked,polished,borrowed,imported,wooden,painted,forgotten,expensive,portable,fragile,rusty,striped,heated,folding,hollow,luminous,magnetic,narrow,oversized,padded,quiet,rotating,sealed,tapered,unfinished,varnished,weatherproof,woven,yellow,antique'.split(
    ','
  )
const DONE =
  'repaired,measured,delivered,rejected,auctioned,stacked,unloaded,inspected,copied,donated,exchanged,gathered,hidden,insured,labelled,mended,numbered,ordered,packed,recycled,scraped,tested,unpacked,valued,washed,wrapped,assembled,balanced,cleaned,dismantled'.split(
    ','
  )
const PLACES =
  'lighthouse,granary,tannery,foundry,orchard,aqueduct,brewery,monastery,quarry,observatory,shipyard,dairy,sawmill,viaduct,library,barracks,cannery,distillery,gasworks,pavilion,refinery,reservoir,slaughterhouse,smelter,stadium,theatre,vineyard,warehouse,windmill,workshop'.split(
    ','
  )
const TRADERS =
  'wholesaler,carpenter,shopkeeper,broker,farmer,welder,teacher,dockworker,baker,surveyor,publican,mechanic,tailor,plumber,grocer,pilot,nurse,fisherman,glazier,joiner'.split(
    ','
  )
const MONTHS = 'January,February,March,April,May'.split(',')
const DAYS = 'Monday,Tuesday,Wednesday,Thursday,Friday'.split(',')
const MORE = 'rose,climbed,increased,advanced'.split(',')
const LESS = 'fell,dropped,declined,slipped'.split(',')

/** How many papers tell one story, */
const TELLERS = 3
/** sentences a paper goes on about one thing, */
const PASSAGE = 7
/** days from the first to the last, as in an archive that is handed in, */
const DAYS_OF_NEWS = 700
/** and names there are of each sort. */
const NAMES = 4000

interface Draw {
  /** One of so many, from 0 on. */
  readonly index: (count: number) => number
  readonly of: (words: readonly string[]) => string
  /** A name that few articles have. */
  readonly name: () => string
  readonly number: (from: number, to: number, digits?: number) => string
  readonly chance: (share: number) => boolean
}

function draw(seed: number): Draw {
  const next = random(seed)
  const index = (count: number) => Math.floor(next() * count)
  return {
    index,
    of: (words) => words[index(words.length)] ?? '',
    name: () => coined(index(NAMES)),
    number: (from, to, digits = 0) => (from + next() * (to - from)).toFixed(digits),
    chance: (share) => next() < share
  }
}

/** Whom and what a story is on. */
interface Cast {
  readonly firm: string
  readonly town: string
  readonly head: string
  readonly office: string
  readonly other: string
  readonly good: string
  readonly month: string
}

const person = ({ of, name }: Draw): string => `${of(FIRST)} ${name()}`
const cast = (from: Draw): Cast => ({
  firm: `${from.name()} ${from.of(TRADES)}`,
  town: from.name(),
  head: person(from),
  office: from.of(OFFICES),
  other: person(from),
  good: from.of(GOODS),
  month: from.of(MONTHS)
})

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const surname = (name: string): string => name.split(' ').at(-1) ?? name

/** Ways to say a thing of a story: each call gives other figures and things. Half of them tell no fact. */
const SENTENCES: readonly ((story: Cast, from: Draw) => string)[] = [
  ({ firm, month }, d) =>
    `Revenue at ${firm} ${d.of(MORE)} ${d.number(1, 30, 1)} percent in ${month} from a year earlier, to ${d.number(20, 900)} million euros.`,
  ({ firm, head, office }, d) =>
    `"${capital(d.of(LIKE))} ${d.of(THINGS)} are ${d.of(DONE)} before the ${d.of(TRADERS)} has ${d.of(DONE)} his ${d.of(THINGS)}," said ${head}, ${office} of ${firm}.`,
  ({ firm, head }, d) =>
    `${surname(head)} said that the ${d.of(LIKE)} ${d.of(THINGS)} of ${firm} would be ${d.of(DONE)} in ${d.name()}.`,
  ({ town, good, month }, d) =>
    `The port of ${town} handled ${d.number(1, 9, 1)} million tonnes of ${good} in ${month}, ${d.chance(0.5) ? 'up' : 'down'} ${d.number(1, 20, 1)} percent from a year earlier.`,
  ({ town }, d) =>
    `Unemployment in ${town} ${d.of(LESS)} to ${d.number(2, 9, 1)} percent in ${d.of(MONTHS)}, the city said on ${d.of(DAYS)}.`,
  ({ town, other }, d) =>
    `${other}, mayor of ${town}, told reporters that ${d.of(LIKE)} ${d.of(THINGS)} at the ${d.of(PLACES)} would be ${d.of(DONE)} within ${d.number(3, 28)} days.`,
  ({ firm }, d) =>
    `${firm} will open a ${d.of(PLACES)} for ${d.of(THINGS)} in ${d.name()} in ${d.of(['September', 'October', 'November'])}.`,
  ({ good }, d) =>
    `Whoever trades in ${good} needs patience and a warm coat, and a ${d.of(TRADERS)} who has neither soon looks for ${d.of(LIKE)} ${d.of(THINGS)}.`,
  (_, d) =>
    `"A ${d.of(PLACES)} can be ${d.of(DONE)}, but ${d.of(LIKE)} ${d.of(THINGS)} cannot be ${d.of(DONE)}," ${person(d)}, a ${d.of(TRADERS)}, said on ${d.of(DAYS)}.`,
  ({ firm, town }, d) =>
    `According to the council, about ${d.number(200, 9000)} residents of ${town} signed a petition against the ${d.of(PLACES)} of ${firm}.`,
  ({ other, firm }, d) =>
    `${other} was appointed to the board of ${firm} on ${d.of(DAYS)}, where ${d.chance(0.5) ? 'she' : 'he'} succeeds ${person(d)}.`,
  ({ town }, d) =>
    `Beyond ${town} the line runs past a ${d.of(PLACES)} and an old ${d.of(PLACES)}, and in the evening the carriages are full of people who carry ${d.of(THINGS)} home.`,
  ({ firm, month }, d) =>
    `Exports by ${firm} to ${d.of(['Japan', 'Brazil', 'Canada', 'Egypt', 'Norway'])} ${d.of(LESS)} ${d.number(1, 25, 1)} percent in ${month}.`,
  ({ town, good }, d) =>
    `The road from ${town} to the coast is lined with sheds where ${good} and ${d.of(THINGS)} are stored until a ${d.of(TRADERS)} comes, and in most years one does.`,
  (_, d) =>
    `It is a long way from what was promised when the first stone of the ${d.of(PLACES)} was laid, and few here are in a mood to wait for the next ${d.of(THINGS)}.`,
  ({ firm }, d) =>
    `Shares of ${firm} closed ${d.number(1, 9, 1)} percent ${d.chance(0.5) ? 'higher' : 'lower'} at ${d.number(8, 140, 2)} euros.`,
  ({ other }, d) =>
    `"${capital(d.of(THINGS))} were ${d.of(DONE)} in the ${d.of(LIKE)} ${d.of(PLACES)}," ${surname(other)} said in an interview with the broadcaster ${d.of(['Radio Tarsk', 'Channel Six', 'Coast FM'])}.`,
  (_, d) =>
    `On the wall of the ${d.of(PLACES)} hangs a calendar of a ${d.of(TRADERS)} who gave up long ago, and below it stand boxes of ${d.of(THINGS)} that nobody has opened since.`,
  ({ firm, town }, d) =>
    `For those who work at the ${d.of(PLACES)} in ${town}, the name of ${firm} stands for early shifts, cold hands and ${d.of(THINGS)}, as it did for their parents.`,
  ({ firm }, d) =>
    `A court in ${d.name()} ordered ${firm} to pay ${d.number(1, 70, 1)} million euros to former ${d.of(TRADERS)}s, who had waited for the ruling on the ${d.of(THINGS)} for years.`
]

/** What is said of one thing: none of the ways to say a thing comes twice. */
function passage(about: Cast, from: Draw): string[] {
  const left = [...SENTENCES]
  return Array.from({ length: PASSAGE }, () =>
    left
      .splice(from.index(left.length), 1)
      .map((say) => say(about, from))
      .join('')
  )
}

const wordsIn = (text: string): number => text.split(' ').length

/** The article with this number, as the body of `POST /v1/articles`. */
export function newsArticle(number: number): v.InferInput<typeof Source> {
  const shared = draw(1000 + Math.floor(number / TELLERS))
  const story = cast(shared)
  const own = draw(5_000_000 + number)
  const least = Number(own.number(280, 660))
  // What all its papers tell, then what this one found out.
  const sentences = passage(story, shared)
  while (wordsIn(sentences.join(' ')) < least) sentences.push(...passage(cast(own), own).slice(0, 3))
  const paragraphs = [...Map.groupBy(sentences, (_, i) => Math.floor(i / 3)).values()]
  const day = new Date(Date.UTC(2023, 4, 1 + shared.index(DAYS_OF_NEWS), 6, number % 60))
  const publisher = PAPERS[number % PAPERS.length] ?? ''
  return {
    title: `${story.firm} and the ${story.good} of ${story.town}: what number ${number} tells`,
    publisher,
    url: `https://${publisher.toLowerCase().replaceAll(' ', '-')}.example/news/${number}`,
    published_at: day.toISOString(),
    text: paragraphs.map((paragraph) => paragraph.join(' ')).join('\n')
  }
}
