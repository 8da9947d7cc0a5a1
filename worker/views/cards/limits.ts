/** How many facts a card of an article holds: what a reader takes in at a stop, and what fits 3 KB. */
export const ARTICLE_FACTS = 6
/** How many events a timeline holds. */
export const TIMELINE_EVENTS = 8
/** How many articles the card of a fact quotes; the permanent page has them all. */
export const QUOTED = 3
/** How many other versions a card shows beside its own. */
export const OTHERS = 3
