/** The first moment that is asked for: a day begins with midnight, UTC. */
export const fromMoment = (at: string): string => new Date(at).toISOString()

/** The last moment that is asked for: a day is asked for as a whole. */
export const upToMoment = (at: string): string =>
  new Date(at.length === 10 ? `${at}T23:59:59.999Z` : at).toISOString()
