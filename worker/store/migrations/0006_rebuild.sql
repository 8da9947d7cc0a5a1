-- The last rebuild of what is derived from the record: KV's bodies and the full-text index. One row.
CREATE TABLE rebuilds (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  state TEXT NOT NULL,
  part TEXT NOT NULL,
  -- Where the part goes on: a seq, an id, or what KV calls a cursor.
  behind TEXT NOT NULL,
  -- Goes up with each step: of two messages that do the same step, one goes on.
  step INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  finished_at TEXT
);

-- Takedowns among the editions: nothing from before the last one is given as the last known answer, also where KV, which
-- tells it with its edition, has been emptied.
CREATE INDEX editions_of_takedowns ON editions (edition) WHERE instr(removed, '"/v1/articles/') > 0;
