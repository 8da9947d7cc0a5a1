/*
 * Furniture inside paragraphs: aggregators squeeze a whole article into one line, with captions' credits, labels of
 * buttons and the headlines of other stories between its sentences.
 */

/** Labels between sentences. An agency in capitals ends the credit; a name in mixed case has no end that could be told. */
const CREDIT =
  /(?:\b(?:FILE )?(?:PHOTO|IMAGE|PICTURE|VIDEO|GRAPHIC|ILLUSTRATION|CREDIT|SOURCE)S?|\b(?:Photo|Image|Picture|Credit)s?)\s?[:|]\s?[A-Z]{2,}(?:[/&-][A-Z]{2,}|(?: (?:IMAGES|FILE|PHOTO|VIA [A-Z]{2,}))){0,3}(?![A-Za-z])/g
const LABEL =
  /(^|[.!?…]['"’”)]{0,2} |\n ?)(?:Listen to (?:this |the )?(?:article|story)|(?:Story|Article) continues (?:below|after)(?: this| the)?(?: advertisement| ad)?|ADVERTISEMENT|Advertisement|Listen [Nn]ow|LISTEN NOW|R(?:ead|EAD) [Mm](?:ore|ORE)|Click to (?:expand|enlarge))(?=\s+[A-Z0-9\u00c0-\u04ff'"‘“«]|\s*$)/g

const OPENERS =
  'The|A|An|In|On|At|As|For|But|And|Yet|He|She|It|They|We|You|This|That|These|Those|There|Since|During|While|When|After|Before|Although|However|Meanwhile|Despite|According|Earlier|Last|Some|Many|Most|Both|Under|With|By|From|If'
/** Letters as ranges (Latin, Greek, Cyrillic): V8 compiles `\p{L}` under a counted repeat for tens of milliseconds. */
const WORD = String.raw`[A-Za-z0-9\u00c0-\u04ff'’‘“”"-]`
/** A few words with no punctuation between the end of a sentence and a word that opens the next one. */
const SQUEEZED_HEADING = new RegExp(
  `([.!?]['"’”]?) ([A-Z\\u00c0-\\u00de'‘“"]${WORD}*(?: ${WORD}+){0,4}) (?=(?:${OPENERS}) [a-z])`,
  'g'
)
/** Words that carry on to what follows them: "In The …", "reporters of The …" are no headings. */
const CARRIES_ON = new RegExp(
  `^(?:${OPENERS}|Mr|Mrs|Ms|Dr)\\b| (?:of|in|at|on|by|from|to|with|for|and|or|the|that|as|said|says|told)$`
)
/** Only paragraphs longer than writers make them have lost their line breaks. */
const SQUEEZED_LENGTH = 1000
/** A shorter title may well be words of a sentence. */
const SHORTEST_TITLE = 20

/**
 * The paragraphs of one line, without the furniture in it. All that is left is the line's own characters in order.
 * `titles` are the headlines on the page: a run that repeats one between two sentences is a link to that story.
 */
export function withoutInlineFurniture(line: string, titles: readonly string[]): string[] {
  let text = line.replace(CREDIT, '\n').replace(LABEL, '$1\n')
  for (const title of titles)
    if (title.length >= SHORTEST_TITLE && title.length < text.length) text = cutTitle(text, title)
  if (text.length > SQUEEZED_LENGTH) {
    text = text.replace(SQUEEZED_HEADING, (all, end: string, words: string) =>
      CARRIES_ON.test(words) ? all : `${end}\n${words}\n`
    )
  }
  return text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function cutTitle(text: string, title: string): string {
  const key = plain(title)
  // Same length, character for character, so that places in one are places in the other.
  const searched = plain(text)
  let kept = ''
  let from = 0
  for (let at = searched.indexOf(key); at >= 0; at = searched.indexOf(key, at + key.length)) {
    const end = at + key.length
    const before = text.slice(Math.max(0, at - 3), at).trimEnd()
    const opens = at === 0 || before === '' || /[.!?…:\n]['"’”)]?$/.test(before)
    if (!opens || !/^(?:\s+[A-Z0-9\u00c0-\u04ff'"‘“«]|\s*$)/.test(text.slice(end, end + 3))) continue
    kept += `${text.slice(from, at)}\n`
    from = end
  }
  return kept + text.slice(from)
}

/** Kinds of quotation marks, spaces and letter case made one, each character for one. */
function plain(text: string): string {
  return text
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
}
