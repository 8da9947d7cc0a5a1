-- While a backup is taken or restored, nothing is published, so that it is of one moment: whoever would write an edition is
-- refused, whatever code that is, and comes again. It runs out by itself, should whoever takes it be gone. One row.
CREATE TABLE holds (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- 'backup' or 'restore'.
  what TEXT NOT NULL,
  -- The last edition of the backup.
  edition INTEGER NOT NULL,
  -- Milliseconds since 1970.
  until INTEGER NOT NULL
);
CREATE TRIGGER publishing_is_held BEFORE INSERT ON editions
WHEN EXISTS (SELECT 1 FROM holds WHERE NEW.edition > edition AND until > unixepoch('subsec') * 1000)
BEGIN
  SELECT RAISE(ABORT, 'publishing is held');
END;
