-- A takedown stays for good: it says why an article answers 410, and keeps its addresses closed. Nothing of the article
-- is in it: addresses are kept as the ids that they would give an article.
ALTER TABLE takedowns ADD COLUMN reason TEXT NOT NULL DEFAULT 'unspecified';
ALTER TABLE takedowns ADD COLUMN done_at TEXT;
CREATE INDEX takedowns_waiting ON takedowns (ordered_at) WHERE done_at IS NULL;

CREATE TABLE closed_addresses (
  address_id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES takedowns (article_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX closed_addresses_by_article ON closed_addresses (article_id);

-- Filters of the past hold names: a takedown finds those of its facts.
CREATE INDEX past_links_by_fact ON past_links (seq);

-- What a version did beside its fields (JSON): mentions that came and went, facts that became part of it, its successor.
ALTER TABLE versions ADD COLUMN note TEXT;
