-- Times are Unix milliseconds, money is millionths of a US dollar.

-- What few submits say beside their input.
CREATE TABLE job_notes (
  job             INTEGER PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  tags            TEXT,
  faults          TEXT,     -- faults that the submit asked for, as it wrote them
  unit_price      INTEGER,  -- for each billable unit; null where no budget is watched
  most_units_cost INTEGER   -- what the job can cost at most: held against its owner's budget until it ends
);

ALTER TABLE jobs ADD COLUMN not_before INTEGER;  -- no worker takes the job earlier; null: at once

-- One row per job with a webhook, from the submit on. States: 0 waits for the end of its job, 1 due, 2 delivered, 3 given up (WebhookState).
CREATE TABLE webhook_deliveries (
  job         INTEGER PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  url         TEXT    NOT NULL,
  host        TEXT    NOT NULL,            -- who is answered: a dead one must not hold up the others
  origin      TEXT    NOT NULL,            -- where the job's owner reached the server: base of the URLs in the payload
  state       INTEGER NOT NULL DEFAULT 0,
  tries       INTEGER NOT NULL DEFAULT 0,  -- begun so far; the fencing token of the one that runs
  round_tries INTEGER NOT NULL DEFAULT 0,  -- begun since due_since
  due_since   INTEGER,                     -- the end of the job, or the last request to deliver again
  next_try_at INTEGER,
  lease_until INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_try_at) WHERE state = 1;

CREATE TABLE webhook_tries (
  job         INTEGER NOT NULL REFERENCES webhook_deliveries (job) ON DELETE CASCADE,
  number      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  status_code INTEGER,
  latency_ms  INTEGER NOT NULL,
  problem     TEXT,
  PRIMARY KEY (job, number)
) WITHOUT ROWID;

-- However a job ends, the same transaction makes its webhook due.
CREATE TRIGGER jobs_ended_with_webhook AFTER UPDATE OF state ON jobs WHEN NEW.state >= 2 AND OLD.state < 2
BEGIN
  UPDATE webhook_deliveries SET state = 1, due_since = NEW.ended_at, next_try_at = NEW.ended_at WHERE job = NEW.seq AND state = 0;
END;

-- The keys that sign webhooks. The newest whose time has come signs; see WebhookKeyRing for how long the others stay published.
CREATE TABLE webhook_keys (
  id          TEXT    PRIMARY KEY,
  seed        BLOB    NOT NULL,            -- the private key, 32 bytes (RFC 8032)
  public_key  BLOB    NOT NULL,
  signs_from  INTEGER NOT NULL
) WITHOUT ROWID;

-- Budgets of API keys, and what has been spent since one was set.
CREATE TABLE budgets (
  owner  TEXT    PRIMARY KEY,
  amount INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE spending (
  owner  TEXT    PRIMARY KEY,
  amount INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER jobs_completed_with_price AFTER UPDATE OF state ON jobs WHEN NEW.state = 2 AND OLD.state <> 2
BEGIN
  INSERT INTO spending (owner, amount)
    SELECT NEW.owner, CAST(round(CAST(NEW.billable_units AS REAL) * unit_price) AS INTEGER) FROM job_notes
    WHERE job = NEW.seq AND unit_price IS NOT NULL
    ON CONFLICT (owner) DO UPDATE SET amount = amount + excluded.amount;
END;
