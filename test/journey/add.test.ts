import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { DESK, open, overflow, PHONE, useBrowser, violations } from './browser.ts'
import { service } from './service.ts'

useBrowser()

const TITLE = 'Bakers of Ollervale weigh in'
const TEXT = `OLLERVALE - Sales of bread in Ollervale rose 7 percent in March 2021, the guild of bakers said.

"We have not baked as much in ten years," Petra Lindqvist, the guild's president, said on Monday.`

async function fill(page: Page, text: string): Promise<void> {
  await page.getByLabel('Text or HTML').fill(text)
  await page.getByLabel('Title').fill(TITLE)
  await page.getByLabel('Publisher').fill('Ollervale Herald')
  await page.getByLabel('Published').fill('2021-04-12')
}

const outcome = (page: Page) => page.locator('.outcome')

describe('handing an article in', () => {
  test('shows the facts and their words before anything is published', async () => {
    const { page, complaints } = await open('?add')
    await fill(page, TEXT)
    // Enter shows; it never publishes.
    await page.getByLabel('Title').press('Enter')
    await outcome(page).getByRole('heading', { name: TITLE }).waitFor()
    expect(await outcome(page).locator('.text').textContent()).toContain('Sales of bread')
    const marks = await outcome(page).locator('.text mark').allTextContents()
    expect(marks.length).toBeGreaterThan(1)
    for (const words of marks) expect(TEXT).toContain(words)
    const facts = await outcome(page).locator('.grounds li').allTextContents()
    expect(facts.join(' ')).toContain('7 percent')
    // A mark leads to its fact, and what was typed stays.
    await outcome(page).locator('.text a').last().click()
    expect(await page.locator('li:target').count()).toBe(1)
    expect(await page.getByLabel('Title').inputValue()).toBe(TITLE)
    expect(complaints).toEqual([])
    const stored = await (await fetch(`${service().api}/v1/facts?publisher=Ollervale+Herald`)).json()
    expect(stored).toMatchObject({ data: [] })
  })

  test('publishes with a token, tells what came of it, and takes it down again with a reason', async () => {
    const { page } = await open('?add')
    await fill(page, TEXT)
    await page.getByRole('button', { name: 'Publish' }).click()
    await outcome(page).getByText('Publishing needs a token.').waitFor()
    await page.getByLabel('Token').fill('not-a-token')
    await page.getByRole('button', { name: 'Publish' }).click()
    await outcome(page).getByRole('alert').getByRole('heading').waitFor()

    await page.getByLabel('Token').fill(service().token)
    await page.getByRole('button', { name: 'Publish' }).click()
    const link = outcome(page).getByRole('link', { name: TITLE })
    await link.waitFor()
    expect(await outcome(page).locator('.line').first().textContent()).toMatch(/^published with .* facts?$/)
    const article = new URLSearchParams((await link.getAttribute('href')) ?? '').get('article')
    // In this tab alone.
    expect(await page.evaluate(() => Object.values({ ...sessionStorage }))).toEqual([service().token])
    expect(await page.evaluate(() => localStorage.length)).toBe(0)

    await outcome(page).getByText('Withdraw', { exact: true }).click()
    await outcome(page).getByLabel('Reason').selectOption('error')
    expect(await violations(page)).toEqual([])
    await outcome(page).getByRole('button', { name: 'Take it down' }).click()
    await outcome(page)
      .getByText(/^Ordered/)
      .waitFor()
    await expect
      .poll(async () => (await fetch(`${service().api}/v1/articles/${article}`)).status, { timeout: 60_000 })
      .toBe(410)
  })

  test('reads a file, and markup as markup', async () => {
    const { page } = await open('?add')
    const [first = '', second = ''] = TEXT.split('\n\n')
    await page.getByLabel('Or a file').setInputFiles({
      name: 'article.html',
      mimeType: 'text/html',
      buffer: Buffer.from(
        `<html><head><title>${TITLE}</title></head><body><article><h1>${TITLE}</h1><p>${first}</p><p>${second}</p></article></body></html>`
      )
    })
    await outcome(page)
      .getByText(/^article\.html: /)
      .waitFor()
    await page.getByRole('button', { name: 'Show the facts first' }).click()
    await outcome(page).locator('.text mark').first().waitFor()
    expect(await outcome(page).locator('.text').textContent()).not.toContain('<p>')
  })

  test('says what is missing, and what cannot be read', async () => {
    const { page } = await open('?add')
    await page.getByRole('button', { name: 'Show the facts first' }).click()
    await outcome(page).getByText('Paste a text, choose a file, or give an address.').waitFor()
    await page.getByLabel('Address').fill('https://news.example/a')
    await page.getByRole('button', { name: 'Show the facts first' }).click()
    await outcome(page).getByText('there is nothing to preview yet').waitFor()
    await page.getByLabel('Text or HTML').fill(TEXT)
    await page.getByLabel('Address').fill('no address')
    await page.getByRole('button', { name: 'Show the facts first' }).click()
    await outcome(page).getByRole('alert').getByRole('heading').waitFor()
    await page.route('**/v1/extract*', (route) => route.abort())
    await page.getByLabel('Address').fill('')
    await page.getByRole('button', { name: 'Show the facts first' }).click()
    await outcome(page).getByRole('heading', { name: 'The service does not answer' }).waitFor()
    await page.unroute('**/v1/extract*')
    await outcome(page).getByRole('button', { name: 'Try again' }).click()
    await outcome(page).locator('.text').waitFor()
  })

  test('leads back to the list as it was', async () => {
    const { page } = await open()
    await page.waitForSelector('.row')
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { name: 'Hand an article in' }).waitFor()
    expect(await page.locator('.row:visible').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('add-title-head')
    await page.goBack()
    await page.waitForSelector('.row:visible')
    expect(await page.title()).toBe('Latest facts – Factlet')
    expect(await page.getByLabel('Text or HTML').count()).toBe(0)
  })

  test.each([
    ['wide and dark', DESK, 'dark'],
    ['narrow and light', PHONE, 'light']
  ] as const)('axe finds nothing, %s', async (_, size, colorScheme) => {
    const { page } = await open('?add', { ...size, colorScheme })
    await fill(page, TEXT)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Show the facts first' }).click()
    await outcome(page).locator('.text mark').first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
  })
})
