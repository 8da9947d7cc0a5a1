-- Full text of what facts say, and of the filters that find them: one row a fact that stands, under its `seq`, so that
-- the newest are read first without a sort. `keys` holds the filters as single words; `salience` is there to rank by.
CREATE VIRTUAL TABLE search USING fts5 (
  statement,
  evidence,
  keys,
  salience UNINDEXED,
  tokenize = 'porter unicode61 remove_diacritics 2',
  columnsize = 0
);
-- Words of what was taken down leave the index with their row, not with a merge some day.
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
