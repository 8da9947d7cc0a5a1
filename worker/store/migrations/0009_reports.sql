-- What readers say is wrong with a fact. A new table of record: it goes into backups, and cannot be made anew of others.
-- Nothing of whoever sent it is kept; the words go when it is decided. The id is made of fact, problem and words, so that
-- the same report twice is one.
CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  fact_id TEXT NOT NULL,
  problem TEXT NOT NULL,
  text TEXT,
  state TEXT NOT NULL,
  received_at TEXT NOT NULL,
  decided_at TEXT,
  reason TEXT
) WITHOUT ROWID;
CREATE INDEX reports_by_state ON reports (state, received_at DESC, id DESC);
CREATE INDEX reports_by_fact ON reports (fact_id, state);
