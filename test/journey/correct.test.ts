import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { submit } from '../../worker/cli/submit.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { ReportList } from '../../worker/schema/report.ts'
import { DESK, open, overflow, PHONE, useBrowser, violations } from './browser.ts'
import { useChromium } from './chromium.ts'
import { article, useHost } from './host.ts'
import { service } from './service.ts'

useBrowser()
const openAt = useChromium()
const host = useHost()

const SOURCE = {
  text: 'TAVENMOUTH - Sales of rope in Tavenmouth rose 7 percent in March 2021, the guild of ropers said. "We have not twisted as much in ten years," Ilse Brandhorst, the guild’s president, said on Monday.',
  title: 'Ropers of Tavenmouth',
  publisher: 'Tavenmouth Tide',
  published_at: '2021-04-12'
}

const authorized = () => ({
  authorization: `Bearer ${service().token}`,
  'content-type': 'application/json'
})
const change = async (id: string, body: object): Promise<void> => {
  const response = await fetch(`${service().api}/v1/facts/${id}`, {
    method: 'PATCH',
    headers: authorized(),
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
}

let figure = ''
let quote = ''
beforeAll(async () => {
  await submit(service(), SOURCE, () => undefined)
  const list = await fetch(`${service().api}/v1/facts?publisher=Tavenmouth+Tide`, {
    headers: { 'cache-control': 'no-cache' }
  })
  const { data } = v.parse(FactList, await list.json())
  figure = data.find(({ kind }) => kind === 'figure')?.id ?? ''
  quote = data.find(({ kind }) => kind === 'quote')?.id ?? ''
})
afterAll(async () => {
  const { data } = v.parse(
    FactList,
    await (await fetch(`${service().api}/v1/facts?publisher=Tavenmouth+Tide`)).json()
  )
  const id = data[0]?.mentions[0]?.article.id
  if (id !== undefined)
    await fetch(`${service().api}/v1/articles/${id}`, { method: 'DELETE', headers: authorized() })
})

describe('an editor at the desk', () => {
  test('corrects a fact with a reason, sees it in the history, withdraws it and puts it back', async () => {
    const { page } = await open(`?fact=${figure}`)
    const pane = page.locator('#pane')
    await pane.getByText('Correct or withdraw', { exact: true }).click()
    await pane.getByLabel('Value').fill('9')
    await pane.getByLabel('Statement').fill('Sales of rope in Tavenmouth rose 9 percent in March 2021.')
    await pane.getByLabel('Reason').selectOption('misread')
    await pane.getByLabel('Note').fill('The guild’s table has a nine.')
    await pane.getByRole('button', { name: 'Correct it' }).click()
    await pane.getByText('Deciding needs a token.').waitFor()
    await pane.getByLabel('Token').fill('not-a-token')
    await pane.getByRole('button', { name: 'Correct it' }).click()
    await pane.getByText('The token is not valid.').waitFor()
    expect(await violations(page)).toEqual([])
    await pane.getByLabel('Token').fill(service().token)
    await pane.getByRole('button', { name: 'Correct it' }).click()
    await pane.locator('.corrected').getByText('the article was read wrongly').waitFor()
    expect(await pane.locator('#fact-title').textContent()).toContain('9 percent')
    await pane.getByText('History', { exact: true }).click()
    await pane.getByText('An editor corrected it, since the article was read wrongly.').waitFor()
    expect(await pane.locator('.changes').first().textContent()).toContain('value: 7 → 9')

    await pane.getByText('Correct or withdraw', { exact: true }).click()
    // The token is kept for the session.
    await pane.getByLabel('Reason').selectOption('unsupported')
    await pane.getByRole('button', { name: 'Withdraw it' }).click()
    await pane.getByText('it was withdrawn, since its evidence does not bear it out').waitFor()
    await pane.getByText('Put it back', { exact: true }).click()
    expect(await violations(page)).toEqual([])
    await pane.getByLabel('Reason').selectOption('reconsidered')
    await pane.getByRole('button', { name: 'Put it back' }).click()
    await pane.locator('#fact-title').getByText('9 percent').waitFor()
  })

  test('is told when somebody else decided meanwhile', async () => {
    const { page } = await open(`?fact=${quote}`)
    const pane = page.locator('#pane')
    await pane.getByText('Correct or withdraw', { exact: true }).waitFor()
    const seen = page.waitForResponse((response) => response.url().endsWith(`/v1/facts/${quote}`))
    await pane.getByText('Correct or withdraw', { exact: true }).click()
    await pane.getByLabel('Said to, or through').fill('Radio Taven')
    // The form has what it compares with.
    await (await seen).finished()
    await change(quote, { channel: 'Tavenmouth Tide', reason: 'misread' })
    await pane.getByLabel('Token').fill(service().token)
    await pane.getByRole('button', { name: 'Correct it' }).click()
    await pane.getByText(/^What is to be changed is not as it was/).waitFor()
  })
})

describe('a reader', () => {
  test('reports an error without script, and a moderator accepts it at the desk', async () => {
    const { page } = await openAt(`${service().api}/f/${quote}`, { ...PHONE, javaScriptEnabled: false })
    await page.getByText('Report an error', { exact: true }).last().click()
    await page.getByLabel('What is wrong?').selectOption('attribution')
    await page.getByLabel(/^What should it say/).fill('She said so on the radio.')
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    const waiting = async () =>
      v
        .parse(
          ReportList,
          await (await fetch(`${service().api}/v1/reports?fact=${quote}`, { headers: authorized() })).json()
        )
        .data.map(({ text }) => text)
    expect(await waiting()).toEqual(['She said so on the radio.'])

    const { page: desk } = await open('?reports')
    await desk.getByLabel('Token').fill(service().token)
    await desk.getByRole('button', { name: 'Show what waits' }).click()
    const report = desk.locator('.outcome li').filter({ hasText: 'on the radio' })
    await report.getByText('Accept: correct or withdraw the fact').click()
    await report.getByLabel('Said to, or through').fill('Radio Taven')
    await report.getByLabel('Reason').last().selectOption('attribution')
    expect(await violations(desk)).toEqual([])
    await report.getByRole('button', { name: 'Correct it' }).click()
    await report.waitFor({ state: 'detached' })
    expect(await waiting()).toEqual([])
    expect(await (await fetch(`${service().api}/v1/facts/${quote}`)).json()).toMatchObject({
      channel: 'Radio Taven'
    })
  })

  test.each([
    ['wide and dark', DESK, 'dark'],
    ['narrow and light', PHONE, 'light']
  ] as const)('finds the form on a page that axe finds nothing in, %s', async (_, size, colorScheme) => {
    const { page } = await openAt(`${service().api}/f/${quote}`, { ...size, colorScheme })
    await page.getByRole('link', { name: 'Report an error' }).click()
    await page.getByLabel('What is wrong?').waitFor({ state: 'visible' })
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
  })
})

describe('a card that is on a page already', () => {
  test('shows a correction and a withdrawal after the next load, as a frame and as an element', async () => {
    const { api } = service()
    const url = host.put(
      '/corrected',
      article(
        `<iframe src="${api}/embed/fact/${figure}" width="100%" height="240"></iframe>
         <factlet-embed fact="${figure}"><p>A fact.</p></factlet-embed>`,
        `<script src="${api}/embed.js" defer></script>`
      )
    )
    const { page } = await openAt(url)
    const frame = page.frameLocator('iframe').locator('.card')
    const inPage = page.locator('factlet-embed .card')
    const both = async (words: string) => {
      await frame.getByText(words).first().waitFor()
      await inPage.getByText(words).first().waitFor()
    }
    await change(figure, { value: 11, reason: 'misread' })
    await page.reload()
    await both('11')
    await both('Corrected')
    await change(figure, { status: 'withdrawn', reason: 'disproved' })
    await page.reload()
    await both('Withdrawn')
    await both('what the article says turned out to be wrong')
    expect(await inPage.getByText('11').count()).toBe(0)
    await change(figure, { status: 'reported', revert: ['value', 'statement'], reason: 'reconsidered' })
    await page.reload()
    await both('7')
  })
})
