import { isName, type Line } from './lines.ts'

/*
 * A page of copied text has lost its masthead, but its furniture still speaks of the site by name: "Subscribe to The
 * Paper", "Get the Paper app", "© 2031 The Paper. All rights reserved". An aggregator's own article often has no other
 * sign of who published it.
 */

/** Each leads up to the name, which ends where the second part begins. */
const CALLS: readonly (readonly [lead: RegExp, end: RegExp])[] = [
  [/^(?:explore|discover|see|learn|find out) (?:more )?what /i, /(?: can| could| does| has| offers)\b/],
  [/^(?:get|download|try|install|open) the /i, / app\b/i],
  [
    /^(?:subscribe|sign up|log in|sign in|welcome|register) (?:to|for|with|at) /i,
    /[.!]?$|(?: newsletters?| today| now| for| and)\b/i
  ]
]
/** Agencies claim copyright of pictures; what claims all rights is the site. */
const COPYRIGHT = /^(?:copyright )?(?:©|\(c\)|copyright) ?(?:\d{4}(?:[-–]\d{2,4})?,? )?(?:by )?/i
const AFTER_COPYRIGHT = /,? \d{4}|[.,|–—-]? ?all rights reserved/i
/** What a site calls its services, after its own name. */
const SERVICE = /(?: (?:AI|App|Plus|Premium|Pro|Newsletters?|Alerts)){1,5}$/
/** Such calls also speak of the reader, of the site without naming it, and of no one. */
const NO_NAME =
  /^(?:our|us|you|your|my|me|the (?:latest|best|news|paper|site)|free|breaking|all|daily newsletter|email)\b/i

/** How the page's furniture names its own site; null where it does not, or where it names several. */
export function ownName(lines: readonly Line[]): string | null {
  const names = new Set<string>()
  for (const { text } of lines) {
    const name = text.length > 120 ? null : nameIn(text)
    if (name !== null) names.add(name)
  }
  const [name, ...others] = names
  return name === undefined || others.length > 0 ? null : name
}

function nameIn(line: string): string | null {
  if (/all rights reserved/i.test(line)) return named(line, COPYRIGHT, AFTER_COPYRIGHT)
  for (const [lead, end] of CALLS) {
    const name = named(line, lead, end)
    if (name !== null) return name
  }
  return null
}

function named(line: string, lead: RegExp, end: RegExp): string | null {
  const opening = lead.exec(line)?.[0]
  if (opening === undefined) return null
  const rest = line.slice(opening.length)
  const until = end.exec(rest)
  if (until === null) return null
  const name = rest.slice(0, until.index).replace(SERVICE, '').trim()
  return isName(name) && /^\p{Lu}/u.test(name) && !NO_NAME.test(name) ? name : null
}
