/*
 * Words alone, without a validator: pages and the dashboard load them.
 */

/**
 * Why an editor corrected a fact, withdrew it, or put it back: a closed list, since everybody who asks is told.
 */
export const CORRECTION_REASONS = {
  misread: 'the article was read wrongly',
  unsupported: 'its evidence does not bear it out',
  attribution: 'it was given to the wrong speaker or source',
  outdated: 'the article itself was corrected',
  disproved: 'what the article says turned out to be wrong',
  privacy: 'somebody it names asked for it',
  legal: 'the law or a court asked for it',
  reconsidered: 'an earlier decision was a mistake'
} as const
export type CorrectionReason = keyof typeof CORRECTION_REASONS

/** Reasons that close what a fact was before, too: an older version would tell what was asked to be gone. */
export const closesVersions = (reason: CorrectionReason): boolean =>
  reason === 'privacy' || reason === 'legal'

/** What a reader can say is wrong with a fact. */
export const REPORT_PROBLEMS = {
  words: 'The words are not in the article',
  value: 'A number, date or unit is wrong',
  attribution: 'It is given to the wrong person or source',
  meaning: 'It says something else than the article',
  outdated: 'The article has been corrected since',
  privacy: 'It intrudes on somebody’s privacy',
  other: 'Something else'
} as const
export type ReportProblem = keyof typeof REPORT_PROBLEMS

/** Why nothing follows from a report. */
export const DISMISSALS = {
  'as-told': 'the fact says what the article says',
  'not-ours': 'what is meant is the article, not what was read from it',
  unclear: 'it does not say what is wrong',
  abuse: 'it is no report'
} as const
export type Dismissal = keyof typeof DISMISSALS

/** The longest report, in characters: what is wrong, and where it can be seen. */
export const MAX_REPORT = 1000
