/*
 * Many requests for the same cold thing in one isolate do its work once.
 *
 * A promise of one request must not be awaited by another: what hangs on it may run as the other request, where it may
 * touch no I/O of its own, or never, where the other was cut off. The runtime can hand a value over between requests
 * (compatibility flag `handle_cross_request_promise_resolution`), but not everywhere where this code runs. So nothing is
 * shared but plain data: the first request leaves the outcome here, and the others look for it, each by timers of its own.
 */

/** How the work ended: a failure is shared too, or all would run into it once more. */
type Outcome<T> = { readonly value: T } | { readonly error: unknown }

interface Flight<T> {
  outcome: Outcome<T> | null
}

interface Context {
  waitUntil(promise: Promise<unknown>): void
}

/** Longer than the stores that an answer asks may take together, so that only what was cut off is waited for in vain. */
const PATIENCE_MS = 12_000
/** The first look, and the longest pause between two: a fraction of what a store takes at its best. */
const FIRST_LOOK_MS = 1
const LONGEST_PAUSE_MS = 16

export interface Collapsed<T> {
  readonly value: T
  /** Another request did the work. */
  readonly shared: boolean
}

/** The flights of one kind of work; `T` is plain data, nothing that belongs to a request. */
export class Collapser<T> {
  readonly #flights = new Map<string, Flight<T>>()
  readonly #patience: number

  /** @param patience milliseconds until work that another request does is held to be lost */
  constructor(patience: number = PATIENCE_MS) {
    this.#patience = patience
  }

  /** Does the work, or waits for the request that is doing it. @throws what the work throws */
  async run(key: string, ctx: Context, work: () => Promise<T>): Promise<Collapsed<T>> {
    const flight = this.#flights.get(key)
    if (flight === undefined) return { value: valueOf(await this.#lead(key, ctx, work)), shared: false }
    const outcome = await this.#outcomeOf(flight)
    if (outcome !== null) return { value: valueOf(outcome), shared: true }
    // Of those who gave up on it, the first begins anew, and the others wait for that one.
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
    return this.run(key, ctx, work)
  }

  async #outcomeOf(flight: Flight<T>): Promise<Outcome<T> | null> {
    let waited = 0
    for (let pause = FIRST_LOOK_MS; flight.outcome === null && waited < this.#patience; waited += pause) {
      await new Promise((resolve) => setTimeout(resolve, pause))
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    }
    return flight.outcome
  }

  async #lead(key: string, ctx: Context, work: () => Promise<T>): Promise<Outcome<T>> {
    const flight: Flight<T> = { outcome: null }
    this.#flights.set(key, flight)
    const outcome = work()
      .then(
        (value): Outcome<T> => ({ value }),
        (error: unknown): Outcome<T> => ({ error })
      )
      .then((settled) => {
        flight.outcome = settled
        if (this.#flights.get(key) === flight) this.#flights.delete(key)
        return settled
      })
    // The others still wait where this request's caller hangs up.
    ctx.waitUntil(outcome)
    return outcome
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ('error' in outcome) throw outcome.error
  return outcome.value
}
