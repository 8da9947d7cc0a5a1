-- What rows have not got that were stored before the columns for it came: when articles of topics were published, and how
-- often names are used. Names with marks or letters beyond ASCII are found in lists as soon as an article uses them again.
UPDATE article_topics SET at = (SELECT sorted_at FROM articles WHERE id = article_topics.article_id) WHERE at = '';

UPDATE aliases SET type = e.type, main = aliases.alias = e.name
FROM entities e WHERE e.id = aliases.entity_id AND aliases.type = '';
INSERT INTO entity_names (entity_id, name, type, key, articles, mains)
SELECT entity_id, alias, type, lower(alias), count(*), sum(main) FROM aliases WHERE type <> '' GROUP BY 1, 2, 3
ON CONFLICT (entity_id, name, type) DO NOTHING;
