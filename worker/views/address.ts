import type { Embeddable } from '../schema/embed.ts'

/** Addresses of what people see, from where the service stands. */
export const addresses = (origin: string) => ({
  /** The permanent page of a fact. */
  page: (fact: string) => `${origin}/f/${fact}`,
  /** Its picture for sharing. */
  picture: (fact: string, format: 'png' | 'svg') => `${origin}/f/${fact}.${format}`,
  /**
   * Source `n` of a fact, counted from 1. Cards link through it: a host that lets a frame lead only to the frame's own
   * site (WordPress does) opens it, no address of an article can be script, and one that moved is mended in one place.
   */
  source: (fact: string, n: number) => `${origin}/f/${fact}/s/${n}`,
  /** The document for a frame. */
  embed: (what: Embeddable, id: string) => `${origin}/embed/${what}/${encodeURIComponent(id)}`,
  oembed: (url: string, format: 'json' | 'xml') =>
    `${origin}/oembed?url=${encodeURIComponent(url)}&format=${format}`
})
export type Addresses = ReturnType<typeof addresses>

/** An address from an article, if it is one that may stand in a link: `javascript:` and its like may not. */
export const webAddress = (url: string | null): string | null =>
  url !== null && /^https?:\/\/[^\s]/i.test(url) ? url : null
