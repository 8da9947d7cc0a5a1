import { afterEach, expect, test, vi } from 'vitest'
import { isPublicHost, ResolverFailed } from '../../../worker/pipeline/fetch/resolve.ts'

afterEach(() => vi.restoreAllMocks())

/** Plays the resolver: the records that a name has. */
function resolves(
  records: Readonly<Record<'A' | 'AAAA', readonly (readonly [type: number, data: string])[]>>
): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (asked) => {
    const type = new URL(String(asked instanceof Request ? asked.url : asked)).searchParams.get('type')
    const found = type === 'A' ? records.A : records.AAAA
    return Response.json({ Status: 0, Answer: found.map(([kind, data]) => ({ type: kind, data })) })
  })
}
const ask = () => isPublicHost('https://resolver.example/dns-query', 'news.example.com')

test('a name with public addresses alone may be asked', async () => {
  resolves({
    A: [
      [5, 'edge.example.net.'],
      [1, '93.184.216.34']
    ],
    AAAA: [[28, '2606:4700::1']]
  })
  expect(await ask()).toBe(true)
})

test.each([
  ['a private address', { A: [[1, '10.0.0.1']], AAAA: [] }],
  ['the machine itself', { A: [[1, '127.0.0.1']], AAAA: [] }],
  ['the metadata of a cloud', { A: [[1, '169.254.169.254']], AAAA: [] }],
  [
    'one private address among public ones',
    {
      A: [
        [1, '93.184.216.34'],
        [1, '192.168.0.1']
      ],
      AAAA: []
    }
  ],
  ['a private address of the other kind', { A: [[1, '93.184.216.34']], AAAA: [[28, 'fd00::1']] }],
  ['IPv4 within IPv6', { A: [], AAAA: [[28, '::ffff:127.0.0.1']] }],
  ['what is no address', { A: [[1, 'localhost']], AAAA: [] }],
  ['another name alone', { A: [[5, 'db.internal.']], AAAA: [] }],
  ['nothing', { A: [], AAAA: [] }]
] as const)('a name that leads to %s is not asked', async (_, records) => {
  resolves(records)
  expect(await ask()).toBe(false)
})

test('where the resolver does not answer, or says something else, nothing is asked', async () => {
  const answers = [
    () => Promise.reject(new Error('no network')),
    () => Promise.resolve(new Response('<html>')),
    () => Promise.resolve(Response.json({ Answer: 'public' })),
    () => Promise.resolve(new Response(null, { status: 500 }))
  ]
  for (const answer of answers) {
    vi.spyOn(globalThis, 'fetch').mockImplementation(answer)
    await expect(ask()).rejects.toBeInstanceOf(ResolverFailed)
  }
})
