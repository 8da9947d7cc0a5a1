import { answer } from '../edge/answer.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { type OEmbed, OEmbedQuery } from '../schema/embed.ts'
import { findShown } from '../store/shown.ts'

const missing = () => new ProblemException('not-found', 'This address shows nothing that can be embedded.')

export const oembed = factory
  .createApp()
  /** How to embed what an address of ours shows (https://oembed.com), as JSON or XML. */
  .get('/', query(OEmbedQuery), (c) => {
    const { url, maxwidth, maxheight, format } = c.req.valid('query')
    if (format !== 'json' && format !== 'xml')
      throw new ProblemException('unsupported-format', 'oEmbed is answered as json or xml.')
    // Parameters that we do not know are no part of the answer, and none of its address.
    const known = new URL(c.req.url)
    for (const name of Array.from(known.searchParams.keys()))
      if (!Object.hasOwn(OEmbedQuery.entries, name)) known.searchParams.delete(name)
    c.req.raw = new Request(known, c.req.raw)
    return answer<OEmbed>(c, async () => {
      const { askedOfUrl, oembedOf, oembedXml } = await import('../views/oembed.ts')
      const asked = askedOfUrl(url, origin(c))
      const [found = null] = asked === null ? [] : await findShown(c.env.DB, [asked])
      if (asked === null || found === null) throw missing()
      if ('gone' in found) throw new ProblemException('gone', `This fact was taken back: ${found.gone}.`)
      const rich = oembedOf(asked, found.shown, origin(c), { maxwidth, maxheight })
      return format === 'json'
        ? { body: JSON.stringify(rich) }
        : { body: oembedXml(rich), headers: { 'Content-Type': 'text/xml; charset=utf-8' } }
    })
  })
