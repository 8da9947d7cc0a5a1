/*
 * Pages that stand before an article or hold only its beginning. Their words must not become facts, and whoever handed
 * the address in is told why there is no article.
 */

/** A page this long has its article, whatever stands over it. */
const LONG_TEXT = 2500

const CONSENT_HOST = /^(?:consent|cmp|privacy|gdpr)[.-]/i
const CONSENT_TITLE =
  /^(?:before you continue|your privacy|we value your privacy|cookie (?:consent|settings|policy)|privacy (?:settings|choices)|we use cookies|consent)/i
const CHECK_TITLE =
  /^(?:just a moment|attention required|access denied|are you a (?:robot|human)|verify(?:ing)? you are human|security check|pardon our interruption|please wait|403 forbidden|robot check)/i
const SUBSCRIBE =
  /\b(?:subscribe (?:now )?to (?:continue|keep) reading|(?:to (?:continue|keep) reading|to read (?:the (?:full|rest)|this) (?:story|article)[^.]{0,20}),? (?:please )?(?:subscribe|sign in|log in|register|become a)|this (?:article|content|story) is (?:for|reserved for|exclusive to|only available to|available (?:only|exclusively) to) (?:our )?(?:subscribers|members|premium)|already a (?:subscriber|member)\?|(?:you have|you've) (?:reached|read) your (?:limit|last|monthly)[^.]{0,40}(?:articles|stories)|unlock this article|subscribers only)\b/i
const NOT_FREE = /"isAccessibleForFree"\s*:\s*(?:"?false"?)/i

/** Why a fetched page is not the article: a sentence for whoever sent its address; null where nothing stands before it. */
export function wallOf(page: {
  readonly url: string
  readonly html: string
  readonly title: string | null
  readonly text: string
}): string | null {
  const title = page.title?.trim() ?? ''
  if (
    page.text.length < LONG_TEXT &&
    (CONSENT_HOST.test(new URL(page.url).hostname) || CONSENT_TITLE.test(title))
  )
    return 'The site shows a page that asks for consent instead of the article.'
  if (page.text.length < LONG_TEXT && CHECK_TITLE.test(title))
    return 'The site shows a check for robots instead of the article.'
  if (page.text.length < LONG_TEXT && (NOT_FREE.test(page.html) || SUBSCRIBE.test(page.html)))
    return 'The article is behind a paywall: the site shows only its beginning.'
  return null
}
