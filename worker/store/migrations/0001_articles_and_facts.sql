-- The store of record. Bodies that are served are kept rendered beside the columns that find them.

-- One row a publication: the number that is part of every cache key. Inserting the next number is also the guard
-- against two writers who read the same state: the second one's batch fails whole and is done again.
CREATE TABLE editions (
  edition INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  -- The article, or what else was done.
  cause TEXT NOT NULL,
  -- Ids of the facts that went with it (JSON list): their bodies in KV are to go too.
  removed TEXT NOT NULL DEFAULT '[]'
);
INSERT INTO editions (edition, at, cause) VALUES (0, '1970-01-01T00:00:00.000Z', 'migration');

CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  canonical_url TEXT UNIQUE,
  publisher_id TEXT,
  -- published_at where known, else received_at: the order of lists.
  sorted_at TEXT NOT NULL,
  -- When it last changed; what is newer than KV's edition is still to be copied there.
  edition INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX articles_by_edition ON articles (edition);
CREATE INDEX articles_by_time ON articles (sorted_at DESC, id DESC);
CREATE INDEX articles_by_publisher ON articles (publisher_id, sorted_at DESC, id DESC);

-- Full texts, apart from everything that is served. No public answer is made from this table but /verify,
-- which compares and never shows it.
CREATE TABLE article_texts (
  article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  text_hash TEXT NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE facts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  version INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX facts_by_edition ON facts (edition);

-- What each article says of a fact. `draft` holds the reading (JSON), from which facts are merged anew.
CREATE TABLE mentions (
  fact_id TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  exact TEXT NOT NULL,
  draft TEXT NOT NULL,
  PRIMARY KEY (fact_id, article_id)
) WITHOUT ROWID;
CREATE INDEX mentions_by_article ON mentions (article_id, start, fact_id);

-- The last door: evidence that its article does not contain cannot be stored, whatever code wrote it. (The writer
-- compares at the offsets as well; SQLite counts characters where offsets count UTF-16 units, so it looks for the words.)
CREATE TRIGGER evidence_is_in_the_text BEFORE INSERT ON mentions
WHEN NOT EXISTS (SELECT 1 FROM article_texts WHERE article_id = NEW.article_id AND instr(text, NEW.exact) > 0)
BEGIN
  SELECT RAISE(ABORT, 'evidence is not in the text');
END;

CREATE TABLE entities (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL
) WITHOUT ROWID;

-- Names seen for an entity, by the article that used them.
CREATE TABLE aliases (
  entity_id TEXT NOT NULL,
  alias TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  PRIMARY KEY (entity_id, alias, article_id)
) WITHOUT ROWID;
CREATE INDEX aliases_by_article ON aliases (article_id);

-- What finds a fact: one row for each value it can be filtered by (`kind:figure`, `entity:london`, ...).
CREATE TABLE links (
  filter TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES facts (seq) ON DELETE CASCADE,
  PRIMARY KEY (filter, seq)
) WITHOUT ROWID;
CREATE INDEX links_by_fact ON links (seq);

-- Submissions. `submission` (JSON) is kept until the job is done, so that nothing is lost with a queue message.
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  idempotency_key TEXT UNIQUE,
  state TEXT NOT NULL,
  received_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  body TEXT NOT NULL,
  submission TEXT
);
CREATE INDEX jobs_by_state ON jobs (state, updated_at);
