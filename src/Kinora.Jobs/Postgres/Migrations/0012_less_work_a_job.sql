-- What a job costs between its claim and its end, made less; docs/decisions/0514 has the figures.

-- Whether the job has a row in webhook_deliveries, and in job_notes: the triggers at its end are not called for nothing. An older program, which does not say,
-- has them called.
ALTER TABLE jobs ADD COLUMN has_webhook boolean NOT NULL DEFAULT true, ADD COLUMN has_notes boolean NOT NULL DEFAULT true;

DROP TRIGGER jobs_ended_with_webhook ON jobs;
CREATE TRIGGER jobs_ended_with_webhook AFTER UPDATE OF state ON jobs FOR EACH ROW WHEN (NEW.has_webhook AND NEW.state >= 2 AND OLD.state < 2)
  EXECUTE FUNCTION make_webhook_due();

DROP TRIGGER jobs_completed_with_price ON jobs;
CREATE TRIGGER jobs_completed_with_price AFTER UPDATE OF state ON jobs FOR EACH ROW WHEN (NEW.has_notes AND NEW.state = 2 AND OLD.state <> 2)
  EXECUTE FUNCTION add_to_spending();

-- A foreign key looks up and locks the job again for each output and each blob, which the completing statement has in its hands anyway. What the keys did when
-- a job is deleted, one statement does for all deleted jobs.
ALTER TABLE job_outputs DROP CONSTRAINT job_outputs_job_fkey;
ALTER TABLE job_blobs DROP CONSTRAINT job_blobs_job_fkey;

CREATE FUNCTION forget_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM job_outputs WHERE job IN (SELECT seq FROM gone);
  UPDATE job_blobs SET job = NULL WHERE job IN (SELECT seq FROM gone);
  RETURN NULL;
END $$;

CREATE TRIGGER jobs_deleted AFTER DELETE ON jobs REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_results();

-- The planner chooses by what it last counted, and a queue that was empty then is thought to be empty still: claims read and sorted the whole queue instead of
-- walking along it, and completions looked through all running jobs instead of for one id. So an index is for those who say its words. The line, where jobs wait, is
-- asked for by an expression of which nothing is ever counted: the planner then takes half of all jobs to be in it, and walks. Counts by state and owner say
-- ended_at IS NULL. Changes of one job by its id say neither.
DROP INDEX jobs_queue;
DROP INDEX jobs_queue_owner;
DROP INDEX jobs_running;
CREATE INDEX jobs_line ON jobs (priority, seq) WHERE CASE state WHEN 0 THEN true ELSE false END;
CREATE INDEX jobs_live ON jobs (state, owner) WHERE ended_at IS NULL;

-- Usage comes in the order of time, so that a summary of its blocks serves as well as two entries for each row. It is read for a range of time, and seldom.
DROP INDEX usage_at;
DROP INDEX usage_owner;
CREATE INDEX usage_at ON usage USING brin (at) WITH (pages_per_range = 16);
