/*
 * What stands on news pages and is no part of an article: known by the names its markup carries, and by the words it
 * says. Shared by HTML and plain-text pages.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))

/** Names of parts of classes and ids; joined neighbours are looked up too (`read-more` is `readmore`). */
const FURNITURE_NAMES = words(
  // other stories
  'related relatedcontent relatedarticles relatedstories relatedposts recommended recommendation recommendations recirc ' +
    'recirculation trending popular mostread mostpopular mostviewed readmore readnext readalso upnext teaser teasers ' +
    'promo promos promotion outbrain taboola zergnet revcontent yarpp crosslinks seealso interlinks inlinelink ' +
    // asking for something
    'share shares sharing sharebar sharetools sharedaddy addthis addtoany social socials socialshare sociallinks ' +
    'newsletter newsletters signup subscribe subscription subscribebox optin donate donation login signin register ' +
    'poll survey contest giveaway ' +
    // adverts
    'ad ads adv advert adverts advertisement advertisements advertising adslot adbox adunit adwrapper adcontainer ' +
    'adsbygoogle dfp sponsor sponsored sponsors affiliate affiliates ' +
    // finding one's way
    'nav navbar navigation breadcrumb breadcrumbs sidebar siderail footer masthead toolbar toolbox pagination pager ' +
    'pagenav menu menus skiplink search searchbox searchform ' +
    // consent and overlays
    'cookie cookies consent gdpr popup modal overlay tooltip lightbox interstitial banner cta ' +
    // about the article, not of it
    'byline bylines author authors authorbox authorbio bio dateline timestamp pubdate postmeta entrymeta articlemeta ' +
    'copyright disclaimer breadcrumbtrail postinfo ' +
    // pictures and players
    'caption captions figcaption imagecaption photocaption credit credits photocredit slideshow carousel slider swiper jwplayer videoplayer'
)
/** Readers' words, which may well be more than the article's. */
const COMMENT_NAMES = words(
  'comment comments commentlist commentsection commentform disqus respond livefyre viafoura'
)
/** Names that sites also give to parts of the article; believed where the part holds no running text to speak of. */
const DOUBTFUL_NAMES = words(
  'toc meta metadata tags taglist tagcloud posttags keywords hashtags topics tools print rating ratings categories gallery ' +
    'player playlist attribution latest follow rail skip widget'
)
/** Names of what is laid out inside a line of text and yet is no part of it. */
const INLINE_NAMES = words(
  'caption captions imagecaption photocaption credit credits photocredit tooltip popup ad advert advertisement ' +
    'readmore timestamp'
)
/** Whole class names for what only screen readers say, or nobody sees. */
const UNSEEN = words(
  'hidden hide invisible visuallyhidden visually-hidden screen-reader-text screenreader sr-only offscreen u-hidden is-hidden ' +
    'element-invisible a11y-hidden'
)

/** What a class, id or test id says of its element. */
export type Naming = 'furniture' | 'comments' | 'doubtful' | 'unseen' | null

/**
 * Looked up by parts (`js-ad_slot articleRelated` has ad, slot, article, related), so that a shareholder is no share
 * button.
 */
export function naming(names: string, inline: boolean): Naming {
  if (names === '') return null
  let doubtful = false
  for (const word of names.slice(0, 512).split(/\s+/)) {
    // A utility class may show it again on larger screens: `hidden md:block`.
    if (UNSEEN.has(word.toLowerCase()) && !/:(?:block|flex|inline|grid)|visible/.test(names)) return 'unseen'
    const parts = word
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter(Boolean)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] ?? ''
      // no-sidebar, has-sidebar and with-ads describe the page around them.
      const before = parts[i - 1]
      if (
        before === 'no' ||
        before === 'has' ||
        before === 'with' ||
        before === 'without' ||
        before === 'non'
      )
        continue
      const joined = part + (parts[i + 1] ?? '')
      if (inline) {
        if (INLINE_NAMES.has(part) || INLINE_NAMES.has(joined)) return 'furniture'
      } else if (COMMENT_NAMES.has(part) || COMMENT_NAMES.has(joined)) return 'comments'
      else if (FURNITURE_NAMES.has(part) || FURNITURE_NAMES.has(joined)) return 'furniture'
      else if (DOUBTFUL_NAMES.has(part) || DOUBTFUL_NAMES.has(joined)) doubtful = true
    }
  }
  return doubtful ? 'doubtful' : null
}

const ARTICLE_BODY_NAME =
  /(?:article|story|post|entry|content|news|page|main)[-_]*(?:body|content|text|copy|main|inner)|(?:body|content|text)[-_]*(?:copy|text|article|story)|\bcaas-body\b|\brich-?text\b|\bwysiwyg\b/i

/** Class or id as sites name the element that holds the text of an article. */
export function namesArticleBody(names: string): boolean {
  return ARTICLE_BODY_NAME.test(names.slice(0, 512))
}

/** Openings of lines that lead to other stories. Each ends at a word's end: "related" is not "relatedly". */
const LEADS_ELSEWHERE =
  /^\W*(?:(?:read|see|watch|discover|view|explore)(?: more| also| next)\b\W*(?:[:|]|$|about|on|from|at|here|in|stories|articles)|(?:read|see|watch|listen) ?(?:more|also|next)?\s?[:|]|also (?:read|see|watch)\b|also on [^,.!?]{1,40}$|more (?:on|from|about|in) [^.!?]{0,60}$|more (?:great|top|like this|stories|news|coverage|[a-z]+ (?:stories|news|coverage|articles))\b[^.!?]{0,60}$|on [\w.]+\.com\s?:|related(?: (?:articles?|stor(?:y|ies)|posts?|topics?|content|coverage|news|links?|videos?|reading|to this story))?\s?(?:[:|]|$)|recommended(?: for you| stories| articles| reading| videos?)?\s?(?:[:|]|$)|don['’]t miss\b|must[- ]reads?\b|most (?:read|popular|viewed|shared)\b|trending(?: now| stories| topics)?\W*$|editor['’]?s['’]? (?:picks?|choice)\b|you (?:may|might|could)(?: also)? (?:like|be interested|enjoy|have missed)\b|what to (?:read|watch) next|(?:next|previous) (?:article|story|post|up)\b|in case you missed|icymi\b|we recommend\s?(?:[:|]|$)|(?:keep|continue|further) reading\b|suggested (?:articles|stories|reading)|(?:sponsored|promoted)(?: (?:content|stories|links|by))?\W*$|(?:around|from)(?: around)? the web\b|elsewhere on\b|popular (?:now|stories|articles|on|this week)\b|recent (?:articles|posts|stories|news)\b|latest (?:news|stories|articles|videos|headlines|posts)\W*$|latest posts by\b|top stories\b|other stories\b|(?:à )?lire aussi\b|lesen sie auch\b|mehr zum thema\b|auch interessant\b|lea también\b|le puede interesar\b|te puede interesar\b|leggi anche\b|lees ook\b|leia (?:também|mais)\b|läs också\b|les også\b|czytaj (?:też|także)\b)/i

/** Whole lines that are a control or a label. */
const LABEL =
  /^\W*(?:share(?: this(?: article| story| post| page)?)?(?: on| via| with)?(?: (?:facebook|twitter|x|whatsapp|linkedin|email|reddit|telegram|pinterest|friends))*|tweet|e-?mail|email this(?: article| story)?|e-?mail the author|print(?: this)?(?: article| page| story)?|save(?: article| story| for later)?|saved|bookmark|copy(?: article)? link|link copied|comments?(?: \(\d+\))?|\d+ comments?|(?:post|leave|add|write|view|read|show|load|see|join)(?: a| all| your| the| more| \d+)* (?:comments?|reply|replies|discussion|conversation)|no comments(?: yet)?|log ?in|sign ?in|sign[- ]?up|sign ?out|register(?: now| here)?|subscribe(?: now| today| here| to .{1,60})?|donate(?: now| today)?|follow(?: us| author| topics?)?|following|menu|search|home|contact(?: us)?|about us|advertisement|advertisements|ads?|advertising|ad feedback|sponsor(?:ed|s)?|story continues.{0,40}|article continues.{0,40}|continue[sd]? below|scroll(?: down| to).{0,30}|loading(?: content| comments| more)?|(?:now playing|play|play video|watch video|watch live|watch now|listen(?: now)?|pause|mute|unmute|replay)|listen to (?:this |the )?(?:article|story|episode).{0,30}|enlarge(?: image| this image)?|expand|view (?:gallery|slideshow|photos?|images?|all|author archive|comments)|(?:hide|toggle|show) caption|close|open|image|caption|photos?|video|gallery|slideshow|text size|font size|a a a|order reprints?|print article|reprints|report (?:an? )?(?:error|typo|abuse|ad)|notify me.{0,40}|back to top|top|return to .{1,40}|submit|send|cancel|next|previous|prev|skip(?: to .{1,30}| ad)?|hashtags?|tags?(?::.*\w)?|topics?(?::.*\w)?|filed under(?:.*\w)?|more|more\.\.\.|read more|show more|load more|view more|see more|see all|learn more|click here|tap here|find out more|highlights|advertise(?: with us)?|terms(?: of (?:use|service))?|privacy(?: policy| notice)?|cookie policy|all rights reserved|your email(?: address)?|enter your email.{0,30}|email address|get started|try now|download(?: app| the app)?|add to (?:pocket|favou?rites)|add us on google.{0,30}|up next|powered by .{1,40})\W*$/i

/** Openings of sentences to the reader, not about the news. */
const ASKS =
  /^\W*(?:sign[- ]?up (?:for|to|now|here|today|and|next)|subscribe (?:to|for|now|here|today|and)\b|click (?:here|below|on the|the)\b|tap here\b|follow (?:us|me|him|her|them|@)|like us\b|join (?:us|our|the conversation|the discussion)\b|download (?:our|the)\b.{0,40}\bapp\b|get (?:our|all the|the) (?:latest|best|free|top|daily|news|app|stories|newsletter)|get (?:breaking|unlimited|exclusive|more news)|get .{1,60}\b(?:in|to) your inbox|share (?:this|your|on|via)\b.{0,80}$|be the first to (?:comment|know|like|share)|already (?:a )?(?:subscriber|member|registered)|become a (?:member|subscriber|supporter|patron)|support (?:us|our|independent|quality) |contact us\b|write to us\b|(?:write to|contact|e-?mail|reach) .{2,60}@|send (?:us )?(?:tips|your|news tips)|(?:have|got) a (?:news )?(?:tip|story)\b|do you have a (?:story|tip|question)|want (?:more|to (?:get|read|receive|know more|stay))\b.{0,120}\?|want .{1,60}\? sign up|story continues|article continues|this (?:site|website) (?:uses|is protected)|we use cookies|by (?:signing up|clicking|subscribing|continuing|submitting|providing your)|thank you for (?:reading|subscribing|signing|registering)|thanks for (?:reading|subscribing|signing)|this content is (?:not available|only available)|you need to (?:enable|be logged)|please (?:enable|log in|sign in|subscribe|check your|enter|turn on|disable)|your (?:browser|email address|subscription|comment) |you(?:['’]re| are) (?:receiving|getting|subscribed)\b|you received this\b|unsubscribe\b|(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscription)|view (?:this )?(?:e-?mail|newsletter)?\s?(?:in (?:your|a) browser|online)\b|javascript |media playback |read (?:today['’]s|the full (?:story|article|report) (?:here|at|on)))/i
const TO_INBOX = /\b(?:newsletters?|(?:in|to) your inbox)\b/i
const FOLLOW_SOMEBODY =
  /^\W*(?:Follow|FOLLOW|Contact|Reach) [^.!?]{2,80}(?:@\w|\b(?:on|at) (?:Twitter|X|Facebook|Instagram|LinkedIn|Threads|Bluesky|http))/
const ADDRESS =
  /^\W*(?:(?<![.+-])[\w.+-]+@(?:[\w-]+\.)+[\w-]*\w|(?:https?:\/\/|www\.)\S*\w|(?:twitter|x|facebook|instagram|t)\.com?\/\S*\w|@\w{2,30})\W*$/i

const CREDITS =
  /^[^\w"“'‘]*(?:(?:file )?(?:photo|image|picture|video|illustration|graphic|foto|bild|crédit|credit|photograph|photographer)s?(?: (?:by|credit|courtesy|via|caption|copyright|source|crédit)s?)?\s?[:©|]|(?:photo|image|picture|video|photograph|photos|images|illustration)s? (?:by|credits?|courtesy|copyright|caption)\b|file[ -](?:photo|image|picture)\b|getty images\b|©|\(c\)\s|copyright\b|(?:media|image) caption\b|photos? via\b)/i
/** A caption carries its credit at the end, in brackets. */
const CREDIT_AT_END =
  /[([](?:(?:file|stock) )?(?:photo|image|picture|credit|credits|courtesy|illustration|graphic|screenshot|foto|bild|source)s?(?: (?:by|credit|courtesy|via|of))?\s?[:\s©/][^()[\]]{1,80}[)\]]\.?$/i

const OF_MAKING =
  /^\W*(?:(?:first |originally )?(?:published|posted|updated|last (?:updated|modified)|created)(?: (?:on|at|by))?\s?(?::|\W*$|\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|yesterday|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)|about the authors?\b|(?:the )?(?:views|opinions) (?:and (?:views|opinions) )?expressed\b|this (?:article|story|post|piece|report|content|essay|material)(?: (?:was|is|has|have|been|may|not|first|originally|also|be)){1,5} (?:published|appeared|updated|republished|produced|co-published|syndicated|corrected|adapted|excerpted|provided|translated|generated|reproduced)|this (?:article|story|post) (?:originally|first) appeared|(?:via|source|sources|with agencies|agencies|from wire reports|staff report)\W*$|\d+[- ]min(?:ute)?s?(?: of)?(?: read(?:ing)?)?\W*$|(?:estimated )?reading time\b|(?:\d{1,3}(?:,\d{3})* )?(?:views|shares|reads|likes)\W*$)/i
const MAKERS =
  /^\W*(?:(?:Additional |With (?:additional )?)?[Rr]eporting by [A-Z]|(?:Writing|Editing|Compiled|Edited|Written|Translated) by [A-Z]|Produced by [A-Z][^,.;]{1,60}\.?$|By [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,4}(?:,? [\w ]{2,40})?$)|^.{2,80} contributed (?:reporting|to this (?:report|article|story|post))/

/** The line only leads to other stories. */
export function leadsElsewhere(line: string): boolean {
  return LEADS_ELSEWHERE.test(line)
}

/** The line asks the reader for something, or labels a control of the page. */
export function asksReader(line: string): boolean {
  if (LABEL.test(line) || ASKS.test(line) || ADDRESS.test(line) || FOLLOW_SOMEBODY.test(line)) return true
  return TO_INBOX.test(line) && /\b(?:sign(?:ing)?[- ]?up|subscribe|get|receive|join)\b/i.test(line)
}

/** The line credits a picture, is a caption with its credit, or claims copyright. */
export function creditsPicture(line: string): boolean {
  return CREDITS.test(line) || CREDIT_AT_END.test(line)
}

/** The line tells when or by whom the article was made. */
export function tellsOfMaking(line: string): boolean {
  return OF_MAKING.test(line) || MAKERS.test(line)
}

/** A sentence ends here: end punctuation, closing marks allowed after it. */
export function endsSentence(line: string): boolean {
  return /[.!?…。؟:;]['"’”»)\]]*$/.test(line)
}
