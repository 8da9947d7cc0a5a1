import { words } from './words.ts'

/** Words that say the opposite of each other, so that two sentences that are alike but for them are not one. */
const OPPOSITES: readonly (readonly string[])[] = `rise fall
open close
accept reject
approve refuse
win lose
buy sell
begin end
arrive leave
enter leave
import export
join quit
raise cut
support oppose
guilty innocent
hire dismiss
strengthen weaken
allow ban
high low
legal illegal
keep drop
arrest release
convict acquit
alive kill
good bad
sentence release
north south
east west`
  .split('\n')
  .map((line) => words(line))

/** Whether one says a word where the other says its opposite, and neither says both. Symmetrical. */
export const opposed = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  OPPOSITES.some(([x = '', y = '']) => turned(x, y, a, b) || turned(x, y, b, a))

const turned = (x: string, y: string, a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.has(x) && !a.has(y) && b.has(y) && !b.has(x)
