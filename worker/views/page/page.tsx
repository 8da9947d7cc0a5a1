import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { factJsonLd, withContext } from '../../formats/jsonld.ts'
import type { Fact } from '../../schema/fact.ts'
import { MAX_REPORT, REPORT_PROBLEMS } from '../../schema/reasons.ts'
import type { ShownFact } from '../../schema/shown.ts'
import type { Addresses } from '../address.ts'
import { PAGE_SCRIPT } from '../browser/page-script.ts'
import { Comparison } from '../cards/comparison.tsx'
import { Told } from '../cards/fact.tsx'
import { Evidence, Status } from '../cards/parts.tsx'
import { officeOf } from '../cards/shown.tsx'
import { describeShown } from '../describe.ts'
import { heightOf } from '../height.ts'
import { PICTURE } from '../oembed.ts'
import { elementSnippet, frameSnippet } from '../snippets.ts'
import { dayInWords, dayOf } from '../words/dates.ts'
import { KIND_NAMES, shorten } from '../words/kinds.ts'
import { correctionInWords, statusInWords } from '../words/status.ts'

/** The width that the given height of a snippet fits: that of a narrow phone's column. */
const NARROW = 320
const DESCRIPTION = 300

/** The frame of every page for people. */
export const Sheet: FC<{ title: string; style: string; origin: string; head?: Child; children?: Child }> = ({
  title,
  style,
  origin,
  head,
  children
}) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>{title}</title>
      {head}
      <style>{raw(style)}</style>
    </head>
    <body>
      <div class="sheet">
        <header class="masthead">
          <b>Factlet</b>
          <span>
            Facts from the news, with the words they rest on. <a href={`${origin}/v1`}>API</a>
          </span>
        </header>
        {children}
      </div>
    </body>
  </html>
)

const Meta: FC<{ property: string; content: string }> = ({ property, content }) =>
  property.startsWith('og:') || property.startsWith('article:') ? (
    <meta property={property} content={content} />
  ) : (
    <meta name={property} content={content} />
  )

/** In a script element nothing may look like its end. JSON can say the same with an escape. */
const inScript = (json: string): string => json.replaceAll('<', '\\u003c')

/** For search engines, messengers and sites that embed: JSON-LD, Open Graph, Twitter's tags, oEmbed's discovery. */
const Head: FC<{ fact: Fact; title: string; to: Addresses; origin: string }> = ({
  fact,
  title,
  to,
  origin
}) => {
  const page = to.page(fact.id)
  const { words } = statusInWords(fact)
  const first = fact.mentions[0]?.article
  const source = [first?.publisher, first?.published_at == null ? null : dayInWords(first.published_at)]
    .filter((part) => part != null)
    .join(', ')
  const description = shorten(
    [fact.statement, `${words.charAt(0).toUpperCase()}${words.slice(1)}.`, source].join(' '),
    DESCRIPTION
  )
  const picture = to.picture(fact.id, 'png')
  return (
    <>
      <link rel="canonical" href={page} />
      <meta name="description" content={description} />
      {Object.entries({
        'og:type': 'article',
        'og:site_name': 'Factlet',
        'og:title': title,
        'og:description': description,
        'og:url': page,
        'og:image': picture,
        'og:image:type': 'image/png',
        'og:image:width': String(PICTURE.width),
        'og:image:height': String(PICTURE.height),
        'og:image:alt': `${KIND_NAMES[fact.kind]}: ${fact.statement}`,
        'article:modified_time': fact.updated_at,
        'twitter:card': 'summary_large_image',
        'twitter:title': title,
        'twitter:description': description,
        'twitter:image': picture,
        'twitter:image:alt': `${KIND_NAMES[fact.kind]}: ${fact.statement}`
      }).map(([property, content]) => (
        <Meta property={property} content={content} />
      ))}
      <link rel="alternate" type="application/json+oembed" href={to.oembed(page, 'json')} title={title} />
      <link rel="alternate" type="text/xml+oembed" href={to.oembed(page, 'xml')} title={title} />
      <link rel="alternate" type="application/json" href={`${origin}/v1/facts/${fact.id}`} />
      <link rel="alternate" type="application/ld+json" href={`${origin}/v1/facts/${fact.id}.jsonld`} />
      <script type="application/ld+json">{raw(inScript(withContext(factJsonLd(origin, fact))))}</script>
    </>
  )
}

const Conflicts: FC<{ fact: Fact; to: Addresses }> = ({ fact, to }) =>
  fact.conflicts.length === 0 ? null : (
    <section>
      <h2>{fact.status === 'disputed' ? 'Where sources differ' : 'Revisions'}</h2>
      <Comparison fact={fact} to={to} most={fact.conflicts.length} />
      <ul>
        {fact.conflicts.map((conflict) => (
          <li>
            <a href={to.page(conflict.with)}>{conflict.detail}</a>
          </li>
        ))}
      </ul>
    </section>
  )

/** With the sign that stands as high as digits do. */
const withMinus = (value: number): string => String(value).replace('-', '−')

const Checks: FC<{ fact: Fact; to: Addresses }> = ({ fact, to }) =>
  fact.checks.length === 0 ? null : (
    <section>
      <h2>Worked out again</h2>
      <ul>
        {fact.checks.map(({ formula, result, stated, unit, verdict, inputs }) => (
          <li>
            {formula} = {withMinus(Math.round(result * 100) / 100)}
            {unit === null ? '' : ` ${unit}`}; stated: {withMinus(stated)}. The two{' '}
            {verdict === 'agrees' ? 'agree' : 'differ'}. From{' '}
            {inputs.map((input, i) => (
              <>
                {i > 0 && ', '}
                <a href={to.page(input.fact)}>{`figure ${i + 1}`}</a>
              </>
            ))}
            .
          </li>
        ))}
      </ul>
    </section>
  )

const Origins: FC<{ fact: Fact }> = ({ fact }) => (
  <section>
    <h2>
      {fact.origins === 1 ? 'Why this counts as one source' : `Why these count as ${fact.origins} sources`}
    </h2>
    <ul>
      {fact.origin_groups.map(({ detail }) => (
        <li>{detail}</li>
      ))}
    </ul>
  </section>
)

/** For readers who see an error: sent without script, and without a word on who sends it. */
const Reporting: FC<{ fact: Fact }> = ({ fact }) => (
  <section class="reporting">
    <details>
      <summary>Report an error</summary>
      <form method="post" action={`/f/${fact.id}/report`} id="report">
        <p class="quiet">
          An editor looks at it and corrects or withdraws the fact. Nothing is kept of you; your words are
          deleted once it is decided. Please do not write who you are.
        </p>
        <label for="problem">What is wrong?</label>
        <select id="problem" name="problem" required>
          {Object.entries(REPORT_PROBLEMS).map(([value, words]) => (
            <option value={value}>{words}</option>
          ))}
        </select>
        <label for="text">What should it say, and where can that be seen?</label>
        <textarea id="text" name="text" class="prose" rows={4} maxlength={MAX_REPORT} />
        <button type="submit">Send the report</button>
      </form>
    </details>
  </section>
)

/** What an editor did to it, for all to see. */
const Corrected: FC<{ fact: Fact }> = ({ fact }) => {
  const words = correctionInWords(fact)
  return words === null ? null : (
    <p class="corrected">
      {words}
      {fact.correction?.note != null && <q dir="auto">{fact.correction.note}</q>}
    </p>
  )
}

/** A snippet with its button; the button appears where there is script to serve it. */
const Snippet: FC<{ id: string; label: string; rows: number; text: string }> = ({
  id,
  label,
  rows,
  text
}) => (
  <>
    <label for={id}>{label}</label>
    <textarea id={id} readonly rows={rows} spellcheck={false}>
      {text}
    </textarea>
    <button type="button" hidden data-copies={id}>
      Copy
    </button>
  </>
)

const Embedding: FC<{ shown: ShownFact; to: Addresses; origin: string }> = ({ shown, to, origin }) => {
  const { fact } = shown
  const { title, source, page } = describeShown(shown, to)
  const src = to.embed('fact', fact.id)
  const height = heightOf(shown, officeOf(fact, shown.roles), NARROW)
  return (
    <section class="embedding">
      <h2>Put it on your page</h2>
      <p class="quiet">
        No cookie, no storage, nobody else’s servers. A correction shows with the next load.
      </p>
      <label hidden>
        Theme{' '}
        <select id="theme">
          <option value="auto">as the reader’s device</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </label>
      <Snippet id="frame" rows={6} label="As a frame, on any site" text={frameSnippet(src, title, height)} />
      <Snippet
        id="element"
        rows={6}
        label="As an element, one script for all cards of a page"
        text={elementSnippet(origin, 'fact', fact.id, { words: title, source, page }, height)}
      />
      <Snippet
        id="link"
        rows={1}
        label="WordPress and other sites that know oEmbed: the address on a line of its own"
        text={page}
      />
      <h2>Preview</h2>
      <iframe
        id="preview"
        src={src}
        title={`Preview: ${title}`}
        loading="lazy"
        width="100%"
        height={height}
      />
    </section>
  )
}

/** The permanent page of a fact: all that is known of it, and how to embed it. */
export const FactPage: FC<{ shown: ShownFact; style: string; to: Addresses; origin: string }> = ({
  shown,
  style,
  to,
  origin
}) => {
  const { fact, roles } = shown
  const { title } = describeShown(shown, to)
  return (
    <Sheet
      title={title}
      style={style}
      origin={origin}
      head={<Head fact={fact} title={title} to={to} origin={origin} />}
    >
      <main>
        <h1 dir="auto">{fact.statement}</h1>
        <article class={`card ${fact.kind}`} aria-label={KIND_NAMES[fact.kind]}>
          <div class="body">
            <Told fact={fact} office={officeOf(fact, roles)} />
          </div>
          <div class="foot">
            <Status fact={fact} />
            <a href="#report">Report an error</a>
          </div>
        </article>
        <Corrected fact={fact} />
        <section>
          <h2>
            {fact.mention_count === 1
              ? 'The words it rests on'
              : `The words it rests on, in ${fact.mention_count} articles`}
          </h2>
          {fact.mentions.map((mention, i) => (
            <Evidence fact={fact.id} n={i + 1} mention={mention} to={to} />
          ))}
        </section>
        <Conflicts fact={fact} to={to} />
        <Checks fact={fact} to={to} />
        <Origins fact={fact} />
        <Reporting fact={fact} />
        <section>
          <h2>For machines, and for later</h2>
          <p class="quiet">
            Version {fact.version}, first seen{' '}
            <time datetime={dayOf(fact.first_seen)}>{dayInWords(fact.first_seen)}</time>, changed{' '}
            <time datetime={dayOf(fact.updated_at)}>{dayInWords(fact.updated_at)}</time>.
          </p>
          <ul>
            <li>
              <a href={`${origin}/v1/facts/${fact.id}`}>JSON</a>,{' '}
              <a href={`${origin}/v1/facts/${fact.id}.jsonld`}>JSON-LD</a>
            </li>
            <li>
              <a href={`${origin}/v1/facts/${fact.id}/history`}>Every version, and what it changed</a>
            </li>
            <li>
              <a href={`${origin}/v1/facts/${fact.id}/verify`}>Check the words against the stored text</a>
            </li>
            <li>
              <a href={to.picture(fact.id, 'png')}>Picture for sharing</a> (
              <a href={to.picture(fact.id, 'svg')}>SVG</a>)
            </li>
          </ul>
        </section>
        <Embedding shown={shown} to={to} origin={origin} />
      </main>
      <script>{raw(PAGE_SCRIPT)}</script>
    </Sheet>
  )
}
