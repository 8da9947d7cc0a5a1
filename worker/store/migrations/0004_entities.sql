-- Names of entities, and which of them are one. Every article's own naming stands in `aliases`; what follows from all of
-- them (how often a name is used, what letters stand for, which entity leads to which) is kept beside, worked out anew
-- for what an article touches whenever one comes, changes or goes: it depends on the set of articles alone.
ALTER TABLE aliases ADD COLUMN type TEXT NOT NULL DEFAULT '';
-- Whether it is the fullest name that the article has.
ALTER TABLE aliases ADD COLUMN main INTEGER NOT NULL DEFAULT 0;
-- The entity that the alias would be of, were it all that an article has: letters that the article spells out.
ALTER TABLE aliases ADD COLUMN short TEXT;

CREATE TABLE entity_names (
  seq INTEGER PRIMARY KEY,
  entity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  -- The name as lists order and find it: small letters, no marks.
  key TEXT NOT NULL,
  -- How many articles use it, and of how many it is the fullest name.
  articles INTEGER NOT NULL,
  mains INTEGER NOT NULL,
  UNIQUE (entity_id, name, type)
);
CREATE INDEX entity_names_by_key ON entity_names (key);
CREATE INDEX entity_names_by_type ON entity_names (type, key);

-- What letters stand for, and in how many articles.
CREATE TABLE taught (
  short TEXT NOT NULL,
  full TEXT NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (short, full)
) WITHOUT ROWID;
CREATE INDEX taught_by_full ON taught (full);

-- What names of one organisation have in common; and the entity that this one is part of (null: it stands for itself).
ALTER TABLE entities ADD COLUMN form TEXT NOT NULL DEFAULT '';
ALTER TABLE entities ADD COLUMN successor TEXT;
CREATE INDEX entities_by_form ON entities (form);
CREATE INDEX entities_by_successor ON entities (successor) WHERE successor IS NOT NULL;
