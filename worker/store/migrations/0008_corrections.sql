-- What editors decided over facts: laid over what merging makes of the readings, and kept apart from it. A new table of
-- record (`corrections`): it goes into backups, and cannot be made anew of others.
CREATE TABLE corrections (
  id TEXT PRIMARY KEY,
  -- The fact that it holds for now: it goes along where merging gives the fact another id.
  fact_id TEXT NOT NULL,
  -- The fact's id when it was decided, which is that of a reading.
  anchor TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT,
  -- Fields with their values, fields that are told as read again, whether it is withdrawn or put back (JSON).
  change TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX corrections_by_fact ON corrections (fact_id);
CREATE INDEX corrections_by_anchor ON corrections (anchor);

-- A withdrawn fact's body as merged, with `body` null: it is served nowhere, and there to be merged with what comes, and
-- to be put back.
ALTER TABLE facts ADD COLUMN held TEXT;

-- Whether nothing from before it may be given any more, not even where every store fails: takedowns and withdrawals.
ALTER TABLE editions ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;
UPDATE editions SET floor = 1 WHERE instr(removed, '"/v1/articles/') > 0;
DROP INDEX editions_of_takedowns;
CREATE INDEX editions_of_floors ON editions (edition) WHERE floor = 1;
