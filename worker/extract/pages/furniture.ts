/*
 * What stands on news pages and is no part of an article: known by the names its markup carries, and by the words it
 * says. Shared by HTML and plain-text pages.
 */

const FURNITURE_NAMES = new Set(
  // other stories
  (
    'related relatedcontent relatedarticles recommended recommendation recommendations recirc recirculation trending ' +
    'popular mostread mostpopular mostviewed latest readmore readnext upnext teaser teasers promo promos promotion ' +
    'outbrain taboola zergnet revcontent yarpp jp-relatedposts crosslinks seealso interlinks inlinelink ' +
    // asking for something
    'share sharing sharebar sharetools sharing-tools sharedaddy addthis addtoany social socials socialshare ' +
    'sociallinks newsletter newsletters signup subscribe subscription subscribebox optin donate donation paywall ' +
    'piano follow followus login signin register cta app-promo poll survey contest giveaway ' +
    // adverts
    'ad ads adv advert adverts advertisement advertisements advertising adslot adbox adunit adwrapper adcontainer ' +
    'adsbygoogle dfp sponsor sponsored sponsors affiliate affiliates commercial ' +
    // readers' words
    'comment comments commentlist commentsection commentform disqus respond replies livefyre coral viafoura fb-comments ' +
    // finding one's way
    'nav navbar navigation menu menus breadcrumb breadcrumbs sidebar siderail rail footer masthead toolbar tools ' +
    'toolbox pagination pager pagenav toc skiplink skip searchbox searchform search print printonly ' +
    // consent and overlays
    'cookie cookies consent gdpr popup modal overlay tooltip lightbox interstitial ' +
    // about the article, not of it
    'byline bylines author authors authorbox authorbio bio dateline timestamp pubdate postmeta entrymeta articlemeta ' +
    'meta metadata tags taglist tagcloud posttags keywords hashtags topics copyright disclaimer rating ratings ' +
    'breadcrumbtrail postinfo categories category-list ' +
    // pictures and players
    'caption captions figcaption imagecaption photocaption credit credits photocredit attribution slideshow gallery ' +
    'carousel slider slick swiper player videoplayer jwplayer playlist ' +
    // unseen
    'hidden hide invisible visuallyhidden visually-hidden screenreader screen-reader-text sr-only offscreen'
  ).split(' ')
)

/**
 * Does a class, id or test id name furniture? Looked up by its parts (`js-ad_slot articleRelated` has ad, slot,
 * article, related) and by neighbouring parts joined, so that a shareholder is no share button.
 */
export function namesFurniture(names: string): boolean {
  if (names === '') return false
  for (const word of names.slice(0, 512).split(/[\s]+/)) {
    if (word === '') continue
    const lower = word.toLowerCase()
    if (FURNITURE_NAMES.has(lower)) return true
    const parts = word
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter(Boolean)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] ?? ''
      // no-sidebar, without-comments, has-sidebar and with-ads describe the page around them
      const before = parts[i - 1]
      if (
        before === 'no' ||
        before === 'has' ||
        before === 'with' ||
        before === 'without' ||
        before === 'non'
      )
        continue
      if (FURNITURE_NAMES.has(part)) return true
      const next = parts[i + 1]
      if (next !== undefined && FURNITURE_NAMES.has(part + next)) return true
    }
  }
  return false
}

const ARTICLE_BODY_NAME =
  /(?:article|story|post|entry|content|news|page|main)[-_]*(?:body|content|text|copy|main|inner)|(?:body|content|text)[-_]*(?:copy|text|article|story)|\bcaas-body\b|\brich-?text\b|\bwysiwyg\b/i

/** Class or id as sites name the element that holds the text of an article. */
export function namesArticleBody(names: string): boolean {
  return ARTICLE_BODY_NAME.test(names.slice(0, 512))
}

const LEADS_ELSEWHERE =
  /^(?:\W*)(?:(?:read|see|watch|find out|learn|discover|view|explore|click|tap)(?: (?:more|also|next|here|this|now|all|on|about))|also (?:read|see|on|watch)|more (?:on|from|about|in|stories|news|coverage|great|top|ap|like)\b|related(?:\W|$)|recommended(?:\W|$)|don['’]t miss|must[- ]read|most (?:read|popular|viewed)|trending(?: now)?\W*$|editor['’]?s['’]? (?:pick|choice)|you (?:may|might|could) (?:also )?(?:like|be interested|enjoy|have missed)|what to (?:read|watch) next|up next|next (?:article|story|up)|previous (?:article|story)|in case you missed|we recommend|keep reading|continue reading|further reading|suggested|sponsored|promoted|from (?:around )?the web|elsewhere|related (?:articles?|stor(?:y|ies)|posts?|topics?|content|coverage|news|links?)|popular (?:now|stories|on)|latest (?:news|stories|articles|videos)|top stories|other stories|lire aussi|à lire aussi|lesen sie auch|mehr zum thema|auch interessant|lea también|le puede interesar|leggi anche|lees ook|leia (?:também|mais))/i

const ASKS =
  /^(?:\W*)(?:sign up|subscribe|click here|tap here|follow (?:us|me|him|her|them|@|the|[A-Z])|like us|join (?:us|our|the conversation)|download (?:our|the)|get (?:our|the latest|the app|breaking|all the|more|unlimited)|share (?:this|on|via|your)|share\W*$|tweet\W*$|e-?mail (?:this|the author|us)|print(?: this| article)?\W*$|save\W*$|copy link|comments?(?: \(\d+\))?\W*$|(?:post|leave|add|write|view|read|show|load|see) (?:a |all |your |the |more )*(?:comments?|reply|replies)|no comments|\d+ comments?\W*$|be the first to|log ?in|sign ?in|register|support (?:us|our|independent)|donate|become a (?:member|subscriber|supporter)|already (?:a )?(?:subscriber|member|registered)|contact us|write to us|send (?:us )?(?:tips|your)|have a (?:tip|story)|got a (?:tip|story)|do you have a|advertisements?\W*$|ad\W*$|story continues|article continues|continued? below|scroll (?:down|to)|loading\b|listen to (?:this )?(?:article|story)|enlarge|view (?:gallery|slideshow|photos|image)|play video|watch (?:live|now)|skip (?:to|ad)|close\W*$|image\W*$|caption\W*$|hide caption|toggle caption|text size|font size|order reprints|order print|reprints|report (?:an? )?(?:error|typo|abuse|ad)|notify me|powered by|enter your email|your email address|view author|email the author|view comments|back to top|return to|submit\W*$|thank you for (?:reading|subscribing|signing)|this site uses|we use cookies|by (?:signing|clicking|subscribing|continuing)|all rights reserved|recaptcha|hashtags?\W*$|tags?\W*:)/i

const CREDITS =
  /^(?:\W*)(?:(?:photo|image|picture|video|illustration|graphic|foto|bild|crédit|credit|photograph)s?(?: (?:by|credit|courtesy|via|caption|copyright|source)s?)?\s*[:©|]|(?:photo|image|picture|video|photograph|photos|images|illustration)s? (?:by|credits?|courtesy|copyright|caption)\b|file[ -](?:photo|image|picture)|getty images|©|\(c\)\s|copyright\b|credit\W*$|media caption|image caption|media playback)/i

const ABOUT =
  /^(?:\W*)(?:(?:first )?(?:published|posted|updated|last (?:updated|modified)|originally published)(?: (?:on|at|by))?\s*[:\d]|(?:published|posted|updated)\W*$|(?:published|posted|updated)(?: (?:on|at|by))? (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|mon|tue|wed|thu|fri|sat|sun)|about the (?:author|writer)|(?:additional |with )?reporting by [A-Z]|editing by [A-Z]|(?:writing|compiled|edited) by [A-Z]|(?:the )?views (?:and opinions )?expressed|this (?:article|story|post|piece) (?:was|is|has been|first|originally)(?: \w+){0,3} (?:published|appeared|updated|republished|produced|co-published|syndicated)|.{0,80} contributed (?:reporting|to this (?:report|article|story))|reach (?:the )?(?:reporter|author|writer)s?|via\W*$|source\W*$|min(?:ute)?s? read\W*$|\d+ min(?:ute)?s?(?: of)? read(?:ing)?)/i

/** The line only leads to other stories. */
export function leadsElsewhere(line: string): boolean {
  return LEADS_ELSEWHERE.test(line)
}

/** The line asks the reader for something, or labels a control of the page. */
export function asksReader(line: string): boolean {
  return ASKS.test(line)
}

/** The line credits a picture or claims copyright. */
export function creditsPicture(line: string): boolean {
  return CREDITS.test(line)
}

/** The line tells when or by whom the article was made. */
export function tellsOfMaking(line: string): boolean {
  return ABOUT.test(line)
}

/** A sentence ends here: end punctuation, closing marks allowed after it. */
export function endsSentence(line: string): boolean {
  return /[.!?…。؟:;]['"’”»)\]]*$/.test(line)
}
