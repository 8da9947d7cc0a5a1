import { type Entry, headersOf, headersWithoutBody } from './entry.ts'

/** Most bytes that one isolate keeps: a quarter of the 128 MB that Workers give it. */
const BOUND = 32 * 1024 * 1024
/** What an entry takes beside its body and its key: two sets of headers, and the map's own. */
const OVERHEAD = 5 * 1024
/** Larger bodies would push too many others out. */
const LARGEST = 1024 * 1024

const HIT = { status: 'memory; hit', timing: 'memory' }

/**
 * An entry with the answers that are made of it, without bodies. They are made once, at its first hit, and never changed: a
 * hot read takes status and headers from one (`new Response(body, from)`), which costs less than from an object that names
 * them.
 */
class Kept {
  readonly entry: Entry
  readonly bytes: number
  /** Asked for since the last sweep went over it. */
  used = false
  #found: Response | undefined
  #known: Response | undefined

  constructor(url: string, entry: Entry) {
    this.entry = entry
    this.bytes = entry.bytes.byteLength + 2 * url.length + OVERHEAD
  }

  /** A hit. */
  get found(): Response {
    return (this.#found ??= new Response(null, { headers: headersOf(this.entry, HIT) }))
  }

  /** A hit of what the reader has already. */
  get known(): Response {
    return (this.#known ??= new Response(null, {
      status: 304,
      headers: headersWithoutBody(this.found.headers)
    }))
  }
}

/**
 * The answers that one isolate holds, by canonical address. An entry of an older edition stays, as the last known
 * answer, until the same address is answered anew or room is needed: what was not asked for lately goes first (second
 * chance: a hit sets a mark and moves nothing).
 */
export class Memory {
  readonly #kept = new Map<string, Kept>()
  readonly #bound: number
  #bytes = 0
  #floor = 0

  /** @param bound most bytes, headers and keys counted in */
  constructor(bound: number = BOUND) {
    this.#bound = bound
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What stands under an address, of whatever edition. */
  find(url: string): Kept | undefined {
    return this.#kept.get(url)
  }

  put(url: string, entry: Entry): void {
    this.#delete(url)
    const kept = new Kept(url, entry)
    if (entry.bytes.byteLength > LARGEST || entry.edition < this.#floor) return
    this.#kept.set(url, kept)
    this.#bytes += kept.bytes
    this.#makeRoom()
  }

  /** Lets go of everything from before an edition: after a takedown, its words stand nowhere. */
  dropBefore(floor: number): void {
    if (floor <= this.#floor) return
    this.#floor = floor
    for (const [url, { entry }] of this.#kept) if (entry.edition < floor) this.#delete(url)
  }

  #delete(url: string): void {
    const kept = this.#kept.get(url)
    if (kept === undefined) return
    this.#kept.delete(url)
    this.#bytes -= kept.bytes
  }

  #makeRoom(): void {
    for (const [url, kept] of this.#kept) {
      if (this.#bytes <= this.#bound) return
      this.#delete(url)
      if (kept.used) {
        kept.used = false
        this.#kept.set(url, kept)
        this.#bytes += kept.bytes
      }
    }
  }
}

/** The isolate's own. */
export const memory = new Memory()
