-- Times are Unix milliseconds, money is millionths of a US dollar.

-- What few submits say beside their input.
CREATE TABLE job_notes (
  job             bigint PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  tags            text,
  faults          text,     -- faults that the submit asked for, as it wrote them
  unit_price      bigint,   -- for each billable unit; null where no budget is watched
  most_units_cost bigint    -- what the job can cost at most: held against its owner's budget until it ends
);

ALTER TABLE jobs ADD COLUMN not_before bigint;  -- no worker takes the job earlier; null: at once

-- One row per job with a webhook, from the submit on. States: 0 waits for the end of its job, 1 due, 2 delivered, 3 given up (WebhookState).
CREATE TABLE webhook_deliveries (
  job         bigint  PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  url         text    NOT NULL,
  host        text    NOT NULL,            -- who is answered: a dead one must not hold up the others
  origin      text    NOT NULL,            -- where the job's owner reached the server: base of the URLs in the payload
  state       integer NOT NULL DEFAULT 0,
  tries       integer NOT NULL DEFAULT 0,  -- begun so far; the fencing token of the one that runs
  round_tries integer NOT NULL DEFAULT 0,  -- begun since due_since
  due_since   bigint,                      -- the end of the job, or the last request to deliver again
  next_try_at bigint,
  lease_until bigint  NOT NULL DEFAULT 0
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_try_at) WHERE state = 1;

CREATE TABLE webhook_tries (
  job         bigint  NOT NULL REFERENCES webhook_deliveries (job) ON DELETE CASCADE,
  number      integer NOT NULL,
  at          bigint  NOT NULL,
  status_code integer,
  latency_ms  bigint  NOT NULL,
  problem     text,
  PRIMARY KEY (job, number)
);

-- However a job ends, the same transaction makes its webhook due.
CREATE FUNCTION make_webhook_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE webhook_deliveries SET state = 1, due_since = NEW.ended_at, next_try_at = NEW.ended_at WHERE job = NEW.seq AND state = 0;
  RETURN NULL;
END $$;

CREATE TRIGGER jobs_ended_with_webhook AFTER UPDATE OF state ON jobs FOR EACH ROW WHEN (NEW.state >= 2 AND OLD.state < 2)
  EXECUTE FUNCTION make_webhook_due();

-- The keys that sign webhooks. The newest whose time has come signs; see WebhookKeyRing for how long the others stay published.
CREATE TABLE webhook_keys (
  id          text   PRIMARY KEY,
  seed        bytea  NOT NULL,             -- the private key, 32 bytes (RFC 8032)
  public_key  bytea  NOT NULL,
  signs_from  bigint NOT NULL
);

-- Budgets of API keys, and what has been spent since one was set.
CREATE TABLE budgets (
  owner  text   PRIMARY KEY,
  amount bigint NOT NULL
);

CREATE TABLE spending (
  owner  text   PRIMARY KEY,
  amount bigint NOT NULL
);

CREATE FUNCTION add_to_spending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO spending (owner, amount)
    SELECT NEW.owner, round(NEW.billable_units::numeric * unit_price)::bigint FROM job_notes WHERE job = NEW.seq AND unit_price IS NOT NULL
    ON CONFLICT (owner) DO UPDATE SET amount = spending.amount + excluded.amount;
  RETURN NULL;
END $$;

CREATE TRIGGER jobs_completed_with_price AFTER UPDATE OF state ON jobs FOR EACH ROW WHEN (NEW.state = 2 AND OLD.state <> 2)
  EXECUTE FUNCTION add_to_spending();
