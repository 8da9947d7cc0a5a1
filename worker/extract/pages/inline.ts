/*
 * Furniture inside paragraphs: aggregators squeeze a whole article into one line, with captions' credits, labels of
 * buttons and the headlines of other stories between its sentences.
 */

/** Labels between sentences. An agency in capitals ends the credit; a name in mixed case has no end that could be told. */
const CREDIT =
  /(?:\b(?:FILE )?(?:PHOTO|IMAGE|PICTURE|VIDEO|GRAPHIC|ILLUSTRATION|CREDIT|SOURCE)S?|\b(?:Photo|Image|Picture|Credit)s?)\s?[:|]\s?[A-Z]{2,}(?:[/&-][A-Z]{2,}|(?: (?:IMAGES|FILE|PHOTO|VIA [A-Z]{2,}))){0,3}(?![\p{L}])/gu
const LABEL =
  /\b(?:Listen to (?:this |the )?(?:article|story)|(?:Story|Article) continues (?:below|after)(?: this| the)? (?:advertisement|ad)|ADVERTISEMENT|Advertisement|Listen Now|LISTEN NOW|Click to (?:expand|enlarge))(?=\s+[\p{Lu}\p{N}'"‘“«]|\s*$)/gu

const OPENERS =
  'The|A|An|In|On|At|As|For|But|And|Yet|He|She|It|They|We|You|This|That|These|Those|There|Since|During|While|When|After|Before|Although|However|Meanwhile|Despite|According|Earlier|Last|Some|Many|Most|Both|Under|With|By|From|If'
/** A few words with no punctuation between the end of a sentence and a word that opens the next one. */
const SQUEEZED_HEADING = new RegExp(
  `([.!?]['"’”]?) ([\\p{Lu}'‘“"][\\p{L}\\p{N}'’‘”"-]*(?: [\\p{L}\\p{N}'’‘“”"-]+){0,4}) (?=(?:${OPENERS}) \\p{Ll})`,
  'gu'
)

/**
 * The paragraphs of one line, without the furniture in it. All that is left is the line's own characters in order.
 * `titles` are the headlines on the page: a run that repeats one between two sentences is a link to that story.
 */
export function withoutInlineFurniture(line: string, titles: readonly string[]): string[] {
  let text = line.replace(CREDIT, '\n').replace(LABEL, '\n')
  for (const title of titles) text = cutTitle(text, title)
  if (text.length > 1000)
    text = text.replace(SQUEEZED_HEADING, (all, end: string, words: string) =>
      opensSentence(words) ? all : `${end}\n${words}\n`
    )
  return text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/**
 * A sentence may well open with words that are followed by a capital: "Under The second heading" reads as a heading
 * only where the words before could not have carried on. A lone connective or pronoun carries on.
 */
function opensSentence(words: string): boolean {
  return (
    new RegExp(`^(?:${OPENERS}|Mr|Mrs|Ms|Dr)\\b`).test(words) ||
    / (?:of|in|at|on|by|from|to|with|for|and|or|the|that|as|said|says)$/.test(words)
  )
}

function cutTitle(text: string, title: string): string {
  if (title.length < 20) return text
  const key = plain(title)
  // Same length, character for character, so that places in one are places in the other.
  const searched = plain(text)
  let kept = ''
  let from = 0
  for (let at = searched.indexOf(key); at >= 0; at = searched.indexOf(key, at + key.length)) {
    const end = at + key.length
    const before = text.slice(Math.max(0, at - 3), at).trimEnd()
    const after = text.slice(end, end + 3)
    const betweenSentences =
      (at === 0 || /[.!?…:]['"’”)]?$/.test(before) || before.endsWith('\n') || before === '') &&
      /^(?:\s+[\p{Lu}\p{N}'"‘“«]|\s*$)/u.test(after)
    if (!betweenSentences) continue
    kept += `${text.slice(from, at)}\n`
    from = end
  }
  return kept + text.slice(from)
}

function plain(text: string): string {
  return text
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
}
