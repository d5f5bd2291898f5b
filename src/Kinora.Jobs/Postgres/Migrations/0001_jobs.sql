-- Times are Unix milliseconds. States: 0 queued, 1 running, 2 completed, 3 failed, 4 cancelled (the values of JobState).

-- Heartbeats rewrite a row every few seconds. They touch no indexed column, and the room that pages keep free lets PostgreSQL update in place (HOT), without
-- work on any index. Vacuum comes early: the index of the queue is short, and what has left it must not be walked over for long.
CREATE TABLE jobs (
  seq               bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- age: the order of submits
  id                uuid    NOT NULL UNIQUE,
  owner             text    NOT NULL,
  endpoint          text    NOT NULL,
  state             integer NOT NULL,
  priority          integer NOT NULL,
  attempt           integer NOT NULL DEFAULT 0,      -- starts so far; the fencing token of the running attempt; never falls
  refunded          integer NOT NULL DEFAULT 0,      -- starts that do not count, because the worker gave the job back
  max_attempts      integer NOT NULL,
  created_at        bigint  NOT NULL,
  start_by          bigint,                          -- null once started, or without a limit
  started_at        bigint,
  ended_at          bigint,
  run_ms            bigint,
  worker_id         text,
  lease_until       bigint,
  cancel_requested  boolean NOT NULL DEFAULT false,
  phase             text,
  fraction          double precision,
  failure_kind      integer,
  failure_message   text,
  failure_can_retry boolean,
  failure_detail    text,
  billable_units    text,
  idempotency_key   text,
  request_hash      bytea,                           -- SHA-256 of endpoint and input; kept when the payloads are erased
  store_payloads    boolean NOT NULL,
  tied_to           text,                            -- the store instance whose connection waits for the job
  tied_until        bigint,
  erased            boolean NOT NULL DEFAULT false,
  log_sequence      bigint  NOT NULL DEFAULT 0,
  version           bigint  NOT NULL DEFAULT 1
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.02);

CREATE UNIQUE INDEX jobs_idempotency ON jobs (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_queue ON jobs (priority, seq) WHERE state = 0;
CREATE INDEX jobs_queue_owner ON jobs (owner) WHERE state = 0;
CREATE INDEX jobs_start_by ON jobs (start_by) WHERE state = 0 AND start_by IS NOT NULL;
CREATE INDEX jobs_tied ON jobs (tied_to) WHERE state < 2 AND tied_to IS NOT NULL;
CREATE INDEX jobs_running ON jobs (owner) WHERE state = 1;
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE state >= 2;
CREATE INDEX jobs_unerased ON jobs (ended_at) WHERE state >= 2 AND NOT store_payloads AND NOT erased;

CREATE TABLE job_inputs (
  job   bigint PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  input text   NOT NULL
);

CREATE TABLE job_outputs (
  job    bigint PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  output text   NOT NULL
);

CREATE TABLE job_logs (
  job      bigint  NOT NULL REFERENCES jobs (seq) ON DELETE CASCADE,
  sequence bigint  NOT NULL,
  at       bigint  NOT NULL,
  level    integer NOT NULL,
  message  text    NOT NULL,
  PRIMARY KEY (job, sequence)
);

-- Which blobs belong to a job. When the job is deleted its rows stay, with job null, until the blobs are surely gone:
-- each sweep names them once more, up to the limit in PostgresRetention.
CREATE TABLE job_blobs (
  name  text    PRIMARY KEY,
  job   bigint  REFERENCES jobs (seq) ON DELETE SET NULL,
  named integer NOT NULL DEFAULT 0
);

CREATE INDEX job_blobs_job ON job_blobs (job);
CREATE INDEX job_blobs_orphaned ON job_blobs (name) WHERE job IS NULL;
