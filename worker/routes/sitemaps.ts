import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { answerStatic } from '../edge/static.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { sitemap, sitemapIndex } from '../formats/sitemap.ts'
import { NoQuery, SitemapPart } from '../schema/query.ts'
import { countParts, everyTopic, factsOfPart } from '../store/sitemap.ts'

const XML = { 'Content-Type': 'application/xml; charset=utf-8' }

/** What crawlers ask for: the permanent pages of all facts, and every topic. */
export const sitemaps = factory
  .createApp()
  .get('/robots.txt', query(NoQuery), (c) =>
    answerStatic<string>(c, 'robots', 'public', async () => ({
      // Everything may be read; the export is for people who want all, not for crawlers that follow links.
      body: `User-agent: *\nAllow: /\nDisallow: /v1/export.ndjson\n\nSitemap: ${origin(c)}/sitemap.xml\n`,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' }
    }))
  )
  .get('/sitemap.xml', query(NoQuery), (c) =>
    answer<string>(c, async () => {
      const parts = await countParts(c.env.DB)
      const names = ['topics', ...Array.from({ length: parts }, (_, part) => `facts-${part}`)]
      return {
        body: sitemapIndex(names.map((name) => ({ url: `${origin(c)}/sitemaps/${name}.xml` }))),
        headers: XML
      }
    })
  )
  .get('/sitemaps/:part', param(v.object({ part: SitemapPart })), query(NoQuery), (c) =>
    answer<string>(c, async () => {
      const { part } = c.req.valid('param')
      if (part === 'topics') {
        const topics = await everyTopic(c.env.DB)
        const url = (topic: string) => `${origin(c)}/v1/topics/${encodeURIComponent(topic)}`
        return { body: sitemap(topics.map((topic) => ({ url: url(topic) }))), headers: XML }
      }
      const facts = await factsOfPart(c.env.DB, part)
      // A part of which every fact went is still a part; one behind the last is none.
      if (facts.length === 0 && part >= (await countParts(c.env.DB)))
        throw new ProblemException('not-found', 'The sitemap has no such part.')
      return {
        body: sitemap(facts.map(({ id, updated }) => ({ url: `${origin(c)}/f/${id}`, updated }))),
        headers: XML
      }
    })
  )
