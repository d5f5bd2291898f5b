-- Every index costs each claim and each completion, whether or not the row is in it: it is opened, locked and its condition tried. docs/decisions/0515 has the figures.

-- One for all that time may overtake before or while it runs, by the moment it is due: a limit to start by, or a connection that waits. Its words are its own, see 0514.
DROP INDEX jobs_start_by;
DROP INDEX jobs_tied;
CREATE INDEX jobs_timed ON jobs (least(start_by, tied_until)) WHERE CASE WHEN start_by IS NULL AND tied_to IS NULL THEN false ELSE state < 2 END;

-- job_blobs_job finds the blobs of nobody too.
DROP INDEX job_blobs_orphaned;

-- The condition of a trigger is read anew for each statement that touches its column: one instead of two, and of a column that claims do not touch.
DROP TRIGGER jobs_ended_with_webhook ON jobs;
DROP TRIGGER jobs_completed_with_price ON jobs;
DROP FUNCTION make_webhook_due;
DROP FUNCTION add_to_spending;

CREATE FUNCTION settle_ended_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.has_webhook THEN
    UPDATE webhook_deliveries SET state = 1, due_since = NEW.ended_at, next_try_at = NEW.ended_at WHERE job = NEW.seq AND state = 0;
  END IF;
  IF NEW.has_notes AND NEW.state = 2 THEN
    INSERT INTO spending (owner, amount)
      SELECT NEW.owner, round(NEW.billable_units::numeric * unit_price)::bigint FROM job_notes WHERE job = NEW.seq AND unit_price IS NOT NULL
      ON CONFLICT (owner) DO UPDATE SET amount = spending.amount + excluded.amount;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER jobs_ended AFTER UPDATE OF ended_at ON jobs FOR EACH ROW WHEN ((NEW.has_webhook OR NEW.has_notes) AND NEW.state >= 2 AND OLD.state < 2)
  EXECUTE FUNCTION settle_ended_job();
