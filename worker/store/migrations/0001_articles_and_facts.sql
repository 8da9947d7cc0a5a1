-- The store of record. Bodies that are served are kept rendered beside the columns that find them.

-- One row a publication: the number that is part of every cache key. Inserting the next number is also the guard
-- against two writers who read the same state: the second one's batch fails whole and is done again.
CREATE TABLE editions (
  edition INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  -- The article, or what else was done.
  cause TEXT NOT NULL,
  -- Paths whose bodies went with it (JSON list): their copies in KV are to go too.
  removed TEXT NOT NULL DEFAULT '[]',
  -- The last `seq` of facts before it: where lists as of an earlier moment begin.
  facts_before INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX editions_by_time ON editions (at, edition);
INSERT INTO editions (edition, at, cause) VALUES (0, '1970-01-01T00:00:00.000Z', 'migration');

CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  publisher_id TEXT,
  -- published_at where known, else received_at: the order of lists.
  sorted_at TEXT NOT NULL,
  -- The submission that last wrote it.
  job TEXT NOT NULL,
  -- When it last changed; what is newer than KV's edition is still to be copied there.
  edition INTEGER NOT NULL,
  -- What tells copies of one text: signature of its words, wire label, byline (JSON).
  source TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX articles_by_time ON articles (sorted_at DESC, id DESC);
CREATE INDEX articles_by_publisher ON articles (publisher_id, sorted_at DESC, id DESC);
CREATE INDEX articles_by_edition ON articles (edition);

-- The addresses an article is known by, in canonical form.
CREATE TABLE article_urls (
  url TEXT PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX article_urls_by_article ON article_urls (article_id);

-- Full texts, apart from everything that is served. No public answer is made from this table but /verify,
-- which compares and never shows it.
CREATE TABLE article_texts (
  article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  text_hash TEXT NOT NULL,
  text TEXT NOT NULL
);

-- A row stays for good, so that an id always answers. `body` is null once the fact is no more: `successor` is the fact
-- it became part of, `gone` why there is none.
CREATE TABLE facts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  body TEXT,
  successor TEXT,
  gone TEXT
);
CREATE INDEX facts_by_edition ON facts (edition);
CREATE INDEX facts_alive ON facts (seq) WHERE body IS NOT NULL;

-- What a fact was, from when on, and which publication made it so. `body` is null from where the fact was no more,
-- and where a version told of an article that was taken down.
CREATE TABLE versions (
  fact_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  at TEXT NOT NULL,
  cause TEXT NOT NULL,
  body TEXT,
  PRIMARY KEY (fact_id, version)
) WITHOUT ROWID;

-- What each article says. `draft` holds the reading (JSON), from which facts are merged anew; `draft_id` is made of what
-- it says, `fact_id` is the fact that it is part of.
CREATE TABLE mentions (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  draft_id TEXT NOT NULL,
  fact_id TEXT NOT NULL,
  -- When the article was published, UTC; after all others where it does not say.
  told_at TEXT NOT NULL,
  start INTEGER NOT NULL,
  exact TEXT NOT NULL,
  draft TEXT NOT NULL,
  PRIMARY KEY (article_id, draft_id)
) WITHOUT ROWID;
-- A fact is made of those who told it first, however many do.
CREATE INDEX mentions_by_fact ON mentions (fact_id, told_at);
CREATE INDEX mentions_by_place ON mentions (article_id, start, draft_id);

-- The last door: evidence that its article does not contain cannot be stored, whatever code wrote it. (The writer
-- compares at the offsets as well; SQLite counts characters where offsets count UTF-16 units, so it looks for the words.)
CREATE TRIGGER evidence_is_in_the_text BEFORE INSERT ON mentions
WHEN NOT EXISTS (SELECT 1 FROM article_texts WHERE article_id = NEW.article_id AND instr(text, NEW.exact) > 0)
BEGIN
  SELECT RAISE(ABORT, 'evidence is not in the text');
END;

-- Where readings that may be the same fact, or bear on one another, find each other.
CREATE TABLE candidates (
  key TEXT NOT NULL,
  fact_id TEXT NOT NULL,
  PRIMARY KEY (key, fact_id)
) WITHOUT ROWID;
CREATE INDEX candidates_by_fact ON candidates (fact_id);

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

-- What finds a fact: one row for each value it can be filtered by (`kind:figure`, `entity:london`, …) and for each two of
-- different names, from an edition on. Rows that hold no more move to `past_links`, so that lists can be asked for as they
-- were.
CREATE TABLE links (
  filter TEXT NOT NULL,
  seq INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (filter, seq)
) WITHOUT ROWID;
CREATE TABLE past_links (
  filter TEXT NOT NULL,
  seq INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (filter, seq, since)
) WITHOUT ROWID;

-- How many facts a filter finds now: counting its links would read them all.
CREATE TABLE counts (
  filter TEXT PRIMARY KEY,
  facts INTEGER NOT NULL
) WITHOUT ROWID;

-- Facts in order of the time they are about: `timeline:TOPIC` holds dated events, `series:ID` figures by period.
CREATE TABLE dated (
  list TEXT NOT NULL,
  at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (list, at, seq)
) WITHOUT ROWID;
CREATE INDEX dated_by_fact ON dated (seq);

-- Which articles name an entity, and which are on a topic.
CREATE TABLE article_entities (
  entity_id TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  PRIMARY KEY (entity_id, article_id)
) WITHOUT ROWID;
CREATE INDEX article_entities_by_article ON article_entities (article_id);
CREATE TABLE article_topics (
  topic TEXT NOT NULL,
  hashtag TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  PRIMARY KEY (topic, article_id)
) WITHOUT ROWID;
CREATE INDEX article_topics_by_article ON article_topics (article_id);

-- Series of figures: what the figures of one id have in common.
CREATE TABLE series (
  id TEXT PRIMARY KEY,
  measure TEXT NOT NULL,
  unit TEXT,
  basis TEXT,
  change INTEGER NOT NULL
) WITHOUT ROWID;

-- Articles that are to be taken down: the order stands until it is done, whatever becomes of its message.
CREATE TABLE takedowns (
  article_id TEXT PRIMARY KEY,
  ordered_at TEXT NOT NULL
) WITHOUT ROWID;

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
-- Which jobs an article came by: a takedown removes them too.
CREATE TABLE job_articles (
  article_id TEXT NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, job_id)
) WITHOUT ROWID;
CREATE INDEX job_articles_by_job ON job_articles (job_id);

-- Until when a site is left alone after it was asked for something.
CREATE TABLE hosts (
  host TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Feeds to poll. `body` is what an operator sees; `etag` and `last_modified` are what the site gave with its last answer.
CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL,
  etag TEXT,
  last_modified TEXT,
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sources_by_time ON sources (next_at);
-- What was seen in a feed, and in which form (a digest of the item): another form is fetched again.
CREATE TABLE source_items (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  form TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (source_id, item)
) WITHOUT ROWID;
CREATE INDEX source_items_by_time ON source_items (source_id, seen_at);

-- Tokens beside the owner's: a digest, never the secret.
CREATE TABLE tokens (
  name TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  rotated_at TEXT
) WITHOUT ROWID;
