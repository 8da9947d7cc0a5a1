/*
 * Many requests for the same cold thing in one isolate do its work once.
 *
 * A promise of one request must not be awaited by another: the runtime cancels what waits on a request that has ended,
 * and refuses I/O objects that came with it. So whoever waits makes a promise of its own and leaves only its `resolve`
 * here; the runtime hands the value, which is plain data, over to the waiting request. Should the first request be cut
 * off before it is done, nobody ever resolves: so each waits with a timer of its own and then does the work itself.
 */

/** How the work ended, as data: also a failure is shared, or all would run into it once more. */
type Outcome<T> = { readonly value: T } | { readonly error: unknown }

interface Flight<T> {
  readonly waiting: ((outcome: Outcome<T>) => void)[]
}

interface Context {
  waitUntil(promise: Promise<unknown>): void
}

/** Longer than a store may take, so that only what was cut off is waited for in vain. */
const PATIENCE_MS = 12_000

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
    if (flight === undefined) return this.#lead(key, ctx, work)
    const outcome = await this.#wait(flight)
    if (outcome === 'lost') {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
      return this.run(key, ctx, work)
    }
    if ('error' in outcome) throw outcome.error
    return { value: outcome.value, shared: true }
  }

  async #wait(flight: Flight<T>): Promise<Outcome<T> | 'lost'> {
    const told = new Promise<Outcome<T>>((resolve) => flight.waiting.push(resolve))
    const { promise: lost, resolve } = Promise.withResolvers<'lost'>()
    const timer = setTimeout(() => resolve('lost'), this.#patience)
    const outcome = await Promise.race([told, lost])
    clearTimeout(timer)
    return outcome
  }

  async #lead(key: string, ctx: Context, work: () => Promise<T>): Promise<Collapsed<T>> {
    const flight: Flight<T> = { waiting: [] }
    this.#flights.set(key, flight)
    const outcome = work()
      .then(
        (value): Outcome<T> => ({ value }),
        (error: unknown): Outcome<T> => ({ error })
      )
      .then((settled) => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key)
        for (const resolve of flight.waiting) resolve(settled)
        return settled
      })
    // The others still wait where this request's caller hangs up.
    ctx.waitUntil(outcome)
    const settled = await outcome
    if ('error' in settled) throw settled.error
    return { value: settled.value, shared: false }
  }
}
