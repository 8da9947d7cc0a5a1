-- Messages of the queue that failed: why, and whether every attempt did. What is known of a job's goes with the job.
CREATE TABLE failed_messages (
  id TEXT PRIMARY KEY,
  -- As it came (JSON).
  message TEXT NOT NULL,
  job_id TEXT REFERENCES jobs (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  failed_at TEXT NOT NULL,
  -- When it came to the dead letters; null while it is tried again.
  dead_at TEXT
) WITHOUT ROWID;
CREATE INDEX dead_letters ON failed_messages (dead_at DESC, id DESC) WHERE dead_at IS NOT NULL;
CREATE INDEX failed_messages_by_job ON failed_messages (job_id) WHERE job_id IS NOT NULL;
