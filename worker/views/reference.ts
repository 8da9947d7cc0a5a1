import { html } from 'hono/html'
import { page } from './page.ts'

/** What the page shows of an operation. */
export interface ShownOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly curl: string
  readonly token: boolean
  /** Those that few others take. */
  readonly parameters: readonly ShownParameter[]
  /** Names of those that many take (`Reference.often`). */
  readonly also: readonly string[]
  /** Names of a shape; null where the answer has no fixed one. */
  readonly body: string | null
  /** What lines of such bodies are answered; null where it takes none. */
  readonly lines: string | null
  readonly answer: string | null
  readonly status: number
  /** Suffixes of the other forms, with the point. */
  readonly forms: readonly string[]
  readonly problems: readonly string[]
}

export interface ShownParameter {
  readonly name: string
  readonly required: boolean
  readonly description: string
  /** What it may be, where that is short to say. */
  readonly values: string
}

export interface ShownShape {
  readonly name: string
  /** Fields with their types in words; of a shape that is one of several, those that all of them have. */
  readonly fields: readonly (readonly [name: string, type: string])[]
  readonly oneOf: readonly string[]
  /** What is to be added, else empty. */
  readonly note: string
}

export interface Reference {
  readonly origin: string
  readonly groups: readonly {
    readonly name: string
    readonly description: string
    readonly operations: readonly ShownOperation[]
  }[]
  /** Parameters that many operations take: they are described once. */
  readonly often: readonly ShownParameter[]
  readonly shapes: readonly ShownShape[]
  readonly problems: readonly {
    readonly type: string
    readonly status: number
    readonly title: string
  }[]
  /** Problems that any operation can fail by. */
  readonly common: readonly string[]
  /** As `RateLimit-Policy` tells them, in words. */
  readonly limits: readonly string[]
}

/** Names of shapes lead to them. */
const typed = (type: string, known: ReadonlySet<string>) =>
  type.split(/(\w+)/).map((part) => (known.has(part) ? html`<a href="#${part}">${part}</a>` : part))

const parameter = ({ name, required, description, values }: ShownParameter) =>
  html`<dt><code>${name}</code>${required ? ' (required)' : ''}</dt>
    <dd>${description}${values === '' ? '' : html` <small>${values}</small>`}</dd>`

const operation = (one: ShownOperation, known: ReadonlySet<string>) => html`
  <section id="${one.id}">
    <h3>${one.summary}</h3>
    <p><code>${one.method.toUpperCase()} ${one.path}</code>${one.token ? ' with the token' : ''}</p>
    <pre>${one.curl}</pre>
    ${one.parameters.length === 0 ? '' : html`<dl>${one.parameters.map(parameter)}</dl>`}
    <p class="quiet">
      ${
        one.also.length === 0
          ? ''
          : `Takes${one.parameters.length === 0 ? '' : ' also'} ${one.also.join(', ')}. `
      }${
        one.body === null
          ? ''
          : html`Its body is
            ${typed(one.body, known)}${
              one.lines === null
                ? ''
                : html`, or a line each as application/x-ndjson, answered by ${typed(one.lines, known)}`
            }. `
      }Answers
      ${one.status}${
        one.answer === null ? '' : html` ${typed(one.answer, known)}`
      }${one.forms.length === 0 ? '' : `, also as ${one.forms.join(' ')}`}${
        one.problems.length === 0
          ? ''
          : html`; fails as
            ${one.problems.map((type, i) => html`${i === 0 ? '' : ', '}<a href="#${type}">${type}</a>`)}`
      }.
    </p>
  </section>
`

const shape = ({ name, fields, oneOf, note }: ShownShape, known: ReadonlySet<string>) => html`
  <section id="${name}">
    <h3>${name}</h3>
    ${oneOf.length === 0 ? '' : html`<p>One of ${typed(oneOf.join(', '), known)}${note === '' ? '' : `, ${note}`}${fields.length === 0 ? '.' : ':'}</p>`}
    ${
      fields.length === 0
        ? ''
        : html`<pre>
${fields.map(([field, type], i) => html`${i === 0 ? '' : '\n'}<b>${field}</b> ${typed(type, known)}`)}</pre>`
    }
    ${oneOf.length > 0 || note === '' ? '' : html`<p>${typed(note, known)}.</p>`}
  </section>
`

/** The reference of the API: all that the OpenAPI document says, to be read without any script. */
export function reference(shown: Reference): ReturnType<typeof page> {
  const { origin, groups, often, shapes, problems, limits, common } = shown
  const known = new Set(shapes.map(({ name }) => name))
  return page(
    'Factlet: the API',
    html`<nav aria-label="Contents">
      <p><a href="/">Factlet</a> &middot; <a href="/v1/openapi.json">OpenAPI 3.1</a></p>
      <ul>
        ${groups.map(
          ({ name, operations }) =>
            html`<li>
              <a href="#group-${name}">${name}</a>
              <small>${operations.map(({ path }) => path.replace(/^\/v1/, '')).join(' ')}</small>
            </li>`
        )}
        <li><a href="#shapes">shapes</a></li>
        <li><a href="#problems">problems</a></li>
      </ul>
    </nav>`,
    html`<h1>The API</h1>
      <p>
        Everything stands under <code>${origin}</code>. Reading needs no key and works from any page. The
        examples are of the articles that <code>npm start</code> loads.
      </p>
      <ul>
        <li>
          Lists are <code>{"data": [&hellip;], "next": cursor or null}</code>;
          <code>Link: rel="next"</code> is the next page.
        </li>
        <li>
          Every answer has a strong <code>ETag</code>: send it as <code>If-None-Match</code>, and an unchanged
          answer is an empty 304. <code>Cache-Control: no-cache</code> asks the record itself.
        </li>
        <li>
          Versions are permanent: <code>/v1/facts/{id}@{version}</code>; <code>as_of=</code> gives what was
          known at a moment. What was merged leads on (308), what was withdrawn says why (410).
        </li>
        <li>A parameter that an address does not know is refused, and the refusal names those it knows.</li>
        <li>${limits.join('; ')}. Answers from a cache are not counted, and with the token nothing is.</li>
        <li>
          Beside what is said of each, any can fail as
          ${common.map((type, i) => html`${i === 0 ? '' : ', '}<a href="#${type}">${type}</a>`)}.
        </li>
        <li>Writing: <code>Authorization: Bearer TOKEN</code>.</li>
      </ul>
      <p>What many addresses take:</p>
      <dl>${often.map(parameter)}</dl>
      ${groups.map(
        ({ name, description, operations }) =>
          html`<h2 id="group-${name}">${name}</h2>
            <p>${description}.</p>
            ${operations.map((one) => operation(one, known))}`
      )}
      <h2 id="shapes">Shapes</h2>
      <p>A question mark stands behind what may be left out; &ldquo;or null&rdquo; is always there.</p>
      ${shapes.map((one) => shape(one, known))}
      <h2 id="problems">Problems</h2>
      <p>
        Whatever goes wrong is <code>application/problem+json</code> (RFC 9457): <code>type</code>,
        <code>title</code>, <code>status</code>, <code>detail</code>, <code>instance</code>, and
        <code>errors</code> with a <code>parameter</code> or a JSON <code>pointer</code> each.
      </p>
      <dl>
        ${problems.map(
          ({ type, status, title }) =>
            html`<dt id="${type}">${status} <a href="/problems/${type}">${type}</a></dt>
              <dd>${title}.</dd>`
        )}
      </dl>`
  )
}
