import type { Fact, Mention } from '../../worker/schema/fact.ts'

/** Words that would be script, markup or an address of script wherever they were not taken as text. */
export const HOSTILE = `"><img src=x onerror=alert(1)></script><script>alert(2)</script>{{x}}' onload='alert(3)&amp;`
export const HOSTILE_URL = 'javascript:alert(document.domain)//https://a.example/'

export const mention = (over: Partial<Mention['article']> = {}): Mention => ({
  article: {
    id: 'a_aaaaaaaaaaaaaaaaaaaa',
    title: 'Turnout rises in the delta towns',
    publisher: 'Harbour Courier',
    url: 'https://harbour-courier.example/turnout',
    published_at: '2025-06-09T01:00:00+02:00',
    ...over
  },
  evidence: {
    exact: 'turnout rose 4 percent',
    start: 20,
    end: 42,
    prefix: 'officials said that ',
    suffix: ' on the year before'
  },
  text_hash: '0'.repeat(64),
  fragment_url: 'https://harbour-courier.example/turnout#:~:text=turnout%20rose%204%20percent'
})

const shared = {
  id: 'f_aaaaaaaaaaaaaaaaaaaa',
  statement: 'Turnout in Ravenna rose 4 percent in 2025.',
  confidence: 0.9,
  salience: 0.6,
  entities: [{ id: 'ravenna', name: 'Ravenna', type: 'place' }],
  topics: ['Turnout'],
  status: 'reported',
  origins: 1,
  mentions: [mention()],
  origin_groups: [],
  mention_count: 1,
  conflicts: [],
  checks: [],
  version: 1,
  first_seen: '2025-06-09T10:00:00.000Z',
  updated_at: '2025-06-09T10:00:00.000Z'
} satisfies Partial<Fact>

const said = {
  speaker: { entity: 'ida-moreau', name: 'Ida Moreau', surface: 'Moreau', span: [0, 6] },
  cue: null,
  content: 'Nobody here expected the queues',
  content_spans: [[0, 31]],
  channel: 'Radio Delta',
  said_on: '2025-06-08'
} satisfies Partial<Extract<Fact, { kind: 'quote' }>>

/** One fact of each kind. */
export const quote: Extract<Fact, { kind: 'quote' }> = { ...shared, ...said, kind: 'quote' }
export const claim: Extract<Fact, { kind: 'claim' }> = { ...shared, ...said, kind: 'claim' }
export const figure: Extract<Fact, { kind: 'figure' }> = {
  ...shared,
  kind: 'figure',
  value: 4,
  value_high: null,
  unit: 'percent',
  unit_surface: 'percent',
  bound: 'about',
  change: 'increase',
  basis: 'year-on-year',
  measure: 'turnout in Ravenna',
  about: [],
  period: '2025',
  series: 'ravenna~turnout~percent~year-on-year~year'
}
export const event: Extract<Fact, { kind: 'event' }> = {
  ...shared,
  kind: 'event',
  statement: 'Ravenna voted on 8 June 2025.',
  what: 'vote',
  who: [{ entity: 'ravenna', name: 'Ravenna' }],
  whom: [],
  where: { entity: 'ravenna', name: 'Ravenna' },
  when: { iso: '2025-06-08', text: 'Sunday', span: [0, 6] },
  planned: false,
  negated: false
}
export const role: Extract<Fact, { kind: 'role' }> = {
  ...shared,
  kind: 'role',
  statement: 'Ida Moreau is head of the electoral office of Ravenna.',
  person: { entity: 'ida-moreau', name: 'Ida Moreau' },
  role: 'head',
  organization: { entity: null, name: 'electoral office of Ravenna' },
  former: false
}

/** A fact with planted words in every field that comes from an article. */
export function hostile<Each extends Fact>(fact: Each): Each {
  const name = { entity: null, name: HOSTILE }
  const side = { value: HOSTILE, said_by: HOSTILE, publishers: [HOSTILE], since: HOSTILE }
  const planted = {
    statement: HOSTILE,
    entities: [{ id: HOSTILE, name: HOSTILE, type: 'person' }],
    status: 'disputed',
    mentions: [
      {
        ...mention({ title: HOSTILE, publisher: HOSTILE, url: HOSTILE_URL, published_at: HOSTILE }),
        evidence: { exact: HOSTILE, start: 3000, end: 3100, prefix: HOSTILE, suffix: HOSTILE },
        fragment_url: HOSTILE_URL
      }
    ],
    origin_groups: [{ articles: [HOSTILE], reason: 'own reporting', detail: HOSTILE }],
    conflicts: [
      {
        kind: 'value',
        with: HOSTILE,
        differs: HOSTILE,
        ours: side,
        theirs: side,
        since: null,
        detail: HOSTILE
      }
    ],
    checks: [
      {
        kind: 'change',
        inputs: [{ fact: HOSTILE, value: 1, unit: HOSTILE, period: HOSTILE }],
        formula: HOSTILE,
        stated: 1,
        result: 1,
        unit: HOSTILE,
        tolerance: 0,
        verdict: 'agrees'
      }
    ]
  }
  const own: Record<string, unknown> = {
    speaker: { entity: null, name: HOSTILE, surface: HOSTILE, span: [0, 1] },
    content: HOSTILE,
    channel: HOSTILE,
    said_on: HOSTILE,
    unit: HOSTILE,
    unit_surface: HOSTILE,
    measure: HOSTILE,
    period: HOSTILE,
    what: HOSTILE,
    who: [name],
    whom: [name],
    where: name,
    when: { iso: `2025-06-08/${HOSTILE}`, text: HOSTILE, span: [0, 1] },
    person: name,
    role: HOSTILE,
    organization: name
  }
  const changed = Object.fromEntries(Object.entries(own).filter(([field]) => field in fact))
  return { ...fact, ...planted, ...changed }
}
