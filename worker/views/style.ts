import type { Embeddable } from '../schema/embed.ts'

/*
 * How cards look, for a frame of their own and for the shadow root of `<factlet-embed>` alike. Nothing is set by a style
 * attribute: hosts with a strict Content-Security-Policy refuse those. Sizes stand on a grid of 4 pixels.
 */

/**
 * Names that the dashboard has too (`dashboard/style/tokens.css`); a host overrides them. `light-dark()` follows
 * `color-scheme`, so that a theme is that one property. A browser that knows it not shows its own plain colours.
 */
const TOKENS = `
--ink:var(--factlet-ink,light-dark(#1b1b19,#efeee8));
--quiet:var(--factlet-ink-quiet,light-dark(#4a4944,#bdbbb2));
--paper:var(--factlet-paper,light-dark(#fdfcf9,#171715));
--rule:var(--factlet-rule,light-dark(#d8d5ca,#3a3934));
--accent:var(--factlet-accent,light-dark(#0b4a8f,#93c4ff));
--marked:var(--factlet-mark,light-dark(#ffe48a,#57480f));
--alert:var(--factlet-alert,light-dark(#8c1d18,#ffb0a6));
--sans:var(--factlet-sans,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif);
--serif:var(--factlet-serif,ui-serif,'Iowan Old Style',Charter,Georgia,Cambria,'Times New Roman',serif)`

/** For a shadow root: tokens and theme. The host's own rules for the element win over these. */
const HOST = `
:host{display:grid;color-scheme:light dark;${TOKENS}}
:host([hidden]){display:none}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([theme=page]){color-scheme:inherit}`

const ROOT = `
:root{color-scheme:light dark;${TOKENS}}
[data-theme=light]{color-scheme:light}
[data-theme=dark]{color-scheme:dark}
html,body{height:100%;margin:0}`

/**
 * One card. What the host's page sets for its own text must not reach into it: `all` takes it off, custom properties and
 * the direction of writing stay. It fills the height that its place was given, so that nothing below moves when it comes:
 * the last line goes to the foot. Hidden words are for screen readers.
 */
const CARD = `
.card,.card *{box-sizing:border-box;margin:0;padding:0}
.card{all:initial;box-sizing:border-box;color-scheme:inherit;display:flex;flex-direction:column;justify-content:space-between;padding:16px;border:1px solid var(--rule);border-radius:var(--factlet-radius,2px);background:var(--paper);color:var(--ink);font:16px/24px var(--sans);overflow-wrap:anywhere}
.card a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:1px}
.card :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.kind,.who,.was,.foot{color:var(--quiet);font-size:14px;line-height:20px}
.who b{color:var(--ink);font-weight:600}
.told{font-size:18px;line-height:28px}
.foot{display:flex;flex-wrap:wrap;gap:0 12px;margin-top:12px;padding-top:8px;border-top:1px solid var(--rule)}
.warns{color:var(--alert);font-weight:600}
details[open]{flex-basis:100%}
summary{color:var(--accent);cursor:pointer}
@media print{.card{break-inside:avoid;color-scheme:light}details::details-content{content-visibility:visible}}`

/** One fact: its five looks, the words it rests on, and what sources say where they differ. */
const FACT = `
.words{margin-bottom:8px;font-size:20px;line-height:28px}
.quote .words{font-family:var(--serif)}
.claim .words{margin:4px 0 8px;padding-inline-start:12px;border-inline-start:2px solid var(--rule)}
.amount{font-size:40px;line-height:44px;font-variant-numeric:tabular-nums lining-nums}
.amount b{font-weight:600;letter-spacing:-.02em}
.amount small{font-size:20px;line-height:20px;color:var(--quiet)}
.amount [aria-hidden]{font-size:16px}
.was{margin-top:4px}
.dated{display:flex;gap:16px}
.leaf{flex:none;align-self:start;width:56px;padding:4px 0;border-block:1px solid var(--rule);text-align:center;font-size:14px;line-height:20px}
.leaf b{display:block;font-size:28px;font-weight:600;line-height:32px}
.leaf small{display:block;color:var(--quiet);font-size:12px;line-height:16px}
.person{font-size:24px;line-height:32px;font-weight:600}
.office{font-size:18px;line-height:28px}
.struck{text-decoration:line-through;color:var(--quiet)}
.card figure{margin:8px 0 12px}
.card figure blockquote{font-family:var(--serif);font-size:16px;line-height:24px;color:var(--ink)}
mark{background:var(--marked);color:inherit}
cite{font-style:normal}
`

/** Numbers side by side. */
const TABLE = `
.sides{width:100%;margin-top:12px;border-collapse:collapse;font-size:14px;line-height:20px}
.sides caption{text-align:start;font-weight:600}
.sides th,.sides td{padding:4px 0;padding-inline-end:12px;overflow-wrap:break-word;border-top:1px solid var(--rule);text-align:start;vertical-align:top;font-weight:400}
.sides th{font-weight:600;font-variant-numeric:tabular-nums}
.sides td:last-child{padding-inline-end:0;color:var(--quiet)}
`

const TITLE = `
.title{font-size:18px;line-height:28px;font-weight:600}
`

/** Facts of an article, events of a topic. */
const LIST = `
.card ol{list-style:none;margin-top:8px}
.list li{padding:12px 0;border-top:1px solid var(--rule)}
.list li a,.timeline li a{color:inherit;text-decoration-color:var(--rule)}
.list li a:hover,.timeline li a:hover{text-decoration-color:inherit}
.list .status,.timeline .status{display:block;font-size:14px;line-height:20px}
.short{display:block;font-variant-numeric:tabular-nums}
.quoted{font-family:var(--serif)}
.timeline li{position:relative;padding:0 0 16px;padding-inline-start:16px;border-inline-start:1px solid var(--rule)}
.timeline li::before{content:'';position:absolute;inset-block-start:8px;inset-inline-start:-4px;width:7px;height:7px;border-radius:50%;background:var(--quiet)}
.timeline li p+p{margin-top:8px}
.timeline li>time{font-size:14px;color:var(--quiet)}
`

const CHART = `
.chart{display:block;margin-top:8px;font-size:12px;fill:var(--quiet)}
.chart .value{fill:var(--ink);font-size:14px;font-weight:600}
.bar{fill:var(--accent)}
.axis,.curve{stroke:var(--rule)}
.curve{stroke:var(--accent);stroke-width:2}
`

const compact = (css: string): string => css.replace(/\n/g, '')

const KINDS: Readonly<Record<Embeddable, string>> = {
  fact: FACT + TABLE,
  article: TITLE + LIST,
  topic: TITLE + LIST,
  series: TITLE + TABLE + CHART
}

/** For the shadow roots of a page, which hold cards of any kind. */
export const SHADOW_STYLE = compact(HOST + CARD + FACT + TABLE + TITLE + LIST + CHART)

/** For a frame, whose document is one card and nothing else. */
export const frameStyle = (what: Embeddable): string =>
  compact(`${ROOT}${CARD}${KINDS[what]}.card{min-height:100vh}`)

/** For the permanent page of a fact, which shows the card's looks at large. */
export const pageStyle = (page: string): string =>
  compact(
    `${ROOT}:root{--tint:var(--factlet-tint,light-dark(#f4f2ea,#22221f));--strong:var(--factlet-rule-strong,light-dark(#85827a,#8a877d))}${CARD}${FACT}${TABLE}${page}`
  )
