-- Times are Unix milliseconds. States: 0 queued, 1 running, 2 completed, 3 failed, 4 cancelled (the values of JobState).

-- The small, often updated part of a job. Input and output are apart, because SQLite rewrites a whole row, and an input can be megabytes.
CREATE TABLE jobs (
  seq               INTEGER PRIMARY KEY AUTOINCREMENT,  -- age: the order of submits
  id                TEXT    NOT NULL UNIQUE,
  owner             TEXT    NOT NULL,
  endpoint          TEXT    NOT NULL,
  state             INTEGER NOT NULL,
  priority          INTEGER NOT NULL,
  attempt           INTEGER NOT NULL DEFAULT 0,         -- starts so far; the fencing token of the running attempt; never falls
  refunded          INTEGER NOT NULL DEFAULT 0,         -- starts that do not count, because the worker gave the job back
  max_attempts      INTEGER NOT NULL,
  created_at        INTEGER NOT NULL,
  start_by          INTEGER,                            -- null once started, or without a limit
  started_at        INTEGER,
  ended_at          INTEGER,
  run_ms            INTEGER,
  worker_id         TEXT,
  lease_until       INTEGER,
  cancel_requested  INTEGER NOT NULL DEFAULT 0,
  phase             TEXT,
  fraction          REAL,
  failure_kind      INTEGER,
  failure_message   TEXT,
  failure_can_retry INTEGER,
  failure_detail    TEXT,
  billable_units    TEXT,
  idempotency_key   TEXT,
  request_hash      BLOB,                               -- SHA-256 of endpoint and input; kept when the payloads are erased
  store_payloads    INTEGER NOT NULL,
  tied_to           TEXT,                               -- the store instance whose connection waits for the job
  tied_until        INTEGER,
  erased            INTEGER NOT NULL DEFAULT 0,
  log_sequence      INTEGER NOT NULL DEFAULT 0,
  version           INTEGER NOT NULL DEFAULT 1
);

CREATE UNIQUE INDEX jobs_idempotency ON jobs (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_queue ON jobs (priority, seq) WHERE state = 0;
CREATE INDEX jobs_queue_owner ON jobs (owner) WHERE state = 0;
CREATE INDEX jobs_start_by ON jobs (start_by) WHERE state = 0 AND start_by IS NOT NULL;
CREATE INDEX jobs_tied ON jobs (tied_until) WHERE state = 0 AND tied_to IS NOT NULL;
CREATE INDEX jobs_lease ON jobs (lease_until) WHERE state = 1;
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE state >= 2;
CREATE INDEX jobs_unerased ON jobs (ended_at) WHERE state >= 2 AND store_payloads = 0 AND erased = 0;

CREATE TABLE job_inputs (
  job   INTEGER PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  input TEXT NOT NULL
);

CREATE TABLE job_outputs (
  job    INTEGER PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  output TEXT NOT NULL
);

CREATE TABLE job_logs (
  job      INTEGER NOT NULL REFERENCES jobs (seq) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  level    INTEGER NOT NULL,
  message  TEXT    NOT NULL,
  PRIMARY KEY (job, sequence)
) WITHOUT ROWID;

-- Which blobs belong to a job. When the job is deleted its rows stay, with job null, until the blobs are surely gone:
-- each sweep names them once more, up to the limit in SqliteRetention.
CREATE TABLE job_blobs (
  name  TEXT    PRIMARY KEY,
  job   INTEGER REFERENCES jobs (seq) ON DELETE SET NULL,
  named INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX job_blobs_job ON job_blobs (job);
CREATE INDEX job_blobs_orphaned ON job_blobs (name) WHERE job IS NULL;

-- How many queued jobs there are in each run of 256 submits: with it a queue position costs a few reads, however long the queue is.
CREATE TABLE queue_buckets (
  priority INTEGER NOT NULL,
  bucket   INTEGER NOT NULL,
  queued   INTEGER NOT NULL,
  PRIMARY KEY (priority, bucket)
) WITHOUT ROWID;

CREATE TRIGGER jobs_queued_by_insert AFTER INSERT ON jobs WHEN NEW.state = 0
BEGIN
  INSERT INTO queue_buckets (priority, bucket, queued) VALUES (NEW.priority, NEW.seq >> 8, 1)
    ON CONFLICT (priority, bucket) DO UPDATE SET queued = queued + 1;
END;

CREATE TRIGGER jobs_queued_again AFTER UPDATE OF state ON jobs WHEN NEW.state = 0 AND OLD.state <> 0
BEGIN
  INSERT INTO queue_buckets (priority, bucket, queued) VALUES (NEW.priority, NEW.seq >> 8, 1)
    ON CONFLICT (priority, bucket) DO UPDATE SET queued = queued + 1;
END;

CREATE TRIGGER jobs_left_the_queue AFTER UPDATE OF state ON jobs WHEN OLD.state = 0 AND NEW.state <> 0
BEGIN
  UPDATE queue_buckets SET queued = queued - 1 WHERE priority = OLD.priority AND bucket = OLD.seq >> 8;
  DELETE FROM queue_buckets WHERE priority = OLD.priority AND bucket = OLD.seq >> 8 AND queued = 0;
END;
