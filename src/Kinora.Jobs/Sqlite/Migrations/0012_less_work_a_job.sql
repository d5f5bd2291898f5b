-- Whether the job has a row in webhook_deliveries, and in job_notes: the triggers at its end do nothing where there is none. An older program, which does not say,
-- has them look.
ALTER TABLE jobs ADD COLUMN has_webhook INTEGER NOT NULL DEFAULT 1;
ALTER TABLE jobs ADD COLUMN has_notes INTEGER NOT NULL DEFAULT 1;

DROP TRIGGER jobs_ended_with_webhook;
CREATE TRIGGER jobs_ended_with_webhook AFTER UPDATE OF state ON jobs WHEN NEW.has_webhook AND NEW.state >= 2 AND OLD.state < 2
BEGIN
  UPDATE webhook_deliveries SET state = 1, due_since = NEW.ended_at, next_try_at = NEW.ended_at WHERE job = NEW.seq AND state = 0;
END;

DROP TRIGGER jobs_completed_with_price;
CREATE TRIGGER jobs_completed_with_price AFTER UPDATE OF state ON jobs WHEN NEW.has_notes AND NEW.state = 2 AND OLD.state <> 2
BEGIN
  INSERT INTO spending (owner, amount)
    SELECT NEW.owner, CAST(round(CAST(NEW.billable_units AS REAL) * unit_price) AS INTEGER) FROM job_notes
    WHERE job = NEW.seq AND unit_price IS NOT NULL
    ON CONFLICT (owner) DO UPDATE SET amount = amount + excluded.amount;
END;
