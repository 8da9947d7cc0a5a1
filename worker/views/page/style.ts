/** What the permanent page has beside its card. One column, as wide as lines are read well. */
export const PAGE_STYLE = `
body{margin:0;background:var(--paper);color:var(--ink);font:16px/24px var(--sans);overflow-wrap:anywhere}
.sheet{box-sizing:border-box;max-width:720px;margin:0 auto;padding:24px 16px 64px}
.masthead{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;margin-bottom:24px;padding-bottom:8px;border-bottom:1px solid var(--rule);color:var(--quiet);font-size:14px;line-height:20px}
.masthead b{color:var(--ink)}
a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
h1{margin:0 0 16px;font-size:24px;line-height:32px;font-weight:600}
h2{margin:40px 0 8px;padding-top:8px;border-top:1px solid var(--rule);font-size:16px;line-height:24px}
p,ul,dl,dd,figure,blockquote{margin:0;padding:0}
.sheet li{margin:8px 0 8px 20px}
.sheet figure{margin:16px 0}
.sheet figure blockquote{font:20px/28px var(--serif)}
figcaption{margin-top:4px;color:var(--quiet);font-size:14px;line-height:20px}
.quiet{color:var(--quiet);font-size:14px;line-height:20px}
.sheet .card{min-height:0}
iframe{border:0;width:0;min-width:100%}
label{display:block;margin-top:16px;font-size:14px;line-height:20px;font-weight:600}
textarea{box-sizing:border-box;display:block;width:100%;margin-top:4px;padding:8px;border:1px solid var(--strong);border-radius:2px;background:var(--tint);color:var(--ink);font:13px/20px ui-monospace,Menlo,Consolas,monospace;resize:vertical}
button,select{min-height:44px;margin-top:4px;padding:8px 16px;border:1px solid var(--strong);border-radius:2px;background:none;color:var(--ink);font:inherit;font-size:14px}
select{background:var(--paper)}
summary{font-size:16px;line-height:24px;font-weight:600;cursor:pointer}
.reporting{margin-top:40px;padding-top:8px;border-top:1px solid var(--rule)}
.reporting button{margin-top:16px}
.reporting select{max-width:100%}
.prose{font:inherit}
.corrected{margin-top:16px;padding-left:12px;border-left:3px solid var(--strong);font-size:14px;line-height:20px}
.corrected q{display:block}
[hidden]{display:none}
@media print{.embedding,.reporting,a[href="#report"]{display:none}}`
