import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium as chromiumPath } from '../../worker/cli/browser.ts'
import { service } from './service.ts'

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(() => browser.close())

describe.each(['/', '/docs'])('%s', (path) => {
  test.each(['light', 'dark'] as const)('reads well without scripts, %s, on a phone', async (colorScheme) => {
    const open = async (javaScriptEnabled: boolean) => {
      const context = await browser.newContext({
        javaScriptEnabled,
        colorScheme,
        viewport: { width: 320, height: 640 }
      })
      const page = await context.newPage()
      const complaints: string[] = []
      const requests: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      page.on('request', (request) => requests.push(new URL(request.url()).pathname))
      await page.goto(service().api + path)
      return { context, page, complaints, requests }
    }
    const still = await open(false)
    expect(await still.page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(still.complaints).toEqual([])
    expect(still.requests.filter((one) => one !== '/favicon.ico')).toEqual([path])
    await still.context.close()

    // Axe is a script of its own, and asks for one page that may run some.
    const { page, context } = await open(true)
    const found = await new AxeBuilder({ page })
      .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
      .analyze()
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    ).toBe(0)
    await context.close()
  })
})
