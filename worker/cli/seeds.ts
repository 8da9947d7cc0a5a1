import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as v from 'valibot'
import type { Source } from '../schema/article.ts'
import { ROOT } from './service.ts'

type Submission = v.InferInput<typeof Source>

/** Keys of a seed's head, as `seeds/README.md` describes them. */
const KEYS: Readonly<Record<string, keyof Submission>> = {
  title: 'title',
  publisher: 'publisher',
  url: 'url',
  published: 'published_at',
  kind: 'kind'
}

/** A seed as the body of `POST /v1/articles`. */
export function parseSeed(name: string, content: string): Submission {
  if (name.endsWith('.html')) return { html: content }
  const [, head = '', text = ''] = /^([\s\S]*?)\n\n([\s\S]*)$/.exec(content) ?? []
  const fields = head.split('\n').map((line) => {
    const [, key = '', value = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? []
    const field = KEYS[key]
    if (field === undefined) throw new Error(`${name}: "${line}" is no line of a seed's head`)
    return [field, value]
  })
  return { ...Object.fromEntries(fields), text: text.replace(/\n$/, '') }
}

/** Every seed, by name. */
export function readSeeds(): { name: string; submission: Submission }[] {
  return readdirSync(join(ROOT, 'seeds'))
    .filter((name) => /\.(txt|html)$/.test(name))
    .toSorted()
    .map((name) => ({ name, submission: parseSeed(name, readFileSync(join(ROOT, 'seeds', name), 'utf8')) }))
}
