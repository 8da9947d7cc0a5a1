import { html } from 'hono/html'
import { page } from './page.ts'

/** Addresses by what they lead to. Those with something to fill in are told, the others can be followed. */
export function homePage(
  description: string,
  links: readonly (readonly [name: string, address: string, about: string])[]
): ReturnType<typeof page> {
  return page(
    'Factlet',
    html`<nav aria-label="Factlet">
      <p><a href="/docs">The API</a> &middot; <a href="/v1/openapi.json">OpenAPI 3.1</a></p>
    </nav>`,
    html`<h1>Factlet</h1>
      <p>${description}</p>
      <h2>What there is</h2>
      <dl>
        ${links.map(
          ([, address, about]) =>
            html`<dt>
                ${
                  address.includes('{')
                    ? html`<code>${address}</code>`
                    : html`<a href="${address}"><code>${address}</code></a>`
                }
              </dt>
              <dd>${about}.</dd>`
        )}
      </dl>`
  )
}
