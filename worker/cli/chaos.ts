import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { readGoldArticles } from '../../test/gold/gold.ts'
import { randomBelow } from '../train/clusters.ts'
import { type Action, insist, perform, quarterOfAnHour, Wrong } from './actions.ts'
import { differences, faultsOf, stateOf } from './chaos-state.ts'
import { type Draw, newsroom, type Told } from './newsroom.ts'
import { buildFront, type Row, type Stage, startStage } from './stage.ts'
import { requireLinux } from './workerd.ts'

/*
 * `npm run chaos`: is an article lost, or a fact doubled, where the process is killed in the middle of its work? Articles,
 * revisions, takedowns and editors' decisions go to two services: one that is left in peace, and one whose messages come
 * twice, late, in another order and to two consumers at once, and that is killed (SIGKILL) again and again: at a random
 * moment, or before or after a random operation on a store. After each round both must have the same: facts, ids,
 * standing, origins, readings, names, index, jobs; and KV must be what the record says.
 *
 *   --kills 200 --services 3 --seed 1     so many services are killed side by side: most of a kill is starting again
 *
 * The queue of a local service lives in the memory of the process. What is lost with it comes back by the clock after a
 * quarter of an hour; here the clock is put on instead of waiting.
 */

const { values: given } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    services: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' }
  }
})
requireLinux('npm run chaos')
const KILLS = Number(given.kills)
const draw = randomBelow(Number(given.seed))
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
/** Of a hundred messages, so many come twice, late, or to two consumers. */
const UNRULY = 30
/** Kills that one round takes at the most, so that there are many rounds to compare after. */
const A_ROUND = 12
/** For how long a service may take to come to rest. */
const PATIENCE_MS = 300_000

const OPEN = `SELECT (SELECT count(*) FROM jobs WHERE state IN ('queued', 'reading')) AS jobs,
  (SELECT count(*) FROM takedowns WHERE done_at IS NULL) AS takedowns`

const isAtRest = async (stage: Stage): Promise<boolean> => {
  const [[open] = []] = await stage.sql(OPEN)
  return open?.['jobs'] === 0 && open['takedowns'] === 0
}

/** Waits until nothing is left to do. */
async function settle(stage: Stage): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    for (let look = 0; look < 12; look++) {
      if (await isAtRest(stage)) {
        await quarterOfAnHour(stage)
        // What the clock ordered, and messages that come late, may still run.
        await sleep(1500)
        return
      }
      await sleep(500)
    }
    await quarterOfAnHour(stage)
  }
  throw new Wrong('it does not come to rest')
}

/** Carries a round out under kills: so many at the most, in this round and in all. */
async function mistreat(
  stage: Stage,
  actions: readonly Action[],
  draw: Draw,
  all: () => number
): Promise<void> {
  let isDone = false
  const messages: object[] = []
  const clients = Promise.all(
    actions.map(async (action) => {
      await sleep(draw(1000))
      messages.push(...(await perform(stage, action)))
      // The client is not sure, and does it once more.
      if (draw(4) === 0) messages.push(...(await perform(stage, action)))
    })
  ).finally(() => (isDone = true))
  // Told of where it is waited for.
  clients.catch(() => undefined)
  for (let round = 0; round < A_ROUND && all() < KILLS; round++) {
    const unruly = { percent: UNRULY, seed: draw(1_000_000) + 1 }
    const isStep = draw(2) === 0
    await stage.order(
      isStep ? { unruly, kill: { at: draw(40) + 1, when: draw(2) === 0 ? 'before' : 'after' } } : { unruly }
    )
    await quarterOfAnHour(stage)
    const again = messages.filter(() => draw(3) === 0).toSorted(() => draw(3) - 1)
    if (again.length > 0) await stage.send(...again)
    if (isStep) await stage.killed(5000)
    else {
      // A batch is delivered after a second.
      await sleep(draw(2000))
      await stage.kill()
    }
    if (isDone && (await isAtRest(stage))) break
  }
  await clients
}

interface Known {
  readonly told: Told
  readonly id: string
  readonly story: number
  times: number
}

const room = newsroom(Number(given.seed))
const others = readGoldArticles().map(({ title, publisher, published_at, text }) => ({
  title,
  publisher,
  published_at,
  text
}))
/** Articles by where they stand, as the calm service has them. */
const standing = new Map<string, Known>()
const takenDown: { readonly known: Known; readonly round: number }[] = []

function pick<T>(all: T[]): T | undefined {
  return all.splice(draw(all.length), 1)[0]
}

/** What happens in a round; nothing in it depends on the order in which it happens. */
async function plan(round: number, calm: Stage): Promise<Action[]> {
  const actions: Action[] = []
  const touched = new Set<string>()
  const old = [...standing.values()]
  for (const story of [round * 2, round * 2 + 1])
    for (const told of room.story(story).articles) actions.push({ submit: told })
  const other = others[round % others.length]
  if (other !== undefined && round < others.length) actions.push({ submit: other })
  for (let i = 0; i < 2; i++) {
    const known = pick(old)
    if (known === undefined) break
    known.times++
    touched.add(known.id)
    actions.push({ submit: room.story(known.story).revised(known.told, known.times) })
  }
  const down = pick(old)
  if (down !== undefined) {
    touched.add(down.id)
    standing.delete(down.id)
    takenDown.push({ known: down, round })
    actions.push({ takeDown: down.id })
  }
  const [first] = takenDown
  if (first !== undefined && first.round < round - 1) {
    takenDown.shift()
    touched.add(first.known.id)
    standing.set(first.known.id, first.known)
    actions.push({ lift: first.known.id, submit: first.known.told })
  }
  const [facts = []] = await calm.sql(
    `SELECT f.id, f.kind, f.body IS NULL AS withdrawn,
       (SELECT json_group_array(article_id) FROM mentions WHERE fact_id = f.id) AS articles
     FROM facts f WHERE coalesce(body, held) IS NOT NULL ORDER BY f.id`
  )
  const free = facts.filter((fact) => !v.parse(Ids, fact['articles']).some((article) => touched.has(article)))
  actions.push(...decisions(free))
  return actions.toSorted(() => draw(3) - 1)
}

const Ids = v.pipe(v.string(), v.parseJson(), v.array(v.string()))

/** Corrects a figure, withdraws a fact, and puts one back. */
function decisions(facts: readonly Row[]): Action[] {
  const [down, up] = [
    facts.filter(({ withdrawn }) => withdrawn === 1),
    facts.filter(({ withdrawn }) => withdrawn === 0)
  ]
  const figure = pick(up.filter(({ kind }) => kind === 'figure'))
  const other = pick(up.filter(({ id }) => id !== figure?.['id']))
  const back = down.length > 1 ? pick(down) : undefined
  const why = draw(2) === 0 ? 'unsupported' : 'privacy'
  const decide = (fact: Row | undefined, change: object): Action[] =>
    fact === undefined ? [] : [{ decide: String(fact['id']), change }]
  return [
    ...decide(figure, { value: 1 + draw(90), reason: 'misread' }),
    ...decide(other, { status: 'withdrawn', reason: why }),
    ...decide(back, { status: 'reported', reason: 'reconsidered' })
  ]
}

/** Takes note of the articles that a round brought. */
async function note(round: number, calm: Stage): Promise<void> {
  for (const story of [round * 2, round * 2 + 1])
    for (const told of room.story(story).articles) {
      const { json } = await insist(calm, 'GET', `/v1/lookup?url=${encodeURIComponent(told.url)}`)
      const { article } = v.parse(v.object({ article: v.object({ id: v.string() }) }), json)
      standing.set(article.id, { told, id: article.id, story, times: 0 })
    }
}

const began = Date.now()
const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`
console.log(`${KILLS} kills; the same again with --seed ${given.seed}`)
const modules = buildFront()
const stages: Stage[] = []
try {
  const calm = await startStage(modules)
  stages.push(calm)
  const wild: { readonly stage: Stage; readonly draw: Draw }[] = []
  for (let i = 1; i <= Number(given.services); i++) {
    const stage = await startStage(modules)
    stages.push(stage)
    wild.push({ stage, draw: randomBelow(Number(given.seed) * 101 + i) })
  }
  const kills = () => wild.reduce((sum, { stage }) => sum + stage.deaths.length, 0)
  let round = 0
  for (; kills() < KILLS; round++) {
    const actions = await plan(round, calm)
    for (const action of actions) await perform(calm, action)
    await settle(calm)
    await note(round, calm)
    const wrong = (await faultsOf(calm)).map((one) => `left in peace: ${one}`)
    const wanted = await stateOf(calm)
    await Promise.all(
      wild.map(async ({ stage, draw }, i) => {
        await mistreat(stage, actions, draw, kills)
        await stage.order({ unruly: { percent: 0, seed: 1 } })
        await settle(stage)
        const found = [...(await faultsOf(stage)), ...differences(wanted, await stateOf(stage))]
        wrong.push(...found.map((one) => `service ${i + 1}: ${one}`))
      })
    )
    if (wrong.length > 0) throw new Wrong(`after round ${round + 1}, ${kills()} kills:\n${wrong.join('\n')}`)
    console.log(
      `round ${round + 1}: ${actions.length} things done, ${kills()} kills, nothing differs (${seconds()})`
    )
  }
  const [[counts] = []] = await calm.sql(
    `SELECT (SELECT count(*) FROM facts WHERE body IS NOT NULL) AS facts, (SELECT count(*) FROM articles) AS articles,
       (SELECT count(*) FROM mentions) AS readings, (SELECT count(*) FROM corrections) AS decisions,
       (SELECT count(*) FROM takedowns) AS takedowns, (SELECT count(*) FROM jobs) AS jobs`
  )
  console.log(
    `\n${kills()} kills of ${wild.length} services in ${round} rounds, ${seconds()}: no article lost, no fact doubled`
  )
  console.log(
    Object.entries(counts ?? {})
      .map(([name, n]) => `${n} ${name}`)
      .join(', ')
  )
  const deaths = [
    ...Map.groupBy(
      wild.flatMap(({ stage }) => stage.deaths),
      (where) => where
    )
  ].map(([where, all]) => [all.length, where] as const)
  for (const [times, where] of deaths.toSorted(([a], [b]) => b - a))
    console.log(`${String(times).padStart(5)}  ${where}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await Promise.all(stages.map((stage) => stage.stop()))
}
