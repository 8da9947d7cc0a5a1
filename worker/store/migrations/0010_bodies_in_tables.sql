-- Versions and mentions hold bodies of one or two kilobytes. In a table WITHOUT ROWID, which is an index, a row may take a
-- kilobyte of its page, and what is longer gets a page of four for itself: most of these tables was empty space.
CREATE TABLE versions_in_pages (
  fact_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  at TEXT NOT NULL,
  cause TEXT NOT NULL,
  body TEXT,
  note TEXT,
  PRIMARY KEY (fact_id, version)
);
INSERT INTO versions_in_pages (fact_id, version, edition, at, cause, body, note)
  SELECT fact_id, version, edition, at, cause, body, note FROM versions;
DROP TABLE versions;
ALTER TABLE versions_in_pages RENAME TO versions;

-- Its indexes and its trigger go with the table, and are the same as before.
CREATE TABLE mentions_in_pages (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  draft_id TEXT NOT NULL,
  fact_id TEXT NOT NULL,
  told_at TEXT NOT NULL,
  start INTEGER NOT NULL,
  exact TEXT NOT NULL,
  draft TEXT NOT NULL,
  PRIMARY KEY (article_id, draft_id)
);
INSERT INTO mentions_in_pages (article_id, draft_id, fact_id, told_at, start, exact, draft)
  SELECT article_id, draft_id, fact_id, told_at, start, exact, draft FROM mentions;
DROP TABLE mentions;
ALTER TABLE mentions_in_pages RENAME TO mentions;
CREATE INDEX mentions_by_fact ON mentions (fact_id, told_at, article_id, draft_id);
CREATE INDEX mentions_by_place ON mentions (article_id, start, draft_id);
CREATE TRIGGER evidence_is_in_the_text BEFORE INSERT ON mentions
WHEN NOT EXISTS (SELECT 1 FROM article_texts WHERE article_id = NEW.article_id AND instr(text, NEW.exact) > 0)
BEGIN
  SELECT RAISE(ABORT, 'evidence is not in the text');
END;
