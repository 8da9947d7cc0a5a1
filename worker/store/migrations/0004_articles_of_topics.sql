-- Articles of a topic in order of time, as `articles` has it in `sorted_at`.
ALTER TABLE article_topics ADD COLUMN at TEXT NOT NULL DEFAULT '';
CREATE INDEX article_topics_by_time ON article_topics (topic, at DESC, article_id DESC);
