import { addTo } from './entity-groups.ts'
import type { Group, Mention } from './entity-groups.ts'

const LEGAL_FORM =
  /(?<!\s)\s+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|ag|sa|se|nv|gmbh|group|holdings)$/
const withoutLegalForm = (key: string): string => key.replace(LEGAL_FORM, '').replace(LEGAL_FORM, '') || key

const SMALL_WORDS = new Set('of the and for in on to de la du des del di da do dos y e & at'.split(' '))

/** Initials with and without small words: "Bank of Ireland" gives BI and BOI. */
function initialsOf(key: string): string[] {
  const words = key.split(/[\s-]+/).filter(Boolean)
  const short = words.filter((word) => !SMALL_WORDS.has(word))
  return [...new Set([short, words].map((list) => list.map((word) => word[0]).join('')))]
}

/**
 * One group an organisation: names without legal form, letters, and names that are short for one longer name.
 *
 * @param elsewhere keys of the article's people and places: a city is not short for the newspaper named after it
 */
export function groupOrganizations(
  text: string,
  mentions: readonly Mention[],
  elsewhere: ReadonlySet<string>
): Group[] {
  const groups = new Map<string, Group>()
  for (const mention of mentions) addTo(groups, withoutLegalForm(mention.key), mention, mention.surface)
  for (const group of groups.values()) group.name = group.filed = fullest(group.mentions)

  const into = new Map<string, string>()
  joinLetters(text, mentions, groups, into)
  joinShortNames(groups, elsewhere, into)
  const kept: Group[] = []
  for (const [key, group] of groups) {
    const target = groups.get(rootOf(key, into))
    if (target === undefined || target === group) kept.push(group)
    else target.mentions.push(...group.mentions)
  }
  return kept
}

/** Follows joins to the group that stays. */
function rootOf(key: string, into: ReadonlyMap<string, string>): string {
  let root = key
  for (let next = into.get(root); next !== undefined; next = into.get(root)) root = next
  return root
}

/** Joins a group to another, unless that is joined to it already or it has a join of its own. */
function join(into: Map<string, string>, key: string, target: string): void {
  if (!into.has(key) && rootOf(target, into) !== key) into.set(key, target)
}

/** The longest spelling, the earliest among equals. */
function fullest(mentions: readonly Mention[]): string {
  const plain = mentions.filter(({ headline }) => !headline)
  const spellings = (plain.length > 0 ? plain : mentions).map(({ surface }) => surface)
  return spellings.reduce((best, surface) => (surface.length > best.length ? surface : best))
}

/** Letters join the name that stands before them in brackets, or the only name with these initials. */
function joinLetters(
  text: string,
  mentions: readonly Mention[],
  groups: ReadonlyMap<string, Group>,
  into: Map<string, string>
): void {
  const byInitials = new Map<string, string[]>()
  for (const key of groups.keys()) {
    if (!key.includes(' ')) continue
    for (const initials of initialsOf(key)) {
      const list = byInitials.get(initials)
      if (list === undefined) byInitials.set(initials, [key])
      else list.push(key)
    }
  }
  mentions.forEach((mention, i) => {
    const short = withoutLegalForm(mention.key)
    const full = mentions[i - 1]
    if (
      full !== undefined &&
      /^\s*\((?:the )?["“‘']?$/.test(text.slice(full.end, mention.start).slice(0, 12))
    ) {
      const long = withoutLegalForm(full.key)
      // "Bank of Ireland (Dublin)" is no short form: the letters must be in the name, in order
      if (long.length > short.length && long[0] === short[0] && isSubsequence(short, long))
        join(into, short, long)
      return
    }
    const fitting = byInitials.get(short)
    if (fitting?.length === 1) join(into, short, fitting[0])
  })
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}

/**
 * A name that exactly one longer name begins or ends with is short for it: "Northwind" for "Northwind Traders". A
 * longer name that only headlines know is a slip, and joins the shorter one.
 */
function joinShortNames(
  groups: ReadonlyMap<string, Group>,
  elsewhere: ReadonlySet<string>,
  into: Map<string, string>
): void {
  const longer = new Map<string, string | null>()
  for (const [key, { mentions }] of groups) {
    const words = key.split(' ')
    if (words.length > MOST_WORDS) continue
    if (mentions.every(({ headline }) => headline)) {
      const openings = words.map((_, i) => words.slice(0, words.length - 1 - i).join(' '))
      const plain = [...partsOf(words), ...openings].find((part) =>
        groups.get(part)?.mentions.some(({ headline }) => !headline)
      )
      if (plain !== undefined) join(into, key, plain)
      continue
    }
    const parts = partsOf(words).filter((part) => groups.has(part) && !elsewhere.has(part))
    for (const part of parts) longer.set(part, longer.has(part) ? null : key)
  }
  for (const [short, key] of longer) if (key !== null) join(into, short, key)
}

/** Names of more words are lists and slips. */
const MOST_WORDS = 8

/** Last words that stand for too much alone: the House is no White House. */
const TOO_COMMON = new Set(['house', 'state', 'street', 'times', 'post'])

/** What may be short for a name of several words, longest first: its first word, and what it ends with. */
function partsOf(words: readonly string[]): string[] {
  const parts: string[] = []
  for (let cut = 1; cut < words.length; cut++) {
    // "Parliament" is not short for "Bridge to Parliament"
    if (SMALL_WORDS.has(words[cut - 1])) continue
    if (cut < words.length - 1 || !TOO_COMMON.has(words[cut])) parts.push(words.slice(cut).join(' '))
  }
  // of several words only the first is a short form: "North Bay Traders" is another house than "North Bay"
  parts.push(words[0])
  return parts.filter((part) => part !== words.join(' '))
}
