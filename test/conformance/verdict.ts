import * as v from 'valibot'
import { PROBLEMS, Problem } from '../../worker/schema/problem.ts'
import { ORIGIN } from '../setup/call.ts'
import { contentOf, type Document, faults } from './document.ts'
import type { Trial } from './requests.ts'
import { MARK } from './values.ts'

const StrictProblem = v.strictObject(Problem.entries)
const isProblemType = (type: string): type is keyof typeof PROBLEMS => Object.hasOwn(PROBLEMS, type)

/** What every answer has, whatever it is. */
function onEveryAnswer({ headers }: Response): string[] {
  return [
    headers.get('access-control-allow-origin') === '*' ? '' : 'another site’s page may not read it',
    headers.get('x-content-type-options') === 'nosniff' ? '' : 'no nosniff',
    headers.get('content-security-policy') === null ? 'no Content-Security-Policy' : '',
    headers.get('cache-control') === null ? 'no Cache-Control' : '',
    headers.has('set-cookie') ? 'sets a cookie' : '',
    /[^\x21-\x7e]/.test(headers.get('location') ?? '') ? 'a Location that is no address' : '',
    headers.has('x-injected') ? 'a header was injected' : ''
  ]
}

/** The one envelope: its shape, its status, its type from the closed list, its headers. */
function onProblem(response: Response, text: string): string[] {
  const { headers, status } = response
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return ['a problem that is no JSON']
  }
  const parsed = v.safeParse(StrictProblem, json)
  if (!parsed.success) return ['not the envelope of problems']
  const { type, title, status: told } = parsed.output
  const kind = type.slice(`${ORIGIN}/problems/`.length)
  const needs = {
    308: 'location',
    401: 'www-authenticate',
    405: 'allow',
    429: 'retry-after',
    503: 'retry-after'
  }
  return [
    headers.get('content-type') === 'application/problem+json; charset=utf-8'
      ? ''
      : 'a problem of another type',
    headers.get('cache-control') === 'no-store' ? '' : 'a problem that caches keep',
    isProblemType(kind) &&
    PROBLEMS[kind].status === status &&
    PROBLEMS[kind].title === title &&
    told === status
      ? ''
      : 'a problem that is not of the list',
    ...Object.entries(needs).map(([of, header]) =>
      Number(of) === status && !headers.has(header) ? `${status} without ${header}` : ''
    ),
    text.includes(MARK) ? 'repeats what was sent' : ''
  ]
}

/** Statuses that are the router's own: an address or a method that no operation has. */
const ROUTING = new Set([204, 308, 404, 405])

/**
 * What is wrong with an answer to a trial, if anything: its status and media type must be documented for the operation,
 * its body must fit the schema documented there, and what every answer promises must hold.
 */
export async function verdict(document: Document, trial: Trial, response: Response): Promise<string[]> {
  const text = new TextDecoder().decode(await response.arrayBuffer())
  const { status, headers } = response
  const wrong = onEveryAnswer(response)
  if (status >= 500) wrong.push(`a ${status}: ${text.slice(0, 200)}`)
  if (trial.method === 'HEAD' || status === 304 || status === 204) {
    if (text !== '') wrong.push(`a body where none may be`)
  }
  if (status >= 400 && trial.method !== 'HEAD') wrong.push(...onProblem(response, text))
  if (status === 200 && trial.surplus) wrong.push('took a parameter that it does not know')

  const isOwn = trial.method === trial.own || (trial.method === 'HEAD' && trial.own === 'GET')
  const content = isOwn ? contentOf(document, trial.operation, status) : undefined
  if (isOwn && trial.intact && content === undefined) wrong.push(`${status} is not documented`)
  // Another address or method leads to another operation, or to nobody.
  if (!trial.intact && content === undefined && !ROUTING.has(status) && status !== 400 && status !== 401)
    wrong.push(`${status} at an address of nobody`)
  if (content === undefined || status === 304 || trial.method === 'HEAD') return wrong.filter(Boolean)

  const type = headers.get('content-type')?.split(';')[0] ?? 'none'
  const told = content[type]
  if (told === undefined) {
    // `x.csv` instead of `x` is the same in another form, which is an operation of its own.
    if (trial.intact) wrong.push(`${type} is not documented for ${status}`)
  } else if (type === 'application/x-ndjson') {
    for (const line of text.split('\n').filter((one) => one !== '')) JSON.parse(line)
  } else {
    const value: unknown = type.endsWith('json') ? JSON.parse(text) : text
    wrong.push(...faults(document, told.schema, value).slice(0, 5))
  }
  return wrong.filter(Boolean)
}
