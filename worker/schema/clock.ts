/**
 * What the clock of a local service says in place of a cron expression when it strikes first: the queue lost what it held
 * when its process ended, as one on an account does not.
 */
export const FIRST_STROKE = 'first'
