/*
 * One address for one article, whatever it was shared with. Tracking parameters, AMP, print and mobile variants lead to
 * the same text, and the article's id comes from this address.
 */

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_id|vero_conv|oly_anon_id|oly_enc_id|wickedid|s_cid|cmpid|cmp|ncid|icid|ocid|smid|smtyp|ito|ref|ref_src|ref_url|referrer|rss|rssfeed|feature|share|shareid|sharetype|partner|partnerid|xtor|at_\w+|ns_\w+|spm|sr_share|taid|traffic_source|trk|trkcampaign|__twitter_impression|guccounter|guce_referrer|guce_referrer_sig|soc_src|soc_trk|mod|mbid|sh|srnd|sref|intcmp|int_cmp|amp_js_v|amp_gsa|usqp|_ga|_gl|assettype)$/i
/** Parameters that ask for another rendering of the same article. */
const VARIANT = /^(?:amp|outputtype|output|print|printable|printversion|view|format|m|mobile|isamp)$/i
const VARIANT_VALUE = /^(?:|1|true|yes|amp|print|printable|printer|mobile|raw|plain|embed)$/i

/**
 * The canonical form of an article's address: http or https alone, host in lower case without `www.`, mobile or AMP
 * labels, no default port, credentials or fragment, tracking parameters gone and the rest sorted, AMP and print paths
 * folded, no slash at the end. Null where the text is no such address.
 */
export function canonicalUrl(url: string): string | null {
  const parsed = parseUrl(url)
  if (parsed === null) return null
  const cached = ampTarget(parsed)
  if (cached !== null) return canonicalUrl(cached)
  const host = canonicalHost(parsed.hostname)
  const port = parsed.port === '' ? '' : `:${parsed.port}`
  const path = canonicalPath(parsed.pathname)
  return `https://${host}${port}${path}${canonicalQuery(parsed.searchParams)}`
}

/** The address to link to: as it was given, without the parameters of campaigns and without the fragment. */
export function withoutTracking(url: string): string {
  const parsed = parseUrl(url)
  if (parsed === null) return url
  parsed.hash = ''
  for (const name of Array.from(parsed.searchParams.keys()))
    if (TRACKING.test(name)) parsed.searchParams.delete(name)
  return parsed.href
}

/** The site an address belongs to, as the name of a publisher of last resort: its host without `www.` and its like. */
export function publisherFromUrl(url: string): string | null {
  const parsed = parseUrl(url)
  return parsed === null ? null : canonicalHost(parsed.hostname)
}

/** Whether two addresses are of one site: one host, variants aside, or one of them below the other. */
export function isOneSite(a: string, b: string): boolean {
  const [one, two] = [a, b].map((url) => publisherFromUrl(canonicalUrl(url) ?? url))
  if (!one || !two) return false
  return one === two || one.endsWith(`.${two}`) || two.endsWith(`.${one}`)
}

function parseUrl(url: string): URL | null {
  if (url.length > 4000) return null
  let parsed: URL
  try {
    parsed = new URL(url.trim())
  } catch {
    return null
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null
  if (parsed.hostname === '') return null
  return parsed
}

function canonicalHost(hostname: string): string {
  let host = hostname.toLowerCase().replace(/\.$/, '')
  // Labels fall only while a domain of two labels remains: m.uk would lose itself.
  for (
    let label = /^(?:www\d?|m|mobile|amp|wap)\./.exec(host);
    label;
    label = /^(?:www\d?|m|mobile|amp|wap)\./.exec(host)
  ) {
    const rest = host.slice(label[0].length)
    if (!rest.includes('.')) break
    host = rest
  }
  return host
}

function canonicalPath(pathname: string): string {
  let path = pathname.replace(/\/{2,}/g, '/')
  path = path.replace(/^\/(?:amp|amp-stories)\/(?=.)/i, '/')
  for (let before = ''; before !== path;) {
    before = path
    path = path
      .replace(/(?<!\/)\/+$/, '')
      .replace(/\/(?:amp|print|printable|index\.(?:html?|php|amp))$/i, '')
      .replace(/\.amp(?:\.html)?$/i, (m) => (/html$/i.test(m) ? '.html' : ''))
  }
  return path === '' ? '/' : path
}

function canonicalQuery(parameters: URLSearchParams): string {
  const kept: [string, string][] = []
  for (const [name, value] of parameters) {
    if (TRACKING.test(name)) continue
    if (VARIANT.test(name) && VARIANT_VALUE.test(value)) continue
    kept.push([name, value])
  }
  if (kept.length === 0) return ''
  kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  return `?${new URLSearchParams(kept).toString()}`
}

/** The page an AMP cache serves a copy of: google.com/amp/s/HOST/PATH, HOST.cdn.ampproject.org/c/s/HOST/PATH. */
function ampTarget(url: URL): string | null {
  const onGoogle =
    /(?:^|\.)google\.(?:com?\.)?(?:com|[a-z]{2})$/.test(url.hostname) &&
    /^\/amp\/s\/[^/]+\.[^/]+/.exec(url.pathname)
  const onCache =
    /\.cdn\.ampproject\.org$/.test(url.hostname) && /^\/[a-z]\/s\/[^/]+\.[^/]+/.exec(url.pathname)
  if (!onGoogle && !onCache) return null
  return `https://${url.pathname.replace(/^\/[a-z]+\/s\//, '')}${url.search}`
}
